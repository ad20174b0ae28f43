"""Holds: which orders they keep, when one is let through to try, and how the tries grow rarer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.failures import FailureReason
from domain.hold import Gate, Hold, HoldCause, due_at_once, hold_after, refused_again, told_nothing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DUE, LATER = NOW - MINUTE, NOW + MINUTE

PAUSE = Hold(cause=HoldCause.PAUSE, since=NOW, why="back at eight")


def key(probe_at: datetime, provider: str = "main") -> Hold:
    return Hold(cause=HoldCause.KEY, provider=provider, since=NOW, probe_at=probe_at)


def gone(model: str, probe_at: datetime, provider: str = "main") -> Hold:
    return Hold(cause=HoldCause.MODEL, provider=provider, model=model, since=NOW, probe_at=probe_at)


@pytest.mark.parametrize(
    ("reason", "cause", "model"),
    [
        (FailureReason.KEY_REFUSED, HoldCause.KEY, None),
        (FailureReason.NO_CREDIT, HoldCause.BALANCE, None),
        (FailureReason.MODEL_GONE, HoldCause.MODEL, "veo"),
    ],
)
def test_a_refusal_holds_what_would_be_refused_likewise_and_is_tried_again_in_a_minute(
    reason: FailureReason, cause: HoldCause, model: str | None
) -> None:
    hold = hold_after(reason, "veo", NOW, why="no")
    assert hold == Hold(cause=cause, since=NOW, model=model, why="no", probe_at=NOW + MINUTE)
    assert hold.name == (cause if model is None else "model:veo")
    assert [hold.concerns(*it) for it in (("veo", "main"), ("sora-2", "main"), ("veo", "second"))] == [
        True,
        model is None,
        False,
    ]


def test_a_hold_of_another_provider_has_its_name_and_one_of_the_main_one_has_not() -> None:
    holds = [
        hold_after(reason, "veo", NOW, why="", provider="second")
        for reason in (FailureReason.NO_CREDIT, FailureReason.MODEL_GONE)
    ]
    assert [hold.name for hold in (*holds, PAUSE)] == ["balance@second", "model:veo@second", "pause"]


def test_tries_in_vain_grow_rarer_up_to_a_quarter_of_an_hour() -> None:
    hold = hold_after(FailureReason.KEY_REFUSED, "veo", NOW, why="")
    pauses = []
    for _ in range(6):
        hold = refused_again(hold, NOW, why="still no")
        pauses.append(hold.probe_at and (hold.probe_at - NOW) / MINUTE)
    assert pauses == [2, 4, 8, 15, 15, 15]
    assert (hold.since, hold.why, hold.probes) == (NOW, "still no", 6)


def test_a_try_that_told_nothing_is_followed_soon_and_does_not_count() -> None:
    hold = refused_again(key(DUE), NOW, why="")
    after = told_nothing(hold, NOW)
    assert (after.probe_at, after.probes) == (NOW + MINUTE, hold.probes)


def test_whoever_asks_for_a_try_now_gets_it_but_a_pause_is_only_ended_by_an_admin() -> None:
    assert due_at_once(key(LATER), NOW).may_be_probed(NOW)
    assert due_at_once(PAUSE, NOW) == PAUSE
    assert not PAUSE.may_be_probed(NOW + timedelta(days=9))


#: Each model's providers: two have only one, and one has both.
ALL = frozenset({"veo", "sora-2", "wan"})
PROVIDERS = {"veo": ("main",), "sora-2": ("main",), "wan": ("second", "main")}
GATES: dict[str, tuple[list[Hold], list[str], Gate]] = {
    "nothing held": ([], [], Gate()),
    "paused": ([PAUSE], [], Gate(is_shut=True)),
    "not to be tried yet": ([key(LATER)], [], Gate(shut=frozenset({"veo", "sora-2"}))),
    "one may try": ([key(DUE)], [], Gate(probed=(frozenset({"veo", "sora-2"}),))),
    "one tries already": ([key(DUE)], ["key"], Gate(shut=frozenset({"veo", "sora-2"}))),
    "a pause outweighs a try": ([key(DUE), PAUSE], [], Gate(is_shut=True)),
    "a model held": ([gone("veo", LATER)], [], Gate(shut=frozenset({"veo"}))),
    "a model tried": ([gone("veo", DUE)], [], Gate(probed=(frozenset({"veo"}),))),
    "a model under probe": ([gone("veo", DUE)], ["model:veo"], Gate(shut=frozenset({"veo"}))),
    "two models": (
        [gone("veo", DUE), gone("sora-2", LATER)],
        [],
        Gate(shut=frozenset({"sora-2"}), probed=(frozenset({"veo"}),)),
    ),
    "two models tried": (
        [gone("veo", DUE), gone("sora-2", DUE)],
        [],
        Gate(probed=(frozenset({"veo"}), frozenset({"sora-2"}))),
    ),
    "one of another model may try": (
        [key(DUE), gone("veo", LATER)],
        [],
        Gate(shut=frozenset({"veo"}), probed=(frozenset({"sora-2"}),)),
    ),
    "one may try for key and model at once": (
        [key(DUE), gone("veo", DUE)],
        [],
        Gate(probed=(frozenset({"veo", "sora-2"}),)),
    ),
    "another provider is held": ([key(LATER, "second")], [], Gate()),
    "all providers are held": ([key(LATER), key(LATER, "second")], [], Gate(is_shut=True, shut=ALL)),
    "each provider is tried": (
        [key(DUE), key(DUE, "second")],
        [],
        Gate(probed=(frozenset({"veo", "sora-2"}), frozenset({"wan"}))),
    ),
    "the second way may be tried": (
        [key(DUE), key(LATER, "second")],
        [],
        Gate(probed=(ALL,)),
    ),
    "a model has ended at one of its providers": ([gone("wan", LATER, "second")], [], Gate()),
    "a model has ended here and its other provider is held": (
        [gone("wan", LATER, "second"), key(LATER)],
        [],
        Gate(is_shut=True, shut=ALL),
    ),
}


@pytest.mark.parametrize(("holds", "under_probe", "gate"), GATES.values(), ids=GATES)
def test_the_gate_lets_out_what_nothing_holds_and_one_probe_of_what_may_be_tried(
    holds: list[Hold], under_probe: list[str], gate: Gate
) -> None:
    assert Gate.of(holds, PROVIDERS, NOW, under_probe=under_probe) == gate


DOUBTS = {
    "just due": (0, timedelta(0), False),
    "due for long": (0, timedelta(minutes=16), True),
    "probed in vain": (3, timedelta(minutes=16), False),
    "probed in vain and due for longer": (3, timedelta(minutes=121), True),
    "probed in vain for days": (40, timedelta(hours=25), True),
}


@pytest.mark.parametrize(("probes", "due_for", "expected"), DOUBTS.values(), ids=DOUBTS)
def test_a_hold_that_nobody_probes_is_doubted(probes: int, due_for: timedelta, expected: bool) -> None:  # noqa: FBT001 - a row of the table
    hold = replace(hold_after(FailureReason.MODEL_GONE, "veo", NOW, why=""), probes=probes, probe_at=NOW)
    assert hold.is_doubtful(NOW + due_for) == expected
