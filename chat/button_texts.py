"""What stands on the buttons."""

from __future__ import annotations

from chat.language import gettext as _


def make() -> str:
    return _("🎬 Make the video")


def make_here() -> str:
    return _("🎬 Make it here")


def retry() -> str:
    return _("🔁 Try again")


def make_it() -> str:
    return _("▶️ Make it")


def cancel() -> str:
    return _("✋ Cancel")


def stop_waiting() -> str:
    return _("🔕 Stop waiting")


def back() -> str:
    return _("‹ Back")


def anew() -> str:
    return _("🎬 Make it new")
