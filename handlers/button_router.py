"""Presses of our buttons: each kind has its handler, and works as often as people like to the same effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest

from chat import callback_data as buttons
from chat.callback_data import ButtonKind
from handlers import texts
from handlers.admin import menu_texts
from handlers.admin.presses import ABOUT_ACCOUNT
from handlers.admin.presses import ROUTES as ADMINS_ROOMS
from handlers.button_press import ButtonPress
from handlers.cards import handlers as cards
from handlers.characters import handlers as characters
from handlers.context import Context
from handlers.edits import handlers as editing
from handlers.edits import offers as edit_offers
from handlers.groups.settings import on_choose
from handlers.history.handlers import on_newer, on_older, on_show_press
from handlers.jobs import still_wanted as wanting
from handlers.models import handlers as models
from handlers.privacy.handlers import on_forget, on_keep
from handlers.request import cancel as calling_off
from handlers.results import handlers as results
from handlers.results import retry as retrying
from handlers.results import variants
from handlers.settings import handlers as settings
from handlers.sharing.handlers import on_like

ROUTES: Mapping[ButtonKind, Callable[[ButtonPress], Awaitable[None]]] = {
    ButtonKind.MAKE: cards.on_make,
    ButtonKind.PICK: cards.on_pick,
    ButtonKind.SET: settings.on_set,
    ButtonKind.GROUP: on_choose,
    ButtonKind.MODELS: models.on_page,
    ButtonKind.USE: models.on_use,
    ButtonKind.REMOVE_CHARACTER: characters.on_remove,
    ButtonKind.RETRY: retrying.on_retry,
    ButtonKind.CANCEL: calling_off.on_press,
    ButtonKind.WANTED: wanting.on_wanted,
    ButtonKind.STOP_WAITING: calling_off.on_stop_waiting,
    ButtonKind.SHOW: on_show_press,
    ButtonKind.OLDER: on_older,
    ButtonKind.NEWER: on_newer,
    ButtonKind.LIKE: on_like,
    ButtonKind.FORGET: on_forget,
    ButtonKind.KEEP: on_keep,
    ButtonKind.AGAIN: results.on_again,
    ButtonKind.CHANGE: editing.on_change,
    ButtonKind.VARIANTS: variants.on_variants,
    ButtonKind.VARY: variants.on_vary,
    ButtonKind.RESULT: results.on_result,
    ButtonKind.DELETE: results.on_delete,
    ButtonKind.EDIT: edit_offers.on_edit_of_draft,
    ButtonKind.ANEW: edit_offers.on_anew,
    ButtonKind.ANEW_OF_DRAFT: edit_offers.on_anew_of_draft,
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
    press = ButtonPress(query, context, pressed)
    if pressed.press in ROUTES:
        await ROUTES[pressed.press](press)
    elif not context.services.rules.is_admin(press.presser_id):
        await press.say(texts.not_yours())
    elif press.is_in_group and pressed.press not in ABOUT_ACCOUNT:
        await press.say(menu_texts.ask_in_private())
    else:
        await ADMINS_ROOMS[pressed.press](press)
