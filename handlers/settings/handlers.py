"""`/settings`: what a person prefers, shown and changed in one message that only they can press."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardMarkup

from chat.language import LANGUAGES, nearest, speak
from domain.catalogue import Catalogue
from domain.options import NOTHING_SAID, with_option
from domain.preferences import Preferences
from domain.refusals import OptionRefusal
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context
from handlers.message_call import MessageCall
from handlers.request.make import preferred_request
from handlers.settings import keyboard as settings_menu
from handlers.settings import texts as settings_texts


async def on_settings(call: MessageCall) -> None:
    message = call.message
    if message.from_user is None:
        return
    if message.sender_chat is not None:
        await call.answer(settings_texts.people_only())
        return
    speak(call.context.preferences.language or nearest(message.from_user.language_code))
    await call.answer(*_face(call.context, message.from_user.id))


async def on_set(press: ButtonPress) -> None:
    """A page of choices, or a choice: the settings change in place, and speak the language that was chosen."""
    person_id, picked = press.pressed.row_id, press.pressed.value
    if press.presser_id != person_id:
        raise PressRefused(settings_texts.not_yours())
    context = press.context
    # Their own language also where a group speaks another: it is one of the settings.
    speak(context.preferences.language or nearest(press.query.from_user.language_code))
    if "=" not in picked:
        await press.say()
        await press.edit(*_face(context, person_id, page=picked))
        return
    chosen = _chosen(context.preferences, picked, context.services.catalogue)
    if chosen is None:
        raise PressRefused(texts.too_old())
    if chosen != context.preferences:
        await context.services.storage.preferences.prefer(person_id, chosen)
        context.preferences = chosen
        speak(chosen.language or nearest(press.query.from_user.language_code))
    await press.say()
    await press.edit(*_face(context, person_id))


def _face(context: Context, person_id: int, *, page: str = "") -> tuple[str, InlineKeyboardMarkup]:
    """Return the settings and their buttons, or one page of choices."""
    catalogue, preferences = context.services.catalogue, context.preferences
    preferred = preferred_request(catalogue, preferences)
    offer = settings_menu.of_page(page, person_id, preferred, preferences, catalogue)
    if offer is not None:
        return settings_texts.page(page), offer
    return (
        settings_texts.settings(preferred, catalogue.models[preferred.model], preferences),
        settings_menu.of_settings(person_id, preferred, preferences, catalogue),
    )


def _chosen(preferences: Preferences, picked: str, catalogue: Catalogue) -> Preferences | None:
    """Return the preferences with a choice of a button; None if that is not on offer any more."""
    match picked.split("="):
        case ["language", code]:
            return replace(preferences, language=code or None) if code in {"", *LANGUAGES} else None
        case ["ask_first", answer_]:
            return replace(preferences, ask_first=answer_ == "yes")
        case ["model", name] if name not in catalogue.models:
            raise PressRefused(texts.not_on_offer())
        case [option, value]:
            return _preferring(preferences, option, value)
        case _:
            return None


def _preferring(preferences: Preferences, option: str, value: str) -> Preferences | None:
    try:
        return preferences.remembering(with_option(NOTHING_SAID, option, value), [option])
    except OptionRefusal:
        return None
