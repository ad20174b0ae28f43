"""What is under way, and calling off the newest of it."""

from __future__ import annotations

from telegram import Update

from chat import job_texts
from domain.job import State
from handlers import texts
from handlers.context import Context
from handlers.message import place_of
from handlers.request.accept import answer
from handlers.request.cancel import call_off
from handlers.request.listing import describe, find_listed


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
            await answer(message, job_texts.cancelled(gone))
            return
    await answer(message, texts.nothing_to_cancel(jobs))
