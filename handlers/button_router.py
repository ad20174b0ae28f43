"""Presses of our buttons: each kind has its room, and works as often as people like to the same effect."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from chat import callback_data as buttons
from chat.callback_data import Press
from handlers import texts
from handlers.admin import menu_texts
from handlers.admin.presses import ABOUT_ACCOUNT
from handlers.admin.presses import ROOMS as ADMINS_ROOMS
from handlers.button_press import Pressing
from handlers.cards import handlers as cards
from handlers.characters import handlers as characters
from handlers.edits import handlers as editing
from handlers.edits import offers as edit_offers
from handlers.groups.settings import on_choose
from handlers.history.handlers import on_newer, on_older, on_show_press
from handlers.jobs import cancel as calling_off
from handlers.jobs import still_wanted as wanting
from handlers.models import handlers as models
from handlers.privacy.handlers import on_forget, on_keep
from handlers.results import handlers as results
from handlers.results import retry as retrying
from handlers.results import variants
from handlers.settings import handlers as settings
from handlers.sharing.handlers import on_like

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from telegram import Update

    from handlers.context import Context

ROOMS: Mapping[Press, Callable[[Pressing], Awaitable[None]]] = {
    Press.MAKE: cards.on_make,
    Press.PICK: cards.on_pick,
    Press.SET: settings.on_set,
    Press.GROUP: on_choose,
    Press.MODELS: models.on_page,
    Press.USE: models.on_use,
    Press.REMOVE_CHARACTER: characters.on_remove,
    Press.RETRY: retrying.on_retry,
    Press.CANCEL: calling_off.on_press,
    Press.WANTED: wanting.on_wanted,
    Press.STOP_WAITING: calling_off.on_stop_waiting,
    Press.SHOW: on_show_press,
    Press.OLDER: on_older,
    Press.NEWER: on_newer,
    Press.LIKE: on_like,
    Press.FORGET: on_forget,
    Press.KEEP: on_keep,
    Press.AGAIN: results.on_again,
    Press.CHANGE: editing.on_change,
    Press.VARIANTS: variants.on_variants,
    Press.VARY: variants.on_vary,
    Press.RESULT: results.on_result,
    Press.DELETE: results.on_delete,
    Press.EDIT: edit_offers.on_edit_of_draft,
    Press.ANEW: edit_offers.on_anew,
    Press.ANEW_OF_DRAFT: edit_offers.on_anew_of_draft,
}


async def on_press(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    pressed = buttons.read(query.data)
    if pressed is None:
        with suppress(BadRequest):
            await query.answer(texts.too_old())
        return
    pressing = Pressing(query, context, pressed)
    if pressed.press in ROOMS:
        await ROOMS[pressed.press](pressing)
    elif not context.services.rules.is_admin(pressing.presser_id):
        await pressing.say(texts.not_yours())
    elif pressing.is_in_group and pressed.press not in ABOUT_ACCOUNT:
        await pressing.say(menu_texts.ask_in_private())
    else:
        await ADMINS_ROOMS[pressed.press](pressing)
