"""Finds the character that a request names: `@NAME`, `--character NAME`, or a clip's address."""

from __future__ import annotations

from collections.abc import Mapping

from domain.character import Character
from domain.mentions import may_mention
from domain.options import PromptOptions
from domain.request_spec import NOBODY
from domain.request_spec import cast as cast_of
from storage.characters import Characters


async def find_saved(
    characters: Characters, owner_id: int, options: PromptOptions
) -> Mapping[str, Character]:
    """Return a person's characters by their names; the database is asked only if somebody may be named."""
    if options.character is None and not may_mention(options.prompt):
        return NOBODY
    return await find_all_saved(characters, owner_id)


async def find_all_saved(characters: Characters, owner_id: int) -> Mapping[str, Character]:
    return {one.name: one.character for one in await characters.list_of(owner_id)}


async def cast(
    characters: Characters, owner_id: int, options: PromptOptions
) -> tuple[PromptOptions, Character | None]:
    """Return the options with plain names in their prompt, and the one character that they name.

    Raises a CharacterRefusal, and ValueMissing where one of a clip's address and its timestamps is left out.
    """
    return cast_of(options, await find_saved(characters, owner_id, options))
