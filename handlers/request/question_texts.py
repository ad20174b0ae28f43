"""What the bot asks when a request lacks its words, or needs other ones."""

from __future__ import annotations

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext

#: Of the old words so many characters are shown.
_LONGEST_PROMPT = 3000

what_to_show = lazy_gettext("🎬 What should the video show? Reply to this message with a short description.")


#: What the input field shows while the bot waits for a prompt; at most 64 characters.
example = lazy_gettext("e.g. a cat surfing at sunset")


#: What the input field shows while the bot waits for other words.
rephrase_wanted = lazy_gettext("e.g. a drawing of a cat surfing")


too_old = lazy_gettext("This question has expired. Please start again.")


def movement(photos: int) -> str:
    """Return the prompt for photos that shall just move, as plain text."""
    return ngettext(
        "The photo comes to life with gentle, natural movement",
        "The photos come to life with gentle, natural movement",
        photos,
    )


def rephrase(prompt: str) -> str:
    """Ask for other words for a video, and show those that it had: a tap copies them."""
    asked = _("✏️ Reply to this message with a new description. Photos and settings stay the same.")
    return f"{asked}\n\n{_copied(prompt)}"


def rephrase_in_group(name: str, person_id: int, prompt: str) -> str:
    """Ask one person of a group for them."""
    person = f'<a href="tg://user?id={person_id}">{escaped(name)}</a>'
    asked = _(
        "✏️ {person}, reply to this message with a new description. Photos and settings stay the same."
    ).format(person=person)
    return f"{asked}\n\n{_copied(prompt)}"


def _copied(prompt: str) -> str:
    return f"<code>{escaped(prompt, _LONGEST_PROMPT)}</code>"
