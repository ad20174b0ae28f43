"""What the bot asks when a request lacks its words."""

from __future__ import annotations

from chat.language import gettext as _


def what_to_show() -> str:
    return _("🎬 What should the video show? Reply to this message with a few words.")


def example() -> str:
    """What the input field shows while the bot waits for a prompt; at most 64 characters."""
    return _("e.g. a cat surfing at sunset")


def too_old() -> str:
    return _("I asked this too long ago and have let go of it. Please begin anew.")
