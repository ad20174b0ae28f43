"""What people read who may not use the bot, or not yet."""

from __future__ import annotations

import html

from chat.formatting import fitted, moment
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.refusals import AccessRefusal, Banned, BotClosed, InvitationNeeded

_LONGEST_REASON = 500
_LONGEST_NOTE = 200  # Bot API: answerCallbackQuery


def refusal(refused: AccessRefusal) -> str:
    """Say why somebody may not use the bot, in Telegram's HTML."""
    match refused:
        case Banned():
            return _banned(refused)
        case InvitationNeeded(is_refused=True):
            return _("Sorry, the bot's owner has not given you access.")
        case InvitationNeeded():
            return _(
                "This bot is by invitation only. I have asked its owner to give you access, "
                "and will tell you the answer here."
            )
        case BotClosed():
            return _("This bot is not open to new people at the moment. Please try again later.")
        case _:
            return _("You have no access to this bot.")


def refusal_in_group(refused: AccessRefusal) -> str:
    """Say it in short, and nothing that is not everybody's business."""
    match refused:
        case Banned():
            return _wrong(refused)
        case InvitationNeeded(is_refused=False):
            return _("This bot is by invitation only. I have asked its owner to give you access.")
        case _:
            return refusal(refused)


def note(refused: AccessRefusal) -> str:
    """Say it as plain text, in answer to a press."""
    return fitted(html.unescape(refusal_in_group(refused)), _LONGEST_NOTE)


#: Tell who has asked that the answer is yes.
let_in = lazy_gettext(
    "🎉 <b>You have access now.</b> Send me a description or a photo, and I answer with a video. /help shows how."
)


#: Tell the members of a group that has asked that the answer is yes.
group_let_in = lazy_gettext(
    "🎉 <b>This group has access now.</b> Write <code>/video</code> and a description, and I answer with a video."
)


def _wrong(refused: Banned) -> str:
    if refused.is_group:
        return _("The bot's owner has blocked this group.")
    if refused.until is None:
        return _("The bot's owner has blocked you.")
    return _("The bot's owner has blocked you until {moment}.").format(
        moment=moment(refused.until, refused.now)
    )


def _banned(refused: Banned) -> str:
    wrong, reason = _wrong(refused), refused.reason.strip()[:_LONGEST_REASON]
    if not reason:
        return wrong
    return f"{wrong}\n\n" + _("Reason: {reason}").format(reason=html.escape(reason, quote=False))
