"""The jobs table as the worker needs it: claim what is due, keep the claim, write where a step led."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.budget import look_again_at
from domain.hold import OPEN_GATE, Gate
from domain.job import ACTIVE, OPEN_UPSTREAM, Job, State
from domain.lifecycle import over_budget, submitted
from domain.money import Money
from domain.provider import MAIN
from domain.queue import FORESEEN, Concurrency, Kind, Pending
from domain.quota_refusals import BudgetSpent
from domain.render_times import Typical
from storage.database import Database, Joined
from storage.errors import ClaimLost
from storage.jobs import note_move
from storage.queue import IS_ASKED_ABOUT, IS_IN_LINE, IS_OPEN, IS_QUEUED, count_open, none_of, queue
from storage.quotas import let_leave
from storage.reading import read_rows
from storage.rows import changes, job_of
from storage.runtime_settings import RuntimeSettings
from storage.tables import ASKER, IS_RENDERED, IS_UNDER_WAY, Instant, jobs

#: What has left the queue and is not over.
ORDERED = ACTIVE - {State.QUEUED}
_RECENT = 25
_IS_ORDERED = IS_UNDER_WAY & jobs.c.state.in_(ORDERED)
_BELIEVED = timedelta(minutes=1)
_PENDING = (
    jobs.c.id,
    ASKER.label("asker_id"),
    jobs.c.model,
    jobs.c.seconds,
    jobs.c.state,
    jobs.c.ordered_at,
)

_NOW = bindparam("now", type_=Instant)
_NOT_IN_HAND = jobs.c.id.not_in(bindparam("but_not", expanding=True))
_IS_DUE = (jobs.c.due_at <= _NOW) & _NOT_IN_HAND
# Two questions, each answered by a range of the index: a long queue that is due is not walked through.
_NEXT_DUE = select(*(
    select(func.min(jobs.c.due_at)).where(timed, _NOT_IN_HAND).scalar_subquery()
    for timed in (_IS_ORDERED, IS_QUEUED & (jobs.c.due_at > _NOW))
))  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Claim:
    """The right to take the next step of `job`, which stays as it was when it was claimed."""

    job: Job
    #: The job as the step last saved it.
    saved: Job
    #: Until then nobody else may take the step; `Claims.keep` moves it.
    until: datetime
    #: The step is over, and has said when the next one is due: whoever claims it then may have it.
    is_finished: bool = False

    @classmethod
    def of(cls, job: Job) -> Claim:
        return cls(job=job, saved=job, until=job.due_at)

    def note(self, job: Job, *, is_finished: bool = False) -> Job:
        """Remember what was written, once it is committed: what a failed commit took back was never saved."""
        self.saved, self.until, self.is_finished = job, job.due_at, is_finished
        return job


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

    @asynccontextmanager
    async def together(self) -> AsyncIterator[Claims]:
        """Yield claims that are all made in one transaction; what they return holds once the block has ended well."""
        async with self._database.transaction() as connection:
            yield Claims(Joined(connection))

    async def claim_due(
        self,
        now: datetime,
        *,
        lease: timedelta,
        limit: int | Mapping[frozenset[State], int],
        but_not: Collection[int] = (),
    ) -> Sequence[Claim]:
        """Claim up to `limit` jobs whose next step is due, or up to so many in these states each, but none of `but_not`.

        Of those that are queued only those that were asked about in vain: they are called off.
        """
        limits = {ACTIVE: limit} if isinstance(limit, int) else limit
        most = {f"most_{number}": most for number, most in enumerate(limits.values())}
        async with self._database.transaction() as connection:
            return await _claimed(
                connection, _due(tuple(limits)), now=now, until=now + lease, but_not=list(but_not), **most
            )

    async def claim_queued(
        self,
        now: datetime,
        *,
        lease: timedelta,
        concurrency: Concurrency,
        in_hand: int,
        but_not: Collection[int] = (),
        gate: Gate = OPEN_GATE,
    ) -> Sequence[Claim]:
        """Claim the queued jobs whose turn it is, as far as there is room beside `in_hand` and the gate lets them."""
        if gate.is_shut:
            return []
        async with self._database.transaction() as connection:
            free = concurrency.in_all - in_hand - await count_open(connection, concurrency, now)
            claimed: list[Claim] = []
            for way in _ways_out(gate):
                most = min(free - len(claimed), way.most or free)
                if most <= 0:
                    break
                claimed += await _claimed(
                    connection,
                    _whose_turn_it_is(way),
                    now=now,
                    until=now + lease,
                    but_not=list(but_not),
                    late_since=now - concurrency.late_after,
                    per_person=concurrency.per_person,
                    most=most,
                )
            return claimed

    async def keep(self, claims: Iterable[Claim], now: datetime, *, lease: timedelta) -> None:
        """Make the claims last longer; those that are lost or finished already are passed over."""
        wanted = [claim for claim in claims if not claim.is_finished]
        if not wanted:
            return
        kept: list[Claim] = []
        async with self._database.transaction() as connection:
            for claim in wanted:
                result = await connection.execute(
                    update(jobs).where(_as_claimed(claim)).values(due_at=now + lease)
                )
                if result.rowcount:
                    kept.append(claim)
        for claim in kept:
            claim.until = now + lease

    async def save(self, claim: Claim, after: Job, now: datetime) -> Job:
        """Write how far a step has got, keep the claim, and return the job as it is now."""
        async with self._database.transaction() as connection:
            job = await write_claimed(connection, claim, after, now)
        return claim.note(job)

    async def finish(self, claim: Claim, after: Job, now: datetime, *, due_at: datetime) -> Job:
        """Write where a step led and when the next one is due, and give the claim up; return the job as it is now."""
        async with self._database.transaction() as connection:
            job = await write_claimed(connection, claim, after, now, due_at=due_at)
        return claim.note(job, is_finished=True)

    async def submit(
        self,
        claim: Claim,
        now: datetime,
        *,
        concurrency: Concurrency,
        runtime_settings: RuntimeSettings | None = None,
        provider: str = MAIN,
        order_key: str | None = None,
        cost: Money | None = None,
    ) -> Job | None:
        """Commit, before the order leaves, that it may be on the wire; None if there is no room any more.

        `provider`, `order_key` and `cost` are as in `domain.lifecycle.submitted`.

        If the budget in the rules of the `runtime_settings` does not hold the price, the job is still queued, and the claim given
        up until enough is free.
        """
        async with self._database.transaction() as connection:
            if await count_open(connection, concurrency, now) >= concurrency.in_all:
                return None
            # Read within the transaction: whoever changes the budget lets those who wait try again.
            budget = None if runtime_settings is None else runtime_settings.budget
            after = submitted(claim.saved, now, provider=provider, order_key=order_key, cost=cost)
            until = None
            try:
                if budget is not None:
                    await let_leave(connection, claim.saved.request.price, budget, now)
            except BudgetSpent as spent:
                until = look_again_at(spent, now)
                after = over_budget(claim.saved, until)
            moved = {} if until is None else {"due_at": until}
            job = await write_claimed(connection, claim, after, now, **moved)
        return claim.note(job, is_finished=until is not None)

    async def release(self, claim: Claim, now: datetime) -> None:
        """Give a claim back untouched: the step was not begun."""
        if claim.is_finished:
            return
        async with self._database.transaction() as connection:
            await connection.execute(update(jobs).where(_as_claimed(claim)).values(due_at=now))

    async def next_due(self, now: datetime, *, but_not: Collection[int] = ()) -> datetime | None:
        """Return when the next step is due, of all jobs but those of the ids `but_not`; None if there is none.

        A queued job that is due already waits for room, not for a time, and is left out.
        """
        asked = {"now": now, "but_not": list(but_not)}
        async with self._database.reading() as connection:
            moments = (await connection.execute(_NEXT_DUE, asked)).one()
        return min((moment for moment in moments if moment is not None), default=None)

    async def find_typical(self, kind: Kind, now: datetime) -> Typical | None:
        """Return how long recent videos of a kind took; None if too few are known.

        What is known is believed for a minute: every look at every video asks.
        """
        known = self._typical.get(kind)
        if known is not None and known.until > now:
            return known.typical
        model, seconds = kind
        alike = (jobs.c.model == model) & (jobs.c.seconds == seconds) & IS_RENDERED
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

    async def find_pending(
        self, concurrency: Concurrency, now: datetime, *, limit: int = FORESEEN, held: Collection[str] = ()
    ) -> Sequence[Pending]:
        """Return what is open at the API, and the first `limit` jobs that wait, in the order of the queue.

        Of those that wait, none that is for the models `held`, or that its person was asked about.
        """
        first = queue(none_of(held), now - concurrency.late_after).limit(limit).subquery("first")
        in_turn = jobs.join(first, first.c.id == jobs.c.id)
        waiting = select(*_PENDING).select_from(in_turn).where(IS_IN_LINE).order_by(first.c.turn, jobs.c.id)
        async with self._database.reading() as connection:
            opened = (await connection.execute(select(*_PENDING).where(IS_OPEN))).all()
            queued = (await connection.execute(waiting)).all()
        return [
            Pending(
                job_id=row.id,
                requester_id=row.asker_id,
                kind=(row.model, row.seconds),
                is_open=row.state in OPEN_UPSTREAM,
                ordered_at=row.ordered_at,
            )
            for row in (*opened, *queued)
        ]


@dataclass(frozen=True, slots=True)
class _WayOut:
    """Jobs that may leave the queue, and how many of them."""

    #: None: as many as there is room for.
    most: int | None = None
    #: None: those for any model but the `held`.
    models: frozenset[str] | None = None
    held: frozenset[str] = frozenset()


# The worker asks at each of its turns: the statements are made once, for making one takes longer than executing it.
@lru_cache(maxsize=16)
def _due(states: tuple[frozenset[State], ...]) -> Executable:
    """Claim what is due in each of these sets of states, so many as `most_0`, `most_1` … say."""
    first = (_first_due(some, bindparam(f"most_{number}")) for number, some in enumerate(states))
    due = union_all(*first).subquery("due")
    return _claiming(jobs.c.id.in_(select(due.c.id)))


def _first_due(states: Collection[State], most: BindParameter[int]) -> Select[int]:
    ordered = IS_UNDER_WAY & jobs.c.state.in_(frozenset(states) & ORDERED)
    claimable = [ordered, *([IS_ASKED_ABOUT] if State.QUEUED in states else [])]
    found = union_all(
        *(select(jobs.c.id, jobs.c.due_at).where(which, _IS_DUE) for which in claimable)
    ).subquery()
    first = select(found.c.id).order_by(found.c.due_at).limit(most).subquery()
    return select(first.c.id)


@lru_cache(maxsize=64)
def _whose_turn_it_is(way: _WayOut) -> Executable:
    of_way = none_of(way.held) if way.models is None else jobs.c.model.in_(sorted(way.models))
    line = queue(of_way).subquery("line")
    in_turn = (
        select(jobs.c.id)
        .join(line, line.c.id == jobs.c.id)
        .where(line.c.turn <= bindparam("per_person"), _IS_DUE)
        .order_by(line.c.turn, jobs.c.id)
        .limit(bindparam("most"))
    )
    return _claiming(jobs.c.id.in_(in_turn))


def _claiming(chosen: ColumnElement[bool]) -> Executable:
    return update(jobs).where(chosen).values(due_at=bindparam("until")).returning(jobs)


def _ways_out(gate: Gate) -> Iterable[_WayOut]:
    yield _WayOut(held=gate.shut.union(*gate.probed))
    for models in gate.probed:
        yield _WayOut(most=1, models=models)


def _as_claimed(claim: Claim) -> ColumnElement[bool]:
    return and_(jobs.c.id == claim.job.id, jobs.c.state == claim.saved.state, jobs.c.due_at == claim.until)


async def _claimed(connection: AsyncConnection, claiming: Executable, **given: Any) -> Sequence[Claim]:  # noqa: ANN401 - each parameter has a type of its own
    rows = await connection.execute(claiming, given)
    return [Claim.of(job) for job in read_rows(rows.mappings(), job_of)]


async def write_claimed(
    connection: AsyncConnection, claim: Claim, after: Job, now: datetime, **moved: datetime
) -> Job:
    """Write where a step led beside whatever else the transaction writes; raises ClaimLost.

    Whoever commits the transaction lets the claim `note` what is returned.
    """
    before = claim.saved
    # A row is read back even where nothing changed: whoever saves learns of a claim that is lost.
    written = changes(before, after) | moved or {"state": after.state}
    result = await connection.execute(
        update(jobs).where(_as_claimed(claim)).values(**written).returning(jobs)
    )
    row = result.mappings().first()
    if row is None:
        raise ClaimLost(f"job {before.id} was moved by somebody else")
    if after.state is not before.state:
        await note_move(connection, before.id, before.state, after.state, now)
    return job_of(row)
