"""Roll-ups of jobs: sums that the database itself keeps up to date, by triggers, with every write of a job."""
# ruff: noqa: S608 - the statements are put together of nothing but what is written here

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    case,
    event,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeDecorator

from domain.job import State
from storage.tables import IS_CHARGED, NOBODY, jobs, metadata, microseconds

#: From this day on days and weeks are counted.
FIRST_DAY = date(1970, 1, 1)


class Day(TypeDecorator[date]):
    """A day in UTC, kept as whole days since 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else (value - FIRST_DAY).days

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else FIRST_DAY + timedelta(days=value)


# Jobs that were accepted on the same day, are alike and came to the same.
daily_tallies = Table(
    "daily_tallies",
    metadata,
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("model", String(40), primary_key=True),
    Column("seconds", Integer, primary_key=True, autoincrement=False),
    Column("state", String(20), primary_key=True),
    # Empty where nothing failed: what a key is made of cannot be NULL.
    Column("failure", String(40), primary_key=True),
    Column("is_rendered", Boolean(create_constraint=False), primary_key=True),
    Column("is_kept", Boolean(create_constraint=False), primary_key=True),
    Column("jobs", BigInteger, nullable=False),
    Column("credits", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What orders of a day have cost that are known to have cost something, by their currency; the rest is in the catalogue.
daily_costs = Table(
    "daily_costs",
    metadata,
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("model", String(40), primary_key=True),
    Column("seconds", Integer, primary_key=True, autoincrement=False),
    Column("currency", String(3), primary_key=True),
    Column("jobs", BigInteger, nullable=False),
    # How many of them were rendered.
    Column("rendered", BigInteger, nullable=False),
    # In millionths.
    Column("cost", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# How many videos came to their people so many seconds after the request, in steps that grow with them.
daily_waits = Table(
    "daily_waits",
    metadata,
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("model", String(40), primary_key=True),
    Column("wait", Integer, primary_key=True, autoincrement=False),
    Column("videos", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# The same for seven days together, counted from 1970: of a long period there are few days that are no whole weeks.
weekly_waits = Table(
    "weekly_waits",
    metadata,
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("model", String(40), primary_key=True),
    Column("wait", Integer, primary_key=True, autoincrement=False),
    Column("videos", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# How many people asked on a day, and of how many it is the last day on which they asked: the sum of those is how many
# people there were since a day.
daily_people = Table(
    "daily_people",
    metadata,
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("people", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What people have asked for since the day in `recent_use_since`, which `storage.usage` moves on.
recent_use = Table(
    "recent_use",
    metadata,
    Column("requester_id", BigInteger, primary_key=True, autoincrement=False),
    Column("jobs", BigInteger, nullable=False),
    Column("videos", BigInteger, nullable=False),
    Column("credits", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_recent_use_credits", recent_use.c.credits.desc(), recent_use.c.requester_id)
# One row, or none if nothing is counted yet.
recent_use_since = Table(
    "recent_use_since", metadata, Column("day", Day, primary_key=True, autoincrement=False)
)

# Numbers are written out: a database groups by an expression only if it sees that it is the one selected.
_IN_A_DAY = literal_column(f"{microseconds(timedelta(days=1))}", BigInteger)
_IN_A_WEEK = literal_column(f"{microseconds(timedelta(weeks=1))}", BigInteger)
_IN_A_SECOND = literal_column(f"{microseconds(timedelta(seconds=1))}", BigInteger)
_DAY = type_coerce(jobs.c.created_at, BigInteger) // _IN_A_DAY
_WEEK = type_coerce(jobs.c.created_at, BigInteger) // _IN_A_WEEK
_ONE = literal_column("1", BigInteger)
_IS_DELIVERED = (jobs.c.state == State.DONE) & jobs.c.kept_at.is_(None)
_HAS_ASKER = jobs.c.requester_id != NOBODY
# An order that is not over may yet cost nothing.
_HAS_COST = jobs.c.cost.is_not(None) & (jobs.c.rendered_at.is_not(None) | jobs.c.failure.is_not(None))
_EVERY_JOB = literal_column("1 = 1", Boolean)

#: Waits shorter than so many seconds are told apart in steps of so many, longer ones in steps of `_LONGEST_STEP`.
_WAIT_STEPS = {60: 1, 600: 10, 3600: 60}
_LONGEST_STEP = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """What a table says of all jobs, and how one job more or less changes it."""

    table: Table
    #: The columns of a job that matter to it.
    made_of: Sequence[str]
    #: Statements that count a job, which they call {job}, and that count it no more: SQL that every database knows, and
    #: right whether the job's own row is there already, or still, or not.
    counted: Sequence[str]
    uncounted: Sequence[str]


def _sums(
    table: Table,
    *,
    key: Mapping[str, ColumnElement[Any]],
    amounts: Mapping[str, ColumnElement[Any]],
    where: ColumnElement[bool],
) -> RollUp:
    """Add up those jobs by the key, which is never NULL; the first amount is how many they are: there is no row of none."""
    values = {name: _of_job(value) for name, value in {**key, **amounts}.items()}
    name, first, counts = table.name, next(iter(amounts)), _of_job(where)
    sums = ", ".join(f"{amount} = {name}.{amount} + excluded.{amount}" for amount in amounts)
    less = ", ".join(f"{amount} = {amount} - ({values[amount]})" for amount in amounts)
    row = " AND ".join(f"{part} = ({values[part]})" for part in key)
    new = f"INSERT INTO {name} ({', '.join(values)}) SELECT {', '.join(values.values())} WHERE {counts}"
    return RollUp(
        table=table,
        made_of=_columns_in([*key.values(), *amounts.values(), where]),
        counted=[f"{new} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sums}"],
        uncounted=[
            f"UPDATE {name} SET {less} WHERE {row} AND {counts}",
            f"DELETE FROM {name} WHERE {row} AND {first} = 0",
        ],
    )


def _columns_in(expressions: Iterable[ColumnElement[Any]]) -> Sequence[str]:
    parts = [part for expression in expressions for part in iterate(expression)]
    return [column.name for column in jobs.columns if any(part is column for part in parts)]


def _of_job(expression: ColumnElement[Any]) -> str:
    """Return an expression over the table of jobs as one over {job}."""
    compiled = expression.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return " ".join(str(compiled).replace("jobs.", "{job}.").split())


def _wait() -> ColumnElement[int]:
    """Return the seconds from request to video, rounded down, so that a period's are few however many videos it has."""
    ended, accepted = (type_coerce(jobs.c[name], BigInteger) for name in ("finished_at", "created_at"))
    waited: ColumnElement[int] = (ended - accepted) // _IN_A_SECOND
    steps: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (waited < below, literal_column(f"{step}")) for below, step in _WAIT_STEPS.items()
    ]
    return waited - waited % case(*steps, else_=literal_column(f"{_LONGEST_STEP}"))


def _people() -> RollUp:
    """Count each person once a day, and once on the last of their days."""
    day, asked = _of_job(_DAY), _of_job(_HAS_ASKER)
    others = "FROM jobs AS others WHERE others.requester_id = {job}.requester_id AND others.id <> {job}.id"
    since = f"AND others.created_at >= {day} * {_IN_A_DAY}"
    until = f"AND others.created_at < ({day} + 1) * {_IN_A_DAY}"
    is_first = f"CASE WHEN EXISTS (SELECT 1 {others} {since} {until}) THEN 0 ELSE 1 END"
    is_last = f"CASE WHEN EXISTS (SELECT 1 {others} {since}) THEN 0 ELSE 1 END"
    latest = f"SELECT others.created_at / {_IN_A_DAY} {others} ORDER BY others.created_at DESC LIMIT 1"
    was_last = f"WHERE {asked} AND day = ({latest}) AND day < {day}"
    new = (
        f"INSERT INTO daily_people (day, people, last_seen) SELECT {day}, {is_first}, {is_last} WHERE {asked}"
    )
    more = "people = daily_people.people + excluded.people, last_seen = daily_people.last_seen + excluded.last_seen"
    less = f"people = people - {is_first}, last_seen = last_seen - {is_last}"
    return RollUp(
        table=daily_people,
        made_of=_columns_in([_DAY, _HAS_ASKER]),
        counted=[
            f"{new} ON CONFLICT (day) DO UPDATE SET {more}",
            f"UPDATE daily_people SET last_seen = last_seen - 1 {was_last}",
        ],
        uncounted=[
            f"UPDATE daily_people SET {less} WHERE {asked} AND day = {day}",
            f"UPDATE daily_people SET last_seen = last_seen + 1 {was_last}",
        ],
    )


def _costs() -> RollUp:
    """Add up what orders are known to have cost."""
    return _sums(
        daily_costs,
        key={
            "day": _DAY,
            "model": jobs.c.model,
            "seconds": jobs.c.seconds,
            "currency": jobs.c.cost_currency,
        },
        amounts={
            "jobs": _ONE,
            "rendered": case((jobs.c.rendered_at.is_not(None), _ONE), else_=literal_column("0")),
            "cost": jobs.c.cost,
        },
        where=_HAS_COST,
    )


#: What `recent_use` says of each person, as sums over their jobs.
USE = {
    "jobs": _ONE,
    "videos": case((_IS_DELIVERED, _ONE), else_=literal_column("0")),
    "credits": case((IS_CHARGED, jobs.c.price), else_=literal_column("0")),
}


def roll_ups() -> Sequence[RollUp]:
    """Return all of them; their statements are put together only where triggers are made."""
    return [
        _sums(
            daily_tallies,
            key={
                "day": _DAY,
                "model": jobs.c.model,
                "seconds": jobs.c.seconds,
                "state": jobs.c.state,
                "failure": func.coalesce(jobs.c.failure, ""),
                "is_rendered": jobs.c.rendered_at.is_not(None),
                "is_kept": jobs.c.kept_at.is_not(None),
            },
            amounts={"jobs": _ONE, "credits": jobs.c.price},
            where=_EVERY_JOB,
        ),
        _costs(),
        _sums(
            daily_waits,
            key={"day": _DAY, "model": jobs.c.model, "wait": _wait()},
            amounts={"videos": _ONE},
            where=_IS_DELIVERED,
        ),
        _sums(
            weekly_waits,
            key={"week": _WEEK, "model": jobs.c.model, "wait": _wait()},
            amounts={"videos": _ONE},
            where=_IS_DELIVERED,
        ),
        _people(),
        _sums(
            recent_use,
            key={"requester_id": jobs.c.requester_id},
            amounts=USE,
            where=_HAS_ASKER & (select(recent_use_since.c.day).scalar_subquery() <= _DAY),
        ),
    ]


def triggers_of(roll_up: RollUp) -> Sequence[str]:
    """Return what lets SQLite keep a table, row by row, after each has been written."""
    name, columns = roll_up.table.name, roll_up.made_of
    was, now = (", ".join(f"{job}.{column}" for column in columns) for job in ("OLD", "NEW"))
    fewer = [statement.format(job="OLD") for statement in roll_up.uncounted]
    more = [statement.format(job="NEW") for statement in roll_up.counted]
    events = {
        "insert": ("INSERT ON jobs", more),
        "update": (f"UPDATE OF {', '.join(columns)} ON jobs WHEN ({was}) IS NOT ({now})", [*fewer, *more]),
        "delete": ("DELETE ON jobs", fewer),
    }
    return [
        f"CREATE TRIGGER {name}_{kind} AFTER {what} BEGIN {' '.join(f'{one};' for one in statements)} END"
        for kind, (what, statements) in events.items()
    ]


def _create_triggers(table: Table, connection: Connection, **_: object) -> None:
    if connection.dialect.name == "sqlite":
        for trigger in (trigger for one in roll_ups() if one.table is table for trigger in triggers_of(one)):
            connection.exec_driver_sql(trigger)


for _table in (daily_tallies, daily_costs, daily_waits, weekly_waits, daily_people, recent_use):
    # A trigger can be made only once there is what sets it off.
    _table.add_is_dependent_on(jobs)
    event.listen(_table, "after_create", _create_triggers)
