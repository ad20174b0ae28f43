"""Names the job that a button makes once: another only if the one before it was called off, or failed unordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.job import State

if TYPE_CHECKING:
    from domain.job import Job
    from storage.jobs import Jobs


async def origin_of_next(jobs: Jobs, button: str) -> str:
    """Return the origin of the job that a press makes now, or that one has made; `button` is the first one's."""
    origin, number = button, 1
    while (made := await jobs.find_by_origin(origin)) is not None and came_to_nothing(made):
        number += 1
        origin = f"{button}:{number}"
    return origin


def came_to_nothing(job: Job) -> bool:
    """Tell whether a job is over without ever having been ordered."""
    return job.state is State.CANCELLED or (job.state is State.FAILED and job.submitted_at is None)
