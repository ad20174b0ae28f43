"""Calling a queued job off, and saying so where its status stood."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import TelegramError

from handlers import texts

if TYPE_CHECKING:
    from domain.job import Job
    from handlers.context import Context


async def call_off(context: Context, job: Job) -> Job | None:
    """Call off a job that is still in the queue and return it as it is then; None if it has left the queue."""
    services = context.services
    gone = await services.jobs.cancel(job.id, job.place.requester_id, now=services.clock())
    if gone is not None and gone.status_message_id is not None:
        with suppress(TelegramError):
            await context.bot.edit_message_text(
                texts.cancelled(gone),
                chat_id=gone.place.chat_id,
                message_id=gone.status_message_id,
                parse_mode=ParseMode.HTML,
            )
    return gone
