"""What admins read about what admins did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext, mark
from domain.account import Account
from domain.admin_action import AdminAction, AdminActionKind
from handlers.admin.target_texts import called
from handlers.request import access_texts

_LONGEST_NAME = 40
_LONGEST_DETAIL = 40
_LONGEST_REASON = 80

_WORDS = {
    AdminActionKind.BECOME_ADMIN: mark("{admin} became the bot's admin"),
    AdminActionKind.GRANT: mark("{admin} gave {who} credits: {detail}"),
    AdminActionKind.LIMIT: mark("{admin} set the limit of {who}: {detail}"),
    AdminActionKind.LIMIT_DEFAULT: mark("{admin} set everybody's limit: {detail}"),
    AdminActionKind.BUDGET: mark("{admin} set the budget of all: {detail}"),
    AdminActionKind.ALLOW: mark("{admin} let {who} in"),
    AdminActionKind.REFUSE: mark("{admin} did not let {who} in"),
    AdminActionKind.ALLOW_KNOWN: mark("{admin} let everybody in who had made videos: {detail}"),
    AdminActionKind.BAN: mark("{admin} shut {who} out for {detail}"),
    AdminActionKind.UNBAN: mark("{admin} lifted the ban of {who}"),
    AdminActionKind.ACCESS: mark("{admin} set who may use the bot: {detail}"),
    AdminActionKind.PAUSE: mark("{admin} held new orders"),
    AdminActionKind.RESUME: mark("{admin} let orders go out again"),
    AdminActionKind.PROBE: mark("{admin} tried whether orders are taken again: {detail}"),
    AdminActionKind.MODEL: mark("{admin} changed a model: {detail}"),
    AdminActionKind.RETRY: mark("{admin} began a failed job anew: {detail}"),
    AdminActionKind.BROADCAST: mark("{admin} sent a message to everybody: {detail}"),
    AdminActionKind.BROADCAST_STOP: mark("{admin} stopped a message to everybody: {detail}"),
}
_FOR_GOOD = mark("{admin} shut {who} out for good")

in_menu = lazy_gettext("What admins did")
nothing_done = lazy_gettext("No admin has done anything yet.")
newer = lazy_gettext("‹ Newer")
older = lazy_gettext("Older ›")


def audit(actions: Sequence[AdminAction], people: Mapping[int, Account]) -> str:
    """List actions, as they are given, each with who, when, what, about whom and why."""
    return "\n\n".join((_("📒 <b>What admins did</b>"), *(_entry(action, people) for action in actions)))


def _entry(action: AdminAction, people: Mapping[int, Account]) -> str:
    admin = people.get(action.admin_id) or Account(id=action.admin_id)
    about = people.get(action.account_id) or Account(id=action.account_id) if action.account_id else None
    is_for_good = action.kind is AdminActionKind.BAN and not action.detail
    sentence = _(_FOR_GOOD if is_for_good else _WORDS[action.kind]).format(
        admin=f"<b>{escaped(admin.name or str(admin.id), _LONGEST_NAME)}</b>",
        who=called(about) if about is not None else "",
        detail=escaped(action.detail, _LONGEST_DETAIL),
    )
    lines = [access_texts.moment(action.at), sentence]
    if action.why:
        lines.append(_("Why: {reason}").format(reason=escaped(action.why, _LONGEST_REASON)))
    return "\n".join(lines)
