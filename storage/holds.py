"""The open holds, cached because every order and every answer asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.admin_action import AdminAction
from domain.hold import (
    OPEN_GATE,
    Gate,
    Hold,
    HoldCause,
    due_at_once,
    refused_again,
    shifted,
    taken_at_least,
    told_nothing,
)
from domain.job import Job
from domain.provider import MAIN
from storage.audit import record
from storage.claims import Claim, write_claimed
from storage.database import Database
from storage.operator_tables import holds
from storage.reading import facts, read_all

#: Each model's providers, the best first.
Providers = Mapping[str, Sequence[str]]


class Holds:
    """Opens and closes holds, and knows which order is let through as the probe of which of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: dict[str, Hold] = {}
        self._probes: dict[str, int] = {}
        self._find_providers: Callable[[], Providers] = dict

    async def load(self, now: datetime, *, find_providers: Callable[[], Providers]) -> None:
        """Remember what was open when the last process ended; whoever started anew may have mended it.

        `find_providers` tells where each model can be ordered, at any moment. What concerns no such model or provider
        is over: who waits for such a model is told that it is gone.
        """
        self._find_providers = find_providers
        opened = await read_all(self._database, select(holds).order_by(holds.c.since), _hold_of)
        found = [due_at_once(hold, now) for hold in opened]
        self._open = {hold.name: hold for hold in found}
        gone = [hold.name for hold in found if not self._concerns_anything(hold)]
        await self._change([], gone=gone)

    def find_all(self) -> Sequence[Hold]:
        """Return the open holds, oldest first."""
        return list(self._open.values())

    def find(self, model: str) -> Hold | None:
        """Return what holds orders for a model at all its providers, an admin's pause before all else; None if nothing does."""
        return self._find_at(model, self._providers_of(model)) if self._open else None

    def find_for(self, job: Job) -> Hold | None:
        """Return what holds a job's order, as `find` does for its model."""
        return self._find_at(job.request.model, self._able(job)) if self._open else None

    @property
    def models(self) -> frozenset[str]:
        """The models that are held at all their providers: others pass by the jobs that wait for them."""
        broken = [hold for hold in self._open.values() if not hold.is_pause]
        if not broken:
            return frozenset()
        return frozenset(
            model
            for model, providers in self._find_providers().items()
            if providers
            and all(any(hold.concerns(model, provider) for hold in broken) for provider in providers)
        )

    def find_gone(self, now: datetime) -> frozenset[tuple[str, str]]:
        """Return the models that have ended, with the provider where; what nobody has tried for long may be back."""
        return frozenset(
            (hold.model, hold.provider)
            for hold in self._open.values()
            if hold.model is not None and not hold.is_doubtful(now)
        )

    def gate(self, now: datetime) -> Gate:
        if not self._open:
            return OPEN_GATE
        return Gate.of(self._open.values(), self._find_providers(), now, under_probe=self._probes)

    def next_probe(self, now: datetime) -> datetime | None:
        """Return when the next order may be let through that may not be yet."""
        moments = (hold.probe_at for hold in self._open.values() if hold.probe_at is not None)
        return min((moment for moment in moments if moment > now), default=None)

    def let_out(self, job: Job, now: datetime) -> None:
        """A job was claimed: at the first provider where orders like it are held and one may be tried, its order is the probe.

        Also if another provider is open: nothing else shows whether this one takes orders again.
        """
        for provider in self._able(job) if self._open else ():
            held = [hold for hold in self._concerning(job.request.model, provider) if not hold.is_pause]
            if held and all(hold.may_be_probed(now) and hold.name not in self._probes for hold in held):
                self._probes |= {hold.name: job.id for hold in held}
                return

    def is_probe(self, job: Job, provider: str) -> bool:
        """Tell whether the job's order is to show if this provider takes orders again."""
        held = self._concerning(job.request.model, provider)
        return bool(held) and all(self._probes.get(hold.name) == job.id for hold in held)

    def allows(self, job: Job, provider: str = MAIN) -> bool:
        """Tell whether the job's order may leave now to this provider."""
        return self.is_probe(job, provider) or not self._concerning(job.request.model, provider)

    def step_is_over(self, job: Job) -> None:
        """The job is in nobody's hand any more: whatever it was the probe of may have another one."""
        self._probes = {name: job_id for name, job_id in self._probes.items() if job_id != job.id}

    async def hold_back(self, claim: Claim, after: Job, refusal: Hold) -> bool:
        """Write, as one, that an order was refused or failed, that its job is back in the queue, and why none follows.

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
        """The job's order was taken: what it was the probe of is over, unless only a video ends it; return that."""
        probed = [self._open[name] for name in self._probed_by(job)]
        over = [hold for hold in probed if not hold.until_made]
        doubtful = [taken_at_least(hold, job.ordered_at or hold.since) for hold in probed if hold.until_made]
        await self._change(doubtful, gone=[hold.name for hold in over])
        return over

    async def close_made(self, job: Job) -> Sequence[Hold]:
        """The job's video was made: what only that could end, and was there when it was ordered, is over; return that."""
        over = [
            hold
            for hold in self._concerning(job.request.model, job.provider or MAIN)
            if hold.until_made and job.ordered_at is not None and job.ordered_at > hold.since
        ]
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

    async def end_for(self, back: Collection[tuple[str, str]]) -> Sequence[Hold]:
        """End the holds of models that a provider lists again, each told with the provider; return those that were open."""
        over = [hold for hold in self._open.values() if (hold.model, hold.provider) in back]
        await self._change([], gone=[hold.name for hold in over])
        return over

    async def shift(self, by: timedelta) -> None:
        """The clock was set by so much: let the next probes be as far away as they are."""
        await self._change([shifted(hold, by) for hold in self._open.values()])

    def _after(self, refusal: Hold, probed: Sequence[str]) -> tuple[Sequence[Hold], Sequence[str]]:
        """Return the holds that a refusal changes, given whose probe it came from, and those it shows to be over."""
        now, known = refusal.since, self._open.get(refusal.name)
        mended = [name for name in probed if _is_mended(self._open[name], refusal)]
        changed = {name: told_nothing(self._open[name], now) for name in probed if name not in mended}
        if known is None:
            changed[refusal.name] = refusal
        elif known.name in probed:
            changed[known.name] = refused_again(known, now, why=refusal.why)
        return list(changed.values()), mended

    def _find_at(self, model: str, providers: Sequence[str]) -> Hold | None:
        held = [self._concerning(model, provider) for provider in providers]
        if not all(held):
            return None
        return min(held[0], key=lambda hold: (not hold.is_pause, hold.model is not None))

    def _concerning(self, model: str, provider: str) -> Sequence[Hold]:
        return [hold for hold in self._open.values() if hold.concerns(model, provider)]

    def _providers_of(self, model: str) -> Sequence[str]:
        return self._find_providers().get(model) or (MAIN,)

    def _able(self, job: Job) -> Sequence[str]:
        """Return the providers that can make the job."""
        return self._providers_of(job.request.model) if job.bound_to is None else (job.bound_to,)

    def _concerns_anything(self, hold: Hold) -> bool:
        if hold.is_pause:
            return True
        providers = self._find_providers()
        if hold.model is not None:
            # Where it can be ordered may only be known when its provider has told what it lists.
            able = providers.get(hold.model)
            return able is not None and (not able or hold.provider in able)
        return any(hold.provider in able for able in providers.values())

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


def _is_mended(probed: Hold, refusal: Hold) -> bool:
    """Tell whether a probe that was refused for another reason shows that our key is good."""
    return (
        probed.cause is HoldCause.KEY
        and refusal.cause is not HoldCause.KEY
        and probed.provider == refusal.provider
    )


async def _write(connection: AsyncConnection, changed: Sequence[Hold], *, gone: Sequence[str]) -> None:
    names = [*gone, *(hold.name for hold in changed)]
    await connection.execute(delete(holds).where(holds.c.name.in_(names)))
    if changed:
        await connection.execute(insert(holds), [_columns_of(hold) for hold in changed])


def _columns_of(hold: Hold) -> dict[str, object]:
    return {
        "name": hold.name,
        "cause": hold.cause,
        "provider": hold.provider,
        "model": hold.model,
        "since": hold.since,
        "why": hold.why,
        "probe_at": hold.probe_at,
        "probes": hold.probes,
        "until_made": hold.until_made,
    }


def _hold_of(row: RowMapping) -> Hold:
    return Hold(**facts(row, Hold) | {"cause": HoldCause(row["cause"])})
