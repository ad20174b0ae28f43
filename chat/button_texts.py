"""The words on buttons that several features share."""

from __future__ import annotations

from chat.formatting import credits_of, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext

make = lazy_gettext("🎬 Make the video")
make_here = lazy_gettext("🎬 Make it here")
rephrase = lazy_gettext("✏️ Rephrase")
retry = lazy_gettext("🔁 Try again")
make_it = lazy_gettext("▶️ Make it")
cancel = lazy_gettext("✋ Cancel")
stop_waiting = lazy_gettext("🔕 Stop waiting")
back = lazy_gettext("‹ Back")
anew = lazy_gettext("🎬 Make it new")


def make_for(price: int) -> str:
    """Offer to make what is shown at the price that is asked for it."""
    return side_by_side(_("🎬 Make it"), credits_of(price))


def anew_for(price: int) -> str:
    """Offer to make new what cannot be changed."""
    return side_by_side(anew(), credits_of(price))


def without_options(price: int) -> str:
    """Offer a change without what no change can have."""
    return side_by_side(_("✏️ Without these options"), credits_of(price))


def instead(title: str, price: int) -> str:
    """Offer to make the same by another model."""
    return "🎬 " + side_by_side(title, credits_of(price))
