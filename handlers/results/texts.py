"""What the bot says about finished videos: that one is deleted, and which variants there are."""

from __future__ import annotations

from chat.language import gettext as _


def deleted() -> str:
    return _("Deleted.")


def only_forgotten() -> str:
    """Say what was done where Telegram does not let a bot delete its message."""
    return _(
        "🗑 It is gone from your history. Telegram lets me delete messages for two days only: "
        "this one you can delete yourself."
    )


def no_variants() -> str:
    return _("There is no other way to make this one.")


def variant_gone() -> str:
    return _("This is not on offer any more.")
