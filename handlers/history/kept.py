"""Delivers videos that were made but could not be sent, free of charge, to the chat where they are asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from telegram import Message

from chat import status_texts
from chat.errors import SendError
from chat.language import spoken
from chat.send import answer, delete, thread_of
from domain.job import OVER, Job
from handlers.context import Context
from handlers.history import texts as history_texts


async def fetch(context: Context, message: Message, job: Job) -> None:
    """Have the worker send a kept video in answer to a message, unless it is on its way already."""
    services = context.services
    place = replace(
        job.place,
        chat_id=message.chat_id,
        thread_id=thread_of(message),
        request_message_id=message.message_id,
        language=spoken(),
    )
    fetched = await services.storage.videos.fetch(job.id, place, now=services.clock())
    if fetched is None:
        await answer(message, history_texts.on_its_way())
        return
    services.wake()
    shown = await answer(message, status_texts.fetching())
    fetched = await services.storage.jobs.announce(
        fetched.id, status_message_id=shown.message_id, now=services.clock()
    )
    if fetched.state in OVER:
        with suppress(SendError):
            await delete(context.bot, shown.chat_id, shown.message_id)
