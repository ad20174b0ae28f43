"""What the bot asks when a request lacks its words."""

from __future__ import annotations

from chat.language import lazy_gettext

what_to_show = lazy_gettext("🎬 What should the video show? Reply to this message with a few words.")


#: What the input field shows while the bot waits for a prompt; at most 64 characters.
example = lazy_gettext("e.g. a cat surfing at sunset")


too_old = lazy_gettext("I asked this too long ago and have let go of it. Please begin anew.")
