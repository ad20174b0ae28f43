"""Reads the number by which people name one of their videos: `12` or `#12`."""

from __future__ import annotations

import re

# Longer ones are nobody's, and no database's.
_NUMBER = re.compile(r"#?([0-9]{1,15})")


def number_in(words: str) -> int | None:
    """Return the number if the words are one, else None."""
    named = _NUMBER.fullmatch(words.strip())
    return int(named[1]) if named else None
