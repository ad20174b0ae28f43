"""[Make it]: the answer of who was asked whether a request, which waited long, is still wanted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from telegram.constants import ParseMode
from telegram.error import TelegramError

from chat import job_keyboards, status_texts
from domain.job import Job, State
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.request.cancel import is_status
from handlers.request.listing import describe, find_listed


async def on_wanted(press: ButtonPress) -> None:
    """Let the job go on, once however often it is pressed, under the question or in a list of jobs."""
    job = await press.their_job()
    if job is None:
        return
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
    """Let the question be the job's status again."""
    hold = context.services.storage.holds.find(job.request.model)
    if job.status_message_id is not None:
        with suppress(TelegramError):
            await context.bot.edit_message_text(
                status_texts.status(job, context.services.clock(), hold=hold),
                chat_id=job.place.chat_id,
                message_id=job.status_message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=job_keyboards.of_status(job),
            )
