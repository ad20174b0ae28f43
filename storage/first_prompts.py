"""What edits began with: an edit's own row says only what was to change, and of which job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.job import Job
from storage.jobs import Jobs

#: A longer line of edits is told by its last change alone.
_LONGEST = 20


async def with_first_prompts(jobs: Jobs, shown: Sequence[Job]) -> list[Job]:
    """Return these jobs, each edit with the prompt that its line of edits began with in `request.original`.

    It stays empty where that is forgotten, or was deleted by somebody else than who made the edit.
    """
    firsts = await _find_firsts(jobs, shown)
    return [_told(job, firsts.get(job.id)) for job in shown]


async def _find_firsts(jobs: Jobs, shown: Sequence[Job]) -> dict[int, Job]:
    """Return the job that was no edit at the beginning of each edit's line, by the edit's id."""
    firsts = dict[int, Job]()
    originals = {job.id: job.request.original.job_id for job in shown if job.request.original is not None}
    for _ in range(_LONGEST):
        if not originals:
            break
        found = {job.id: job for job in await jobs.find_all(set(originals.values()))}
        reached = {edit_id: found[job_id] for edit_id, job_id in originals.items() if job_id in found}
        firsts |= {edit_id: job for edit_id, job in reached.items() if job.request.original is None}
        originals = {
            edit_id: job.request.original.job_id
            for edit_id, job in reached.items()
            if job.request.original is not None
        }
    return firsts


def _told(job: Job, first: Job | None) -> Job:
    original = job.request.original
    if original is None or first is None:
        return job
    if first.removed_at is not None and first.place.requester_id != job.place.requester_id:
        return job
    known = replace(original, first_prompt=first.request.prompt)
    return replace(job, request=replace(job.request, original=known))
