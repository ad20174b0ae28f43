"""Statistics: every day of the period is there, every job is counted once, and failures cost nobody a credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median_low
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.failures import FailureReason
from domain.job import State
from domain.money import Money
from domain.statistics import (
    MOST_DAYS,
    Cost,
    Counts,
    Day,
    KnownCost,
    ModelStatistics,
    Outcomes,
    Period,
    Statistics,
    Tally,
    Wait,
)

FIRST = date(2026, 11, 20)
PERIOD = Period(first=FIRST, last=FIRST + timedelta(days=2))
PRICED = parse_catalogue(
    """
    default = "sora-2"
    currency = "USD"
    [models.sora-2]
    title = "Sora 2"
    price = { 10 = 1, 15 = 2 }
    cost = { 10 = 0.1, 15 = 0.2 }
    sizes = ["720x1280"]
    [models.veo]
    title = "Veo"
    price = { 8 = 1 }
    sizes = ["720x1280"]
    """
)


def tally(state: State = State.DONE, jobs: int = 1, **changes: Any) -> Tally:  # noqa: ANN401 - any of its fields
    usual: dict[str, Any] = {
        "model": "sora-2",
        "seconds": 10,
        "failure": FailureReason.MODERATED if state is State.FAILED else None,
        "is_rendered": state is State.DONE,
        "credits": jobs,
    }
    return Tally(**usual | {"state": state, "jobs": jobs} | changes)


def waits(*seconds: int, model: str = "sora-2") -> list[Wait]:
    return [
        Wait(model=model, span=timedelta(seconds=span), videos=videos)
        for span, videos in Counter(seconds).items()
    ]


def counted(
    *tallies: Tally,
    waits: Sequence[Wait] = (),
    costs: Sequence[KnownCost] = (),
    days: Sequence[Day] = (),
    people: int = 0,
    catalogue: Catalogue = PRICED,
) -> Statistics:
    counts = Counts(days=days, tallies=tallies, waits=waits, costs=costs, people=people)
    return Statistics.of(counts, PERIOD, catalogue)


@pytest.mark.parametrize(
    ("days", "first"),
    [(1, date(2026, 11, 22)), (7, date(2026, 11, 16)), (90, date(2026, 8, 25))],
    ids=["today", "a week", "the most"],
)
def test_a_period_ends_today_in_utc(days: int, first: date) -> None:
    period = Period.until(datetime(2026, 11, 22, 23, 59, tzinfo=UTC), days=days)
    assert (period.days[0], period.days[-1], len(period.days)) == (first, date(2026, 11, 22), days)


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_no_other_period_is_counted(days: int) -> None:
    with pytest.raises(ValueError, match="1 to 90 days"):
        Period.until(datetime(2026, 11, 22, tzinfo=UTC), days=days)


def test_each_day_has_its_outcomes_and_an_empty_one_has_zeros() -> None:
    asked = [
        Day(date=FIRST, outcomes=Outcomes(delivered=4, failed=2), people=2),
        Day(date=PERIOD.last, outcomes=Outcomes(cancelled=1, under_way=3), people=1),
    ]
    statistics = counted(
        tally(State.DONE, 3),
        tally(State.DONE, 1, seconds=15),
        tally(State.FAILED, 2),
        tally(State.CANCELLED, 1),
        *(tally(state, 1) for state in (State.QUEUED, State.RENDERING, State.DELIVERING)),
        days=asked,
        people=3,
    )
    assert statistics.days == [asked[0], Day(date=FIRST + timedelta(days=1)), asked[1]]
    assert statistics.outcomes == Outcomes(delivered=4, failed=2, cancelled=1, under_way=3)
    assert (statistics.outcomes.total, statistics.people) == (10, 3)


def test_what_is_kept_was_made_and_paid_for_whatever_became_of_it_later() -> None:
    statistics = counted(
        tally(State.DONE, 3),
        tally(State.DONE, 2, is_kept=True),
        tally(State.FAILED, 1, is_kept=True, failure=FailureReason.EXPIRED),
    )
    assert statistics.outcomes == Outcomes(delivered=5, kept=2, failed=1)
    assert statistics.credits == 6


def test_what_failed_or_was_called_off_costs_no_credits() -> None:
    statistics = counted(
        tally(State.DONE, credits=1),
        tally(State.RENDERING, credits=2),
        tally(State.FAILED, credits=4),
        tally(State.CANCELLED, credits=8),
        tally(State.DELIVERING, credits=16, failure=FailureReason.BUSY),  # owes its person the reason
    )
    assert statistics.credits == 3


def test_the_most_frequent_reason_comes_first_and_only_what_is_over_gives_one() -> None:
    statistics = counted(
        tally(State.FAILED, 1, failure=FailureReason.BUSY),
        tally(State.FAILED, 2, failure=FailureReason.MODERATED),
        tally(State.FAILED, 1, failure=FailureReason.MODERATED, seconds=15),
        tally(State.FAILED, 1, failure=FailureReason.EXPIRED),
        tally(State.DELIVERING, 9, failure=FailureReason.INTERNAL),
    )
    assert statistics.reasons == [
        (FailureReason.MODERATED, 3),
        (FailureReason.BUSY, 1),
        (FailureReason.EXPIRED, 1),
    ]


def test_each_model_has_a_line_of_its_own_the_most_wanted_first() -> None:
    statistics = counted(
        tally(State.DONE, 1, model="veo"),
        tally(State.DONE, 2),
        tally(State.FAILED, 1, seconds=15),
        tally(State.FAILED, 1, model="gone"),
        waits=[*waits(60, 90), *waits(30, model="veo")],
    )
    assert statistics.models == [
        ModelStatistics(
            model="sora-2", outcomes=Outcomes(delivered=2, failed=1), median=timedelta(seconds=60)
        ),
        ModelStatistics(model="gone", outcomes=Outcomes(failed=1), median=None),
        ModelStatistics(model="veo", outcomes=Outcomes(delivered=1), median=timedelta(seconds=30)),
    ]


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_median_is_one_that_somebody_has_waited(seconds: list[int]) -> None:
    assert counted(waits=waits(*seconds)).median == timedelta(seconds=median_low(seconds))


def test_without_a_video_there_is_no_median() -> None:
    assert counted(tally(State.FAILED)).median is None


def test_the_cost_is_of_all_that_the_api_finished_delivered_or_not() -> None:
    statistics = counted(
        tally(State.DONE, 3),
        tally(State.DONE, 1, seconds=15),
        tally(State.FAILED, 1, failure=FailureReason.CLIP_TOO_LARGE, is_rendered=True),
        tally(State.FAILED, 5),
        tally(State.DONE, 2, model="veo", seconds=8),
        tally(State.DONE, 1, model="gone"),
    )
    assert statistics.cost == Cost(amounts=[Money(Decimal("0.6"), "USD")], unpriced=3)


def known(amount: str, currency: str, rendered: int, **changes: Any) -> KnownCost:  # noqa: ANN401 - any of its fields
    usual: dict[str, Any] = {"model": "sora-2", "seconds": 10}
    return KnownCost(cost=Money(Decimal(amount), currency), rendered=rendered, **usual | changes)


def test_what_is_known_of_an_orders_cost_is_believed_and_the_rest_is_as_the_catalogue_says() -> None:
    statistics = counted(
        tally(State.DONE, 3),
        tally(State.DONE, 2, model="veo", seconds=8),
        tally(State.FAILED, 1),
        # One of the three, one that failed and was paid for, and both of the other model, in other money.
        costs=[known("0.35", "USD", 1), known("2", "USD", 0), known("7", "CNY", 2, model="veo", seconds=8)],
    )
    assert statistics.cost == Cost(
        amounts=[Money(Decimal("2.55"), "USD"), Money(Decimal(7), "CNY")], unpriced=0
    )


def test_costs_are_told_without_a_catalogue_that_knows_any(catalogue: Catalogue) -> None:
    statistics = counted(tally(State.DONE, 3), costs=[known("0.35", "USD", 1)], catalogue=catalogue)
    assert statistics.cost == Cost(amounts=[Money(Decimal("0.35"), "USD")], unpriced=2)


def test_a_catalogue_without_costs_tells_none(catalogue: Catalogue) -> None:
    assert counted(tally(), catalogue=catalogue).cost is None
