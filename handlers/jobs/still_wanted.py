"""[Make it]: the answer to the question whether a request that waited long is still wanted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from chat import job_keyboards, status_texts
from chat.errors import SendError
from chat.send import edit_status
from domain.job import Job, State
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.request.cancel import is_status
from handlers.request.listing import describe, find_listed


async def on_wanted(press: ButtonPress) -> None:
    """Let the job go on, under the question or in a list of jobs; further presses change nothing."""
    job = await press.their_job()
    services = press.context.services
    wanted = await services.storage.jobs.want(job.id, now=services.clock())
    if wanted is None:
        await press.say(texts.too_old() if job.state is State.CANCELLED else texts.pressed_already())
    else:
        services.wake()
        await press.say()
        await _show(press.context, wanted)
    message = press.query.message
    if message is not None and not is_status(message, job):
        asker = replace(job.place, chat_id=message.chat.id)
        await press.edit(*await describe(services, await find_listed(services, asker)))


async def _show(context: Context, job: Job) -> None:
    """Turn the question back into the job's status message."""
    hold = context.services.storage.holds.find_for(job)
    text = status_texts.status(job, context.services.clock(), hold=hold)
    with suppress(SendError):
        await edit_status(context.bot, job, text, job_keyboards.of_status(job))
