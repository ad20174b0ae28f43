"""A period's jobs as the database counts them: by day and outcome, by how long they took, by people."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from domain.job import State
from domain.statistics import Counts, Tally, Wait
from storage.reading import read_rows
from storage.rollups import daily_people, daily_tallies, daily_waits
from storage.rows import failure_of
from storage.tables import NOBODY, jobs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import RowMapping, ScalarSelect
    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.statistics import Period
    from storage.database import Database

_SECOND = timedelta(seconds=1)


class Tallies:
    """What admins look up about all jobs together, of sums that do not grow with the jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, period: Period) -> Counts:
        """Count the jobs that were accepted in the period, those of forgotten people too."""
        async with self._database.reading() as connection:
            people_by_day, people = await _count_people(connection, period)
            return Counts(
                tallies=await _find_tallies(connection, period),
                waits=await _find_waits(connection, period),
                people_by_day=people_by_day,
                people=people,
            )


async def _find_tallies(connection: AsyncConnection, period: Period) -> Sequence[Tally]:
    counted = select(daily_tallies).where(daily_tallies.c.day.between(period.first, period.last))
    return read_rows((await connection.execute(counted)).mappings(), _tally_of)


def _tally_of(row: RowMapping) -> Tally:
    return Tally(
        day=row["day"],
        model=row["model"],
        seconds=row["seconds"],
        state=State(row["state"]),
        failure=failure_of(row["failure"]),
        is_rendered=row["is_rendered"],
        is_kept=row["is_kept"],
        jobs=row["jobs"],
        credits=row["credits"],
    )


async def _find_waits(connection: AsyncConnection, period: Period) -> Sequence[Wait]:
    counting = (
        select(daily_waits.c.model, daily_waits.c.wait, func.sum(daily_waits.c.videos))
        .where(daily_waits.c.day.between(period.first, period.last))
        .group_by(daily_waits.c.model, daily_waits.c.wait)
    )
    return [
        Wait(model=model, span=wait * _SECOND, videos=videos)
        for model, wait, videos in await connection.execute(counting)
    ]


async def _count_people(connection: AsyncConnection, period: Period) -> tuple[dict[date, int], int]:
    """Return how many people asked on each day, and on any.

    On any did those who did not ask later, and those who did: there are few of them, for a period ends today.
    """
    later = _count_who_asked_later(period).label("later")
    counted = select(daily_people, later).where(
        daily_people.c.day.between(period.first, period.last), daily_people.c.people > 0
    )
    days = (await connection.execute(counted)).all()
    people = sum(day.last_seen for day in days) + (days[0].later if days else 0)
    return {day.day: day.people for day in days}, people


def _count_who_asked_later(period: Period) -> ScalarSelect[int]:
    """Return how many people asked both in the period and after it, as some have if the clock was set back."""
    begin, end = (
        datetime.combine(day, time.min, UTC) for day in (period.first, period.last + timedelta(days=1))
    )
    later, earlier = jobs.alias("later_jobs"), jobs.alias("earlier_jobs")
    asked = exists().where(
        earlier.c.requester_id == later.c.requester_id,
        earlier.c.created_at >= begin,
        earlier.c.created_at < end,
    )
    asked_later = select(func.count(later.c.requester_id.distinct())).where(
        later.c.created_at >= end, later.c.requester_id != NOBODY, asked
    )
    return asked_later.scalar_subquery()
