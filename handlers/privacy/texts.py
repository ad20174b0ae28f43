"""What the bot says when a person wants to be forgotten."""

from __future__ import annotations

from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext

delete_everything = lazy_gettext("🗑 Delete everything")
keep_everything = lazy_gettext("‹ Keep it")
kept = lazy_gettext("Nothing was deleted.")
#: Say that the disk still holds what no table does.
not_erased_yet = lazy_gettext("Traces that deleted data leaves on my disk are overwritten within 24 hours.")
in_private_only = lazy_gettext("This is about your data. Please send it in our private chat.")


def confirm() -> str:
    """Say what goes and what stays, before anything does."""
    return "\n\n".join(
        (
            _("🗑 <b>Delete everything I know about you?</b>"),
            _(
                "These are deleted for good: your name, your videos in /history and for sharing, your prompts and photos, "
                "drafts, settings and characters. Videos in the queue are cancelled."
            ),
            _(
                "Anonymous statistics stay: how many videos were made, by which model and how long. "
                "For what you used today, your account ID is kept for 24 hours. "
                "A limit, credits or a block that you were given stay with that number."
            ),
            _(
                "The messages in this chat are stored by Telegram: delete the chat to remove them. "
                "Deleted data cannot be restored."
            ),
        )
    )


def under_way(number: int) -> str:
    """Say that what is ordered has to arrive first."""
    return ngettext(
        "⏳ {n} of your videos is still being made and has to arrive first. Nothing else was deleted yet: "
        "press again when it is here. /jobs shows its progress.",
        "⏳ {n} of your videos are still being made and have to arrive first. Nothing else was deleted yet: "
        "press again when they are here. /jobs shows their progress.",
        number,
    ).format(n=number)


def forgotten(still_counting: int, *, is_spoken_of: bool = False) -> str:
    """Say what is gone; of whom operators have spoken, the account's number stays with what they said."""
    if is_spoken_of:
        return _(
            "✅ Everything is deleted. Only your account ID is kept, with the limit, credits or block that you "
            "were given."
        )
    if not still_counting:
        return _("✅ Everything is deleted. I know nothing about you any more.")
    return ngettext(
        "✅ Everything is deleted. Only your account ID is kept, with {n} video that counts towards today's "
        "limit; it is deleted within 25 hours.",
        "✅ Everything is deleted. Only your account ID is kept, with {n} videos that count towards today's "
        "limit; it is deleted within 25 hours.",
        still_counting,
    ).format(n=still_counting)
