"""What is said of characters: every fault in words of its own, and lists that fit into a message."""

from __future__ import annotations

from collections.abc import Callable

from chat.formatting import utf16_length
from domain.character import LONGEST_NAME, Character
from domain.refusals import AddressFault, ClipAddressUnusable, UnknownCharacter
from handlers.characters.texts import added, characters, how_to_add, surely_remove
from handlers.request.character_refusal_texts import refusal
from storage.characters import MOST, SavedCharacter
from tests.handlers.test_texts import TEXT_LIMIT

CLIP = Character(url=f"https://{'x' * 60}.example.org/{'y' * 1500}.mp4", start=1234.5678, end=1237.5678)


def saved(name: str = "mina") -> SavedCharacter:
    return SavedCharacter(id=1, owner_id=1, name=name, character=CLIP)


def test_every_fault_of_an_address_has_words_of_its_own(read: Callable[[str], str]) -> None:
    said = {read(refusal(ClipAddressUnusable("https://example.org", fault))) for fault in AddressFault}
    assert len(said) == len(AddressFault)


def test_the_longest_list_fits_into_a_message(read: Callable[[str], str]) -> None:
    longest = [saved(chr(0x20000 + number) * LONGEST_NAME) for number in range(MOST)]
    assert utf16_length(read(characters(longest))) <= TEXT_LIMIT


def test_a_name_is_written_as_text(read: Callable[[str], str]) -> None:
    assert "@mina" in read(added(saved()))
    assert read(surely_remove("mina")) == "Remove @mina? Videos with it stay."


def test_who_names_nobody_hears_whom_there_is(read: Callable[[str], str]) -> None:
    known = [f"c{number}" for number in range(MOST)]
    said = read(refusal(UnknownCharacter("<" * 4000, known)))
    assert said.startswith("You have no character named “<<<")
    assert "@c19" in said
    assert "@c20" not in said
    assert utf16_length(said) <= TEXT_LIMIT


def test_the_form_is_shown_with_an_example_that_can_be_sent(read: Callable[[str], str]) -> None:
    assert "/character add mina https://example.org/clip.mp4 1,3" in read(how_to_add())
    assert "🎭 Save a character" in read(characters([]))
