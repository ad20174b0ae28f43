"""The texts about people that admins read, each as long as it gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.account import AccessMode, AccessStatus, Account, Ban, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.job import State
from domain.refusals import Banned, BotClosed, InvitationNeeded
from handlers.admin.allowance import Allowance
from storage.usage import Share, Use
from tests.handlers.longest import FAILED, FUNDS, NOW, Case, button, message, note

_WORDS = "&" * 4096
_ACCOUNT = Account(
    id=10**14,
    name="W" * 200,
    username="W" * 32,
    since=NOW - timedelta(days=900),
    access=AccessStatus.ALLOWED,
    ban=Ban(reason=_WORDS, until=NOW + timedelta(days=90)),
    unreachable_since=NOW,
)
_STRANGER = replace(_ACCOUNT, access=AccessStatus.WAITING)
_HOLDING = Allowance(own=Limit(10_000), default=Limit(None), quota=FUNDS.own, is_group=False)
_USE = Use(
    states=dict.fromkeys(State, 10**6),
    kept=10**6,
    grants=1,
    newest=[replace(FAILED, request=replace(FAILED.request, prompt=_WORDS, private=False))] * 5,
)
_DEEDS = [
    AdminAction(
        idempotency_key="o",
        admin_id=9,
        kind=kind,
        at=NOW,
        account_id=_ACCOUNT.id,
        detail="&" * 999,
        why=_WORDS,
    )
    for kind in AdminActionKind
]
_REFUSALS = [
    Banned(reason=_WORDS, until=NOW, now=NOW),
    Banned(reason=_WORDS, until=None, now=NOW, is_group=True),
    InvitationNeeded(is_refused=True),
    InvitationNeeded(is_refused=False),
    BotClosed(),
]

PEOPLE_TEXTS: dict[str, list[Case]] = {
    "handlers.admin.access_modes_texts.access": [
        message((mode,), {"waiting": 10**6, "shut_out": 10**6}) for mode in AccessMode
    ],
    "handlers.admin.become_admin_texts.welcome": [message((mode, 10**6)) for mode in AccessMode],
    "handlers.admin.access_modes_texts.allow_all": [button((10**6,))],
    "handlers.admin.access_modes_texts.allowed": [note((10**6,))],
    "handlers.admin.access_modes_texts.mode_button": [
        button((mode,), {"is_on": True}) for mode in AccessMode
    ],
    "handlers.admin.access_modes_texts.no_such_mode": [message((_WORDS,))],
    "handlers.admin.access_modes_texts.waits": [message((10**6,))],
    "handlers.admin.access_modes_texts.show_waiting": [button((10**6,))],
    "handlers.request.access_texts.note": [note((refused,)) for refused in _REFUSALS],
    "handlers.request.access_texts.refusal_in_group": [message((refused,)) for refused in _REFUSALS],
    "handlers.admin.accounts_texts.account": [
        message((_ACCOUNT, _USE, _HOLDING), {"mode": AccessMode.INVITE, "is_admin": is_admin, "now": NOW})
        for is_admin in (True, False)
    ],
    "handlers.admin.accounts_texts.give": [button((5,))],
    "handlers.admin.accounts_texts.given": [note((5,))],
    "handlers.admin.accounts_texts.given_already": [note()],
    "handlers.admin.accounts_texts.users": [
        message(([(_ACCOUNT, Share(account_id=1, videos=10**6, credits=10**7))] * 10, 10**6), {"days": 30}),
        message(([], 1), {"days": 30}),
    ],
    "handlers.admin.audit_texts.audit": [
        message(([action] * 10, {9: _ACCOUNT, _ACCOUNT.id: _ACCOUNT}, NOW)) for action in _DEEDS
    ],
    "handlers.admin.bans_texts.allowed": [message((_ACCOUNT, AccessMode.OPEN, NOW))],
    "handlers.admin.bans_texts.ban": [message((_ACCOUNT.ban, NOW))],
    "handlers.admin.bans_texts.banned": [message((_ACCOUNT, 1000, NOW))],
    "handlers.admin.bans_texts.cannot_ban_admin": [message((_ACCOUNT,))],
    "handlers.admin.bans_texts.is_admin": [message((_ACCOUNT,))],
    "handlers.admin.bans_texts.not_banned": [message((_ACCOUNT,))],
    "handlers.admin.bans_texts.unbanned": [message((_STRANGER, AccessMode.INVITE))],
    "handlers.admin.invitations_texts.answer_to": [message((_ACCOUNT,)), message((_STRANGER,))],
    "handlers.admin.invitations_texts.card": [message((_ACCOUNT,), {"said": _WORDS, "group": _WORDS})],
    "handlers.admin.invitations_texts.decided": [message((access,)) for access in AccessStatus],
    "handlers.admin.invitations_texts.decided_by": [
        message((_ACCOUNT, access, NOW - timedelta(days=400), NOW)) for access in AccessStatus
    ],
    "handlers.admin.invitations_texts.decided_already": [note()],
    "handlers.admin.invitations_texts.more_wait": [message((10**6,))],
    "handlers.admin.menu_texts.ask_in_private": [note()],
    **{
        name: [button()]
        for name in (
            "handlers.admin.accounts_texts.allow",
            "handlers.admin.accounts_texts.ban",
            "handlers.admin.accounts_texts.less_used",
            "handlers.admin.accounts_texts.more_used",
            "handlers.admin.accounts_texts.unban",
            "handlers.admin.audit_texts.newer",
            "handlers.admin.audit_texts.older",
            "handlers.admin.invitations_texts.allow",
            "handlers.admin.invitations_texts.refuse",
            "handlers.admin.menu_texts.private_chat",
        )
    },
}
