"""A character: somebody or something taken from 1 to 3 seconds of another clip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from domain.refusals import CharacterSpanUnusable

_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*")
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
        """Read timestamps as the API writes them, `1,3`; raises CharacterSpanUnusable."""
        span = _SPAN.fullmatch(timestamps)
        if span is None:
            raise CharacterSpanUnusable(timestamps)
        return cls(url=url, start=float(span[1]), end=float(span[2]))

    @property
    def timestamps(self) -> str:
        """The span as the API wants it: `1,3`."""
        return f"{self.start:g},{self.end:g}"
