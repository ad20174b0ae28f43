"""What the bot says when a character cannot be kept or used."""

from __future__ import annotations

import html

from chat.formatting import fitted, in_sequence
from chat.language import gettext as _
from chat.language import mark
from domain.alternatives import character_like
from domain.character import LONGEST_NAME
from domain.refusals import (
    AddressFault,
    CharacterNameUnusable,
    CharacterRefusal,
    CharacterSpanUnusable,
    ClipAddressUnusable,
    SeveralCharacters,
    TooManyCharacters,
    UnknownCharacter,
    UnknownMention,
)

#: So many of a person's characters are named when another is meant.
_NAMED = 20
EXAMPLE_ADDRESS = "https://example.org/clip.mp4"


_FAULTS = {
    AddressFault.BROKEN: mark("This is no web address that I can read."),
    AddressFault.TOO_LONG: mark("This web address is too long for me."),
    AddressFault.NOT_HTTPS: mark("The clip's address has to begin with https://."),
    AddressFault.WITH_PASSWORD: mark(
        "The clip's address holds a name or a password. Please never send me one: anybody who gets the address could use it."
    ),
    AddressFault.ODD_PORT: mark("The clip's address names a port that the video service may not reach."),
    AddressFault.NOT_PUBLIC: mark(
        "The clip's address leads to a place that the video service cannot reach: it has to be public."
    ),
    AddressFault.NOT_MP4: mark("The clip's address has to be that of the MP4 file itself, and end in .mp4."),
    AddressFault.EXPIRED: mark(
        "The clip's address has expired: the clip cannot be fetched from there any more."
    ),
}


def refusal(refused: CharacterRefusal) -> str:
    """Say why a character cannot be kept or used, in Telegram's HTML."""
    match refused:
        case CharacterNameUnusable():
            return _(
                "A character's name has letters, digits, - and _, and {limit} of them at most. "
                "“{name}” cannot be one."
            ).format(limit=refused.limit, name=shown_name(refused.written))
        case ClipAddressUnusable():
            return f"{_(_FAULTS[refused.fault])}\n" + _("For example: {example}").format(
                example=f"<code>{EXAMPLE_ADDRESS}</code>"
            )
        case CharacterSpanUnusable():
            return _(
                "A character is taken from 1 to 3 seconds of its clip: “{written}” is no such span. "
                "From second 1 to second 3 is <code>1,3</code>."
            ).format(written=shown_name(refused.written))
        case UnknownCharacter():
            return _unknown(refused)
        case UnknownMention():
            return _unknown_mention(refused)
        case SeveralCharacters():
            return _("A video can have one character, and you named several. Please choose one.")
        case TooManyCharacters():
            return _(
                "You have {limit} characters, which is the most. /character lets you remove some."
            ).format(limit=refused.limit)
        case _:
            return _("This character cannot be used.")


def _unknown(refused: UnknownCharacter) -> str:
    wrong = _("You have no character named “{name}”.").format(name=shown_name(refused.name))
    if not refused.known:
        return in_sequence((wrong, _("/character shows how to save one.")))
    named = " ".join(f"<code>@{shown_name(name)}</code>" for name in refused.known[:_NAMED])
    return in_sequence((wrong, _("You have: {characters}").format(characters=named)))


def _unknown_mention(refused: UnknownMention) -> str:
    name, alike = shown_name(refused.name), character_like(refused.name, refused.known)
    if alike is None:
        return _("You have no character @{name}, so the video would show none.").format(name=name)
    return _("You have no character @{name}. Did you mean @{alike}?").format(
        name=name, alike=shown_name(alike)
    )


def shown_name(words: str) -> str:
    return html.escape(fitted(words, LONGEST_NAME + 1), quote=False)
