"""Finds the finished video that a message shows, and sends one again by its file_id, free of charge."""

from __future__ import annotations

from functools import partial

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from chat import job_texts, result_keyboard
from chat.send import Destination, where_possible
from domain.job import Job
from handlers.context import Context
from storage.first_prompts import with_first_prompts


async def send_again(
    context: Context, message: Message, job: Job, offer: InlineKeyboardMarkup | None
) -> bool:
    """Answer a message with the video; False if Telegram does not hand it out any more."""
    [shown] = await with_first_prompts(context.services.storage.jobs, [job])
    caption = job_texts.caption(shown.request, context.services.catalogue.about(job.request.model))
    sending = partial(_send, context.bot, job, caption, offer)
    try:
        return await where_possible(Destination.answering(message), sending)
    except BadRequest:
        return False


async def _send(
    bot: ExtBot[int], job: Job, caption: str, offer: InlineKeyboardMarkup | None, destination: Destination
) -> bool:
    """Send the video if it stands anywhere."""
    if job.file_id is not None:
        await bot.send_video(
            destination.chat_id,
            job.file_id,
            caption=caption,
            message_thread_id=destination.thread_id,
            reply_to_message_id=destination.reply_to,
            reply_markup=offer,
        )
    elif job.result_message_id is not None:
        # Telegram did not tell its file_id when the video was put in the place of a status message.
        await bot.copy_message(
            destination.chat_id,
            job.place.chat_id,
            job.result_message_id,
            caption=caption,
            message_thread_id=destination.thread_id,
            reply_to_message_id=destination.reply_to,
            reply_markup=offer,
        )
    return job.file_id is not None or job.result_message_id is not None


async def find_shown(context: Context, message: Message | None) -> Job | None:
    """Return the job whose video a message of ours shows; None if it shows none."""
    if message is None or message.from_user is None or message.from_user.id != context.bot.id:
        return None
    job_id = result_keyboard.job_id_under(message)
    if job_id is None:
        return await context.services.storage.videos.find_at(message.chat_id, message.message_id)
    return await context.services.storage.jobs.find(job_id)
