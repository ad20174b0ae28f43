"""Where an error in a handler ends: logged, and the person told that nothing was spent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from telegram import Message, Update
from telegram.error import TelegramError

from handlers import texts
from handlers.accepting import answer

if TYPE_CHECKING:
    from handlers.context import Context

log = structlog.get_logger(__name__)


async def on_error(update: object, context: Context) -> None:
    log.error("a handler broke", exc_info=context.error)
    if isinstance(context.error, TelegramError) or not isinstance(update, Update):
        return
    # Of a press, the message with the button.
    if isinstance(update.effective_message, Message):
        with suppress(TelegramError):
            await answer(update.effective_message, texts.broken())
