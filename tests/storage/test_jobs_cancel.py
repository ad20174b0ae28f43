"""Jobs are called off while they are queued, and never once they are ordered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.queue import Concurrency
from domain.request import VideoRequest
from storage.claims import Claim, Claims
from storage.database import Database
from storage.errors import ClaimLost
from storage.jobs import Added, Jobs

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
MakePlace = Callable[..., Place]
MakeRequest = Callable[..., VideoRequest]
Query = Callable[[str], list[Any]]
Ask = Callable[..., Awaitable[Added]]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def test_a_queued_job_is_called_off_by_who_asked(
    jobs: Jobs, add: Add, now: datetime, query: Query
) -> None:
    job = await add()
    later = now + MINUTE
    cancelled = await jobs.cancel(job.id, 1, now=later)
    assert cancelled == replace(job, state=State.CANCELLED, due_at=now, finished_at=later)
    assert await jobs.find(job.id) == cancelled
    assert query("SELECT state_before, state FROM job_moves") == [(None, "queued"), ("queued", "cancelled")]


async def test_nobody_calls_off_what_is_not_theirs_or_not_there(jobs: Jobs, add: Add, now: datetime) -> None:
    job = await add(1)
    assert await jobs.cancel(job.id, 2, now=now) is None
    assert await jobs.cancel(99, 1, now=now) is None
    assert (await jobs.find_unfinished(1))[0].state is State.QUEUED


async def test_a_job_is_called_off_once(jobs: Jobs, add: Add, now: datetime) -> None:
    job = await add()
    assert await jobs.cancel(job.id, 1, now=now) is not None
    assert await jobs.cancel(job.id, 1, now=now) is None


@pytest.mark.parametrize("state", [State.SUBMITTING, State.RENDERING, State.DELIVERING])
async def test_an_ordered_job_cannot_be_called_off(
    jobs: Jobs, claim_in: Lead, now: datetime, state: State
) -> None:
    claim = await claim_in(state)
    assert await jobs.cancel(claim.job.id, 1, now=now) is None
    assert await jobs.find(claim.job.id) == claim.saved


async def test_a_job_called_off_while_a_worker_prepares_it_is_not_ordered(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime, query: Query
) -> None:
    claim = await claim_in(State.QUEUED)
    cancelled = await jobs.cancel(claim.job.id, 1, now=now)
    with pytest.raises(ClaimLost):
        await claims.submit(claim, now, concurrency=Concurrency(in_all=20, per_person=2))
    await claims.keep([claim], now, lease=MINUTE)
    await claims.release(claim, now)
    assert await jobs.find(claim.job.id) == cancelled
    assert query("SELECT state FROM job_moves") == ["queued", "cancelled"]


async def test_a_job_called_off_in_the_instant_in_which_its_claim_ends_is_not_ordered(
    jobs: Jobs, claims: Claims, claim_in: Lead, concurrency: Concurrency
) -> None:
    claim = await claim_in(State.QUEUED)
    await jobs.cancel(claim.job.id, 1, now=claim.until)
    with pytest.raises(ClaimLost):
        await claims.submit(claim, claim.until, concurrency=concurrency)


async def test_of_a_cancellation_and_an_order_at_once_exactly_one_comes_through(
    jobs: Jobs, other_database: Database, claim_in: Lead, concurrency: Concurrency, now: datetime
) -> None:
    for _ in range(10):
        claim = await claim_in(State.QUEUED)
        cancelled, submitted = await asyncio.gather(
            jobs.cancel(claim.job.id, 1, now=now),
            Claims(other_database).submit(claim, now, concurrency=concurrency),
            return_exceptions=True,
        )
        found = await jobs.find(claim.job.id)
        assert found is not None
        if found.state is State.CANCELLED:
            assert (cancelled, type(submitted)) == (found, ClaimLost)
        else:
            assert (found, cancelled) == (submitted, None)
            lost = lifecycle.failed(found, reason=FailureReason.BUSY)
            await Claims(other_database).finish(claim, lost, now, due_at=now)
            due = await Claims(other_database).claim_due(now, lease=MINUTE, limit=1)
            told = lifecycle.failure_told(due[0].job, now)
            await Claims(other_database).finish(due[0], told, now, due_at=now)
