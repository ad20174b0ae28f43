"""What the bot says when a person wants to be forgotten."""

from __future__ import annotations

from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext

delete_everything = lazy_gettext("🗑 Delete everything")
keep_everything = lazy_gettext("‹ Keep it")
kept = lazy_gettext("Nothing was deleted.")
#: Say that the disk still holds what no table does.
not_erased_yet = lazy_gettext("Traces that deleted data leaves on my disk are overwritten within 24 hours.")
in_private_only = lazy_gettext(
    "What I know about you is nobody else's business: send me this in our private chat."
)


def confirm() -> str:
    """Say what goes and what stays, before anything does."""
    return "\n\n".join(
        (
            _("🗑 <b>Delete everything I know about you?</b>"),
            _(
                "These go for good: your name, your videos in /history and for sharing, your prompts and photos, "
                "drafts, settings and characters. What waits in the queue is called off."
            ),
            _(
                "What stays is a bare count without you: that a video of some model and length was made. "
                "What counts against today's limit keeps your account's number for 24 hours, and loses it then. "
                "A limit, credits or a ban that you were given stay with that number."
            ),
            _(
                "Messages in our chats lie with Telegram, not with me: delete the chat to be rid of them. "
                "This cannot be undone."
            ),
        )
    )


def under_way(number: int) -> str:
    """Say that what is ordered has to arrive first."""
    return ngettext(
        "⏳ {n} video of yours is ordered already and has to arrive first. Nothing else was deleted yet: "
        "press again when it is here. /jobs shows how far it is.",
        "⏳ {n} videos of yours are ordered already and have to arrive first. Nothing else was deleted yet: "
        "press again when they are here. /jobs shows how far they are.",
        number,
    ).format(n=number)


def forgotten(still_counting: int, *, is_spoken_of: bool = False) -> str:
    """Say what is gone; of whom operators have spoken, the account's number stays with what they said."""
    if is_spoken_of:
        return _(
            "✅ Everything is deleted. Only your account's number is kept, with the limit, credits or ban that you "
            "were given."
        )
    if not still_counting:
        return _("✅ Everything is deleted. I know nothing about you any more.")
    return ngettext(
        "✅ Everything is deleted. Only your account's number is kept, beside {n} video that still counts against "
        "today's limit; it is wiped within 25 hours.",
        "✅ Everything is deleted. Only your account's number is kept, beside {n} videos that still count against "
        "today's limit; it is wiped within 25 hours.",
        still_counting,
    ).format(n=still_counting)
