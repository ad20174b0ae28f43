"""The worker when steps crash, are cut short or cannot be written down: one job's trouble is no other's."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from structlog.testing import capture_logs

from bot.jobs.worker import Worker
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import failed, ordered
from storage.claims import Claim, Claims
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE, CrashError, Notes, crash, crashed, found, hang, working


async def test_a_step_that_crashes_comes_due_again_later_and_later(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], jobs: Jobs, clock: Clock
) -> None:
    job = await add()
    pauses: list[float] = []
    worker = worker_of(Notes(crash), clock)
    async with working(worker):
        for attempts in (1, 2, 3, 4):
            if pauses:
                clock.move(pauses[-1])
                worker.wake()
            after = await crashed(jobs, job.id, attempts)
            pauses.append((after.due_at - clock.now).total_seconds())

    assert pauses == [2, 4, 8, 16]
    assert (await crashed(jobs, job.id, 4)).state is State.QUEUED


async def test_after_enough_crashes_the_person_is_told(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], jobs: Jobs, clock: Clock
) -> None:
    job = await add()
    crashing, telling = Notes(crash), Notes()
    worker = worker_of(crashing, clock, delivering=telling)
    async with working(worker):
        for times in range(1, 8):
            await crashed(jobs, job.id, times)
            clock.move(300)
            worker.wake()
        await telling.until(1)

    after = await found(jobs, job.id, lambda job: job.state is State.DELIVERING)
    assert (after.failure, len(crashing.taken)) == (FailureReason.INTERNAL, 8)


async def test_a_reason_that_cannot_be_told_for_a_crash_is_tried_on_and_on(
    worker_of: Callable[..., Worker],
    add: Callable[..., Awaitable[Job]],
    claims: Claims,
    jobs: Jobs,
    clock: Clock,
) -> None:
    job = await add()
    (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    await claims.finish(claim, failed(claim.saved, reason=FailureReason.MODERATED), clock(), due_at=clock())
    crashing = Notes(crash)
    worker = worker_of(crashing, clock)
    async with working(worker):
        for times in range(1, 13):
            await crashed(jobs, job.id, times)
            clock.move(300)
            worker.wake()

    after = await found(jobs, job.id, lambda job: job.state is State.DELIVERING)
    assert after.failure is FailureReason.MODERATED


async def test_a_crash_stops_no_other_job(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], jobs: Jobs, clock: Clock
) -> None:
    bad, good = await add(), await add()

    async def take(claim: Claim) -> None:
        if claim.job.id == bad.id:
            raise CrashError("a bug of ours")

    steps = Notes(take)
    with capture_logs() as logs:
        async with working(worker_of(steps, clock)):
            await found(jobs, bad.id, lambda job: job.attempts == 1)
            await steps.until(2)

    assert set(steps.taken) == {bad.id, good.id}
    assert [line["part"] for line in logs] == ["a step of a queued job"]


async def test_a_job_that_was_called_off_meanwhile_stays_called_off(
    worker_of: Callable[..., Worker],
    add: Callable[..., Awaitable[Job]],
    claims: Claims,
    jobs: Jobs,
    clock: Clock,
) -> None:
    job = await add()

    async def take(claim: Claim) -> None:
        await jobs.cancel(claim.job.id, 1, now=clock())
        await claims.submit(claim, clock(), concurrency=CONCURRENCY)

    with capture_logs() as logs:
        async with working(worker_of(Notes(take), clock)):
            after = await found(jobs, job.id, lambda job: job.state is State.CANCELLED)

    assert after.attempts == 0
    assert [line["event"] for line in logs] == ["another process has the job now, or it was called off"]


async def test_a_step_that_is_cut_short_is_given_back(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], jobs: Jobs, clock: Clock
) -> None:
    job = await add()
    steps = Notes(hang)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(worker_of(steps, clock).run(asyncio.Event(), on_turn=lambda: None))
        await steps.until(1)
        claimed = await found(jobs, job.id, lambda job: job.due_at > clock.now)
        running.cancel()

    released = await jobs.find(job.id)
    assert released is not None
    assert (claimed.due_at, released.due_at) == (clock.now + LEASE, clock.now)


async def test_a_database_that_takes_no_writes_is_tried_again_without_haste(
    worker_of: Callable[..., Worker],
    add: Callable[..., Awaitable[Job]],
    jobs: Jobs,
    claims: Claims,
    *,
    clock: Clock,
    tmp_path: Path,
) -> None:
    job = await add()
    (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert await claims.submit(claim, clock(), concurrency=CONCURRENCY)
    await claims.finish(claim, ordered(claim.saved, clock(), video_id="v1"), clock(), due_at=clock())
    _execute(
        tmp_path, "CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    )
    steps = Notes()
    worker = worker_of(steps, clock)
    turns = asyncio.Semaphore(0)
    stopping = asyncio.Event()
    with capture_logs() as logs:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(worker.run(stopping, on_turn=turns.release))
            await turns.acquire()
            # Far longer than a worker without patience would need for its next turns.
            for _ in range(100):
                await jobs.find(job.id)
            complaints = len(logs)
            _execute(tmp_path, "DROP TRIGGER full")
            worker.wake()
            await steps.until(1)
            stopping.set()

    assert complaints == 1
    assert logs[0]["event"] == "the database does not answer; I keep trying"


def _execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "reelbot.db")) as connection, connection:
        connection.execute(statement)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def test_a_step_that_ends_late_does_not_take_the_next_steps_lease_with_it(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], claims: Claims, jobs: Jobs
) -> None:
    let_go, let_go_next = asyncio.Event(), asyncio.Event()

    async def order_and_linger(claim: Claim) -> None:
        assert await claims.submit(claim, utc_now(), concurrency=CONCURRENCY)
        now = utc_now()
        await claims.finish(claim, failed(claim.saved, reason=FailureReason.REFUSED), now, due_at=now)
        await let_go.wait()

    async def hold(_claim: Claim) -> None:
        await let_go_next.wait()

    job = await add()
    ordering, delivering = Notes(order_and_linger), Notes(hold)
    brief = timedelta(seconds=0.6)
    async with working(worker_of(ordering, utc_now, delivering=delivering, lease=brief)) as stopping:
        await ordering.until(1)
        await delivering.until(1)
        first_lease = (await found(jobs, job.id, lambda job: job.due_at > utc_now())).due_at
        let_go.set()
        await found(jobs, job.id, lambda job: job.due_at > first_lease + brief)
        stopping.set()
        let_go_next.set()

    assert delivering.taken == [job.id]


async def test_a_step_that_a_frozen_process_slept_over_is_not_taken_again_beside_itself(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], clock: Clock
) -> None:
    job = await add()
    let_go = asyncio.Event()

    async def take(_claim: Claim) -> None:
        await let_go.wait()

    steps = Notes(take)
    worker = worker_of(steps, clock)
    async with working(worker):
        await steps.until(1)
        clock.move(2 * LEASE.total_seconds())
        other = await add()
        worker.wake()
        await steps.until(2)
        let_go.set()

    assert steps.taken == [job.id, other.id]


async def test_a_row_of_a_newer_version_is_passed_over(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], tmp_path: Path, clock: Clock
) -> None:
    strange, good = await add(), await add()
    _execute(tmp_path, f"UPDATE jobs SET photos = '[[]]' WHERE id = {strange.id}")  # noqa: S608 - ours
    steps = Notes()
    with capture_logs() as logs:
        async with working(worker_of(steps, clock)):
            await steps.until(1)

    assert steps.taken == [good.id]
    assert [(line["event"], line["key"]) for line in logs] == [
        ("a row is passed over: another version of the bot has written it", strange.id)
    ]


async def test_deliveries_that_wait_stop_neither_looks_nor_other_deliveries(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], tmp_path: Path, clock: Clock
) -> None:
    for _ in range(70):
        await add()
    rendering = (await add()).id
    _execute(tmp_path, "UPDATE jobs SET state = 'delivering', failure = 'moderated'")
    _execute(
        tmp_path,
        f"UPDATE jobs SET state = 'rendering', failure = NULL, video_id = 'v' WHERE id = {rendering}",  # noqa: S608 - ours
    )
    looks, deliveries = Notes(hang), Notes(hang)
    async with asyncio.TaskGroup() as tasks:
        worker = worker_of(looks, clock, delivering=deliveries)
        running = tasks.create_task(worker.run(asyncio.Event(), on_turn=lambda: None))
        await deliveries.until(70)
        await looks.until(1)
        running.cancel()

    assert looks.taken == [rendering]
