"""Claims the jobs that are due, takes one step of each, and keeps what it has claimed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.background import surviving
from bot.jobs.clock_watch import ClockWatch
from bot.jobs.status import StatusMessages
from chat.language import speaking
from domain.failures import FailureReason
from domain.job import State
from domain.lifecycle import failed, retry_scheduled
from domain.queue import Concurrency
from domain.retry import MAX_CRASHES, back_off
from storage.claims import Claim, Claims
from storage.errors import ClaimLost, StorageError
from storage.holds import Holds

log = structlog.get_logger(__name__)

#: How many steps may be in hand at once, by the states in which they are taken. A delivery mostly waits, for its
#: chat's turn or for Telegram, and costs next to nothing meanwhile: many of them stop no look at a video.
_MAX_CONCURRENT = {
    frozenset({State.SUBMITTING, State.RENDERING}): 64,
    frozenset({State.DELIVERING}): 512,
    frozenset({State.QUEUED}): 16,
}
_LONGEST_REST = 5.0  # seconds; another process on the same database wakes nobody here
#: Seconds that steps in hand may go on when the bot is told to stop, but for orders on the wire.
_SHUTDOWN_GRACE_SECONDS = 6.0
_STOP_GRACE = timedelta(seconds=30)
_QUEUE_NEWS = 5.0  # seconds


class Step(Protocol):
    """One move of a job: does what its state asks for and writes where that led."""

    async def take(self, claim: Claim) -> None: ...


class Worker:
    """Runs until it is told to stop; one job's trouble stops no other."""

    def __init__(
        self,
        *,
        claims: Claims,
        steps: Mapping[State, Step],
        holds: Holds,
        status_messages: StatusMessages,
        clock: Callable[[], datetime],
        lease: timedelta,
        concurrency: Concurrency,
        stop_grace: timedelta = _STOP_GRACE,
        clock_watch: ClockWatch | None = None,
    ) -> None:
        """`stop_grace` is how long an order on the wire may hold up a stop."""
        self._claims = claims
        self._steps = steps
        self._holds = holds
        self._status_messages = status_messages
        self._clock = clock
        self._lease = lease
        self._concurrency = concurrency
        self._stop_grace = stop_grace
        self._clock_watch = clock_watch
        self._woken = asyncio.Event()
        self._in_trouble = False
        #: Of the jobs that are not in hand, as of the last turn; whoever makes one due sooner wakes us.
        self._next_due: datetime | None = None
        self._in_hand: dict[int, Claim] = {}

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event, *, on_turn: Callable[[], None]) -> None:
        """Take steps until `stopping`; then finish those in hand, or leave them to be claimed again."""
        steps: dict[asyncio.Task[None], Claim] = {}
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(self._keep()), tasks.create_task(self._show_queue())]
            while not stopping.is_set():
                on_turn()
                if self._clock_watch is not None:
                    await self._clock_watch.look(list(self._in_hand.values()))
                for claim in await self._claimed():
                    step = tasks.create_task(self._take(claim))
                    steps[step] = claim
                    step.add_done_callback(steps.pop)
                await self._rest(stopping)
            await self._wind_up(steps)
            for task in beside:
                task.cancel()
        await self._status_messages.save()

    async def _wind_up(self, steps: Mapping[asyncio.Task[None], Claim]) -> None:
        """Let the steps in hand end; an order on the wire may take longer than the others, for it may be paid."""
        others = min(_SHUTDOWN_GRACE_SECONDS, self._stop_grace.total_seconds())
        for grace, states in ((others, {State.SUBMITTING}), (self._stop_grace.total_seconds() - others, ())):
            if steps:
                await asyncio.wait(steps, timeout=grace)
            for step, claim in steps.items():
                if claim.saved.state not in states:
                    step.cancel()

    async def _claimed(self) -> Sequence[Claim]:
        """Claim what is due, and note when the next step is."""
        self._woken.clear()
        now, claimed = self._clock(), list[Claim]()
        self._in_trouble = True
        with surviving("claiming what is due"):
            try:
                claimed += await self._claim_all(now)
                self._in_trouble = False
            except StorageError:
                log.exception("the database does not answer; I keep trying")
        self._in_hand.update({claim.job.id: claim for claim in claimed})
        return claimed

    async def _claim_all(self, now: datetime) -> Sequence[Claim]:
        due: Sequence[Claim] = ()
        # One transaction for a whole turn: there is one for every step that ends.
        async with self._claims.together() as claims:
            ours = self._ours()  # steps may have ended while others wrote
            if free := self._free():
                due = await claims.claim_due(now, lease=self._lease, limit=free, but_not=ours)
            queued = await claims.claim_queued(
                now,
                lease=self._lease,
                concurrency=self._concurrency,
                in_hand=self._count({State.QUEUED}),
                but_not=ours,
                gate=self._holds.gate(now),
            )
            in_hand = [*ours, *(claim.job.id for claim in (*due, *queued))]
            next_due = await claims.next_due(now, but_not=in_hand)
        self._next_due = next_due
        for claim in queued:
            self._holds.let_out(claim.job, now)
        return [*due, *queued]

    def _free(self) -> Mapping[frozenset[State], int]:
        """Return how many more steps may be taken in which states, where any may."""
        free = {states: at_once - self._count(states) for states, at_once in _MAX_CONCURRENT.items()}
        return {states: most for states, most in free.items() if most > 0}

    def _count(self, states: Collection[State]) -> int:
        """Return how many steps in hand have not brought their job out of these states yet."""
        return sum(claim.saved.state in states and not claim.is_finished for claim in self._in_hand.values())

    def _ours(self) -> list[int]:
        """Return the jobs whose step goes on here, even if this process has slept longer than their lease."""
        return [job_id for job_id, claim in self._in_hand.items() if not claim.is_finished]

    async def _take(self, claim: Claim) -> None:
        job_id = claim.job.id
        with structlog.contextvars.bound_contextvars(job=job_id), speaking(claim.job.place.language):
            try:
                is_crash = True
                with surviving(f"a step of a {claim.job.state} job"):
                    await self._step(claim)
                    is_crash = False
                if is_crash:
                    with surviving("writing down that a step crashed"):
                        await self._crashed(claim)
            finally:
                # The job's next step may be in hand by now, with a claim of its own.
                if self._in_hand.get(job_id) is claim:
                    del self._in_hand[job_id]
                self._holds.step_is_over(claim.job)
                self._woken.set()

    async def _step(self, claim: Claim) -> None:
        try:
            await self._steps[claim.job.state].take(claim)
        except ClaimLost:
            log.info("another process has the job now, or it was called off")
        except asyncio.CancelledError:
            # If it cannot be released, the claim runs out.
            with suppress(StorageError):
                await self._claims.release(claim, self._clock())
            raise

    async def _crashed(self, claim: Claim) -> None:
        """Let the step come due again; in `submitting` that finds out what became of the order, if anybody can tell.

        If that cannot be written, the claim will run out.
        """
        now, job = self._clock(), claim.saved
        if job.attempts + 1 < MAX_CRASHES or job.failure is not None:
            after, due_at = retry_scheduled(job, now), now + back_off(job.attempts)
        else:
            after, due_at = failed(job, reason=FailureReason.INTERNAL), now
        await self._claims.finish(claim, after, now, due_at=due_at)

    async def _keep(self) -> None:
        """Make the claims in hand last until their steps are done."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            with surviving("keeping claims"):
                await self._claims.keep(list(self._in_hand.values()), self._clock(), lease=self._lease)

    async def _show_queue(self) -> None:
        """Tell those who wait when they move up."""
        while True:
            await asyncio.sleep(_QUEUE_NEWS)
            with surviving("showing the queue"):
                await self._status_messages.show_queue()

    async def _rest(self, stopping: asyncio.Event) -> None:
        """Wait for a wake-up, for the next job that comes due, or for the end."""
        now = self._clock()
        moments = [moment for moment in (self._next_due, self._holds.next_probe(now)) if moment is not None]
        rest = min([_LONGEST_REST, *(max(0.0, (moment - now).total_seconds()) for moment in moments)])
        if self._in_trouble or len(self._free()) < len(_MAX_CONCURRENT):
            # What is due cannot be claimed yet.
            rest = _LONGEST_REST
        async with asyncio.TaskGroup() as waits:
            waiting = [waits.create_task(self._woken.wait()), waits.create_task(stopping.wait())]
            await asyncio.wait(waiting, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            for wait in waiting:
                wait.cancel()
