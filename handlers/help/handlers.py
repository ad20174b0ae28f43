"""What a person can look up and call off: help, quota, jobs, cancel."""

from __future__ import annotations

from telegram import Update

from domain.job import State
from handlers import texts
from handlers.context import Context
from handlers.help import texts as help_texts
from handlers.history import texts as history_texts
from handlers.message import place_of
from handlers.request import quota_texts
from handlers.request.accept import answer
from handlers.request.cancel import call_off
from handlers.request.listing import describe, find_listed


async def on_start(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    services, asker = context.services, place_of(message)
    said = help_texts.welcome(await services.find_funds(asker), services.catalogue)
    # Whoever had blocked the bot comes back by this very command.
    if not asker.is_group and (kept := await services.videos.count_kept(asker.requester_id)):
        said = f"{history_texts.waiting(kept)}\n\n{said}"
    await answer(message, said)


async def on_help(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None:
        catalogue = context.services.catalogue
        await answer(
            message, help_texts.everything(await context.services.find_funds(place_of(message)), catalogue)
        )


async def on_quota(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    jobs = await find_listed(context.services, place_of(message))
    await answer(message, quota_texts.report(await context.services.find_funds(place_of(message)), jobs))


async def on_jobs(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    services = context.services
    text, offer = await describe(services, await find_listed(services, place_of(message)))
    await answer(message, text, offer)


async def on_cancel(update: Update, context: Context) -> None:
    """Call off the newest job that is still queued."""
    message = update.effective_message
    if message is None:
        return
    jobs = await find_listed(context.services, place_of(message))
    for job in reversed([job for job in jobs if job.state is State.QUEUED]):
        if gone := await call_off(context, job):
            await answer(message, texts.cancelled(gone))
            return
    await answer(message, texts.nothing_to_cancel(jobs))
