"""What admins read about an account that is allowed or blocked."""

from __future__ import annotations

from datetime import datetime

from chat import formatting
from chat.formatting import moment
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.account import AccessMode, AccessStatus, Account, Ban
from handlers.admin.target_texts import called

_LONGEST_REASON = 500

# Translators: at most 27 characters, for it stands on a button behind the command.
allow_in_menu = lazy_gettext("Allow a person or group")
# Translators: at most 27 characters, for it stands on a button behind the command.
ban_in_menu = lazy_gettext("Block a person or group")
# Translators: at most 27 characters, for it stands on a button behind the command.
unban_in_menu = lazy_gettext("Unblock a person or group")
allow_usage = lazy_gettext(
    "Lets a person or a group use the bot, also when it is not open to everybody:\n"
    "<code>/allow @mina</code>\n"
    "<code>/allow 123456789</code>\n"
    "<code>/allow here</code> is for this whole group\n"
    "Or reply to somebody's message: <code>/allow</code>"
)
ban_usage = lazy_gettext(
    "Blocks a person or a group, and cancels what they have in the queue:\n"
    "<code>/ban @mina 3d too many requests</code>\n"
    "<code>/ban 123456789</code> is for good\n"
    "<code>/ban here 1w</code> is for this whole group\n"
    "A time is <code>30m</code>, <code>2h</code>, <code>3d</code> or <code>1w</code>. "
    "Or reply to somebody's message: <code>/ban 2h</code>"
)
unban_usage = lazy_gettext(
    "Unblocks a person or a group:\n"
    "<code>/unban @mina</code>\n"
    "<code>/unban here</code> is for this whole group"
)


def is_admin(account: Account) -> str:
    return "\n".join((called(account), _("Admins may always use the bot.")))


def cannot_ban_admin(account: Account) -> str:
    return "\n".join((called(account), _("Admins cannot be blocked. The setting ADMIN_IDS says who is one.")))


def allowed(account: Account, mode: AccessMode, now: datetime) -> str:
    lines = [called(account), _("✅ Allowed to use the bot.")]
    if mode is AccessMode.OPEN:
        lines.append(_("At the moment the bot is open to everybody: /access"))
    if account.ban is not None and account.ban.holds(now):
        lines.append(_("But still blocked:") + " " + ban(account.ban, now))
    return "\n".join(lines)


def banned(account: Account, called_off: int, now: datetime) -> str:
    """Say for how long, why, and what was cancelled."""
    lines = [called(account)]
    if account.ban is not None:
        lines.append(f"⛔ {ban(account.ban, now)}")
        if account.ban.reason:
            lines.append(formatting.quoted(account.ban.reason, _LONGEST_REASON))
    if called_off:
        lines.append(
            ngettext(
                "{n} video in the queue was cancelled. No charge.",
                "{n} videos in the queue were cancelled. No charge.",
                called_off,
            ).format(n=called_off)
        )
    lines.append(
        _("Videos already ordered still arrive. <code>/unban {id}</code> unblocks.").format(id=account.id)
    )
    return "\n".join(lines)


def unbanned(account: Account, mode: AccessMode) -> str:
    lines = [called(account), _("✅ Unblocked.")]
    if mode is not AccessMode.OPEN and account.access is not AccessStatus.ALLOWED:
        lines.append(_("They still need access: <code>/allow {id}</code>").format(id=account.id))
    return "\n".join(lines)


def not_banned(account: Account) -> str:
    return "\n".join((called(account), _("Not blocked.")))


def ban(ban: Ban, now: datetime) -> str:
    """Say how long a ban lasts."""
    if ban.until is None:
        return _("Blocked for good.")
    return _("Blocked until {moment}.").format(moment=moment(ban.until, now))
