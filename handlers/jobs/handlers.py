"""What is under way, and calling off the newest of it."""

from __future__ import annotations

from chat import job_texts
from chat.send import answer
from domain.job import State
from handlers import texts
from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request.cancel import call_off
from handlers.request.listing import describe, find_listed


async def on_jobs(call: MessageCall) -> None:
    message, context = call.message, call.context
    services = context.services
    text, offer = await describe(services, await find_listed(services, place_of(message)))
    await answer(message, text, offer)


async def on_cancel(call: MessageCall) -> None:
    """Call off the newest job that is still queued."""
    message, context = call.message, call.context
    jobs = await find_listed(context.services, place_of(message))
    for job in reversed([job for job in jobs if job.state is State.QUEUED]):
        if gone := await call_off(context, job):
            await answer(message, job_texts.cancelled(gone))
            return
    await answer(message, texts.nothing_to_cancel(jobs))
