"""The life of a job: every event in every state leads where it should, or nowhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import OVER, Job, Place, State
from domain.lifecycle import IllegalMove
from domain.money import Money

Factory = Callable[..., Job]
SECOND = timedelta(seconds=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COST = Money(Decimal("0.3"), "USD")
ELSEWHERE = Place(account_id=1, requester_id=1, chat_id=-100, thread_id=3, request_message_id=4)
Q, S, R, D = State.QUEUED, State.SUBMITTING, State.RENDERING, State.DELIVERING

EVENTS: dict[str, Callable[[Job, datetime], Job]] = {
    "submitted": lifecycle.submitted,
    "put_back": lifecycle.requeued,
    "found_untaken": lifecycle.found_untaken,
    "held_back": lambda job, _: lifecycle.requeued_on_hold(job),
    "returned": lambda job, _: lifecycle.returned(job),
    "ordered": lambda job, now: lifecycle.ordered(job, now, video_id="v1"),
    "looked": lambda job, now: lifecycle.polled(job, now, progress=50),
    "rendered": lambda job, now: lifecycle.rendered(job, now, video_url="https://example.org/v1.mp4"),
    "failed": lambda job, _: lifecycle.failed(job, reason=FailureReason.MODERATED),
    "postponed": lifecycle.retry_scheduled,
    "sent": lambda job, _: lifecycle.sent(job, message_id=9, file_id="f1"),
    "redirected": lambda job, _: lifecycle.redirected(job),
    "delivered": lifecycle.delivered,
    "kept": lifecycle.kept,
    "fetched": lambda job, now: lifecycle.fetched(replace(job, kept_at=now), ELSEWHERE),
    "asked": lifecycle.asked,
    "wanted": lifecycle.wanted,
    "over_budget": lambda job, now: lifecycle.over_budget(job, now + SECOND),
    "told": lifecycle.failure_told,
    "cancelled": lifecycle.cancelled,
}

LEADS = {
    (Q, "submitted"): S,
    (Q, "failed"): D,
    (Q, "postponed"): Q,
    (Q, "cancelled"): State.CANCELLED,
    (Q, "asked"): Q,
    (Q, "wanted"): Q,
    (Q, "over_budget"): Q,
    (S, "put_back"): Q,
    (S, "found_untaken"): Q,
    (S, "held_back"): Q,
    (S, "ordered"): R,
    (S, "failed"): D,
    (S, "postponed"): S,
    (R, "looked"): R,
    (R, "returned"): Q,
    (R, "rendered"): D,
    (R, "failed"): D,
    (R, "postponed"): R,
    (D, "failed"): D,
    (D, "postponed"): D,
    (D, "sent"): D,
    (D, "redirected"): D,
    (D, "delivered"): State.DONE,
    (D, "kept"): State.DONE,
    (D, "told"): State.FAILED,
    (State.DONE, "fetched"): D,
}
ILLEGAL = [(state, event) for state in State for event in EVENTS if (state, event) not in LEADS]


@pytest.mark.parametrize(
    ("state", "event", "after"),
    [pytest.param(state, event, after, id=f"{state}-{event}") for (state, event), after in LEADS.items()],
)
def test_an_event_leads_to_its_state(
    job_in: Factory, now: datetime, state: State, event: str, after: State
) -> None:
    assert EVENTS[event](job_in(state), now).state is after


@pytest.mark.parametrize(
    ("state", "event"), [pytest.param(state, event, id=f"{state}-{event}") for state, event in ILLEGAL]
)
def test_any_other_event_is_an_illegal_move(job_in: Factory, now: datetime, state: State, event: str) -> None:
    with pytest.raises(IllegalMove, match=f"job 7 (cannot go from|is) {state}"):
        EVENTS[event](job_in(state), now)


def test_the_table_of_transitions_is_what_the_events_do() -> None:
    led = {state: {after for (before, _), after in LEADS.items() if before is state} for state in State}
    assert {state: after - {state} for state, after in led.items()} == lifecycle.TRANSITIONS
    assert {state for state, after in led.items() if not after} == OVER - {State.DONE}


def test_an_order_notes_its_id_and_when(job_in: Factory, now: datetime) -> None:
    job = lifecycle.ordered(job_in(S, attempts=2, troubled_since=now), now, video_id="v1")
    assert (job.video_id, job.ordered_at) == ("v1", now)
    assert (job.attempts, job.troubled_since) == (0, None)


def test_an_order_on_the_wire_notes_when_it_left_and_keeps_its_trouble(
    job_in: Factory, now: datetime
) -> None:
    queued, later = job_in(Q, attempts=2, troubled_since=now), now + SECOND
    on_the_wire = job_in(
        S,
        attempts=2,
        troubled_since=now,
        submitted_at=later,
        provider="second",
        provider_since=later,
        order_key="k1",
        cost=COST,
    )
    assert lifecycle.submitted(queued, later, provider="second", order_key="k1", cost=COST) == on_the_wire


def test_since_when_a_provider_is_tried_is_known_until_another_one_is(job_in: Factory, now: datetime) -> None:
    tried = job_in(Q, troubled_since=now, provider="main", provider_since=now)
    moments = [
        lifecycle.submitted(job, now + SECOND, provider=provider).provider_since
        for job, provider in (
            (tried, "main"),
            (tried, "second"),
            (replace(tried, troubled_since=None), "main"),
        )
    ]
    assert moments == [now, now + SECOND, now + SECOND]


KEYS = {"put_back": "k1", "found_untaken": "k1", "held_back": None}


@pytest.mark.parametrize(("back", "key"), KEYS.items(), ids=KEYS)
def test_an_order_that_is_sent_once_more_has_the_same_key_and_one_that_was_refused_another(
    job_in: Factory, now: datetime, back: str, key: str | None
) -> None:
    after = EVENTS[back](job_in(S, order_key="k1", cost=COST, provider="second"), now)
    assert (after.order_key, after.cost, after.provider) == (key, None, "second")


def test_an_order_that_was_taken_and_not_made_is_forgotten_but_that_there_was_one(
    job_in: Factory, now: datetime
) -> None:
    job = job_in(
        R,
        submitted_at=now,
        ordered_at=now,
        video_id="v1",
        progress=40,
        progress_at=now,
        pace=1.0,
        gone_since=now,
        provider="second",
        provider_since=now,
        order_key="k1",
        cost=COST,
        failed_orders=1,
    )
    assert lifecycle.returned(job) == job_in(Q, provider="second", failed_orders=2)


TOLD = {
    "the API tells": (Money(Decimal(2), "CNY"), Money(Decimal(2), "CNY")),
    "nothing is told": (None, COST),
    "it does not say in what": (Money(Decimal(2), None), COST),
}


@pytest.mark.parametrize(("told", "believed"), TOLD.values(), ids=TOLD)
def test_what_the_api_says_of_the_cost_is_believed_before_the_price_list(
    job_in: Factory, now: datetime, told: Money | None, believed: Money
) -> None:
    assert lifecycle.priced(job_in(R, cost=COST), told).cost == believed
    assert lifecycle.ordered(job_in(S, cost=COST), now, video_id="v", cost=told).cost == believed


@pytest.mark.parametrize(("rendered_at", "cost"), [(None, None), (NOW, COST)], ids=["nothing", "a video"])
def test_what_was_not_made_costs_nothing_unless_somebody_says_so(
    job_in: Factory, rendered_at: datetime | None, cost: Money | None
) -> None:
    job = job_in(R, cost=COST, rendered_at=rendered_at)
    assert lifecycle.failed(job, reason=FailureReason.RENDER_FAILED).cost == cost


@pytest.mark.parametrize("back", ["put_back", "found_untaken", "held_back"])
def test_an_order_that_was_provably_not_taken_has_not_left(job_in: Factory, now: datetime, back: str) -> None:
    assert EVENTS[back](job_in(S, submitted_at=now), now).submitted_at is None


@pytest.mark.parametrize(
    ("reason", "has_left"),
    [
        pytest.param(FailureReason.MODERATED, False, id="refused when it was ordered"),
        pytest.param(FailureReason.BUSY, False, id="never taken"),
        pytest.param(FailureReason.UNKNOWN_OUTCOME, True, id="nobody knows"),
        pytest.param(FailureReason.INTERNAL, True, id="broken off by our fault"),
    ],
)
def test_an_order_has_left_unless_it_failed_and_was_provably_not_taken(
    job_in: Factory,
    now: datetime,
    reason: FailureReason,
    has_left: bool,  # noqa: FBT001 - a table's
) -> None:
    failed = lifecycle.failed(job_in(S, submitted_at=now), reason=reason)
    assert failed.submitted_at == (now if has_left else None)


def test_an_order_that_was_taken_has_left_whatever_becomes_of_it(job_in: Factory, now: datetime) -> None:
    failed = lifecycle.failed(job_in(R, submitted_at=now), reason=FailureReason.MODERATED)
    assert failed.submitted_at == now


def test_a_kept_video_is_over_and_goes_where_it_is_asked_for(job_in: Factory, now: datetime) -> None:
    refused = job_in(D, sending=True, status_message_id=5, attempts=3, troubled_since=now)
    kept = lifecycle.kept(refused, now)
    fetched = lifecycle.fetched(kept, ELSEWHERE)
    assert (kept.is_kept, kept.finished_at, kept.sending, kept.status_message_id) == (True, now, False, None)
    assert (fetched.place, fetched.finished_at, fetched.attempts) == (ELSEWHERE, None, 0)


def test_a_kept_video_stays_kept_from_its_first_refusal_until_it_is_delivered(
    job_in: Factory, now: datetime
) -> None:
    fetched = lifecycle.fetched(lifecycle.kept(job_in(D), now), ELSEWHERE)
    assert lifecycle.kept(fetched, now + SECOND).kept_at == now
    assert lifecycle.failure_told(lifecycle.failed(fetched, reason=FailureReason.EXPIRED), now).kept_at == now
    assert lifecycle.delivered(fetched, now).kept_at is None


def test_who_was_asked_is_waited_for_until_they_answer_and_may_be_asked_again(
    job_in: Factory, now: datetime
) -> None:
    asked = lifecycle.asked(job_in(Q, attempts=2), now)
    wanted = lifecycle.wanted(asked, now + SECOND)
    again = lifecycle.asked(wanted, now + 2 * SECOND)
    assert [job.is_asked_about for job in (job_in(Q), asked, wanted, again)] == [False, True, False, True]
    assert asked.attempts == 0


def test_what_waited_for_the_budget_waits_no_more_once_it_leaves(job_in: Factory, now: datetime) -> None:
    waiting = lifecycle.over_budget(job_in(Q), now + SECOND)
    assert waiting.over_budget_until == now + SECOND
    assert lifecycle.submitted(waiting, now).over_budget_until is None


@pytest.mark.parametrize("event", ["submitted", "postponed", "failed", "cancelled"])
def test_no_event_says_when_the_next_step_is_due(job_in: Factory, now: datetime, event: str) -> None:
    assert EVENTS[event](job_in(Q, due_at=now), now + SECOND).due_at == now


def test_trouble_is_counted_from_its_beginning(job_in: Factory, now: datetime) -> None:
    once = lifecycle.retry_scheduled(job_in(R), now)
    twice = lifecycle.retry_scheduled(once, now + SECOND)
    assert [(j.attempts, j.troubled_since) for j in (once, twice)] == [(1, now), (2, now)]


def test_a_look_that_comes_through_ends_the_trouble(job_in: Factory, now: datetime) -> None:
    troubled = job_in(R, attempts=3, troubled_since=now, ordered_at=now)
    job = lifecycle.polled(troubled, now + SECOND, progress=None)
    assert (job.attempts, job.troubled_since) == (0, None)


def test_progress_gives_the_pace_since_the_order(job_in: Factory, now: datetime) -> None:
    later = now + 10 * SECOND
    job = lifecycle.polled(job_in(R, ordered_at=now), later, progress=20)
    assert (job.progress, job.progress_at, job.pace) == (20, later, 2.0)


def test_one_look_changes_the_pace_by_half_only(job_in: Factory, now: datetime) -> None:
    job = job_in(R, ordered_at=now - 10 * SECOND, progress=20, progress_at=now, pace=2.0)
    later = now + 10 * SECOND
    assert lifecycle.polled(job, later, progress=60).pace == 3.0


@pytest.mark.parametrize("told", [None, 0, 39, 40])
def test_progress_that_stands_or_goes_back_changes_nothing(
    job_in: Factory, now: datetime, told: int | None
) -> None:
    job = job_in(R, ordered_at=now, progress=40, progress_at=now, pace=2.0)
    assert lifecycle.polled(job, now + SECOND, progress=told) == job


def test_progress_told_in_the_instant_of_the_order_gives_no_pace(job_in: Factory, now: datetime) -> None:
    job = lifecycle.polled(job_in(R, ordered_at=now), now, progress=30)
    assert (job.progress, job.pace) == (30, None)


@given(told=st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=15))
def test_progress_never_goes_back_whatever_is_told(
    job_in: Factory, now: datetime, told: list[int | None]
) -> None:
    job, seen = job_in(R, ordered_at=now), [0]
    for number, progress in enumerate(told, start=1):
        job = lifecycle.polled(job, now + number * SECOND, progress=progress)
        seen.append(job.progress or 0)
    assert seen == sorted(seen)
    assert seen[-1] == max([0, *filter(None, told)])


def test_a_finished_video_is_all_there(job_in: Factory, now: datetime) -> None:
    job = lifecycle.rendered(job_in(R, progress=80, attempts=1), now, video_url=None)
    assert (job.progress, job.rendered_at, job.attempts) == (100, now, 0)


def test_a_failure_is_owed_with_its_detail(job_in: Factory, now: datetime) -> None:
    delivering = job_in(D, sending=True, attempts=4, troubled_since=now)
    job = lifecycle.failed(delivering, reason=FailureReason.CLIP_REFUSED, detail="too odd")
    assert (job.failure, job.failure_detail) == (FailureReason.CLIP_REFUSED, "too odd")
    assert (job.sending, job.attempts, job.troubled_since) == (False, 0, None)


def test_a_sent_clip_is_noted_and_no_longer_in_the_air(job_in: Factory) -> None:
    job = lifecycle.sent(job_in(D, sending=True, attempts=1), message_id=9, file_id="f1")
    assert (job.result_message_id, job.file_id, job.sending, job.attempts) == (9, "f1", False, 0)


def test_what_a_group_does_not_take_is_owed_to_who_asked(job_in: Factory) -> None:
    asked = Place(account_id=-5, requester_id=1, chat_id=-5, thread_id=3, request_message_id=9, language="de")
    job = job_in(D, place=asked, sending=True, attempts=2, status_message_id=10)
    assert lifecycle.redirected(job) == replace(
        job_in(D), place=Place(account_id=-5, requester_id=1, chat_id=1, language="de")
    )


@pytest.mark.parametrize(
    ("state", "event"), [(D, "delivered"), (D, "told"), (Q, "cancelled")], ids=["done", "failed", "cancelled"]
)
def test_an_ending_notes_when(job_in: Factory, now: datetime, state: State, event: str) -> None:
    assert EVENTS[event](job_in(state), now + SECOND).finished_at == now + SECOND
