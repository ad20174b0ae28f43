"""The one table of our buttons: what each kind does, and who may press it; presses work after a restart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

from telegram import Update
from telegram.error import BadRequest

from chat import callback_data
from chat.callback_data import ButtonKind
from domain.refusals import Refusal
from handlers import admin_menu, texts
from handlers.admin import (
    access_modes,
    accounts,
    audit,
    broadcasts,
    invitations,
    menu_texts,
    upstream,
)
from handlers.admin import jobs as admin_jobs
from handlers.admin import models as models_of_admins
from handlers.button_press import ButtonPress, PressRefused
from handlers.cards import handlers as cards
from handlers.characters import from_video
from handlers.characters import handlers as characters
from handlers.context import Context
from handlers.create import other_kinds
from handlers.edits import handlers as edits
from handlers.edits import offers
from handlers.groups import settings as group_settings
from handlers.help import start_buttons
from handlers.history import handlers as history
from handlers.jobs import still_wanted
from handlers.models import handlers as models
from handlers.privacy import handlers as privacy
from handlers.request import alternatives, cancel, rephrase
from handlers.results import handlers as results
from handlers.results import handlers as results_handlers
from handlers.results import private, variants
from handlers.settings import handlers as settings
from handlers.sharing import handlers as sharing


class Whose(Enum):
    """Who may press a button."""

    #: Its handler knows whose job, draft or settings it is about.
    HANDLER_DECIDES = auto()
    #: Admins, where nobody else reads what it shows.
    ADMINS_IN_PRIVATE = auto()
    #: Admins, also in a group: what it shows is about that very group.
    ADMINS = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """What a press leads to."""

    handler: Callable[[ButtonPress], Awaitable[None]]
    whose: Whose = Whose.HANDLER_DECIDES


ROUTES: Mapping[ButtonKind, Route] = {
    ButtonKind.MAKE: Route(cards.on_make),
    ButtonKind.EXAMPLE: Route(start_buttons.on_example),
    ButtonKind.SURPRISE: Route(start_buttons.on_surprise),
    ButtonKind.PHOTO: Route(start_buttons.on_photo),
    ButtonKind.PICK: Route(cards.on_pick),
    ButtonKind.PICTURE: Route(other_kinds.on_use_picture),
    ButtonKind.ALTERNATIVE: Route(alternatives.on_alternative),
    ButtonKind.REPHRASE: Route(rephrase.on_rephrase),
    ButtonKind.CHARACTERS: Route(characters.on_list),
    ButtonKind.SET: Route(settings.on_set),
    ButtonKind.GROUP: Route(group_settings.on_choose),
    ButtonKind.MODELS: Route(models.on_page),
    ButtonKind.USE: Route(models.on_use),
    ButtonKind.REMOVE_CHARACTER: Route(characters.on_remove),
    ButtonKind.SAVE_CHARACTER: Route(from_video.on_save),
    ButtonKind.CHARACTER_SPAN: Route(from_video.on_span),
    ButtonKind.RETRY: Route(results_handlers.on_retry),
    ButtonKind.INSTEAD: Route(results.on_instead),
    ButtonKind.CANCEL: Route(cancel.on_press),
    ButtonKind.WANTED: Route(still_wanted.on_wanted),
    ButtonKind.STOP_WAITING: Route(cancel.on_stop_waiting),
    ButtonKind.SHOW: Route(history.on_show_press),
    ButtonKind.OLDER: Route(history.on_older),
    ButtonKind.NEWER: Route(history.on_newer),
    ButtonKind.LIKE: Route(sharing.on_like),
    ButtonKind.FORGET: Route(privacy.on_forget),
    ButtonKind.KEEP: Route(privacy.on_keep),
    ButtonKind.AGAIN: Route(results.on_again),
    ButtonKind.CHANGE: Route(edits.on_change),
    ButtonKind.VARIANTS: Route(variants.on_variants),
    ButtonKind.VARY: Route(variants.on_vary),
    ButtonKind.PRIVATE: Route(private.on_private),
    ButtonKind.PUBLIC: Route(private.on_public),
    ButtonKind.RESULT: Route(results.on_result),
    ButtonKind.DELETE: Route(results.on_delete),
    ButtonKind.EDIT: Route(offers.on_edit_of_draft),
    ButtonKind.ANEW: Route(offers.on_anew),
    ButtonKind.ANEW_OF_DRAFT: Route(offers.on_anew_of_draft),
    ButtonKind.ADMIN: Route(admin_menu.on_menu, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.LET_IN: Route(invitations.on_let_in, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.TURN_AWAY: Route(invitations.on_turn_away, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.ACCESS: Route(access_modes.on_mode, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.ALLOW_KNOWN: Route(access_modes.on_allow_known, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.WAITING: Route(access_modes.on_waiting, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.ACCOUNT: Route(accounts.on_account, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.ACCOUNTS: Route(accounts.on_page, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.ALLOW: Route(accounts.on_allow, Whose.ADMINS),
    ButtonKind.BAN: Route(accounts.on_ban, Whose.ADMINS),
    ButtonKind.UNBAN: Route(accounts.on_unban, Whose.ADMINS),
    ButtonKind.GIVE: Route(accounts.on_give, Whose.ADMINS),
    ButtonKind.AUDIT_OLDER: Route(audit.on_older, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.AUDIT_NEWER: Route(audit.on_newer, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.MODEL: Route(models_of_admins.on_press, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.TRY_NOW: Route(upstream.on_try_now, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.RETRY_FOR: Route(admin_jobs.on_retry_press, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.BROADCAST: Route(broadcasts.on_send, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.BROADCAST_CANCEL: Route(broadcasts.on_cancel, Whose.ADMINS_IN_PRIVATE),
    ButtonKind.BROADCAST_STOP: Route(broadcasts.on_stop, Whose.ADMINS_IN_PRIVATE),
}


async def on_press(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    pressed = callback_data.read(query.data)
    if pressed is None:
        with suppress(BadRequest):
            await query.answer(texts.too_old())
        return
    press, route = ButtonPress(query, context, pressed), ROUTES[pressed.kind]
    if route.whose is not Whose.HANDLER_DECIDES and not context.services.rules.is_admin(press.presser_id):
        await press.say(texts.not_yours())
    elif route.whose is Whose.ADMINS_IN_PRIVATE and press.is_in_group:
        await press.say(menu_texts.ask_in_private())
    else:
        await _take(press, route)


async def _take(press: ButtonPress, route: Route) -> None:
    try:
        await route.handler(press)
    except PressRefused as refused:
        await press.say(str(refused))
    except Refusal as refused:
        await press.say()
        await press.refuse(refused)
