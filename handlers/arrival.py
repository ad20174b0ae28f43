"""What happens to every update before anybody looks at it: who caused it, what they speak, whether they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.group import AS_USUAL
from handlers.admission import admit
from handlers.groups.switched_off import check_on
from handlers.language import nearest, speak
from handlers.meeting import meet

if TYPE_CHECKING:
    from telegram import Update

    from handlers.albums import Album
    from handlers.context import Context


async def on_arrival(update: Update | Album, context: Context) -> None:
    person = update.effective_user
    if person is None:
        return
    context.preferences = await context.services.people.find_preferences(person.id)
    chat = update.effective_chat
    rules = context.services.groups.find(chat.id) if chat is not None else AS_USUAL
    speak(rules.language or context.preferences.language or nearest(person.language_code))
    meet(update, context)
    await check_on(update, context)
    await admit(update, context)
