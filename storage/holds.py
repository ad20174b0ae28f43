"""The open holds, cached because every order and every answer asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.admin_action import AdminAction
from domain.hold import Gate, Hold, HoldCause, due_at_once, refused_again, shifted, told_nothing
from domain.job import Job
from storage.audit import record
from storage.claims import Claim, write_claimed
from storage.database import Database
from storage.operator_tables import holds
from storage.reading import facts, read_all


class Holds:
    """Opens and closes holds, and knows which order is let through as the probe of which of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: dict[str, Hold] = {}
        self._probes: dict[str, int] = {}

    async def load(self, now: datetime, *, models: Collection[str]) -> None:
        """Remember what was open when the last process ended; whoever started anew may have mended it.

        What concerns none of these `models` is over: who waits for such a model is told that it is gone.
        """
        opened = await read_all(self._database, select(holds).order_by(holds.c.since), _hold_of)
        found = [due_at_once(hold, now) for hold in opened]
        self._open = {hold.name: hold for hold in found}
        gone = [hold.name for hold in found if hold.model is not None and hold.model not in models]
        await self._change([], gone=gone)

    def find_all(self) -> Sequence[Hold]:
        """Return the open holds, oldest first."""
        return list(self._open.values())

    def find(self, model: str) -> Hold | None:
        """Return what holds orders for a model, an admin's pause before all else; None if nothing does."""
        concerning = [hold for hold in self._open.values() if hold.concerns(model)]
        return min(concerning, key=lambda hold: (not hold.is_pause, hold.model is not None), default=None)

    @property
    def models(self) -> frozenset[str]:
        """The models that are held by themselves: others pass by the jobs that wait for them."""
        return frozenset(hold.model for hold in self._open.values() if hold.model is not None)

    def gate(self, now: datetime) -> Gate:
        return Gate.of(self._open.values(), now, under_probe=self._probes)

    def next_probe(self, now: datetime) -> datetime | None:
        """Return when the next order may be let through that may not be yet."""
        moments = (hold.probe_at for hold in self._open.values() if hold.probe_at is not None)
        return min((moment for moment in moments if moment > now), default=None)

    def let_out(self, job: Job, now: datetime) -> None:
        """A job was claimed: where orders like it are held and one may be tried, its order is the probe."""
        for hold in self._concerning(job):
            if hold.may_be_probed(now):
                self._probes.setdefault(hold.name, job.id)

    def allows(self, job: Job) -> bool:
        """Tell whether the job's order may leave now."""
        return all(self._probes.get(hold.name) == job.id for hold in self._concerning(job))

    def step_is_over(self, job: Job) -> None:
        """The job is in nobody's hand any more: whatever it was the probe of may have another one."""
        self._probes = {name: job_id for name, job_id in self._probes.items() if job_id != job.id}

    async def hold_back(self, claim: Claim, after: Job, refusal: Hold) -> bool:
        """Write, as one, that an order was refused, that its job is back in the queue, and why none follows.

        The claim is given up. Return whether that is news. A probe that is refused for another reason shows at least that our key is good.
        """
        async with self._database.transaction() as connection:
            is_news = refusal.name not in self._open
            kept, mended = self._after(refusal, self._probed_by(after))
            job = await write_claimed(connection, claim, after, refusal.since, due_at=refusal.since)
            await _write(connection, kept, gone=mended)
        claim.note(job, is_finished=True)
        self._remember(kept, gone=mended)
        return is_news

    async def close_probed(self, job: Job) -> Sequence[Hold]:
        """The job's order was taken: what it was the probe of is over; return that."""
        over = [self._open[name] for name in self._probed_by(job)]
        await self._change([], gone=[hold.name for hold in over])
        return over

    async def learn_nothing(self, job: Job, now: datetime) -> None:
        """Note that the job's order has shown nothing about the holds that it was the probe of."""
        await self._change([told_nothing(self._open[name], now) for name in self._probed_by(job)])

    async def pause(self, action: AdminAction) -> bool:
        """Hold all orders until an admin ends that; False if this action was done before."""
        hold = Hold(cause=HoldCause.PAUSE, since=action.at, why=action.why)
        return await self._do(action, [hold])

    async def resume(self, action: AdminAction) -> bool:
        """End the pause; False if there is none, or this action was done before."""
        return HoldCause.PAUSE in self._open and await self._do(action, [], gone=[HoldCause.PAUSE])

    async def try_now(self, action: AdminAction) -> bool:
        """Let the next order through as a probe; False if nothing but a pause holds orders."""
        tried = [due_at_once(hold, action.at) for hold in self._open.values() if not hold.is_pause]
        return bool(tried) and await self._do(action, tried)

    async def shift(self, by: timedelta) -> None:
        """The clock was set by so much: let the next probes be as far away as they are."""
        await self._change([shifted(hold, by) for hold in self._open.values()])

    def _after(self, refusal: Hold, probed: Sequence[str]) -> tuple[Sequence[Hold], Sequence[str]]:
        """Return the holds that a refusal changes, given whose probe it came from, and those it shows to be over."""
        now, known = refusal.since, self._open.get(refusal.name)
        mended = [name for name in probed if name == HoldCause.KEY and refusal.cause is not HoldCause.KEY]
        changed = {name: told_nothing(self._open[name], now) for name in probed if name not in mended}
        if known is None:
            changed[refusal.name] = refusal
        elif known.name in probed:
            changed[known.name] = refused_again(known, now, why=refusal.why)
        return list(changed.values()), mended

    def _concerning(self, job: Job) -> Sequence[Hold]:
        return [hold for hold in self._open.values() if hold.concerns(job.request.model)]

    def _probed_by(self, job: Job) -> Sequence[str]:
        return [name for name, job_id in self._probes.items() if job_id == job.id and name in self._open]

    async def _do(self, action: AdminAction, changed: Sequence[Hold], *, gone: Sequence[str] = ()) -> bool:
        async with self._database.transaction() as connection:
            if not await record(connection, action):
                return False
            await _write(connection, changed, gone=gone)
        self._remember(changed, gone=gone)
        return True

    async def _change(self, changed: Sequence[Hold], *, gone: Sequence[str] = ()) -> None:
        if changed or gone:
            async with self._database.transaction() as connection:
                await _write(connection, changed, gone=gone)
            self._remember(changed, gone=gone)

    def _remember(self, changed: Iterable[Hold], *, gone: Iterable[str]) -> None:
        for name in gone:
            self._open.pop(name, None)
        self._open |= {hold.name: hold for hold in changed}


async def _write(connection: AsyncConnection, changed: Sequence[Hold], *, gone: Sequence[str]) -> None:
    names = [*gone, *(hold.name for hold in changed)]
    await connection.execute(delete(holds).where(holds.c.name.in_(names)))
    if changed:
        await connection.execute(insert(holds), [_columns_of(hold) for hold in changed])


def _columns_of(hold: Hold) -> dict[str, object]:
    return {
        "name": hold.name,
        "cause": hold.cause,
        "model": hold.model,
        "since": hold.since,
        "why": hold.why,
        "probe_at": hold.probe_at,
        "probes": hold.probes,
    }


def _hold_of(row: RowMapping) -> Hold:
    return Hold(**facts(row, Hold) | {"cause": HoldCause(row["cause"])})
