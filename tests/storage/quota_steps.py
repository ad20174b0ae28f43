"""The worker's steps in the tests of quotas: each job goes on, fails, is refused by its chat, or stays as it is."""

from __future__ import annotations

from datetime import datetime

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, State
from domain.queue import Concurrency
from storage.claims import Claim, Claims
from storage.runtime_settings import RuntimeSettings

CONCURRENCY = Concurrency(in_all=1000, per_person=1000)
OUTCOMES = ("goes on", "fails", "is refused", "stays")


async def take_step(
    claims: Claims, claim: Claim, outcome: str, now: datetime, runtime_settings: RuntimeSettings
) -> Job | None:
    """Take a step of a job, and return the job after it; None if it stays as it was."""
    job = claim.saved
    match outcome:
        case "goes on":
            after = await _gone_on(claims, claim, now, runtime_settings)
        case "fails" if job.failure is None:
            after = lifecycle.failed(job, reason=FailureReason.BUSY)
        case "is refused" if job.failure is None and job.state is State.DELIVERING:
            after = lifecycle.kept(job, now)
        case _:
            await claims.release(claim, now)
            return None
    return after if claim.is_finished else await claims.finish(claim, after, now, due_at=now)


async def _gone_on(claims: Claims, claim: Claim, now: datetime, runtime_settings: RuntimeSettings) -> Job:
    job = claim.saved
    match job.state:
        case State.QUEUED:
            left = await claims.submit(claim, now, concurrency=CONCURRENCY, runtime_settings=runtime_settings)
            assert left is not None
            return left if claim.is_finished else lifecycle.ordered(left, now, video_id=f"v{job.id}")
        case State.RENDERING:
            return lifecycle.rendered(job, now, video_url=None)
        case _:
            return (lifecycle.delivered if job.failure is None else lifecycle.failure_told)(job, now)
