"""Handles errors of handlers: logs them, and tells the person, without a word about what was spent."""

from __future__ import annotations

from contextlib import suppress

import structlog
from telegram import Message, Update
from telegram.error import RetryAfter, TelegramError

from chat.albums import Album
from chat.errors import SendError, is_chat_closed
from chat.send import answer
from handlers import texts
from handlers.context import Context

log = structlog.get_logger(__name__)


async def on_error(update: object, context: Context) -> None:
    error = context.error.__cause__ if isinstance(context.error, SendError) else context.error
    if isinstance(error, TelegramError) and is_chat_closed(error):
        log.info("a chat lets us say nothing", problem=error.message)
        return
    if isinstance(error, RetryAfter):
        log.info("an answer found no room in its chat", problem=error.message)
        return
    log.error("a handler broke", exc_info=context.error)
    if isinstance(error, TelegramError):
        return
    if (message := _message_of(update)) is not None:
        with suppress(SendError):
            await answer(message, texts.broken())


def _message_of(update: object) -> Message | None:
    match update:
        case Album():
            return update.first
        # Of a press, the message with the button.
        case Update(effective_message=Message() as message):
            return message
        case _:
            return None
