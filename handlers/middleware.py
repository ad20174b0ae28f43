"""What happens to every update before anybody looks at it: who caused it, what they speak, whether they may."""

from __future__ import annotations

from telegram import Update

from chat.albums import Album
from chat.language import nearest, speak
from domain.group import AS_USUAL
from handlers.access.handlers import admit
from handlers.access.profiles import note_seen
from handlers.context import Context
from handlers.groups.switched_off import check_on


async def on_arrival(update: Update | Album, context: Context) -> None:
    person = update.effective_user
    if person is None:
        return
    context.preferences = await context.services.people.find_preferences(person.id)
    chat = update.effective_chat
    rules = context.services.groups.find(chat.id) if chat is not None else AS_USUAL
    speak(rules.language or context.preferences.language or nearest(person.language_code))
    note_seen(update, context)
    await check_on(update, context)
    await admit(update, context)
