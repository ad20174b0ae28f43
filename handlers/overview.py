"""What a person can look up and call off: help, quota, jobs, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ParseMode

from domain.job import State
from handlers import buttons, texts
from handlers.accepting import answer
from handlers.incoming import place_of

if TYPE_CHECKING:
    from telegram import Message, Update

    from domain.quota import Quota
    from handlers.context import Context


async def on_start(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None:
        await answer(message, texts.welcome(await _quota(context, message)))


async def on_quota(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    jobs = await context.services.jobs.find_unfinished(place_of(message).requester_id)
    await answer(message, texts.quota_report(await _quota(context, message), jobs))


async def on_jobs(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    services = context.services
    jobs = await services.jobs.find_unfinished(place_of(message).requester_id)
    if not jobs:
        await answer(message, texts.no_jobs())
        return
    shown = jobs[-texts.JOBS_IN_LIST :]
    places = await services.jobs.find_places(services.rules.room)
    now = services.clock()
    await message.reply_text(
        "\n\n".join(texts.job_line(job, now, places.get(job.id)) for job in shown),
        parse_mode=ParseMode.HTML,
        reply_markup=buttons.cancel_each(shown),
    )


async def on_cancel(update: Update, context: Context) -> None:
    """Call off the newest job that is still queued."""
    message = update.effective_message
    if message is None:
        return
    services, requester_id = context.services, place_of(message).requester_id
    jobs = await services.jobs.find_unfinished(requester_id)
    for job in reversed([job for job in jobs if job.state is State.QUEUED]):
        if gone := await services.jobs.cancel(job.id, requester_id, now=services.clock()):
            await answer(message, texts.cancelled(gone))
            return
    await answer(message, texts.nothing_to_cancel(jobs))


async def _quota(context: Context, message: Message) -> Quota:
    services, account_id = context.services, place_of(message).account_id
    return await services.jobs.find_quota(
        account_id, allowance=services.rules.allowance_of(account_id), now=services.clock()
    )
