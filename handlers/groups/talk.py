"""What is said in a group: a mention of us is a request, a reply to us may be one, and the rest is not our business."""

from __future__ import annotations

from telegram import Update

from handlers.addressing import replies_to_us, words_to
from handlers.context import Context
from handlers.create.handlers import on_request
from handlers.edits.handlers import on_change_wanted, on_reply


async def on_words(update: Update, context: Context) -> None:
    """Words that are no command."""
    message = update.effective_message
    if message is None:
        return
    words = words_to(context.bot, message)
    if words is not None:
        if not await on_change_wanted(context, message, words):
            await on_request(context, message, words)
    elif replies_to_us(context.bot, message) and any(map(str.isalnum, message.text or "")):
        await on_reply(update, context)
