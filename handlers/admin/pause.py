"""`/pause` and `/resume`: an admin holds new orders, and lets them go out again."""

from __future__ import annotations

from telegram import Update

from domain.admin_action import AdminActionKind
from handlers.admin import pause_texts as holds_texts
from handlers.admin.action import deed_of
from handlers.context import Context
from handlers.message import words_of
from handlers.request.accept import answer


async def on_pause(update: Update, context: Context) -> None:
    """`/pause [why]`; once more with other words says these instead."""
    message = update.effective_message
    if message is None:
        return
    why = words_of(context, message)
    services = context.services
    await services.holds.pause(deed_of(context, message, AdminActionKind.PAUSE, why=why))
    await answer(message, holds_texts.paused(why, await services.jobs.count_pending()))


async def on_resume(update: Update, context: Context) -> None:
    """`/resume`; what the video API refuses stays held until it takes a probe."""
    message = update.effective_message
    if message is None:
        return
    services = context.services
    pending = await services.jobs.count_pending()
    is_resumed = await services.holds.resume(deed_of(context, message, AdminActionKind.RESUME))
    services.wake()
    lines = [holds_texts.resumed(pending.waiting) if is_resumed else holds_texts.not_paused()]
    if services.holds.find_all():
        lines.append(holds_texts.still_held())
    await answer(message, "\n".join(lines))
