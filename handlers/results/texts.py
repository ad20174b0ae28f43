"""What the bot says about finished videos: that one is deleted, and which variants there are."""

from __future__ import annotations

from chat.language import lazy_gettext

deleted = lazy_gettext("Deleted.")
#: Say what was done where Telegram does not let a bot delete its message.
only_forgotten = lazy_gettext(
    "🗑 It is gone from your history. Telegram lets me delete messages for two days only: "
    "this one you can delete yourself."
)
#: Say it as plain text, in answer to a press.
stays_private = lazy_gettext("Private videos stay with you: they cannot be changed or shared.")
price_changed = lazy_gettext("The price has changed.")
no_variants = lazy_gettext("This video has no other versions to choose from.")
