"""A period's jobs as the database counts them: by day and outcome, by how long they took, by people."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, bindparam, case, exists, func, select, union_all

from domain.job import ACTIVE, State
from domain.statistics import Counts, Day, KnownCost, Outcomes, Period, Tally, Wait
from storage.database import Database
from storage.reading import facts, read_rows
from storage.rollups import FIRST_DAY, daily_costs, daily_people, daily_tallies, daily_waits, weekly_waits
from storage.rows import failure_of, money_of
from storage.tables import NOBODY, jobs

_SECOND, _DAY, _WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(weeks=1)
_KIND = tuple(column for column in daily_tallies.primary_key if column is not daily_tallies.c.day)
_TALLIES = (
    select(
        *_KIND,
        func.sum(daily_tallies.c.jobs).label("jobs"),
        func.sum(daily_tallies.c.credits).label("credits"),
    )
    .where(daily_tallies.c.day.between(bindparam("first"), bindparam("last")))
    .group_by(*_KIND)
)
_OF_COST = (daily_costs.c.model, daily_costs.c.seconds, daily_costs.c.currency)
_COSTS = (
    select(
        *_OF_COST,
        func.sum(daily_costs.c.rendered).label("rendered"),
        func.sum(daily_costs.c.cost).label("cost"),
    )
    .where(daily_costs.c.day.between(bindparam("first"), bindparam("last")))
    .group_by(*_OF_COST)
)
_WAIT_OF_DAY = (daily_waits.c.model, daily_waits.c.wait, daily_waits.c.videos)
# Of whole weeks by the week, and day by day what there is before them and after.
_EACH_WAIT = union_all(
    select(*_WAIT_OF_DAY).where(daily_waits.c.day.between(bindparam("first"), bindparam("last_before"))),
    select(*_WAIT_OF_DAY).where(daily_waits.c.day.between(bindparam("first_after"), bindparam("last"))),
    select(weekly_waits.c.model, weekly_waits.c.wait, weekly_waits.c.videos).where(
        weekly_waits.c.week >= bindparam("first_week"), weekly_waits.c.week < bindparam("end_week")
    ),
).subquery()
_WAITS = select(_EACH_WAIT.c.model, _EACH_WAIT.c.wait, func.sum(_EACH_WAIT.c.videos)).group_by(
    _EACH_WAIT.c.model, _EACH_WAIT.c.wait
)
_EARLIER, _LATER = jobs.alias("earlier_jobs"), jobs.alias("later_jobs")
# Of a period that ends today only those whom a clock asked in the future that was set back.
_ASKED_SINCE = select(func.count(_LATER.c.requester_id.distinct())).where(
    _LATER.c.created_at >= bindparam("end"),
    _LATER.c.requester_id != NOBODY,
    exists().where(
        _EARLIER.c.requester_id == _LATER.c.requester_id,
        _EARLIER.c.created_at >= bindparam("begin"),
        _EARLIER.c.created_at < bindparam("end"),
    ),
)


def _jobs(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, daily_tallies.c.jobs), else_=0))


_IS_DONE = daily_tallies.c.state == State.DONE
_DAYS = (
    select(
        daily_tallies.c.day,
        _jobs(_IS_DONE).label("delivered"),
        _jobs(_IS_DONE & daily_tallies.c.is_kept).label("kept"),
        _jobs(daily_tallies.c.state == State.FAILED).label("failed"),
        _jobs(daily_tallies.c.state == State.CANCELLED).label("cancelled"),
        _jobs(daily_tallies.c.state.in_(sorted(ACTIVE))).label("under_way"),
        # One row for each day, or none if nobody knows any more who asked.
        func.coalesce(func.max(daily_people.c.people), 0).label("people"),
        func.coalesce(func.max(daily_people.c.last_seen), 0).label("last_seen"),
        _ASKED_SINCE.scalar_subquery().label("asked_since"),
    )
    .select_from(daily_tallies.outerjoin(daily_people, daily_people.c.day == daily_tallies.c.day))
    .where(daily_tallies.c.day.between(bindparam("first"), bindparam("last")))
    .group_by(daily_tallies.c.day)
)


class StatisticsStore:
    """What admins look up about all jobs together, of sums that do not grow with the jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, period: Period) -> Counts:
        """Count the jobs that were accepted in the period, those of forgotten people too."""
        within = _bounds(period)
        async with self._database.reading() as connection:
            days = (await connection.execute(_DAYS, within)).all()
            tallies = (await connection.execute(_TALLIES, within)).mappings().all()
            costs = (await connection.execute(_COSTS, within)).all()
            waits = (await connection.execute(_WAITS, within)).all()
        return Counts(
            days=[_day_of(row) for row in days],
            tallies=read_rows(tallies, _tally_of),
            costs=[
                KnownCost(
                    model=row.model,
                    seconds=row.seconds,
                    cost=money_of(row.cost, row.currency),
                    rendered=row.rendered,
                )
                for row in costs
            ],
            waits=[Wait(model=model, span=wait * _SECOND, videos=videos) for model, wait, videos in waits],
            # Those who have not asked since, and those who have: these are few, for a period ends today.
            people=sum(row.last_seen for row in days) + (days[0].asked_since if days else 0),
        )


def _bounds(period: Period) -> dict[str, Any]:
    """Return what the statements say of the period: its days and moments, and the whole weeks in it, if there are any."""
    day_after = period.last + _DAY
    first_week = -((FIRST_DAY - period.first) // _WEEK)
    end_week = max((day_after - FIRST_DAY) // _WEEK, first_week)
    return {
        "first": period.first,
        "last": period.last,
        "first_week": first_week,
        "end_week": end_week,
        "last_before": min(FIRST_DAY + first_week * _WEEK - _DAY, period.last),
        "first_after": FIRST_DAY + end_week * _WEEK,
        "begin": datetime.combine(period.first, time.min, UTC),
        "end": datetime.combine(day_after, time.min, UTC),
    }


def _day_of(row: Row[Any]) -> Day:
    outcomes = Outcomes(
        delivered=row.delivered,
        kept=row.kept,
        failed=row.failed,
        cancelled=row.cancelled,
        under_way=row.under_way,
    )
    return Day(date=row.day, outcomes=outcomes, people=row.people)


def _tally_of(row: RowMapping) -> Tally:
    named = {"state": State(row["state"]), "failure": failure_of(row["failure"])}
    return Tally(**facts(row, Tally) | named)
