"""Takes out of an API's words what they quote of ours: nobody's prompt shall speak for the API.

A person may ask for a video of "the model is no longer available"; when the API refuses it and says of what, that is
no news of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: Letters that a text has in common with a prompt by quoting it, not by chance.
_RUN: Final = 8
_SHORTEST: Final = 3
_LONGEST: Final = 40_000
_HIDDEN: Final = "…"
_SPACES: Final = re.compile(r"\s+")
_INTRODUCED: Final = re.compile(
    r"\b(?:prompts?|inputs?|texts?|descriptions?|captions?|requests?)\b[^\w\"'“‘「『«`]{0,6}\"?[^\w\"'“‘「『«`]{0,3}"
    r"[\"'“‘「『«`][^\"'”’」』»`]{0,4000}"
    r"|(?:\bprompt|提示词|描述)\s?[:：=].{0,4000}",
    re.IGNORECASE,
)
#: Three words and more, so that the name of a model stays; what follows a colon is an error's own message.
_QUOTED: Final = re.compile(
    r"(?<![:：])(?<!: )[\"“「『«][^\s\"”」』»]{1,200} [^\s\"”」』»]{1,200} [^\"”」』»]{1,4000}"
)


def without(text: str, quoted: Iterable[str]) -> str:
    """Return `text` as one line, with what it takes from the texts `quoted`, or shows as somebody's words, hidden."""
    line = _SPACES.sub(" ", text)
    for one in quoted:
        line = _without(line, one)
    return _QUOTED.sub(_HIDDEN, _INTRODUCED.sub(_HIDDEN, line))


def _without(line: str, quoted: str) -> str:
    known = _SPACES.sub(" ", quoted[:_LONGEST]).strip().lower()
    length = min(_RUN, len(known))
    if length < _SHORTEST:
        return line
    runs = {known[at : at + length] for at in range(len(known) - length + 1)}
    letters = [letter.lower() for letter in line]
    is_hidden = bytearray(len(line))
    for at in range(len(line) - length + 1):
        if "".join(letters[at : at + length]) in runs:
            is_hidden[at : at + length] = b"\1" * length
    return "".join(_HIDDEN if hidden else letter for letter, hidden in zip(line, is_hidden, strict=True))
