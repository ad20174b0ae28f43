"""A character: somebody or something taken from 1 to 3 seconds of another clip, and what people call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from domain.clip_address import clip_address
from domain.refusals import CharacterNameUnusable, CharacterSpanUnusable

LONGEST_NAME = 32
_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[,，،]\s*(\d+(?:\.\d+)?)\s*")
_SHORTEST, _LONGEST = 1.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """The clip's public address, and where in it the character is seen, in seconds from its start."""

    url: str
    start: float
    end: float

    def __post_init__(self) -> None:
        if self.start < 0 or not _SHORTEST <= self.end - self.start <= _LONGEST:
            raise CharacterSpanUnusable(self.timestamps)

    @classmethod
    def parse(cls, url: str, timestamps: str) -> Self:
        """Read what a person wrote, the timestamps as the API has them, `1,3`.

        Raises ClipAddressUnusable and CharacterSpanUnusable.
        """
        return cls.seen_in(clip_address(url), timestamps)

    @classmethod
    def seen_in(cls, url: str, timestamps: str) -> Self:
        """Return the character seen in the clip of an address that is known to be good; raises CharacterSpanUnusable."""
        span = _SPAN.fullmatch(timestamps)
        if span is None:
            raise CharacterSpanUnusable(timestamps)
        return cls(url=url, start=float(span[1]), end=float(span[2]))

    @property
    def timestamps(self) -> str:
        """The span as the API wants it: `1,3`."""
        return f"{self.start:g},{self.end:g}"


def spans_of(seconds: int) -> Sequence[tuple[int, int]]:
    """Return the spans, in seconds, from which a character can be chosen in a clip of so many: one behind the other."""
    longest = int(_LONGEST)
    spans = [(start, start + longest) for start in range(0, seconds - longest + 1, longest)]
    last = (max(0, seconds - longest), seconds)
    return spans if spans and spans[-1] == last else [*spans, last]


def character_name(written: str) -> str:
    """Return a character's name in the one spelling that it is kept in; raises CharacterNameUnusable.

    Letters, marks and digits of any script, - and _; capitals and small letters are the same.
    """
    name = spelled_alike(written.strip().removeprefix("@"))
    is_short = 0 < len(name) <= LONGEST_NAME
    if is_short and all(map(stands_in_name, name)) and name == name.strip("-"):
        return name
    raise CharacterNameUnusable(written, LONGEST_NAME)


def spelled_alike(words: str) -> str:
    """Return words in the spelling in which those that look alike are the same."""
    return unicodedata.normalize("NFKC", words).casefold()


def stands_in_name(sign: str) -> bool:
    return sign in "-_" or unicodedata.category(sign)[0] in "LMN"
