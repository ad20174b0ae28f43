"""Finds the character that a request names: `@NAME`, `--character NAME`, or a clip's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.character import Character, spelled_alike
from domain.mentions import find_mentions, may_mention, without_marks
from domain.options import OPTIONS, PromptOptions
from domain.refusals import SeveralCharacters, UnknownCharacter, ValueMissing
from storage.characters import Characters


async def cast(
    characters: Characters, owner_id: int, options: PromptOptions
) -> tuple[PromptOptions, Character | None]:
    """Return the options with plain names in their prompt, and the one character that they name.

    Raises a CharacterRefusal, and ValueMissing where one of a clip's address and its timestamps is left out. The
    database is asked only if somebody may be named.
    """
    described = _described(options)
    if options.character is None and not may_mention(options.prompt):
        return options, described
    saved = {one.name: one.character for one in await characters.list_of(owner_id)}
    mentions = find_mentions(options.prompt, saved)
    names = {mention.name for mention in mentions}
    if options.character is not None:
        names.add(_known(options.character, saved))
    if len(names) + (described is not None) > 1:
        raise SeveralCharacters
    character = saved[names.pop()] if names else described
    return replace(options, prompt=without_marks(options.prompt, mentions)), character


def _known(written: str, saved: Mapping[str, Character]) -> str:
    name = spelled_alike(written.removeprefix("@"))
    if name not in saved:
        raise UnknownCharacter(written, tuple(saved))
    return name


def _described(options: PromptOptions) -> Character | None:
    """Return the character whose clip is named without being saved."""
    match options.character_url, options.character_timestamps:
        case None, None:
            return None
        case str() as url, str() as timestamps:
            return Character.parse(url, timestamps)
        case url, _:
            missing = "character-url" if url is None else "character-timestamps"
            raise ValueMissing(missing, OPTIONS[missing].example or "")
