"""Usage: the jobs of one account, and who used the bot most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.job import Job, State
from storage.database import Database
from storage.operator_tables import grants
from storage.queue import IS_QUEUED
from storage.reading import read_all, read_rows
from storage.rollups import USE, recent_use, recent_use_since
from storage.rows import job_of
from storage.tables import NOBODY, jobs

#: More of an account's queue is not called off at once.
_LONGEST_QUEUE = 1000
#: Those that this version knows.
_STATES = frozenset(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An account's requests: how many there are in each state, and the newest."""

    states: Mapping[State, int]
    #: Of those that are done, how many wait for somebody whose chat refuses us.
    kept: int
    #: How often credits were granted, or taken back.
    grants: int
    #: The newest jobs, the newest first.
    newest: Sequence[Job]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One requester's share of a period's use."""

    account_id: int
    #: Those that were delivered.
    videos: int
    #: Of all that counted.
    credits: int


class Usage:
    """What admins look up about one account, or about all by their use."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, account_id: int, *, newest: int) -> Use:
        """Return a person's use, or a group's, with so many of its newest jobs."""
        theirs = _theirs(account_id)
        counting = select(jobs.c.state, func.count()).where(theirs).group_by(jobs.c.state)
        waiting = select(func.count()).where(theirs, jobs.c.state == State.DONE, jobs.c.kept_at.is_not(None))
        given = select(func.count()).where(grants.c.account_id == account_id)
        # First which, then the rows: of a large group only these are read.
        newest_ids = select(jobs.c.id).where(theirs).order_by(jobs.c.id.desc()).limit(newest)
        latest = select(jobs).where(jobs.c.id.in_(newest_ids)).order_by(jobs.c.id.desc())
        async with self._database.reading() as connection:
            return Use(
                states={
                    State(state): number
                    for state, number in await connection.execute(counting)
                    if state in _STATES
                },
                kept=(await connection.execute(waiting)).scalar_one(),
                grants=(await connection.execute(given)).scalar_one(),
                newest=read_rows((await connection.execute(latest)).mappings(), job_of),
            )

    async def find_queued(self, account_id: int) -> Sequence[Job]:
        """Return what of a person's, or in a group, can still be called off, the oldest first."""
        queued = _theirs(account_id) & IS_QUEUED
        return await read_all(
            self._database, select(jobs).where(queued).order_by(jobs.c.id).limit(_LONGEST_QUEUE), job_of
        )

    async def find_shares(self, *, since: datetime, limit: int, skip: int = 0) -> Sequence[Share]:
        """Return who asked for videos since then, by the credits that this cost, without the first `skip`.

        The day of `since` in UTC counts as a whole. If it is another than `count_since` was told, all is counted anew.
        """
        day = since.date()
        async with self._database.reading() as connection:
            if await _counts_since(connection, day):
                return await _find_shares(connection, limit, skip)
        async with self._database.transaction() as connection:
            await _count_since(connection, day)
            return await _find_shares(connection, limit, skip)

    async def count_since(self, since: datetime) -> bool:
        """Let people's use be counted from that day in UTC on; return whether it had to be counted anew.

        That takes some time once a day: `find_shares` need not take it then. What is accepted, or changes, afterwards
        is counted by the database itself.
        """
        day = since.date()
        async with self._database.reading() as connection:
            if await _counts_since(connection, day):
                return False
        async with self._database.transaction() as connection:
            await _count_since(connection, day)
        return True


async def _counts_since(connection: AsyncConnection, day: date) -> bool:
    return (await connection.execute(select(recent_use_since.c.day))).scalar() == day


async def _count_since(connection: AsyncConnection, day: date) -> None:
    # Not the bare column: a database would go through all jobs in its order, to have them grouped.
    requester_id = jobs.c.requester_id + 0
    counting = (
        select(requester_id, *(func.sum(amount) for amount in USE.values()))
        .where(jobs.c.created_at >= datetime.combine(day, time.min, UTC), jobs.c.requester_id != NOBODY)
        .group_by(requester_id)
    )
    await connection.execute(delete(recent_use))
    await connection.execute(insert(recent_use).from_select(["requester_id", *USE], counting))
    await connection.execute(delete(recent_use_since))
    await connection.execute(insert(recent_use_since), {"day": day})


async def _find_shares(connection: AsyncConnection, limit: int, skip: int) -> Sequence[Share]:
    shares = (
        select(recent_use.c.requester_id, recent_use.c.videos, recent_use.c.credits)
        .order_by(recent_use.c.credits.desc(), recent_use.c.requester_id)
        .limit(limit)
        .offset(skip)
    )
    return [
        Share(account_id=account_id, videos=videos, credits=number)
        for account_id, videos, number in await connection.execute(shares)
    ]


def _theirs(account_id: int) -> ColumnElement[bool]:
    """Select the jobs that the person asked for, or that were asked for in the group."""
    return (jobs.c.chat_id if account_id < 0 else jobs.c.requester_id) == account_id
