"""Counting a period's jobs: every one of its days and no other, each person once, and nobody who was forgotten."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from domain.failures import FailureReason
from domain.job import Job, State
from domain.statistics import Day, Outcomes, Period, Tally, Wait
from storage.database import Database
from storage.erasure import Erasure
from storage.statistics import StatisticsStore

FIRST, LAST = date(2026, 11, 20), date(2026, 11, 22)
PERIOD = Period(first=FIRST, last=LAST)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)

Add = Callable[..., Awaitable[Job]]
Query = Callable[[str], list[Any]]


@pytest.fixture
def tallies(database: Database) -> StatisticsStore:
    return StatisticsStore(database)


@pytest.fixture
def end(query: Query) -> Callable[..., None]:
    """Return a way to let a job be over, so long after it was accepted."""

    def make(
        job: Job, state: State, *, after: timedelta = timedelta(minutes=2), failure: str | None = None
    ) -> None:
        rendered = "created_at + 1" if failure is None else "NULL"
        reason = f"'{failure}'" if failure else "NULL"
        query(
            f"UPDATE jobs SET state = '{state}', failure = {reason}, rendered_at = {rendered},"  # noqa: S608 - ours
            f" finished_at = created_at + {after // MOMENT} WHERE id = {job.id}"
        )

    return make


async def test_a_period_has_its_days_from_the_first_moment_to_the_last(
    tallies: StatisticsStore, add: Add
) -> None:
    three_days = timedelta(days=3)
    for at in (MIDNIGHT - MOMENT, MIDNIGHT, MIDNIGHT + three_days - MOMENT, MIDNIGHT + three_days):
        await add(at=at)
    counts = await tallies.count(PERIOD)
    asked = Outcomes(under_way=1)
    assert counts.days == [
        Day(date=FIRST, outcomes=asked, people=1),
        Day(date=LAST, outcomes=asked, people=1),
    ]
    assert ([tally.jobs for tally in counts.tallies], counts.people) == ([2], 1)


async def test_jobs_that_are_alike_are_counted_together_and_others_apart(
    tallies: StatisticsStore, add: Add, end: Callable[..., None]
) -> None:
    at = MIDNIGHT + timedelta(hours=1)
    for state, failure, price in [
        (State.DONE, None, 1),
        (State.DONE, None, 2),
        (State.FAILED, "moderated", 4),
        (State.FAILED, "busy", 8),
    ]:
        end(await add(at=at, price=price), state, failure=failure)
    end(await add(at=at, model="veo", seconds=8, price=16), State.DONE, after=timedelta(seconds=90.9))
    await add(at=at, price=32)
    alike = partial(Tally, model="sora-2", seconds=10)
    counts = await tallies.count(PERIOD)
    assert sorted(counts.tallies, key=lambda tally: tally.credits) == [
        alike(state=State.DONE, is_rendered=True, jobs=2, credits=3),
        alike(state=State.FAILED, failure=FailureReason.MODERATED, jobs=1, credits=4),
        alike(state=State.FAILED, failure=FailureReason.BUSY, jobs=1, credits=8),
        Tally(model="veo", seconds=8, state=State.DONE, is_rendered=True, jobs=1, credits=16),
        alike(state=State.QUEUED, jobs=1, credits=32),
    ]
    assert counts.days == [Day(date=FIRST, outcomes=Outcomes(delivered=3, failed=2, under_way=1), people=1)]
    assert sorted(counts.waits, key=lambda wait: wait.span) == [
        Wait(model="veo", span=timedelta(seconds=90), videos=1),
        Wait(model="sora-2", span=timedelta(minutes=2), videos=2),
    ]


async def test_a_person_counts_once_a_day_and_once_in_all(tallies: StatisticsStore, add: Add) -> None:
    for person, days in [(1, 0), (1, 0), (2, 0), (1, 2), (3, 2), (2, 2)]:
        await add(person, at=MIDNIGHT + timedelta(days=days))
    counts = await tallies.count(PERIOD)
    assert ([(day.date, day.people) for day in counts.days], counts.people) == ([(FIRST, 2), (LAST, 3)], 3)


async def test_the_videos_of_the_forgotten_count_and_they_themselves_do_not(
    tallies: StatisticsStore, add: Add, end: Callable[..., None], database: Database, now: datetime
) -> None:
    end(await add(1, at=MIDNIGHT), State.DONE)
    end(await add(2, at=MIDNIGHT), State.DONE)
    await Erasure(database).forget(1, now=now)
    counts = await tallies.count(PERIOD)
    assert [tally.jobs for tally in counts.tallies] == [2]
    assert counts.days == [Day(date=FIRST, outcomes=Outcomes(delivered=2), people=1)]
    assert counts.people == 1


async def test_nothing_is_nothing(tallies: StatisticsStore) -> None:
    counts = await tallies.count(PERIOD)
    assert (counts.days, counts.tallies, counts.waits, counts.people) == ([], [], [], 0)
