"""What admins read about who may use the bot."""

from __future__ import annotations

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.account import AccessMode

_LONGEST_WORD = 60

_MEANINGS = {
    AccessMode.OPEN: mark("everybody who finds this bot may use it."),
    AccessMode.INVITE: mark(
        "strangers ask, and you let them in or not; every admin gets a card with the person."
    ),
    AccessMode.CLOSED: mark("only those who are let in may use it; strangers are turned away."),
}
_NAMES = {AccessMode.OPEN: mark("Open"), AccessMode.INVITE: mark("Invite"), AccessMode.CLOSED: mark("Closed")}

in_menu = lazy_gettext("Who may use this bot: everybody, invited people, or nobody new")


def access(mode: AccessMode, *, waiting: int, shut_out: int) -> str:
    """Say which mode holds, what each means, and whom it leaves waiting or shut out."""
    lines = [_("🚪 <b>Who may use this bot</b>"), ""]
    lines += [_meaning(one, is_on=one is mode) for one in AccessMode]
    if waiting:
        lines += [
            "",
            ngettext("{n} waits to be let in.", "{n} wait to be let in.", waiting).format(n=waiting),
        ]
    if shut_out:
        lines += ["", _shut_out(shut_out)]
    return "\n".join(lines)


def no_such_mode(written: str) -> str:
    return _(
        "“{written}” is no way to run this bot. Write one of these:\n"
        "<code>/access open</code>\n<code>/access invite</code>\n<code>/access closed</code>"
    ).format(written=escaped(written, _LONGEST_WORD))


def mode_button(mode: AccessMode, *, is_on: bool) -> str:
    name = _(_NAMES[mode])
    return f"✅ {name}" if is_on else name


def show_waiting(number: int) -> str:
    return ngettext("Show who waits ({n})", "Show who waits ({n})", number).format(n=number)


def allow_all(number: int) -> str:
    return ngettext("Allow {n} person", "Allow all {n} people", number).format(n=number)


def allowed(number: int) -> str:
    """Say, as plain text, how many were let in at once."""
    return ngettext("{n} person is let in.", "{n} people are let in.", number).format(n=number)


def _meaning(mode: AccessMode, *, is_on: bool) -> str:
    name = _(_NAMES[mode])
    title = f"✅ <b>{name}</b>" if is_on else f"▫️ <b>{name}</b>"
    return f"{title}: {_(_MEANINGS[mode])}"


def _shut_out(number: int) -> str:
    return ngettext(
        "{n} person who made videos before is shut out now.",
        "{n} people who made videos before are shut out now.",
        number,
    ).format(n=number)
