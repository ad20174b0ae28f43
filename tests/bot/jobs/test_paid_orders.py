"""The file beside the database in which the ids of paid orders wait to be written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.jobs.paid_orders import PaidOrder, PaidOrders, adopt
from domain.job import Job, State
from domain.lifecycle import ordered
from storage.claims import Claims
from storage.database import Database
from storage.errors import ClaimLost, DatabaseTrouble
from storage.jobs import Jobs
from storage.recovery import Recovery
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database lies that the files are beside."""
    return tmp_path / "reelbot.db"


def order(job_id: int = 1, video_id: str = "video_1") -> PaidOrder:
    return PaidOrder(
        job_id=job_id, submitted_at=NOON, ordered_at=NOON + timedelta(seconds=9), video_id=video_id
    )


def files_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob("reelbot.db.orders-*"))


def noted(path: Path) -> list[str]:
    return [line for file in files_of(path) for line in file.read_text().splitlines() if line.strip()]


async def test_an_order_is_in_the_file_for_as_long_as_it_is_not_in_the_database(path: Path) -> None:
    seen: list[int] = []

    async def write() -> str:
        seen.append(len(noted(path)))
        if len(seen) < 3:
            raise DatabaseTrouble("disk is full")
        return "written"

    with PaidOrders.beside(path) as paid:
        written = await paid.keep(order(), write)
        left = noted(path)
    assert (written, seen, left, files_of(path)) == ("written", [1, 1, 1], [], [])


async def test_who_is_told_to_stop_amid_it_leaves_the_order_in_the_file(path: Path) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        begun.set()
        await asyncio.Event().wait()

    with PaidOrders.beside(path) as paid:
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(paid.keep(order(), write))
            await begun.wait()
            keeping.cancel()
    assert [file.stat().st_mode & 0o777 for file in files_of(path)] == [0o600]
    assert len(noted(path)) == 1


async def test_several_orders_wait_beside_each_other(path: Path) -> None:
    let_go = [asyncio.Event() for _ in range(3)]

    async def keep(paid: PaidOrders, number: int) -> None:
        async def write() -> None:
            await let_go[number].wait()

        await paid.keep(order(number, f"video_{number}" * 4000), write)

    with PaidOrders.beside(path) as paid:
        async with asyncio.TaskGroup() as tasks:
            keeping = [tasks.create_task(keep(paid, number)) for number in range(3)]
            async with asyncio.timeout(20):
                while len(noted(path)) < 3:  # noqa: ASYNC110 - nobody tells when a thread has written
                    await asyncio.sleep(0.01)
            let_go[1].set()
            await keeping[1]
            left = [line[:12] for line in noted(path)]
            for event in let_go:
                event.set()
        assert (left, noted(path)) == (['{"job_id": 0', '{"job_id": 2'], [])


async def test_an_order_whose_job_somebody_else_has_stays_in_the_file(path: Path) -> None:
    async def write() -> None:
        raise ClaimLost("job 1 was moved by somebody else")

    with capture_logs() as logs, PaidOrders.beside(path) as paid, pytest.raises(ClaimLost):
        await paid.keep(order(), write)
    assert [(line["event"], line["video"]) for line in logs] == [
        ("somebody else has the job of a paid order", "video_1")
    ]
    assert len(noted(path)) == 1


@pytest.fixture
def submitted(
    add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock
) -> Callable[[], Awaitable[Job]]:
    """Return a factory of jobs whose orders left when their process died."""

    async def make() -> Job:
        await add()
        (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        job = await claims.submit(claim, clock(), concurrency=CONCURRENCY)
        assert job is not None
        return job

    return make


async def test_what_the_dead_have_left_is_written_at_the_next_start(
    submitted: Callable[[], Awaitable[Job]], database: Database, jobs: Jobs, *, clock: Clock, path: Path
) -> None:
    job, other = await submitted(), await submitted()
    paid = PaidOrder.of(ordered(job, clock.move(9), video_id="video_1"))
    await _leave(path, paid)
    await adopt(path, Recovery(database), clock.move(60))

    after, untouched = await jobs.find(job.id), await jobs.find(other.id)
    assert after is not None
    assert untouched == other
    found = (after.state, after.video_id, after.ordered_at, after.due_at)
    assert found == (State.RENDERING, "video_1", paid.ordered_at, clock.now)
    assert files_of(path) == []


async def test_what_belongs_to_an_earlier_order_is_not_taken_for_this_one(
    submitted: Callable[[], Awaitable[Job]], database: Database, jobs: Jobs, clock: Clock, path: Path
) -> None:
    job = await submitted()
    await _leave(path, replace(order(job.id), submitted_at=NOON - timedelta(hours=1)))
    await adopt(path, Recovery(database), clock())
    assert await jobs.find(job.id) == job


@pytest.mark.parametrize("content", ["", "{", "[]", '{"job_id": 1}\n', "\0\xff", '{"job_id": "one"}'])
async def test_a_file_that_makes_no_sense_stops_nobody(database: Database, path: Path, content: str) -> None:
    path.with_name("reelbot.db.orders-1").write_text(content, encoding="latin-1")
    await adopt(path, Recovery(database), NOON)
    assert files_of(path) == []


async def _leave(path: Path, paid_order: PaidOrder) -> None:
    """Let a process die before it has written the order into the database."""

    async def write() -> None:
        raise ClaimLost("the process is no more")

    with PaidOrders.beside(path) as paid, pytest.raises(ClaimLost):
        await paid.keep(paid_order, write)
