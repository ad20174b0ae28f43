"""Holds: which orders they keep, when one is let through to try, and how the tries grow rarer."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.failures import FailureReason
from domain.hold import Gate, Hold, HoldCause, due_at_once, hold_after, refused_again, told_nothing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DUE, LATER = NOW - MINUTE, NOW + MINUTE

PAUSE = Hold(cause=HoldCause.PAUSE, since=NOW, why="back at eight")


def key(probe_at: datetime) -> Hold:
    return Hold(cause=HoldCause.KEY, since=NOW, probe_at=probe_at)


def gone(model: str, probe_at: datetime) -> Hold:
    return Hold(cause=HoldCause.MODEL, model=model, since=NOW, probe_at=probe_at)


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
    assert (hold.concerns("veo"), hold.concerns("sora-2")) == (True, model is None)


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


@pytest.mark.parametrize(
    ("holds", "under_probe", "gate"),
    [
        pytest.param([], [], Gate(), id="nothing held"),
        pytest.param([PAUSE], [], Gate(is_shut=True), id="paused"),
        pytest.param([key(LATER)], [], Gate(is_shut=True), id="not to be tried yet"),
        pytest.param([key(DUE)], [], Gate(is_narrow=True), id="one may try"),
        pytest.param([key(DUE)], ["key"], Gate(is_shut=True), id="one tries already"),
        pytest.param([key(DUE), PAUSE], [], Gate(is_shut=True), id="a pause outweighs a try"),
        pytest.param([gone("veo", LATER)], [], Gate(shut=frozenset({"veo"})), id="a model held"),
        pytest.param([gone("veo", DUE)], [], Gate(probed=frozenset({"veo"})), id="a model tried"),
        pytest.param(
            [gone("veo", DUE)], ["model:veo"], Gate(shut=frozenset({"veo"})), id="a model under probe"
        ),
        pytest.param(
            [gone("veo", DUE), gone("sora-2", LATER)],
            [],
            Gate(shut=frozenset({"sora-2"}), probed=frozenset({"veo"})),
            id="two models",
        ),
        pytest.param(
            [key(DUE), gone("veo", LATER)],
            [],
            Gate(is_narrow=True, shut=frozenset({"veo"})),
            id="one of another model may try",
        ),
    ],
)
def test_the_gate_lets_out_what_nothing_holds_and_one_probe_of_what_may_be_tried(
    holds: list[Hold], under_probe: list[str], gate: Gate
) -> None:
    assert Gate.of(holds, NOW, under_probe=under_probe) == gate
