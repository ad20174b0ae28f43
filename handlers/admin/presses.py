"""The rooms of buttons that only admins may press; `handlers.button_router` lets nobody else in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chat.callback_data import Press
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

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from handlers.button_press import Pressing

ROOMS: Mapping[Press, Callable[[Pressing], Awaitable[None]]] = {
    Press.ADMIN: registration.on_menu,
    Press.LET_IN: invitations.on_let_in,
    Press.TURN_AWAY: invitations.on_turn_away,
    Press.ACCESS: access_modes.on_mode,
    Press.ALLOW_KNOWN: access_modes.on_allow_known,
    Press.WAITING: access_modes.on_waiting,
    Press.ACCOUNT: accounts.on_account,
    Press.ACCOUNTS: accounts.on_page,
    Press.ALLOW: accounts.on_allow,
    Press.BAN: accounts.on_ban,
    Press.UNBAN: accounts.on_unban,
    Press.GIVE: accounts.on_give,
    Press.AUDIT_OLDER: audit.on_older,
    Press.AUDIT_NEWER: audit.on_newer,
    Press.TRY_NOW: upstream.on_try_now,
    Press.RETRY_FOR: jobs.on_retry_press,
    Press.BROADCAST: broadcasts.on_send,
    Press.BROADCAST_CANCEL: broadcasts.on_cancel,
    Press.BROADCAST_STOP: broadcasts.on_stop,
}

#: What stands under the card of one account, which a group may see if that is its own.
ABOUT_ACCOUNT = frozenset({Press.ALLOW, Press.BAN, Press.UNBAN, Press.GIVE})
