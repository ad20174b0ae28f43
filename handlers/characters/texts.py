"""What the bot says about characters."""

from __future__ import annotations

from collections.abc import Sequence

from chat.formatting import escaped, fitted
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.character import Character
from domain.clip_address import host_of
from domain.job import Job
from handlers.request.character_refusal_texts import EXAMPLE_ADDRESS, shown_name
from storage.characters import SavedCharacter

_LONGEST_HOST = 16
#: Of a prompt on a button.
_LONGEST_PROMPT = 36

yes_remove = lazy_gettext("🗑 Remove")
keep = lazy_gettext("Keep")
no_own_video = lazy_gettext(
    "A character can only be saved from a finished video of your own. Reply to one of yours."
)
private_video = lazy_gettext("This video is private: no character can be saved from it.")
no_public_address = lazy_gettext(
    "The video service gave no public address for this video: no character can be saved from it."
)
no_model = lazy_gettext("No model that is available now can use characters.")
which_name = lazy_gettext(
    "🎭 What is the character's name? Reply with one word, for example <code>mina</code>."
)
#: What the input field shows meanwhile; at most 64 characters.
name_wanted = lazy_gettext("e.g. mina")


def which_name_for(name: str, person_id: int) -> str:
    """Ask one person of a group: Telegram shows the input field to whom the question names."""
    person = f'<a href="tg://user?id={person_id}">{escaped(name)}</a>'
    return _(
        "🎭 {person}, what is the character's name? Reply with one word, for example <code>mina</code>."
    ).format(person=person)


def which_seconds(name: str, *, is_taken: bool) -> str:
    """Let the seconds be chosen in which the character is seen best."""
    asked = _("🎭 When is <code>@{name}</code> seen best in this video?").format(name=shown_name(name))
    if not is_taken:
        return asked
    taken = _(
        "You have a character of this name: it will be replaced. Reply to this message with another name to keep both."
    )
    return f"{asked}\n{taken}"


def span(start: int, end: int) -> str:
    """Label the button of some seconds of a video."""
    return _("{start}–{end} s").format(start=start, end=end)


def from_video(job: Job) -> str:
    """Label the button that saves a character from a video."""
    return f"🎭 {fitted(job.request.prompt, _LONGEST_PROMPT)}"


def how_to_add() -> str:
    """Explain the form in which a clip from elsewhere is named."""
    return "\n\n".join(
        (
            _what(),
            _("From a clip elsewhere: its name, its public address, and from which second to which.")
            + f"\n<code>/character add mina {EXAMPLE_ADDRESS} 1,3</code>",
            _("Or as a reply to one of your videos:") + "\n<code>/character add mina 1,3</code>",
        )
    )


def characters(saved: Sequence[SavedCharacter], *, has_videos: bool = False) -> str:
    """List them, and say how to save one; `has_videos` if there is a button for some of the person's videos."""
    lines = "\n".join(f"<code>@{shown_name(one.name)}</code> {_source(one.character)}" for one in saved)
    using = _("Write @ and a name in a prompt to use one. 🗑 removes one.")
    how = _("To save one, press <b>🎭 Save a character</b> under one of your videos.")
    blocks = (
        *(
            (_("🎭 <b>Your characters</b>"), lines, using)
            if saved
            else (_what(), _("You have saved none yet."))
        ),
        _("To save one, choose a video below, or press <b>🎭 Save a character</b> under any of yours.")
        if has_videos
        else how,
    )
    return "\n\n".join(blocks)


def added(saved: SavedCharacter) -> str:
    return _("🎭 Saved: <code>@{name}</code>. Use it in a prompt, for example:\n{example}").format(
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


def _what() -> str:
    return _(
        "🎭 <b>A character</b> is somebody or something from 1 to 3 seconds of a video, to appear in other videos. "
        "No real people: the video service refuses them."
    )


def _source(character: Character) -> str:
    host = escaped(host_of(character.url), _LONGEST_HOST)
    return _("{start}–{end} s of {host}").format(
        start=f"{character.start:g}", end=f"{character.end:g}", host=host
    )
