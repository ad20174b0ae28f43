"""Saved characters: once per name and owner, up to a limit, removed for good."""

from datetime import datetime

import pytest

from domain.character import Character
from domain.refusals import TooManyCharacters
from storage.characters import MOST, Characters
from storage.database import Database

CLIP = Character(url="https://cdn.example.org/clip.mp4", start=1.0, end=3.0)
OTHER = Character(url="https://cdn.example.org/other.mp4", start=0.0, end=2.5)
MINA, BO = 7, 8


@pytest.fixture
def characters(database: Database) -> Characters:
    return Characters(database)


async def names(characters: Characters, owner_id: int) -> list[str]:
    return [saved.name for saved in await characters.list_of(owner_id)]


async def test_a_saved_character_is_found_as_it_was(characters: Characters, now: datetime) -> None:
    saved = await characters.add(MINA, "小猫", OTHER, now=now)
    assert (saved.owner_id, saved.name, saved.character) == (MINA, "小猫", OTHER)
    assert await characters.find(saved.id) == saved
    assert await characters.list_of(MINA) == [saved]


async def test_owners_have_characters_of_their_own(characters: Characters, now: datetime) -> None:
    theirs = await characters.add(MINA, "cat", CLIP, now=now)
    other = await characters.add(BO, "cat", OTHER, now=now)
    assert [await characters.list_of(owner) for owner in (MINA, BO, 9)] == [[theirs], [other], []]


async def test_they_are_listed_by_their_names(characters: Characters, now: datetime) -> None:
    for name in ("dog", "ape", "cat"):
        await characters.add(MINA, name, CLIP, now=now)
    assert await names(characters, MINA) == ["ape", "cat", "dog"]


async def test_the_same_name_again_replaces_the_character(characters: Characters, now: datetime) -> None:
    first = await characters.add(MINA, "cat", CLIP, now=now)
    again = await characters.add(MINA, "cat", OTHER, now=now)
    assert again.id == first.id
    assert await characters.list_of(MINA) == [again]


async def test_no_more_are_kept_than_a_list_can_show_but_each_can_be_replaced(
    characters: Characters, now: datetime
) -> None:
    for number in range(MOST):
        await characters.add(MINA, f"cat-{number:02}", CLIP, now=now)
    with pytest.raises(TooManyCharacters) as refused:
        await characters.add(MINA, "one-more", CLIP, now=now)
    replaced = await characters.add(MINA, "cat-00", OTHER, now=now)
    assert refused.value.limit == MOST
    assert await characters.find(replaced.id) == replaced
    assert await names(characters, MINA) == [f"cat-{number:02}" for number in range(MOST)]


async def test_what_was_removed_is_gone_and_the_others_stay(characters: Characters, now: datetime) -> None:
    gone = await characters.add(MINA, "cat", CLIP, now=now)
    await characters.add(MINA, "dog", CLIP, now=now)
    await characters.remove(gone.id)
    await characters.remove(gone.id)
    assert await characters.find(gone.id) is None
    assert await names(characters, MINA) == ["dog"]
