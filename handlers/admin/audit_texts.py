"""What admins read about what admins did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from chat.formatting import escaped, moment
from chat.language import gettext as _
from chat.language import lazy_gettext, mark
from domain.account import Account
from domain.admin_action import AdminAction, AdminActionKind
from handlers.admin.target_texts import called

_LONGEST_NAME = 40
_LONGEST_DETAIL = 40
_LONGEST_REASON = 80

_WORDS = {
    AdminActionKind.BECOME_ADMIN: mark("{admin} became the bot's admin"),
    AdminActionKind.GRANT: mark("{admin} gave {who} credits: {detail}"),
    AdminActionKind.LIMIT: mark("{admin} set the limit of {who}: {detail}"),
    AdminActionKind.LIMIT_DEFAULT: mark("{admin} set everybody's limit: {detail}"),
    AdminActionKind.BUDGET: mark("{admin} set the daily budget: {detail}"),
    AdminActionKind.ALLOW: mark("{admin} allowed {who}"),
    AdminActionKind.REFUSE: mark("{admin} refused {who}"),
    AdminActionKind.ALLOW_KNOWN: mark("{admin} allowed everybody who had made videos: {detail}"),
    AdminActionKind.BAN: mark("{admin} blocked {who} for {detail}"),
    AdminActionKind.UNBAN: mark("{admin} unblocked {who}"),
    AdminActionKind.ACCESS: mark("{admin} set who may use the bot: {detail}"),
    AdminActionKind.PAUSE: mark("{admin} paused new orders"),
    AdminActionKind.RESUME: mark("{admin} resumed orders"),
    AdminActionKind.PROBE: mark("{admin} tested whether orders are taken again: {detail}"),
    AdminActionKind.MODEL: mark("{admin} changed a model: {detail}"),
    AdminActionKind.RETRY: mark("{admin} retried a failed video: {detail}"),
    AdminActionKind.BROADCAST: mark("{admin} sent a message to everybody: {detail}"),
    AdminActionKind.BROADCAST_STOP: mark("{admin} stopped a message to everybody: {detail}"),
}
_FOR_GOOD = mark("{admin} blocked {who} for good")

# Translators: at most 27 characters, for it stands on a button behind the command.
in_menu = lazy_gettext("What admins did")
nothing_done = lazy_gettext("No admin has done anything yet.")
newer = lazy_gettext("‹ Newer")
older = lazy_gettext("Older ›")


def audit(actions: Sequence[AdminAction], people: Mapping[int, Account], now: datetime) -> str:
    """List actions, as they are given, each with who, when, what, about whom and why."""
    return "\n\n".join((_("📒 <b>What admins did</b>"), *(_entry(action, people, now) for action in actions)))


def _entry(action: AdminAction, people: Mapping[int, Account], now: datetime) -> str:
    admin = people.get(action.admin_id) or Account(id=action.admin_id)
    about = people.get(action.account_id) or Account(id=action.account_id) if action.account_id else None
    is_for_good = action.kind is AdminActionKind.BAN and not action.detail
    sentence = _(_FOR_GOOD if is_for_good else _WORDS[action.kind]).format(
        admin=f"<b>{escaped(admin.name or str(admin.id), _LONGEST_NAME)}</b>",
        who=called(about) if about is not None else "",
        detail=escaped(action.detail, _LONGEST_DETAIL),
    )
    lines = [moment(action.at, now), sentence]
    if action.why:
        lines.append(_("Why: {reason}").format(reason=escaped(action.why, _LONGEST_REASON)))
    return "\n".join(lines)
