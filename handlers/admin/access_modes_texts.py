"""What admins read about who may use the bot."""

from __future__ import annotations

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.account import AccessMode

_LONGEST_WORD = 60

_MEANINGS = {
    AccessMode.OPEN: mark("everybody who finds this bot may use it."),
    AccessMode.INVITE: mark("new people ask for access, and an admin allows or refuses them."),
    AccessMode.CLOSED: mark("only people who are allowed may use it; new people are turned away."),
}
_NAMES = {AccessMode.OPEN: mark("Open"), AccessMode.INVITE: mark("Invite"), AccessMode.CLOSED: mark("Closed")}

# Translators: at most 27 characters, for it stands on a button behind the command.
in_menu = lazy_gettext("Who may use the bot")


def access(mode: AccessMode, *, waiting: int, shut_out: int) -> str:
    """Say which mode holds, what each means, and whom it leaves waiting or without access."""
    lines = [_("🚪 <b>Who may use this bot</b>"), ""]
    lines += [_meaning(one, is_on=one is mode) for one in AccessMode]
    if waiting:
        lines += ["", waits(waiting)]
    if shut_out:
        lines += ["", _shut_out(shut_out)]
    return "\n".join(lines)


def waits(number: int) -> str:
    return ngettext("🚪 {n} person asks for access.", "🚪 {n} people ask for access.", number).format(
        n=number
    )


def no_such_mode(written: str) -> str:
    return _(
        "“{written}” is not a mode. Write one of these:\n"
        "<code>/access open</code>\n<code>/access invite</code>\n<code>/access closed</code>"
    ).format(written=escaped(written, _LONGEST_WORD))


def mode_button(mode: AccessMode, *, is_on: bool) -> str:
    name = _(_NAMES[mode])
    return f"✅ {name}" if is_on else name


def show_waiting(number: int) -> str:
    return ngettext("Show who asks ({n})", "Show who asks ({n})", number).format(n=number)


def allow_all(number: int) -> str:
    return ngettext("Allow {n} person", "Allow all {n} people", number).format(n=number)


def allowed(number: int) -> str:
    """Say, as plain text, how many were allowed at once."""
    return ngettext("{n} person allowed.", "{n} people allowed.", number).format(n=number)


def _meaning(mode: AccessMode, *, is_on: bool) -> str:
    name = _(_NAMES[mode])
    title = f"✅ <b>{name}</b>" if is_on else f"▫️ <b>{name}</b>"
    return f"{title}: {_(_MEANINGS[mode])}"


def _shut_out(number: int) -> str:
    return ngettext(
        "{n} person who made videos before can't use the bot now.",
        "{n} people who made videos before can't use the bot now.",
        number,
    ).format(n=number)
