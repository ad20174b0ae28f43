"""What admins read who pause new orders and let them go on."""

from __future__ import annotations

from chat import formatting
from chat.language import gettext as _
from chat.language import ngettext
from chat.status_texts import waiting
from storage.jobs import PendingCount

_LONGEST_REASON = 500


def pause_in_menu() -> str:
    return _("Hold new orders, with a reason if you like")


def resume_in_menu() -> str:
    return _("Let orders go out again")


def how_to_pause() -> str:
    return _(
        "<code>/pause</code> holds new orders until <code>/resume</code>; what is being made goes on. "
        "People read the words behind it: <code>/pause We are back at eight.</code>"
    )


def how_to_resume() -> str:
    return _("<code>/resume</code> lets orders go out again that <code>/pause</code> holds.")


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


def still_held() -> str:
    """What to add for an admin when the video API takes no orders all the same."""
    return _("The video API does not take all of them at the moment, though: /upstream")


def not_paused() -> str:
    return _("Orders are not paused.")


def _being_made(number: int) -> str:
    return ngettext("{n} video is still being made.", "{n} videos are still being made.", number).format(
        n=number
    )
