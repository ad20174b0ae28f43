"""What the bot says about characters."""

from __future__ import annotations

import html
from collections.abc import Sequence

from chat.formatting import fitted
from chat.language import gettext as _
from chat.language import mark
from domain.character import LONGEST_NAME, Character
from domain.clip_address import host_of
from domain.refusals import (
    AddressFault,
    CharacterNameUnusable,
    CharacterRefusal,
    CharacterSpanUnusable,
    ClipAddressUnusable,
    SeveralCharacters,
    TooManyCharacters,
    UnknownCharacter,
)
from storage.characters import SavedCharacter

_LONGEST_HOST = 16
#: So many of a person's characters are named when another is meant.
_NAMED = 20
_EXAMPLE = "https://example.org/clip.mp4"

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


def how_to_add() -> str:
    return "\n\n".join(
        (
            _(
                "🎭 <b>A character</b> is somebody or something from 1 to 3 seconds of a clip, "
                "to appear in your videos. No real people: the video service refuses them."
            ),
            _("Save one with its name, the clip's address and the seconds:"),
            f"<code>/character add mina {_EXAMPLE} 1,3</code>",
            _("Or reply to a video of yours with its name and the seconds:"),
            "<code>/character add mina 1,3</code>",
            _("Then say <code>@mina</code> in your words. /character shows those you have."),
        )
    )


def characters(saved: Sequence[SavedCharacter]) -> str:
    """List them; a press on a button removes one."""
    if not saved:
        return _("You have saved no characters yet.") + "\n\n" + how_to_add()
    lines = "\n".join(f"<code>@{_safe(one.name)}</code> {_source(one.character)}" for one in saved)
    return "\n\n".join(
        (
            _("🎭 <b>Your characters</b>"),
            lines,
            _("Say @ and a name in your words to use one. A button removes one."),
        )
    )


def added(saved: SavedCharacter) -> str:
    return _("🎭 Saved: <code>@{name}</code>. Say it in your words, for example:\n{example}").format(
        name=_safe(saved.name),
        example="<code>/video {}</code>".format(_("@{name} surfs at sunset").format(name=_safe(saved.name))),
    )


def remove(name: str) -> str:
    """Label the button that removes a character."""
    return f"🗑 @{name}"


def surely_remove(name: str) -> str:
    """Ask before a character is removed, in Telegram's HTML."""
    return _("Remove <code>@{name}</code>? Videos with it stay.").format(name=_safe(name))


def yes_remove() -> str:
    return _("🗑 Remove")


def keep() -> str:
    return _("Keep")


def no_own_video() -> str:
    return _("Only a finished video of your own can lend a character. Reply to one of yours.")


def private_video() -> str:
    return _("This video is private: it has no public address, and cannot lend a character.")


def no_public_address() -> str:
    return _(
        "The video service gave no public address of this video. "
        "Put the clip where everybody can fetch it, and send its address: /character add"
    )


def refusal(refused: CharacterRefusal) -> str:
    """Say why a character cannot be kept or used, in Telegram's HTML."""
    match refused:
        case CharacterNameUnusable():
            return _(
                "A character's name has letters, digits, - and _, and {limit} of them at most. "
                "“{name}” cannot be one."
            ).format(limit=refused.limit, name=_safe(refused.written))
        case ClipAddressUnusable():
            return f"{_(_FAULTS[refused.fault])}\n" + _("For example: {example}").format(
                example=f"<code>{_EXAMPLE}</code>"
            )
        case CharacterSpanUnusable():
            return _(
                "A character is taken from 1 to 3 seconds of its clip: “{written}” is no such span. "
                "From second 1 to second 3 is <code>1,3</code>."
            ).format(written=_safe(refused.written))
        case UnknownCharacter():
            return _unknown(refused)
        case SeveralCharacters():
            return _("A video can have one character, and you name several. Please choose one.")
        case TooManyCharacters():
            return _(
                "You have {limit} characters, and I keep no more. /character lets you remove some."
            ).format(limit=refused.limit)
        case _:
            return _("This character cannot be used.")


def _unknown(refused: UnknownCharacter) -> str:
    wrong = _("You have no character named “{name}”.").format(name=_safe(refused.name))
    if not refused.known:
        return f"{wrong} " + _("/character shows how to save one.")
    named = " ".join(f"<code>@{_safe(name)}</code>" for name in refused.known[:_NAMED])
    return f"{wrong} " + _("You have: {characters}").format(characters=named)


def _source(character: Character) -> str:
    host = html.escape(fitted(host_of(character.url), _LONGEST_HOST), quote=False)
    return _("{start}–{end} s of {host}").format(
        start=f"{character.start:g}", end=f"{character.end:g}", host=host
    )


def _safe(words: str) -> str:
    return html.escape(fitted(words, LONGEST_NAME + 1), quote=False)
