"""All that led to a video: an edit says only what changed, and what it changed may be an edit too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.edits import whole_request

if TYPE_CHECKING:
    from domain.job import Job
    from domain.request import VideoRequest
    from storage.jobs import Jobs

#: A longer line of edits has more words than any prompt may have.
_LONGEST = 100


async def find_whole(jobs: Jobs, job: Job) -> VideoRequest:
    """Return a request that makes the job's video without regard to any other video; photos are the first one's."""
    lineage = [job.request]
    while (original := lineage[0].original) is not None and len(lineage) < _LONGEST:
        earlier = await jobs.find(original.job_id)
        if earlier is None:
            break
        lineage.insert(0, earlier.request)
    latest = job.request
    return replace(
        whole_request(lineage),
        model=latest.model,
        seconds=latest.seconds,
        size=latest.size,
        price=latest.price,
    )
