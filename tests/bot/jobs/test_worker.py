"""The worker, on a real database: every step is taken when it is due, once, and kept from others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.jobs.worker import Worker
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import failed, failure_told, ordered
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE, Notes, found, working


async def test_a_job_that_hangs_stops_no_other_job(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], clock: Clock
) -> None:
    stuck = await add()
    let_go = asyncio.Event()

    async def take(claim: Claim) -> None:
        if claim.job.id == stuck.id:
            await let_go.wait()

    steps = Notes(take)
    worker = worker_of(steps, clock)
    async with working(worker):
        await steps.until(1)
        other = await add()
        worker.wake()
        await steps.until(2)
        let_go.set()

    assert steps.taken == [stuck.id, other.id]


async def test_a_bot_that_is_told_to_stop_finishes_its_steps_and_begins_none(
    worker_of: Callable[..., Worker],
    add: Callable[..., Awaitable[Job]],
    claims: Claims,
    jobs: Jobs,
    clock: Clock,
) -> None:
    first = await add()
    let_go = asyncio.Event()

    async def take(claim: Claim) -> None:
        await let_go.wait()
        assert await claims.submit(claim, clock(), concurrency=CONCURRENCY)
        after = ordered(claim.saved, clock(), video_id="v1")
        await claims.finish(claim, after, clock(), due_at=clock.now + timedelta(hours=1))

    steps = Notes(take)
    worker = worker_of(steps, clock)
    async with working(worker) as stopping:
        await steps.until(1)
        second = await add()
        stopping.set()
        worker.wake()
        await asyncio.sleep(0)
        let_go.set()

    states = [job.state for job in [await jobs.find(first.id), await jobs.find(second.id)] if job is not None]
    assert states == [State.RENDERING, State.QUEUED]
    assert steps.taken == [first.id]


async def test_a_long_step_keeps_its_job_from_others(
    worker_of: Callable[..., Worker],
    add: Callable[..., Awaitable[Job]],
    jobs: Jobs,
    clock: Clock,
    tmp_path: Path,
) -> None:
    let_go = asyncio.Event()

    async def take(_claim: Claim) -> None:
        await let_go.wait()

    job = await add()
    steps, lease = Notes(take), timedelta(seconds=0.3)
    async with (
        Database.open(f"sqlite:///{tmp_path}/reelbot.db") as other_database,
        working(worker_of(steps, clock, lease=lease)),
    ):
        await steps.until(1)
        others = Claims(other_database)
        for _ in range(3):  # each time less than a lease, but more of them than one
            now = clock.move(0.2)
            assert await others.claim_queued(now, lease=lease, concurrency=CONCURRENCY, in_hand=0) == []
            await found(jobs, job.id, lambda job: job.due_at == clock() + lease)
        let_go.set()

    assert steps.taken == [job.id]


async def test_a_job_that_comes_due_is_taken_without_being_woken(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], claims: Claims
) -> None:
    await add()
    (claim,) = await claims.claim_queued(utc_now(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert await claims.submit(claim, utc_now(), concurrency=CONCURRENCY)
    due_at = utc_now() + timedelta(seconds=0.2)
    await claims.finish(claim, ordered(claim.saved, utc_now(), video_id="v1"), utc_now(), due_at=due_at)

    steps = Notes(_finish_with(claims))
    # Less than the longest rest: it was not found by chance.
    async with working(worker_of(steps, utc_now)), asyncio.timeout(4):
        await steps.until(1)


async def test_a_new_job_is_taken_at_once_when_the_worker_is_woken(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock
) -> None:
    steps = Notes(_finish_with(claims))
    turns = asyncio.Semaphore(0)
    worker = worker_of(steps, clock)
    stopping = asyncio.Event()
    async with asyncio.timeout(4), asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run(stopping, on_turn=turns.release))
        await turns.acquire()
        await add()
        worker.wake()
        await steps.until(1)
        stopping.set()


def _finish_with(claims: Claims) -> Callable[[Claim], Awaitable[None]]:
    """Return a step's work: the job is over at once, so that it does not come due again."""

    async def finish(claim: Claim) -> None:
        now = utc_now()
        await claims.finish(claim, failed(claim.saved, reason=FailureReason.REFUSED), now, due_at=now)
        await claims.finish(claim, failure_told(claim.saved, now), now, due_at=now)

    return finish


def utc_now() -> datetime:
    return datetime.now(UTC)
