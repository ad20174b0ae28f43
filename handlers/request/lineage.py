"""All that led to a video: an edit says only what changed, and what it changed may be an edit too."""

from __future__ import annotations

from dataclasses import replace

from domain.edits import make_anew, whole_prompt, whole_request
from domain.job import Job, Place
from domain.options import PromptOptions
from domain.request import VideoRequest
from handlers.context import Services
from handlers.request.find_character import cast
from storage.jobs import Jobs

#: A longer line of edits has more words than any prompt may have.
_LONGEST = 100


async def find_whole(jobs: Jobs, job: Job, *, asker_id: int | None = None) -> VideoRequest:
    """Return a request that makes the job's video without regard to any other video; photos are the first one's.

    Who asks for it is the job's own person unless told otherwise. Nobody else's photos or character come along.
    """
    asker = job.place.requester_id if asker_id is None else asker_id
    lineage = [_for(asker, job)]
    while (original := lineage[0].original) is not None and len(lineage) < _LONGEST:
        earlier = await jobs.find(original.job_id)
        if earlier is None:
            break
        lineage.insert(0, _for(asker, earlier))
    latest = job.request
    return replace(
        whole_request(lineage),
        model=latest.model,
        seconds=latest.seconds,
        size=latest.size,
        price=latest.price,
    )


async def find_anew(services: Services, asker: Place, source: Job, change: PromptOptions) -> VideoRequest:
    """Return the request for a new video of all that led to the source, and of this change; raises a Refusal."""
    change, character = await cast(services.storage.characters, asker.requester_id, change)
    whole = await find_whole(services.storage.jobs, source, asker_id=asker.requester_id)
    prompt = whole_prompt([whole.prompt, change.prompt])
    return make_anew(whole, prompt, services.catalogue, change, character=character)


def _for(asker_id: int, job: Job) -> VideoRequest:
    is_theirs = job.place.requester_id == asker_id
    return job.request if is_theirs else replace(job.request, photos=(), character=None)
