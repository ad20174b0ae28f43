"""Finds the job whose video a message shows."""

from __future__ import annotations

from telegram import Message

from chat import result_keyboard as result_buttons
from domain.job import Job
from handlers.context import Context


async def find_shown(context: Context, message: Message | None) -> Job | None:
    """Return the job whose video a message of ours shows; None if it shows none."""
    if message is None or message.from_user is None or message.from_user.id != context.bot.id:
        return None
    job_id = result_buttons.job_id_under(message)
    if job_id is None:
        return await context.services.videos.find_at(message.chat_id, message.message_id)
    return await context.services.jobs.find(job_id)
