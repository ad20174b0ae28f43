"""Words that may belong to a request, to a change of a video, or to nobody: each goes to the feature that it is for."""

from __future__ import annotations

from telegram import Update

from handlers import texts
from handlers.addressing import replies_to_us, words_to
from handlers.context import Context
from handlers.create.handlers import on_answer, on_request
from handlers.edits.handlers import on_change_wanted, take_reply
from handlers.request.accept import answer
from handlers.request.questions import is_tail


async def on_reply(update: Update, context: Context) -> None:
    """Words that reply to a question of ours, to a finished video, or to whatever else we said."""
    message = update.effective_message
    if message is None or message.text is None or is_tail(context, message):
        return
    if not await take_reply(context, message, message.text):
        await on_answer(update, context)


async def on_words_in_group(update: Update, context: Context) -> None:
    """A mention of us is a request, a reply to us may be one, and the rest is not our business."""
    message = update.effective_message
    if message is None:
        return
    words = words_to(context.bot, message)
    if words is not None:
        if not await on_change_wanted(context, message, words):
            await on_request(context, message, words)
    elif replies_to_us(context.bot, message) and any(map(str.isalnum, message.text or "")):
        await on_reply(update, context)


async def on_anything_else(update: Update, _: Context) -> None:
    """A message in a private chat that is neither words nor a picture."""
    if update.effective_message is not None:
        await answer(update.effective_message, texts.not_understood())
