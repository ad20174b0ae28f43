"""`/audit`: what admins did, page by page, the newest first."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button
from handlers.admin import audit_texts
from handlers.button_press import ButtonPress
from handlers.context import Services
from handlers.message_call import MessageCall

_ON_PAGE = 10


async def on_audit(call: MessageCall) -> None:
    await call.answer(*await _page(call.services))


async def on_older(press: ButtonPress) -> None:
    await press.say()
    await press.edit(*await _page(press.context.services, before=press.pressed.row_id))


async def on_newer(press: ButtonPress) -> None:
    await press.say()
    await press.edit(*await _page(press.context.services, after=press.pressed.row_id))


async def _page(
    services: Services, *, before: int | None = None, after: int | None = None
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a page of the audit and its buttons; the newest if there is no other, or not a whole one."""
    audit = services.storage.audit
    entries = await audit.find(before=before, after=after, limit=_ON_PAGE)
    if not entries or (after is not None and len(entries) < _ON_PAGE):
        entries = await audit.find(limit=_ON_PAGE)
    if not entries:
        return audit_texts.nothing_done(), None
    spoken_of = {entry.action.admin_id for entry in entries} | {entry.action.account_id for entry in entries}
    people = await services.storage.accounts.find_all([one for one in spoken_of if one is not None])
    turning = []
    if await audit.find(after=entries[0].id, limit=1):
        turning.append(button(audit_texts.newer(), ButtonKind.AUDIT_NEWER, entries[0].id))
    if await audit.find(before=entries[-1].id, limit=1):
        turning.append(button(audit_texts.older(), ButtonKind.AUDIT_OLDER, entries[-1].id))
    text = audit_texts.audit([entry.action for entry in entries], people, services.clock())
    return text, InlineKeyboardMarkup([turning]) if turning else None
