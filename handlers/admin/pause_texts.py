"""What admins read who pause new orders and let them go on."""

from __future__ import annotations

from chat import formatting
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from chat.status_texts import waiting
from storage.jobs import PendingCount

_LONGEST_REASON = 500

# Translators: at most 27 characters, for it stands on a button behind the command.
pause_in_menu = lazy_gettext("Pause new orders")
# Translators: at most 27 characters, for it stands on a button behind the command.
resume_in_menu = lazy_gettext("Resume orders")
how_to_pause = lazy_gettext(
    "<code>/pause</code> pauses new orders until <code>/resume</code>; videos that are being made continue. "
    "You can add a reason for people to read: <code>/pause We are back at eight.</code>"
)
how_to_resume = lazy_gettext("<code>/resume</code> resumes the orders that <code>/pause</code> has paused.")
#: What to add for an admin when the video API takes no orders all the same.
still_held = lazy_gettext("But the video API does not take all of them at the moment: /upstream")
not_paused = lazy_gettext("Orders are not paused.")


def paused(why: str, pending: PendingCount) -> str:
    lines = [
        _("⏸ <b>Orders are paused.</b> Nothing is lost: requests stay in the queue, and people are told."),
        *([_("They read:"), formatting.quoted(why, _LONGEST_REASON)] if why else []),
        *([waiting(pending.waiting)] if pending.waiting else []),
        *([_being_made(pending.opened)] if pending.opened else []),
        _("/resume resumes them."),
    ]
    return "\n".join(lines)


def resumed(number: int) -> str:
    lines = [_("▶️ <b>Orders are resumed.</b>"), *([waiting(number)] if number else [])]
    return "\n".join(lines)


def _being_made(number: int) -> str:
    return ngettext("{n} video is still being made.", "{n} videos are still being made.", number).format(
        n=number
    )
