"""A person's unfinished jobs, as they may be shown in a chat: everywhere one's own, in a group only the group's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from chat import job_keyboards, status_texts
from domain.job import Job, Place, State
from domain.outlook import Outlook, outlook_of
from domain.queue import kind_of
from handlers import texts
from handlers.context import Services
from storage.expected_starts import find_expected_starts


async def find_listed(services: Services, asker: Place) -> Sequence[Job]:
    """Return the asker's unfinished jobs, oldest first; what they ask for elsewhere is not a group's business."""
    jobs = await services.storage.jobs.find_unfinished(asker.requester_id)
    if not asker.is_group:
        return jobs
    return [job for job in jobs if job.place.chat_id == asker.chat_id]


async def describe(services: Services, jobs: Sequence[Job]) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return the list of these jobs, with a button for each that can still be called off."""
    if not jobs:
        return texts.no_jobs(), None
    shown = jobs[-texts.JOBS_IN_LIST :]
    concurrency, storage, now = services.rules.concurrency, services.storage, services.clock()
    places = await storage.jobs.find_positions_of(shown, concurrency, now, storage.holds.models)
    starts = {}
    if places:
        starts = await find_expected_starts(storage.claims, storage.holds, concurrency, now)
    lines = [
        status_texts.job_line(
            job,
            now,
            position=places.get(job.id),
            starts_at=starts.get(job.id),
            hold=storage.holds.find_for(job),
            outlook=await _outlook(services, job, now),
        )
        for job in shown
    ]
    if more := len(jobs) - len(shown):
        lines.insert(0, texts.older_jobs(more))
    return "\n\n".join(lines), job_keyboards.cancel_each(shown)


async def _outlook(services: Services, job: Job, now: datetime) -> Outlook:
    if job.state is not State.RENDERING:
        return Outlook()
    typical = await services.storage.claims.find_typical(kind_of(job), now)
    return outlook_of(job, now, typical=typical, late_after=services.rules.concurrency.late_after)
