"""What admins read about an account that is let in or shut out."""

from __future__ import annotations

from datetime import datetime

from chat import formatting
from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.account import AccessMode, AccessStatus, Account, Ban
from handlers.admin.target_texts import called
from handlers.request import access_texts

_LONGEST_REASON = 500

allow_in_menu = lazy_gettext("Let somebody in, or this group")
ban_in_menu = lazy_gettext("Shut somebody out, for a time or for good")
unban_in_menu = lazy_gettext("Let somebody be shut out no more")
allow_usage = lazy_gettext(
    "This lets somebody in, whoever else may use the bot:\n"
    "<code>/allow @mina</code>\n"
    "<code>/allow 123456789</code>\n"
    "<code>/allow here</code> lets this whole group in\n"
    "Or reply to somebody's message: <code>/allow</code>"
)
ban_usage = lazy_gettext(
    "This shuts somebody out, and calls off what they have in the queue:\n"
    "<code>/ban @mina 3d too many requests</code>\n"
    "<code>/ban 123456789</code> is for good\n"
    "<code>/ban here 1w</code> is for this whole group\n"
    "A time is <code>30m</code>, <code>2h</code>, <code>3d</code> or <code>1w</code>. "
    "Or reply to somebody's message: <code>/ban 2h</code>"
)
unban_usage = lazy_gettext(
    "This lets somebody be shut out no more:\n"
    "<code>/unban @mina</code>\n"
    "<code>/unban here</code> is for this whole group"
)


def is_admin(account: Account) -> str:
    return "\n".join((called(account), _("Admins may always use the bot.")))


def cannot_ban_admin(account: Account) -> str:
    return "\n".join(
        (called(account), _("Admins cannot be shut out. The setting ADMIN_IDS says who is one."))
    )


def allowed(account: Account, mode: AccessMode, now: datetime) -> str:
    lines = [called(account), _("✅ Let in, whoever else may use the bot.")]
    if mode is AccessMode.OPEN:
        lines.append(_("At the moment everybody may: /access"))
    if account.ban is not None and account.ban.holds(now):
        lines.append(_("Still banned, though:") + " " + ban(account.ban))
    return "\n".join(lines)


def banned(account: Account, called_off: int) -> str:
    """Say for how long, why, and what was called off."""
    lines = [called(account)]
    if account.ban is not None:
        lines.append(f"⛔ {ban(account.ban)}")
        if account.ban.reason:
            lines.append(formatting.quoted(account.ban.reason, _LONGEST_REASON))
    if called_off:
        lines.append(
            ngettext(
                "{n} video in the queue was called off. It does not count.",
                "{n} videos in the queue were called off. They do not count.",
                called_off,
            ).format(n=called_off)
        )
    lines.append(
        _("What was ordered already still arrives. <code>/unban {id}</code> lifts it.").format(id=account.id)
    )
    return "\n".join(lines)


def unbanned(account: Account, mode: AccessMode) -> str:
    lines = [called(account), _("✅ Not shut out any more.")]
    if mode is not AccessMode.OPEN and account.access is not AccessStatus.ALLOWED:
        lines.append(_("They still have to be let in: <code>/allow {id}</code>").format(id=account.id))
    return "\n".join(lines)


def not_banned(account: Account) -> str:
    return "\n".join((called(account), _("They are not shut out.")))


def ban(ban: Ban) -> str:
    """Say how long a ban lasts."""
    if ban.until is None:
        return _("Shut out for good.")
    return _("Shut out until {moment}.").format(moment=escaped(access_texts.moment(ban.until)))
