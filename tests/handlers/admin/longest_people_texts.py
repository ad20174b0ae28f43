"""The texts about people that admins read, each as long as it gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.account import AccessMode, Account, Ban, Limit, Standing
from domain.deed import Action, Deed
from domain.job import State
from domain.refusals import Banned, BotClosed, InvitationNeeded
from handlers.admin import registration
from handlers.admin.holding import Holding
from storage.usage import Share, Use
from tests.handlers.longest import FAILED, FUNDS, NOW, Case, button, message, note

_WORDS = "&" * 4096
_ACCOUNT = Account(
    id=10**14,
    name="W" * 200,
    username="W" * 32,
    since=NOW - timedelta(days=900),
    standing=Standing.ALLOWED,
    ban=Ban(reason=_WORDS, until=NOW + timedelta(days=90)),
    unreachable_since=NOW,
)
_STRANGER = replace(_ACCOUNT, standing=Standing.WAITING)
_HOLDING = Holding(own=Limit(10_000), default=Limit(None), quota=FUNDS.own, is_group=False)
_USE = Use(
    states=dict.fromkeys(State, 10**6),
    kept=10**6,
    grants=1,
    newest=[replace(FAILED, request=replace(FAILED.request, prompt=_WORDS, private=False))] * 5,
)
_DEEDS = [
    Deed(origin="o", admin_id=9, action=action, at=NOW, account_id=_ACCOUNT.id, detail="&" * 999, why=_WORDS)
    for action in Action
]
_REFUSALS = [
    Banned(reason=_WORDS, until=NOW),
    Banned(reason=_WORDS, until=None, is_group=True),
    InvitationNeeded(is_refused=True),
    InvitationNeeded(is_refused=False),
    BotClosed(),
]

PEOPLE_TEXTS: dict[str, list[Case]] = {
    "access_modes_texts.access": [
        message((mode,), {"waiting": 10**6, "shut_out": 10**6}) for mode in AccessMode
    ],
    "access_modes_texts.allow_all": [button((10**6,))],
    "access_modes_texts.allowed": [note((10**6,))],
    "access_modes_texts.mode_button": [button((mode,), {"is_on": True}) for mode in AccessMode],
    "access_modes_texts.no_such_mode": [message((_WORDS,))],
    "access_modes_texts.show_waiting": [button((10**6,))],
    "access_texts.note": [note((refused,)) for refused in _REFUSALS],
    "access_texts.refusal_in_group": [message((refused,)) for refused in _REFUSALS],
    "accounts_texts.account": [
        message((_ACCOUNT, _USE, _HOLDING), {"mode": AccessMode.INVITE, "is_admin": is_admin, "now": NOW})
        for is_admin in (True, False)
    ],
    "accounts_texts.give": [button((5,))],
    "accounts_texts.given": [note((5,))],
    "accounts_texts.given_already": [note()],
    "accounts_texts.users": [
        message(([(_ACCOUNT, Share(account_id=1, videos=10**6, credits=10**7))] * 10, 10**6), {"days": 30}),
        message(([], 1), {"days": 30}),
    ],
    "audit_texts.audit": [message(([deed] * 10, {9: _ACCOUNT, _ACCOUNT.id: _ACCOUNT})) for deed in _DEEDS],
    "bans_texts.allowed": [message((_ACCOUNT, AccessMode.OPEN, NOW))],
    "bans_texts.ban": [message((_ACCOUNT.ban,))],
    "bans_texts.banned": [message((_ACCOUNT, 1000))],
    "bans_texts.cannot_ban_admin": [message((_ACCOUNT,))],
    "bans_texts.is_admin": [message((_ACCOUNT,))],
    "bans_texts.not_banned": [message((_ACCOUNT,))],
    "bans_texts.unbanned": [message((_STRANGER, AccessMode.INVITE))],
    "invitations_texts.answer_to": [message((_ACCOUNT,)), message((_STRANGER,))],
    "invitations_texts.card": [message((_ACCOUNT,), {"said": _WORDS, "group": _WORDS})],
    "invitations_texts.decided": [message((standing, _ACCOUNT, NOW)) for standing in Standing],
    "invitations_texts.decided_already": [note()],
    "invitations_texts.more_wait": [message((10**6,))],
    "menu_texts.ask_in_private": [note()],
    "menu_texts.commands": [message(([(one.name, one.words()) for one in registration.COMMANDS],))],
    **{
        name: [button()]
        for name in (
            "accounts_texts.allow",
            "accounts_texts.ban",
            "accounts_texts.less_used",
            "accounts_texts.more_used",
            "accounts_texts.unban",
            "audit_texts.newer",
            "audit_texts.older",
            "invitations_texts.allow",
            "invitations_texts.refuse",
            "menu_texts.private_chat",
        )
    },
}
