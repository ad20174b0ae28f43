"""The worker and holds: what is held stays in the queue, and one order is let through when it is time to try."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot.jobs.worker import Worker
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job
from domain.lifecycle import requeued_on_hold
from storage.claims import Claim, Claims
from storage.holds import Holds
from tests.bot.steps import CONCURRENCY, LEASE, Notes, working


async def hold_orders(claims: Claims, holds: Holds, at: datetime) -> None:
    """Have the order of the one job there is refused for our key, a minute before `at`."""
    refused_at = at - timedelta(minutes=1)
    (claim,) = await claims.claim_queued(refused_at, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert await claims.submit(claim, refused_at, concurrency=CONCURRENCY)
    refusal = hold_after(FailureReason.KEY_REFUSED, "sora-2", refused_at, why="no")
    assert await holds.hold_back(claim, requeued_on_hold(claim.saved), refusal)


async def test_the_worker_wakes_to_let_one_order_through_and_the_rest_when_it_is_taken(
    worker_of: Callable[..., Worker], add: Callable[..., Awaitable[Job]], claims: Claims, holds: Holds
) -> None:
    first = await add()
    at = datetime.now(UTC) + timedelta(seconds=0.3)
    await hold_orders(claims, holds, at)
    second = await add(2, person=2)
    let_go = asyncio.Event()
    begun: list[datetime] = []

    async def take(claim: Claim) -> None:
        begun.append(datetime.now(UTC))
        if claim.job.id == first.id:
            await let_go.wait()
            await holds.close_probed(claim.saved)
            worker.wake()

    steps = Notes(take)
    worker = worker_of(steps, lambda: datetime.now(UTC))
    # Less than the longest rest: the worker woke by itself.
    async with working(worker), asyncio.timeout(4):
        await steps.until(1)
        before = list(steps.taken)
        let_go.set()
        await steps.until(2)

    assert (before, steps.taken) == ([first.id], [first.id, second.id])
    assert begun[0] >= at
