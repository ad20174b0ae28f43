"""`/groupsettings`: what holds in a group, shown and changed in one message that its administrators can press."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType

from chat.language import LANGUAGES, nearest, speak
from domain.catalogue import Catalogue
from domain.group import GroupRules
from domain.size import Size
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context
from handlers.groups import settings_keyboard
from handlers.groups import texts as group_texts
from handlers.message_call import MessageCall

_SWITCH = {"yes": True, "no": False}


async def on_group_settings(call: MessageCall) -> None:
    message = call.message
    services = call.services
    if message.chat.type == ChatType.PRIVATE:
        await call.answer(group_texts.for_groups())
    elif await services.administrators.wrote(call.context.bot, message, services.clock()):
        # Its privacy mode may have been switched since the start.
        await call.context.bot.get_me()
        await call.answer(*_face(call.context, message.chat_id))
    elif services.storage.groups.find(message.chat_id).is_on:
        await call.answer(group_texts.admins_only())


async def on_choose(press: ButtonPress) -> None:
    """A page of choices, or a choice: the settings change in place, and speak the language that was chosen."""
    services, shown = press.context.services, press.query.message
    if shown is None:
        raise PressRefused(texts.too_old())
    group_id, picked = shown.chat.id, press.pressed.value
    administrators, now = services.administrators, services.clock()
    if not await administrators.has(press.context.bot, group_id, press.presser_id, now):
        raise PressRefused(group_texts.not_yours())
    if "=" not in picked:
        await press.say()
        await press.edit(*_face(press.context, group_id, page=picked))
        return
    rules = services.storage.groups.find(group_id)
    chosen = _chosen(rules, picked, services.catalogue)
    if chosen is None:
        raise PressRefused(texts.too_old())
    if chosen != rules:
        await services.storage.groups.choose(group_id, chosen)
        own = press.context.preferences.language or nearest(press.query.from_user.language_code)
        speak(chosen.language or own)
    await press.say()
    await press.edit(*_face(press.context, group_id))


def _face(context: Context, group_id: int, *, page: str = "") -> tuple[str, InlineKeyboardMarkup]:
    """Return the settings and their buttons, or one page of choices."""
    services = context.services
    rules, catalogue = services.storage.groups.find(group_id), services.catalogue
    offer = settings_keyboard.of_page(page, rules, catalogue)
    if offer is not None:
        return group_texts.page(page), offer
    model = catalogue.find(rules.model) if rules.model is not None else None
    said = group_texts.settings(rules, model, sees_all=context.bot.can_read_all_group_messages)
    return said, settings_keyboard.of_settings(rules, catalogue)


def _chosen(rules: GroupRules, picked: str, catalogue: Catalogue) -> GroupRules | None:
    """Return the rules with a choice of a button; None if that is not on offer any more."""
    match picked.split("="):
        case ["language", code] if code in {"", *LANGUAGES}:
            return replace(rules, language=code or None)
        case ["model", name] if not name or name in catalogue.models:
            return replace(rules, model=name or None)
        case ["size", ""]:
            return replace(rules, shape=None)
        case ["size", value]:
            return _shaped(rules, value)
        case ["admins_only", answer_] if answer_ in _SWITCH:
            return replace(rules, admins_only=_SWITCH[answer_])
        case ["on", answer_] if answer_ in _SWITCH:
            return replace(rules, is_on=_SWITCH[answer_])
        case _:
            return None


def _shaped(rules: GroupRules, value: str) -> GroupRules | None:
    try:
        return replace(rules, shape=Size.parse(value))
    except ValueError:
        return None
