"""The jobs table as handlers need it: accept, look up, call off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, func, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.admin_action import AdminAction
from domain.job import ACTIVE, OPEN_UPSTREAM, Job, Place, State
from domain.lifecycle import cancelled, wanted
from domain.provider import MAIN
from domain.queue import Concurrency
from domain.quota import Funds, Payment, SpendingRules
from domain.refusals import QuotaRefusal
from domain.request import VideoRequest
from storage.audit import record
from storage.database import Database
from storage.group_commit import GroupCommit
from storage.queue import IS_ASKED_ABOUT, IS_PENDING, IS_QUEUED, find_position, queued_in_order
from storage.quotas import find_funds, pay
from storage.reading import find_number, first_row, read_all, read_first
from storage.rows import changes, columns_of_place, columns_of_request, job_of
from storage.tables import IS_UNDER_WAY, NOBODY, Instant, job_moves, jobs, microseconds

# So long a new job waits for its status message before a worker takes it without one.
ANNOUNCING = timedelta(seconds=5)
#: So long a press of the same button is the same press: a thumb that trembles, or has not seen the answer yet.
DOUBLE_PRESS = timedelta(seconds=10)
#: A job whose status message is still on its way.
IS_UNANNOUNCED = (jobs.c.state == State.QUEUED) & (
    type_coerce(jobs.c.due_at, BigInteger) - type_coerce(jobs.c.created_at, BigInteger)
    == microseconds(ANNOUNCING)
)

# What every request needs is put together once: for a crowd that asks at the same moment it is a good part of the work.
_OF_IDEMPOTENCY_KEY = select(jobs).where(jobs.c.origin == bindparam("origin"))
_OF_ID = select(jobs).where(jobs.c.id == bindparam("job_id"), jobs.c.requester_id != NOBODY)
_NEW = insert(jobs).returning(jobs)
_PRESSED = (
    select(jobs)
    .where(
        jobs.c.requester_id == bindparam("requester_id"),
        jobs.c.origin >= bindparam("beginning"),
        jobs.c.origin < bindparam("end"),
        jobs.c.created_at > bindparam("since"),
        jobs.c.failure.is_(None),
        jobs.c.state != State.CANCELLED,
    )
    .order_by(jobs.c.id.desc())
    .limit(1)
)
_ANNOUNCED = (
    update(jobs)
    .where(jobs.c.id == bindparam("job_id"))
    .values(
        status_message_id=func.coalesce(bindparam("shown_by", type_=BigInteger), jobs.c.status_message_id),
        due_at=case((IS_UNANNOUNCED, bindparam("now", type_=Instant)), else_=jobs.c.due_at),
    )
    .returning(jobs)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A job that was accepted, or had been when its idempotency key came a first time."""

    job: Job
    is_new: bool
    #: In the queue, as `storage.queue.find_position` counts; None if the job can be ordered at once, or has been.
    queue_position: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingCount:
    """How many jobs wait in the queue, and how many orders are, or may be, open at the API."""

    waiting: int
    opened: int


class Jobs:
    """What handlers do with jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._acceptances = GroupCommit[Added](database, refusal=QuotaRefusal)
        self._announcements = GroupCommit[Job](database, refusal=QuotaRefusal)

    async def add(
        self,
        *,
        idempotency_key: str,
        place: Place,
        request: VideoRequest,
        rules: SpendingRules,
        concurrency: Concurrency,
        now: datetime,
        button: str | None = None,
        held: Collection[str] = (),
        action: AdminAction | None = None,
    ) -> Added:
        """Accept a request in one transaction: once per idempotency key, and only within the quota of who pays.

        Of a button that may be pressed again for another job, `button` is what the idempotency keys of all its presses begin
        with: two presses within a few seconds are one. Raises a QuotaRefusal. The job is due as soon as it is
        announced, or by itself a little later. `held` are the models whose jobs stand in nobody's way; `action` is what
        an admin did by this, written down if the job is new.
        """

        async def accept(connection: AsyncConnection) -> Added:
            job = await _find_known(connection, idempotency_key, button, place.requester_id, now)
            is_new = job is None
            if job is None:
                payment = await pay(connection, place.own_account_id, rules, request.price, now)
                columns = _columns_of_new(idempotency_key, place, request, payment, now)
                columns["provider"] = await _find_provider_of_original(connection, request)
                job = job_of((await connection.execute(_NEW, columns)).mappings().one())
                await note_move(connection, job.id, None, State.QUEUED, now)
                if action is not None:
                    await record(connection, replace(action, job_id=job.id))
            queue_position = await find_position(connection, job, concurrency, now, held)
            return Added(job=job, is_new=is_new, queue_position=queue_position)

        return await self._acceptances.write(accept)

    async def announce(self, job_id: int, *, status_message_id: int | None, now: datetime) -> Job:
        """Note the message that shows the job's progress, let a worker take the job, and return it as it is now.

        A worker that has taken it already keeps it: only the message is noted then.
        """
        announced = {"job_id": job_id, "shown_by": status_message_id, "now": now}

        async def announce(connection: AsyncConnection) -> Job:
            return job_of((await connection.execute(_ANNOUNCED, announced)).mappings().one())

        return await self._announcements.write(announce)

    async def find(self, job_id: int) -> Job | None:
        """Return a job; None if there is none of this id, or nobody knows any more whose it was."""
        return await read_first(self._database, _OF_ID, job_of, {"job_id": job_id})

    async def find_all(self, job_ids: Collection[int]) -> Sequence[Job]:
        """Return those of these jobs that there are, and of which anybody knows whose they are, oldest first."""
        known = jobs.c.id.in_(job_ids) & (jobs.c.requester_id != NOBODY)
        return await read_all(self._database, select(jobs).where(known).order_by(jobs.c.id), job_of)

    async def find_by_idempotency_key(self, idempotency_key: str) -> Job | None:
        return await read_first(self._database, _OF_IDEMPOTENCY_KEY, job_of, {"origin": idempotency_key})

    async def find_unfinished(self, requester_id: int) -> Sequence[Job]:
        """Return a person's jobs that are not over, oldest first."""
        mine = IS_UNDER_WAY & jobs.c.state.in_(ACTIVE) & (jobs.c.requester_id == requester_id)
        # Put in order here: a database that is asked for it goes through all that the person ever made.
        return sorted(
            await read_all(self._database, select(jobs).where(mine), job_of), key=lambda job: job.id
        )

    async def find_funds(self, account_id: int, *, rules: SpendingRules, now: datetime) -> Funds:
        """Return what those have left who may pay for a request of the account's."""
        async with self._database.reading() as connection:
            return await find_funds(connection, account_id, rules, now)

    async def find_positions(
        self, concurrency: Concurrency, now: datetime, held: Collection[str] = ()
    ) -> dict[int, int]:
        """Return the positions in the queue of the first jobs that have to wait for others, counted from 1.

        No more than `domain.queue.COUNTED_POSITIONS`. Those for the models `held` wait for something else.
        """
        async with self._database.reading() as connection:
            return await queued_in_order(connection, concurrency, now, held)

    async def find_positions_of(
        self, wanted: Collection[Job], concurrency: Concurrency, now: datetime, held: Collection[str] = ()
    ) -> dict[int, int]:
        """Return the positions, as `storage.queue.find_position` counts them, of those of these jobs that have one."""
        async with self._database.reading() as connection:
            places = {job.id: await find_position(connection, job, concurrency, now, held) for job in wanted}
        return {job_id: place for job_id, place in places.items() if place is not None}

    async def count_pending(self) -> PendingCount:
        """Return how many jobs wait in the queue, and how many orders are open at the API."""
        states = select(jobs.c.state, func.count()).where(IS_PENDING)
        async with self._database.reading() as connection:
            counted = {row[0]: row[1] for row in await connection.execute(states.group_by(jobs.c.state))}
        waiting = counted.pop(State.QUEUED, 0)
        return PendingCount(waiting=waiting, opened=sum(counted.values()))

    async def count_waiting(self, models: Collection[str] | None) -> int:
        """Return how many jobs wait in the queue, for some models or for all."""
        waiting = select(func.count()).where(IS_QUEUED)
        if models is not None:
            waiting = waiting.where(jobs.c.model.in_(sorted(models)))
        return await find_number(self._database, waiting)

    async def want(self, job_id: int, *, now: datetime) -> Job | None:
        """Note that a job is still wanted whose person was asked, and let it go on; None if it is not waiting for that."""
        async with self._database.transaction() as connection:
            asked = select(jobs).where(jobs.c.id == job_id, IS_ASKED_ABOUT)
            row = await first_row(connection, asked)
            if row is None:
                return None
            before = job_of(row)
            written = changes(before, wanted(before, now)) | {"due_at": now}
            row = (
                (
                    await connection.execute(
                        update(jobs).where(jobs.c.id == job_id).values(**written).returning(jobs)
                    )
                )
                .mappings()
                .one()
            )
            return job_of(row)

    async def stop_waiting(self, job_id: int) -> bool:
        """Detach the status message of a job that renders; False if the job does not render.

        Whoever has claimed the job keeps it.
        """
        renders = (jobs.c.id == job_id) & (jobs.c.state == State.RENDERING)
        async with self._database.transaction() as connection:
            result = await connection.execute(update(jobs).where(renders).values(status_message_id=None))
        return result.rowcount > 0

    async def count_late(self, since: datetime) -> dict[str, int]:
        """Return how many jobs render that were ordered before `since`, by their models."""
        late = IS_UNDER_WAY & (jobs.c.state == State.RENDERING) & (jobs.c.ordered_at < since)
        counting = select(jobs.c.model, func.count().label("late")).where(late).group_by(jobs.c.model)
        async with self._database.reading() as connection:
            return {row.model: row.late for row in await connection.execute(counting)}

    async def count_ordered(self) -> dict[str, int]:
        """Return how many jobs' videos providers have, or may have, that are not fetched yet, by the provider."""
        ordered = (
            IS_UNDER_WAY & jobs.c.state.in_({*OPEN_UPSTREAM, State.DELIVERING}) & jobs.c.failure.is_(None)
        )
        counting = select(jobs.c.provider, func.count().label("ordered")).where(
            ordered, jobs.c.file_id.is_(None), jobs.c.provider.is_not(None)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(counting.group_by(jobs.c.provider))
            return {row.provider: row.ordered for row in rows}

    async def cancel(self, job_id: int, requester_id: int, *, now: datetime) -> Job | None:
        """Call off a person's job if it is still in the queue; None if it is not, or is not theirs."""
        queued = IS_QUEUED & (jobs.c.requester_id == requester_id)
        async with self._database.transaction() as connection:
            row = await first_row(connection, select(jobs).where(jobs.c.id == job_id, queued))
            if row is None:
                return None
            before = job_of(row)
            after = cancelled(before, now)
            await connection.execute(update(jobs).where(jobs.c.id == job_id).values(**changes(before, after)))
            await note_move(connection, job_id, before.state, after.state, now)
            return after


async def _find_provider_of_original(connection: AsyncConnection, request: VideoRequest) -> str | None:
    """Return the provider that has the video which the request changes; None if it changes none."""
    if request.original is None:
        return None
    of_original = select(jobs.c.provider).where(jobs.c.id == request.original.job_id)
    return (await connection.execute(of_original)).scalar() or MAIN


async def _find_known(
    connection: AsyncConnection, idempotency_key: str, button: str | None, requester_id: int, now: datetime
) -> Job | None:
    """Return the job of this idempotency key, or of a press of this button by the same person a few seconds ago."""
    row = await first_row(connection, _OF_IDEMPOTENCY_KEY, {"origin": idempotency_key})
    if row is None and button is not None:
        pressed = {
            "requester_id": requester_id,
            "beginning": button,
            "end": _behind_all(button),
            "since": now - DOUBLE_PRESS,
        }
        row = await first_row(connection, _PRESSED, pressed)
    return None if row is None else job_of(row)


def _behind_all(beginning: str) -> str:
    """Return the first text that sorts behind all that begin so."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def _columns_of_new(
    idempotency_key: str, place: Place, request: VideoRequest, payment: Payment, now: datetime
) -> dict[str, Any]:
    return {
        "origin": idempotency_key,
        **columns_of_place(place),
        "account_id": payment.account_id,
        "of_grants": payment.of_grants,
        **columns_of_request(request),
        "state": State.QUEUED,
        "created_at": now,
        "due_at": now + ANNOUNCING,
        "attempts": 0,
        "failure_detail": "",
        "sending": False,
    }


async def note_move(
    connection: AsyncConnection, job_id: int, before: State | None, after: State, now: datetime
) -> None:
    """Write a change of state into the job's history."""
    await connection.execute(
        insert(job_moves), {"job_id": job_id, "at": now, "state_before": before, "state": after}
    )
