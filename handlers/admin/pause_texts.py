"""What admins read who pause new orders and let them go on."""

from __future__ import annotations

from chat import formatting
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from chat.status_texts import waiting
from storage.jobs import PendingCount

_LONGEST_REASON = 500

pause_in_menu = lazy_gettext("Hold new orders, with a reason if you like")
resume_in_menu = lazy_gettext("Let orders go out again")
how_to_pause = lazy_gettext(
    "<code>/pause</code> holds new orders until <code>/resume</code>; what is being made goes on. "
    "People read the words behind it: <code>/pause We are back at eight.</code>"
)
how_to_resume = lazy_gettext("<code>/resume</code> lets orders go out again that <code>/pause</code> holds.")
#: What to add for an admin when the video API takes no orders all the same.
still_held = lazy_gettext("The video API does not take all of them at the moment, though: /upstream")
not_paused = lazy_gettext("Orders are not paused.")


def paused(why: str, pending: PendingCount) -> str:
    lines = [
        _(
            "⏸ <b>Orders are paused.</b> Nothing is lost: requests keep their places, and whoever waits is told."
        ),
        *([_("They read:"), formatting.quoted(why, _LONGEST_REASON)] if why else []),
        *([waiting(pending.waiting)] if pending.waiting else []),
        *([_being_made(pending.opened)] if pending.opened else []),
        _("/resume lets them go out again."),
    ]
    return "\n".join(lines)


def resumed(number: int) -> str:
    lines = [_("▶️ <b>Orders go out again.</b>"), *([waiting(number)] if number else [])]
    return "\n".join(lines)


def _being_made(number: int) -> str:
    return ngettext("{n} video is still being made.", "{n} videos are still being made.", number).format(
        n=number
    )
