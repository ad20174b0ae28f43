"""Names the job that a button makes once: another only if the one before it was called off, or failed unordered."""

from __future__ import annotations

from domain.job import Job, State
from storage.jobs import Jobs


async def next_idempotency_key(jobs: Jobs, button: str) -> str:
    """Return the idempotency key of the job that a press makes now, or that one has made; `button` is the first one's."""
    idempotency_key, number = button, 1
    while (made := await jobs.find_by_idempotency_key(idempotency_key)) is not None and came_to_nothing(made):
        number += 1
        idempotency_key = f"{button}:{number}"
    return idempotency_key


def came_to_nothing(job: Job) -> bool:
    """Tell whether a job is over without ever having been ordered."""
    return job.state is State.CANCELLED or (job.state is State.FAILED and job.submitted_at is None)
