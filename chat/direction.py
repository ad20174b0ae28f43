"""Keeps parts that run from left to right in order inside sentences that run from right to left.

A placeholder, a command, an option or code is put into an isolate: its own order holds inside, and the sentence's
outside (Unicode Standard Annex 9, section 2.4). Telegram takes embeddings and overrides out of messages, and leaves
isolates in.
"""

from __future__ import annotations

import re
import unicodedata

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_APART = re.compile(
    r"(?P<apart><code>.*?</code>"  # the isolate stays outside, for a tap copies what is inside
    r"|\{\w+\}"
    r"|(?<![\w/])/[a-z_]+"  # a command
    r"|(?<![\w-])--[a-z][a-z-]*)"  # an option
    r"|<[^>]*>",  # a tag, whose attributes are no words
    re.DOTALL,
)


def kept_apart(sentence: str) -> str:
    """Isolate what runs the other way in a sentence from right to left, placeholders included."""
    return _APART.sub(_isolated_match, sentence)


def in_a_row(parts: tuple[str, ...], separator: str) -> str:
    """Join parts of any direction into a line that runs from right to left."""
    return _RIGHT_TO_LEFT_MARK + separator.join(f"{_ISOLATE}{part}{_END}" for part in parts)


def arrow(words: str) -> str:
    """Return the arrow that leads on from words, in the direction in which they run."""
    strong = (unicodedata.bidirectional(letter) for letter in words)
    first = next((direction for direction in strong if direction in {"L", "R", "AL"}), "L")
    return "→" if first == "L" else "←"


def _isolated_match(found: re.Match[str]) -> str:
    return f"{_ISOLATE}{found[0]}{_END}" if found["apart"] else found[0]
