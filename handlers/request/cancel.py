"""Calling a queued job off, for good or for another in its place, or no longer waiting for one that is late."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from telegram import MaybeInaccessibleMessage

from chat import job_keyboards, job_texts
from chat.errors import SendError
from chat.send import edit_status
from domain.job import Job, State
from domain.request import VideoRequest
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.request.listing import describe, find_listed
from handlers.request.once import next_idempotency_key


async def call_off(context: Context, job: Job) -> Job | None:
    """Call off a job that is still in the queue and return it as it is then; None if it has left the queue."""
    services = context.services
    gone = await services.storage.jobs.cancel(job.id, job.place.requester_id, now=services.clock())
    if gone is not None:
        with suppress(SendError):
            await edit_status(context.bot, gone, job_texts.cancelled(gone), job_keyboards.after_all(gone))
    return gone


async def make_instead(press: ButtonPress, job: Job, request: VideoRequest, *, button: str) -> None:
    """Make this in place of a job that waits, came to nothing or is asked for again.

    What waits is called off first. Of what waits or came to nothing it is made once for each `button`, however often
    that is pressed.
    """
    if job.state is State.DONE:
        await press.accept_once_more(place=press.place_for(job), request=request)
        return
    is_off = job.state is State.CANCELLED or job.failure is not None
    if not is_off and await call_off(press.context, job) is None:
        await press.say(texts.nothing_left_to_cancel(job))
        return
    idempotency_key = await next_idempotency_key(press.context.services.storage.jobs, button)
    await press.say()
    await press.accept(idempotency_key=idempotency_key, place=press.place_for(job), request=request)


async def on_press(press: ButtonPress) -> None:
    """[Cancel], under a status message or in a list of jobs."""
    job = await press.their_job()
    gone = await call_off(press.context, job)
    await press.say(None if gone else texts.nothing_left_to_cancel(job))
    message = press.query.message
    if message is not None and not is_status(message, job):
        asker = replace(job.place, chat_id=message.chat.id)
        services = press.context.services
        await press.edit(*await describe(services, await find_listed(services, asker)))


async def on_stop_waiting(press: ButtonPress) -> None:
    """[Stop waiting], under the status message of a job that is late: nothing more is told of it before its end."""
    job = await press.their_job()
    if not await press.context.services.storage.jobs.stop_waiting(job.id):
        await press.say(texts.nothing_left_to_cancel(job))
        return
    await press.say()
    await press.edit(job_texts.waits_no_more(job))


def is_status(message: MaybeInaccessibleMessage, job: Job) -> bool:
    """Tell whether a message is the job's status message."""
    return (message.chat.id, message.message_id) == (job.place.chat_id, job.status_message_id)
