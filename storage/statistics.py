"""A period's jobs as they are counted in the database: by day and outcome, by how long they took, by people."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, func, literal_column, null, select, type_coerce, union_all

from domain.job import State
from domain.statistics import Counts, Tally, Wait
from storage.reading import read_rows
from storage.rows import failure_of
from storage.tables import NOBODY, Instant, jobs, microseconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, RowMapping, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.statistics import Period
    from storage.database import Database

_SECOND = timedelta(seconds=1)
# Written out, not bound: a database groups by an expression only if it sees that it is the one selected.
_IN_A_DAY = literal_column(f"{microseconds(timedelta(days=1))}", BigInteger)
_IN_A_SECOND = literal_column(f"{microseconds(_SECOND)}", BigInteger)
_ACCEPTED = type_coerce(jobs.c.created_at, BigInteger)
_DAY_BEGAN = type_coerce(_ACCEPTED - _ACCEPTED % _IN_A_DAY, Instant).label("began")
_WAITED = (type_coerce(jobs.c.finished_at, BigInteger) - _ACCEPTED) // _IN_A_SECOND
_IS_RENDERED = jobs.c.rendered_at.is_not(None).label("is_rendered")
_IS_KEPT = jobs.c.kept_at.is_not(None).label("is_kept")
_PEOPLE = func.count(jobs.c.requester_id.distinct())


class Tallies:
    """What admins look up about all jobs together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, period: Period) -> Counts:
        """Count the jobs that were accepted in the period, those of forgotten people too."""
        accepted = jobs.c.created_at.between(_beginning(period.first), _end(period.last))
        async with self._database.reading() as connection:
            people_by_day, people = await _count_people(connection, accepted)
            return Counts(
                tallies=await _find_tallies(connection, accepted),
                waits=await _find_waits(connection, accepted),
                people_by_day=people_by_day,
                people=people,
            )


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


async def _find_tallies(connection: AsyncConnection, accepted: ColumnElement[bool]) -> Sequence[Tally]:
    alike = (_DAY_BEGAN, jobs.c.model, jobs.c.seconds, jobs.c.state, jobs.c.failure, _IS_RENDERED, _IS_KEPT)
    counted = (func.count().label("jobs"), func.sum(jobs.c.price).label("credits"))
    counting = select(*alike, *counted).where(accepted).group_by(*alike)
    return read_rows((await connection.execute(counting)).mappings(), _tally_of)


def _tally_of(row: RowMapping) -> Tally:
    return Tally(
        day=row["began"].date(),
        model=row["model"],
        seconds=row["seconds"],
        state=State(row["state"]),
        failure=failure_of(row["failure"]),
        is_rendered=row["is_rendered"],
        is_kept=row["is_kept"],
        jobs=row["jobs"],
        credits=row["credits"],
    )


async def _find_waits(connection: AsyncConnection, accepted: ColumnElement[bool]) -> Sequence[Wait]:
    """To the second, so that a hundred thousand videos are not as many rows."""
    done = accepted & (jobs.c.state == State.DONE) & jobs.c.kept_at.is_(None)
    counting = select(jobs.c.model, _WAITED, func.count()).where(done).group_by(jobs.c.model, _WAITED)
    return [
        Wait(model=model, span=waited * _SECOND, videos=videos)
        for model, waited, videos in await connection.execute(counting)
    ]


async def _count_people(
    connection: AsyncConnection, accepted: ColumnElement[bool]
) -> tuple[dict[date, int], int]:
    """Return how many people asked on each day, and on any."""
    by_somebody = accepted & (jobs.c.requester_id != NOBODY)
    by_day = select(_DAY_BEGAN, _PEOPLE).where(by_somebody).group_by(_DAY_BEGAN)
    on_any = select(null().label("began"), _PEOPLE).where(by_somebody)
    counting: Select[datetime | None, int] = select(union_all(by_day, on_any).subquery())
    people = {row[0]: row[1] for row in await connection.execute(counting)}
    return {began.date(): number for began, number in people.items() if began is not None}, people[None]
