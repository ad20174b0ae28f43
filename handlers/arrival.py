"""What happens to every update before anybody looks at it: who caused it, what they prefer, what they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    speak(context.preferences.language or nearest(person.language_code))
    meet(update, context)
