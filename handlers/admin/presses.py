"""The handlers of buttons that only admins may press; `handlers.button_router` lets nobody else in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from chat.callback_data import ButtonKind
from handlers.admin import (
    access_modes,
    accounts,
    audit,
    broadcasts,
    invitations,
    jobs,
    registration,
    upstream,
)
from handlers.button_press import ButtonPress

ROUTES: Mapping[ButtonKind, Callable[[ButtonPress], Awaitable[None]]] = {
    ButtonKind.ADMIN: registration.on_menu,
    ButtonKind.LET_IN: invitations.on_let_in,
    ButtonKind.TURN_AWAY: invitations.on_turn_away,
    ButtonKind.ACCESS: access_modes.on_mode,
    ButtonKind.ALLOW_KNOWN: access_modes.on_allow_known,
    ButtonKind.WAITING: access_modes.on_waiting,
    ButtonKind.ACCOUNT: accounts.on_account,
    ButtonKind.ACCOUNTS: accounts.on_page,
    ButtonKind.ALLOW: accounts.on_allow,
    ButtonKind.BAN: accounts.on_ban,
    ButtonKind.UNBAN: accounts.on_unban,
    ButtonKind.GIVE: accounts.on_give,
    ButtonKind.AUDIT_OLDER: audit.on_older,
    ButtonKind.AUDIT_NEWER: audit.on_newer,
    ButtonKind.TRY_NOW: upstream.on_try_now,
    ButtonKind.RETRY_FOR: jobs.on_retry_press,
    ButtonKind.BROADCAST: broadcasts.on_send,
    ButtonKind.BROADCAST_CANCEL: broadcasts.on_cancel,
    ButtonKind.BROADCAST_STOP: broadcasts.on_stop,
}

#: What stands under the card of one account, which a group may see if that is its own.
ABOUT_ACCOUNT = frozenset({ButtonKind.ALLOW, ButtonKind.BAN, ButtonKind.UNBAN, ButtonKind.GIVE})
