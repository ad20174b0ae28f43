"""What people read who may not use the bot, or not yet."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from babel.dates import format_datetime

from domain.refusals import Banned, BotClosed, InvitationNeeded
from handlers.language import gettext as _
from handlers.language import locale

if TYPE_CHECKING:
    from datetime import datetime

    from domain.refusals import AccessRefusal

_LONGEST_REASON = 500


def refusal(refused: AccessRefusal) -> str:
    """Say why somebody may not use the bot, in Telegram's HTML."""
    match refused:
        case Banned():
            return _banned(refused)
        case InvitationNeeded(is_refused=True):
            return _("Whoever runs this bot has not let you in. I am sorry.")
        case InvitationNeeded():
            return _(
                "This bot is for invited people. I have told those who run it that you are here, "
                "and you hear from me as soon as they have answered."
            )
        case BotClosed():
            return _("This bot takes nobody new at the moment. Please come back another time.")
        case _:
            return _("You may not use this bot.")


def moment(at: datetime) -> str:
    """Write a date with its time of day, in UTC: we do not know where the reader lives."""
    return _("{moment} UTC").format(moment=format_datetime(at, "medium", locale=locale()))


def _banned(refused: Banned) -> str:
    if refused.is_group:
        wrong = _("Whoever runs this bot has shut this group out.")
    elif refused.until is None:
        wrong = _("Whoever runs this bot has shut you out.")
    else:
        wrong = _("Whoever runs this bot has shut you out until {moment}.").format(
            moment=moment(refused.until)
        )
    reason = refused.reason.strip()[:_LONGEST_REASON]
    if not reason:
        return wrong
    return f"{wrong}\n\n" + _("The reason: {reason}").format(reason=html.escape(reason, quote=False))
