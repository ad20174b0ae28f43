"""Steps that record what they get, and the real worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.jobs.worker import Worker
from domain.job import Job
from domain.queue import Concurrency
from storage.claims import Claim
from storage.jobs import Jobs

CONCURRENCY = Concurrency(in_all=20, per_person=20)
LEASE = timedelta(minutes=1)


class CrashError(Exception):
    """What a step of these tests dies of."""


class Notes:
    """Steps that note which jobs they took and do with them what the test asks for."""

    def __init__(self, do: Callable[[Claim], Awaitable[None]] | None = None) -> None:
        self.taken: list[int] = []
        self._do = do
        self._changed = asyncio.Event()

    async def take(self, claim: Claim) -> None:
        self.taken.append(claim.job.id)
        self._changed.set()
        self._changed = asyncio.Event()
        if self._do is not None:
            await self._do(claim)

    async def until(self, count: int) -> None:
        """Wait until so many steps were begun."""
        async with asyncio.timeout(20):
            while len(self.taken) < count:
                await self._changed.wait()


async def crash(_claim: Claim) -> None:
    raise CrashError("a bug of ours")


async def hang(_claim: Claim) -> None:
    await asyncio.Event().wait()


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[asyncio.Event]:
    """Let it work while the block runs; yields what stops it before that."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run(stopping, on_turn=lambda: None))
        try:
            yield stopping
        finally:
            stopping.set()


async def found(jobs: Jobs, job_id: int, condition: Callable[[Job], bool]) -> Job:
    """Wait until the job's row is as wanted: nobody tells when another connection has written it."""
    async with asyncio.timeout(20):
        while (job := await jobs.find(job_id)) is None or not condition(job):  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)
    return job


async def crashed(jobs: Jobs, job_id: int, times: int) -> Job:
    """Wait until it is written down that the job's step crashed so often in a row."""
    return await found(jobs, job_id, lambda job: job.attempts == times)
