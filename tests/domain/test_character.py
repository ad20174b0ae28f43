"""Characters: a span of 1 to 3 seconds and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.character import Character
from domain.refusals import CharacterSpanUnusable

URL = "https://example.org/clip.mp4"


@pytest.mark.parametrize(
    ("written", "start", "end", "sent"),
    [
        ("1,3", 1.0, 3.0, "1,3"),
        ("0,1", 0.0, 1.0, "0,1"),
        ("0,3", 0.0, 3.0, "0,3"),
        (" 2.5 , 4 ", 2.5, 4.0, "2.5,4"),
        ("100,102.25", 100.0, 102.25, "100,102.25"),
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
