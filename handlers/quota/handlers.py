"""What a person may still spend, and when more frees up."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context
from handlers.message import place_of
from handlers.request import quota_texts
from handlers.request.accept import answer
from handlers.request.listing import find_listed


async def on_quota(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    jobs = await find_listed(context.services, place_of(message))
    await answer(message, quota_texts.report(await context.services.find_funds(place_of(message)), jobs))
