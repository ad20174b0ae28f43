"""The clockwork: claims the jobs that are due, takes one step of each, and keeps what it has claimed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import structlog

from domain.failures import FailureReason
from domain.lifecycle import failed, postponed
from domain.retry import MAX_CRASHES, back_off
from handlers.language import speaking
from storage.errors import ClaimLost, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta

    from bot.status import StatusBoard
    from domain.fairness import Room
    from domain.job import State
    from storage.claims import Claim, Claims
    from storage.holds import Holds

log = structlog.get_logger(__name__)

_AT_ONCE = 64
_LONGEST_REST = 5.0  # seconds; another process on the same database wakes nobody here
#: So long steps in hand may go on when the bot is told to stop.
_GRACE = 6.0
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
        board: StatusBoard,
        clock: Callable[[], datetime],
        lease: timedelta,
        room: Room,
    ) -> None:
        self._claims = claims
        self._steps = steps
        self._holds = holds
        self._board = board
        self._clock = clock
        self._lease = lease
        self._room = room
        self._woken = asyncio.Event()
        self._in_trouble = False
        self._in_hand: dict[int, Claim] = {}
        self._queued_in_hand: set[int] = set()

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event, *, on_turn: Callable[[], None]) -> None:
        """Take steps until `stopping`; then finish those in hand, or leave them to be claimed again."""
        steps = set[asyncio.Task[None]]()
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(self._keep()), tasks.create_task(self._show_queue())]
            while not stopping.is_set():
                on_turn()
                for claim in await self._claimed():
                    step = tasks.create_task(self._take(claim))
                    steps.add(step)
                    step.add_done_callback(steps.discard)
                await self._rest(stopping)
            if steps:
                await asyncio.wait(steps, timeout=_GRACE)
            for task in (*steps, *beside):
                task.cancel()

    async def _claimed(self) -> Sequence[Claim]:
        """Claim what is due; what could be claimed before the database fell silent is taken all the same."""
        self._woken.clear()
        now, free, ours = self._clock(), max(0, _AT_ONCE - len(self._in_hand)), self._ours()
        claimed: list[Claim] = []
        try:
            claimed += await self._claims.claim_due(now, lease=self._lease, limit=free, but_not=ours)
            queued = await self._claims.claim_queued(
                now,
                lease=self._lease,
                room=self._room,
                in_hand=len(self._queued_in_hand),
                but_not=ours,
                gate=self._holds.gate(now),
            )
        except StorageError:
            log.exception("the database does not answer; I keep trying")
            self._in_trouble = True
        else:
            claimed += queued
            for claim in queued:
                self._queued_in_hand.add(claim.job.id)
                self._holds.let_out(claim.job, now)
            self._in_trouble = False
        self._in_hand.update({claim.job.id: claim for claim in claimed})
        return claimed

    def _ours(self) -> list[int]:
        """Return the jobs whose step goes on here, even if this process has slept longer than their lease."""
        return [job_id for job_id, claim in self._in_hand.items() if not claim.is_finished]

    async def _take(self, claim: Claim) -> None:
        job_id = claim.job.id
        with structlog.contextvars.bound_contextvars(job=job_id), speaking(claim.job.place.language):
            try:
                await self._steps[claim.job.state].take(claim)
            except ClaimLost:
                log.info("another process has the job now, or it was called off")
            except asyncio.CancelledError:
                # If it cannot be released, the claim runs out.
                with suppress(StorageError):
                    await self._claims.release(claim, self._clock())
                raise
            except Exception:
                log.exception("a step crashed", state=claim.job.state)
                await self._crashed(claim)
            finally:
                # The job's next step may be in hand by now, with a claim of its own.
                if self._in_hand.get(job_id) is claim:
                    del self._in_hand[job_id]
                self._queued_in_hand.discard(job_id)
                self._holds.step_is_over(claim.job)
                self._woken.set()

    async def _crashed(self, claim: Claim) -> None:
        """Let the step come due again; in `submitting` that tells the person that the outcome is unknown."""
        now, job = self._clock(), claim.saved
        try:
            if job.attempts + 1 < MAX_CRASHES or job.failure is not None:
                after, due_at = postponed(job, now), now + back_off(job.attempts)
            else:
                after, due_at = failed(job, reason=FailureReason.INTERNAL), now
            await self._claims.finish(claim, after, now, due_at=due_at)
        except StorageError:
            log.exception("the crash could not be written down; the claim will run out")

    async def _keep(self) -> None:
        """Make the claims in hand last until their steps are done."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await self._claims.keep(list(self._in_hand.values()), self._clock(), lease=self._lease)
            except StorageError:
                log.exception("claims could not be kept; I keep trying")

    async def _show_queue(self) -> None:
        """Tell those who wait when they move up."""
        while True:
            await asyncio.sleep(_QUEUE_NEWS)
            try:
                await self._board.show_queue()
            except StorageError:
                log.exception("the queue could not be shown; I keep trying")

    async def _rest(self, stopping: asyncio.Event) -> None:
        """Wait for a wake-up, for the next job that comes due, or for the end."""
        try:
            due_at = await self._claims.next_due(self._clock(), but_not=self._ours())
        except StorageError:
            due_at = None
        now = self._clock()
        moments = [moment for moment in (due_at, self._holds.next_probe(now)) if moment is not None]
        rest = min([_LONGEST_REST, *(max(0.0, (moment - now).total_seconds()) for moment in moments)])
        if self._in_trouble or len(self._in_hand) >= _AT_ONCE:
            # What is due cannot be claimed yet.
            rest = _LONGEST_REST
        async with asyncio.TaskGroup() as waits:
            waiting = [waits.create_task(self._woken.wait()), waits.create_task(stopping.wait())]
            await asyncio.wait(waiting, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            for wait in waiting:
                wait.cancel()
