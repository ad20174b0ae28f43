"""`/upstream`, `/pause` and `/resume`: what the video API tells of our account, what holds orders, and [Try now]."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button
from domain.admin_action import AdminActionKind
from handlers.admin import pause_texts, upstream_texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress
from handlers.context import Services
from handlers.message_call import MessageCall


async def on_upstream(call: MessageCall) -> None:
    await call.answer(*await _shown(call.services))


async def on_try_now(press: ButtonPress) -> None:
    """[Try now]: an order that waits goes out, to see whether the API takes it."""
    services = press.context.services
    if any(hold.is_pause for hold in services.storage.holds.find_all()):
        await press.say(upstream_texts.paused_first())
        return
    names = " ".join(hold.name for hold in services.storage.holds.find_all())
    is_tried = await services.storage.holds.try_now(action_of(press, AdminActionKind.PROBE, detail=names))
    services.wake()
    await press.say(upstream_texts.tried() if is_tried else upstream_texts.nothing_to_try())
    await press.edit(*await _shown(services))


async def _shown(services: Services) -> tuple[str, InlineKeyboardMarkup | None]:
    reports, pending = await services.ask_providers(), await services.storage.jobs.count_pending()
    holds = services.storage.holds.find_all()
    text = upstream_texts.upstream(reports, services.catalogue, holds, pending, services.clock())
    if not holds or any(hold.is_pause for hold in holds):
        return text, None
    return text, InlineKeyboardMarkup([[button(upstream_texts.try_now(), ButtonKind.TRY_NOW, 0)]])


async def on_pause(call: MessageCall) -> None:
    """`/pause [why]`; once more with other words says these instead."""
    why = call.words
    services = call.services
    await services.storage.holds.pause(action_of(call, AdminActionKind.PAUSE, why=why))
    await call.answer(pause_texts.paused(why, await services.storage.jobs.count_pending()))


async def on_resume(call: MessageCall) -> None:
    """`/resume`; what the video API refuses stays held until it takes a probe."""
    services = call.services
    pending = await services.storage.jobs.count_pending()
    is_resumed = await services.storage.holds.resume(action_of(call, AdminActionKind.RESUME))
    services.wake()
    lines = [pause_texts.resumed(pending.waiting) if is_resumed else pause_texts.not_paused()]
    if services.storage.holds.find_all():
        lines.append(pause_texts.still_held())
    await call.answer("\n".join(lines))
