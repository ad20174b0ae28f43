"""What is said to who opens the one-time link of a bot without an admin."""

from __future__ import annotations

from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.account import AccessMode

link_is_used = lazy_gettext(
    "This link has been used, or the bot was restarted since. Its log shows a new link while it has no admin."
)
#: For who opened the link that `reelbot setup` shows.
go_on_in_terminal = lazy_gettext("✅ You are this bot's admin. Go on in the terminal.")


def welcome(access: AccessMode, budget: int | None) -> str:
    """Say what it means to be the admin, and what holds now for everybody."""
    return "\n\n".join(
        [
            _("✅ You are this bot's admin. /admin shows what you can do."),
            f"{_who(access)}\n{_budget(budget)}",
        ]
    )


def _who(access: AccessMode) -> str:
    match access:
        case AccessMode.OPEN:
            return _("Everybody may use the bot. /access changes that.")
        case AccessMode.INVITE:
            return _("New people have to ask, and you decide. /access changes that.")
        case AccessMode.CLOSED:
            return _("Only people you have allowed may use the bot. /access changes that.")


def _budget(budget: int | None) -> str:
    if budget is None:
        return _("There is no limit on what all may spend together. /budget sets one.")
    return ngettext(
        "Together, all may spend {n} credit in 24 hours. /budget changes that.",
        "Together, all may spend {n} credits in 24 hours. /budget changes that.",
        budget,
    ).format(n=budget)
