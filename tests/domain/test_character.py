"""Characters: a span of 1 to 3 seconds of a public clip, and a name in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.character import LONGEST_NAME, Character, character_name, spans_of
from domain.refusals import CharacterNameUnusable, CharacterSpanUnusable, ClipAddressUnusable

URL = "https://example.org/clip.mp4"


@pytest.mark.parametrize(
    ("written", "start", "end", "sent"),
    [
        ("1,3", 1.0, 3.0, "1,3"),
        ("0,1", 0.0, 1.0, "0,1"),
        ("0,3", 0.0, 3.0, "0,3"),
        (" 2.5 , 4 ", 2.5, 4.0, "2.5,4"),
        ("100,102.25", 100.0, 102.25, "100,102.25"),
        ("1，3", 1.0, 3.0, "1,3"),
    ],
)
def test_a_span_of_one_to_three_seconds_is_taken(written: str, start: float, end: float, sent: str) -> None:
    character = Character.parse(URL, written)
    assert character == Character(url=URL, start=start, end=end)
    assert character.timestamps == sent


@pytest.mark.parametrize(
    "written",
    ["", "1", "1,", ",3", "1-3", "a,b", "1,1", "1,1.9", "1,4.1", "3,1", "-1,1", "1,3,5", "nan,nan", "1e0,3"],
)
def test_any_other_span_is_refused_as_it_was_written(written: str) -> None:
    with pytest.raises(CharacterSpanUnusable) as refused:
        Character.parse(URL, written)
    assert refused.value.written == written


@given(start=st.integers(0, 3600), length=st.integers(1, 3))
def test_what_is_sent_is_read_back(start: int, length: int) -> None:
    character = Character(url=URL, start=start, end=start + length)
    assert Character.parse(URL, character.timestamps) == character


def test_a_clip_that_is_not_public_is_refused() -> None:
    with pytest.raises(ClipAddressUnusable):
        Character.parse("https://localhost/clip.mp4", "1,3")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("mina", "mina"),
        ("@mina", "mina"),
        ("MINA", "mina"),
        ("r2-d2_7", "r2-d2_7"),
        ("小猫", "小猫"),
        ("Мина", "мина"),
        ("मीना", "मीना"),
        ("ｍｉｎａ", "mina"),
        ("Straße", "strasse"),
        ("é", "é"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_kept_in_one_spelling(written: str, name: str) -> None:
    assert character_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["", "@", "a b", "a.b", "a/b", "@@mina", "-mina", "mina-", "<b>", "🐈", "x" * (LONGEST_NAME + 1)],
)
def test_any_other_name_is_refused_as_it_was_written(written: str) -> None:
    with pytest.raises(CharacterNameUnusable) as refused:
        character_name(written)
    assert (refused.value.written, refused.value.limit) == (written, LONGEST_NAME)


@pytest.mark.parametrize(
    ("seconds", "spans"),
    [
        (1, [(0, 1)]),
        (3, [(0, 3)]),
        (4, [(0, 3), (1, 4)]),
        (6, [(0, 3), (3, 6)]),
        (8, [(0, 3), (3, 6), (5, 8)]),
        (10, [(0, 3), (3, 6), (6, 9), (7, 10)]),
    ],
)
def test_the_spans_of_a_clip_reach_from_its_beginning_to_its_end(
    seconds: int, spans: list[tuple[int, int]]
) -> None:
    assert list(spans_of(seconds)) == spans


@given(st.integers(1, 600))
def test_every_span_that_is_offered_can_be_saved(seconds: int) -> None:
    assert all(Character(url=URL, start=start, end=end).end <= seconds for start, end in spans_of(seconds))
