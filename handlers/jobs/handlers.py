"""`/jobs` and `/cancel`: what is under way, and cancelling the newest of it."""

from __future__ import annotations

from chat import job_texts
from domain.job import State
from handlers import texts
from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request.cancel import call_off
from handlers.request.listing import describe, find_listed


async def on_jobs(call: MessageCall) -> None:
    services = call.services
    text, offer = await describe(services, await find_listed(services, place_of(call.message)))
    await call.answer(text, offer)


async def on_cancel(call: MessageCall) -> None:
    """Call off the newest job that is still queued."""
    jobs = await find_listed(call.services, place_of(call.message))
    for job in reversed([job for job in jobs if job.state is State.QUEUED]):
        if gone := await call_off(call.context, job):
            await call.answer(job_texts.cancelled(gone))
            return
    await call.answer(texts.nothing_to_cancel(jobs))
