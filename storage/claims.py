"""The jobs table as the worker needs it: claim what is due, keep the claim, write where a step led."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, update

from domain.hold import OPEN_GATE
from domain.job import ACTIVE, OPEN_UPSTREAM, Job, State
from domain.lifecycle import submitted
from domain.typical import Typical
from domain.waiting import Pending
from storage.errors import ClaimLost
from storage.jobs import note_move
from storage.queue import count_open, queue
from storage.rows import changes, job_of
from storage.tables import jobs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.fairness import Room
    from domain.hold import Gate
    from domain.waiting import Kind
    from storage.database import Database

_RECENT = 25
_BELIEVED = timedelta(minutes=1)


@dataclass(slots=True, kw_only=True)
class Claim:
    """The right to take a job's next step until `until`; `job` is the row as it was last read or written."""

    job: Job
    until: datetime
    #: The step has set the moment of the next one; `until` is that moment, and whoever claims it then may have it.
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """How long videos of a kind take, as it was found not long ago."""

    typical: Typical
    until: datetime


class Claims:
    """What the worker does with jobs; every write holds only while the claim does, else ClaimLost is raised."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._typical: dict[Kind, _Known] = {}

    async def claim_due(
        self, now: datetime, *, lease: timedelta, limit: int, but_not: Collection[int] = ()
    ) -> Sequence[Claim]:
        """Claim up to `limit` jobs, ordered already, whose next step is due, but none of the ids `but_not`."""
        due = (
            select(jobs.c.id)
            .where(jobs.c.state.in_(ACTIVE - {State.QUEUED}), jobs.c.due_at <= now, jobs.c.id.not_in(but_not))
            .order_by(jobs.c.due_at)
            .limit(limit)
        )
        async with self._database.transaction() as connection:
            return await _claimed(connection, jobs.c.id.in_(due), now + lease)

    async def claim_queued(
        self,
        now: datetime,
        *,
        lease: timedelta,
        room: Room,
        in_hand: int,
        but_not: Collection[int] = (),
        gate: Gate = OPEN_GATE,
    ) -> Sequence[Claim]:
        """Claim the queued jobs whose turn it is, as far as there is room beside `in_hand` and the gate lets them."""
        if gate.is_shut:
            return []
        async with self._database.transaction() as connection:
            free = room.in_all - in_hand - await count_open(connection)
            claimed: list[Claim] = []
            for way in _ways_out(gate):
                most = min(free - len(claimed), way.most or free)
                if most <= 0:
                    break
                line = queue(way.models).subquery("line")
                due = (
                    select(jobs.c.id)
                    .join(line, line.c.id == jobs.c.id)
                    .where(line.c.turn <= room.per_person, jobs.c.due_at <= now, jobs.c.id.not_in(but_not))
                    .order_by(line.c.turn, jobs.c.id)
                    .limit(most)
                )
                claimed += await _claimed(connection, jobs.c.id.in_(due), now + lease)
            return claimed

    async def keep(self, claims: Iterable[Claim], now: datetime, *, lease: timedelta) -> None:
        """Make the claims last longer; those that are lost or given up already are passed over."""
        async with self._database.transaction() as connection:
            for claim in claims:
                if claim.is_given_up:
                    continue
                result = await connection.execute(
                    update(jobs).where(_as_claimed(claim)).values(due_at=now + lease)
                )
                if result.rowcount:
                    claim.until = now + lease

    async def move(self, claim: Claim, after: Job, now: datetime) -> None:
        """Write where a step led. A step that goes on (`after.due_at` as claimed) keeps its claim."""
        async with self._database.transaction() as connection:
            await move_claimed(connection, claim, after, now)

    async def submit(self, claim: Claim, now: datetime, *, room: Room) -> bool:
        """Commit, before the order leaves, that it may be on the wire; False if there is no room any more."""
        async with self._database.transaction() as connection:
            if await count_open(connection) >= room.in_all:
                return False
            await move_claimed(connection, claim, submitted(claim.job), now)
            return True

    async def release(self, claim: Claim, now: datetime) -> None:
        """Give a claim back untouched: the step was not begun."""
        if claim.is_given_up:
            return
        async with self._database.transaction() as connection:
            await connection.execute(update(jobs).where(_as_claimed(claim)).values(due_at=now))

    async def next_due(self, now: datetime, *, but_not: Collection[int] = ()) -> datetime | None:
        """Return when the next step is due, of all jobs but those of the ids `but_not`; None if there is none.

        A queued job that is due already waits for room, not for a time, and is left out.
        """
        timed = (
            jobs.c.finished_at.is_(None)
            & ((jobs.c.state != State.QUEUED) | (jobs.c.due_at > now))
            & jobs.c.id.not_in(but_not)
        )
        async with self._database.reading() as connection:
            earliest: datetime | None = await connection.scalar(select(func.min(jobs.c.due_at)).where(timed))
        return earliest

    async def find_typical(self, kind: Kind, now: datetime) -> Typical | None:
        """Return how long recent videos of a kind took; None if too few are known.

        What is known is believed for a minute: every look at every video asks.
        """
        known = self._typical.get(kind)
        if known is not None and known.until > now:
            return known.typical
        model, seconds = kind
        alike = (jobs.c.model == model) & (jobs.c.seconds == seconds) & jobs.c.rendered_at.is_not(None)
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(jobs.c.ordered_at, jobs.c.rendered_at)
                .where(alike)
                .order_by(jobs.c.id.desc())
                .limit(_RECENT)
            )
            typical = Typical.of([rendered - ordered for ordered, rendered in rows])
        if typical is not None:
            self._typical[kind] = _Known(typical, now + _BELIEVED)
        return typical

    async def find_pending(self) -> Sequence[Pending]:
        """Return what waits and what is open at the API, sorted by id."""
        columns = (
            jobs.c.id,
            jobs.c.requester_id,
            jobs.c.model,
            jobs.c.seconds,
            jobs.c.state,
            jobs.c.ordered_at,
        )
        pending = select(*columns).where(jobs.c.state.in_({State.QUEUED, *OPEN_UPSTREAM})).order_by(jobs.c.id)
        async with self._database.reading() as connection:
            rows = await connection.execute(pending)
        return [
            Pending(
                job_id=row.id,
                requester_id=row.requester_id,
                kind=(row.model, row.seconds),
                is_open=row.state in OPEN_UPSTREAM,
                ordered_at=row.ordered_at,
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class _WayOut:
    """Jobs that may leave the queue, and how many of them."""

    #: None: all.
    models: ColumnElement[bool] | None
    #: None: as many as there is room for.
    most: int | None


def _ways_out(gate: Gate) -> Iterable[_WayOut]:
    kept = gate.shut | gate.probed
    yield _WayOut(jobs.c.model.not_in(sorted(kept)) if kept else None, 1 if gate.is_narrow else None)
    for model in sorted(gate.probed):
        yield _WayOut(jobs.c.model == model, 1)


def _as_claimed(claim: Claim) -> ColumnElement[bool]:
    return and_(jobs.c.id == claim.job.id, jobs.c.state == claim.job.state, jobs.c.due_at == claim.until)


async def _claimed(
    connection: AsyncConnection, chosen: ColumnElement[bool], until: datetime
) -> Sequence[Claim]:
    rows = await connection.execute(update(jobs).where(chosen).values(due_at=until).returning(jobs))
    return [Claim(job=job_of(row), until=until) for row in rows.mappings()]


async def move_claimed(connection: AsyncConnection, claim: Claim, after: Job, now: datetime) -> None:
    """Write where a step led, beside whatever else its transaction writes; raises ClaimLost."""
    before = claim.job
    written = changes(before, after)
    result = await connection.execute(
        update(jobs).where(_as_claimed(claim)).values(**written).returning(jobs)
    )
    row = result.mappings().first()
    if row is None:
        raise ClaimLost(f"job {before.id} was moved by somebody else")
    if after.state is not before.state:
        await note_move(connection, before.id, before.state, after.state, now)
    claim.job = job_of(row)
    claim.is_given_up = row["due_at"] != claim.until
    claim.until = row["due_at"]
