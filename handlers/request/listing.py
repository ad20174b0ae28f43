"""A person's unfinished jobs, as they may be shown in a chat: everywhere one's own, in a group only the group's."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from chat import job_keyboards, status_texts
from domain.job import Job, Place
from handlers import texts
from handlers.context import Services


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
    concurrency, now = services.rules.concurrency, services.clock()
    places = await services.storage.jobs.find_positions_of(
        shown, concurrency, now, services.storage.holds.models
    )
    lines = [
        status_texts.job_line(
            job,
            now,
            places.get(job.id),
            services.storage.holds.find_for(job),
            late_after=concurrency.late_after,
        )
        for job in shown
    ]
    if more := len(jobs) - len(shown):
        lines.insert(0, texts.older_jobs(more))
    return "\n\n".join(lines), job_keyboards.cancel_each(shown)
