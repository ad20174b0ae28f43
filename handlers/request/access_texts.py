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


def refusal_in_group(refused: AccessRefusal) -> str:
    """Say it in short, and nothing that is not everybody's business."""
    match refused:
        case Banned():
            return _wrong(refused)
        case InvitationNeeded(is_refused=False):
            return _("This bot is for invited people. I have asked those who run it to let you in.")
        case _:
            return refusal(refused)


def note(refused: AccessRefusal) -> str:
    """Say it as plain text, in answer to a press."""
    return fitted(html.unescape(refusal_in_group(refused)), _LONGEST_NOTE)


#: Tell who has asked that the answer is yes.
let_in = lazy_gettext(
    "🎉 <b>You are in.</b> Send me words or a photo, or <code>/video</code> and what should happen, "
    "and I answer with a video. /help shows how."
)


#: Tell the members of a group that has asked that the answer is yes.
group_let_in = lazy_gettext(
    "🎉 <b>This group is in.</b> Write <code>/video</code> and what should happen, and I answer with a video."
)


def _wrong(refused: Banned) -> str:
    if refused.is_group:
        return _("Whoever runs this bot has shut this group out.")
    if refused.until is None:
        return _("Whoever runs this bot has shut you out.")
    return _("Whoever runs this bot has shut you out until {moment}.").format(
        moment=moment(refused.until, refused.now)
    )


def _banned(refused: Banned) -> str:
    wrong, reason = _wrong(refused), refused.reason.strip()[:_LONGEST_REASON]
    if not reason:
        return wrong
    return f"{wrong}\n\n" + _("The reason: {reason}").format(reason=html.escape(reason, quote=False))
