"""What the bot says about characters."""

from __future__ import annotations

from collections.abc import Sequence

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.character import Character
from domain.clip_address import host_of
from handlers.request.character_refusal_texts import EXAMPLE_ADDRESS, shown_name
from storage.characters import SavedCharacter

_LONGEST_HOST = 16

yes_remove = lazy_gettext("🗑 Remove")
keep = lazy_gettext("Keep")
no_own_video = lazy_gettext("Only a finished video of your own can lend a character. Reply to one of yours.")
private_video = lazy_gettext("This video is private: it has no public address, and cannot lend a character.")
no_public_address = lazy_gettext(
    "The video service gave no public address of this video. "
    "Put the clip where everybody can fetch it, and send its address: /character add"
)


def how_to_add() -> str:
    return "\n\n".join(
        (
            _(
                "🎭 <b>A character</b> is somebody or something from 1 to 3 seconds of a clip, "
                "to appear in your videos. No real people: the video service refuses them."
            ),
            _("Save one with its name, the clip's address and the seconds:"),
            f"<code>/character add mina {EXAMPLE_ADDRESS} 1,3</code>",
            _("Or reply to a video of yours with its name and the seconds:"),
            "<code>/character add mina 1,3</code>",
            _("Then say <code>@mina</code> in your words. /character shows those you have."),
        )
    )


def characters(saved: Sequence[SavedCharacter]) -> str:
    """List them; a press on a button removes one."""
    if not saved:
        return _("You have saved no characters yet.") + "\n\n" + how_to_add()
    lines = "\n".join(f"<code>@{shown_name(one.name)}</code> {_source(one.character)}" for one in saved)
    return "\n\n".join(
        (
            _("🎭 <b>Your characters</b>"),
            lines,
            _("Say @ and a name in your words to use one. A button removes one."),
        )
    )


def added(saved: SavedCharacter) -> str:
    return _("🎭 Saved: <code>@{name}</code>. Say it in your words, for example:\n{example}").format(
        name=shown_name(saved.name),
        example="<code>/video {}</code>".format(
            _("@{name} surfs at sunset").format(name=shown_name(saved.name))
        ),
    )


def remove(name: str) -> str:
    """Label the button that removes a character."""
    return f"🗑 @{name}"


def surely_remove(name: str) -> str:
    """Ask before a character is removed, in Telegram's HTML."""
    return _("Remove <code>@{name}</code>? Videos with it stay.").format(name=shown_name(name))


def _source(character: Character) -> str:
    host = escaped(host_of(character.url), _LONGEST_HOST)
    return _("{start}–{end} s of {host}").format(
        start=f"{character.start:g}", end=f"{character.end:g}", host=host
    )
