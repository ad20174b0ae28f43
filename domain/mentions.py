"""Mentions: `@NAME` in a prompt, where somebody has a character of that name; any other @ is plain text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.character import LONGEST_NAME, spelled_alike, stands_in_name

# Behind a letter of ASCII it is an address for mail.
_MARK = re.compile(r"(?<![A-Za-z0-9._%+/@-])[@＠]")
#: Scripts that are written without blanks between the words, or with endings joined to a name.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where in a prompt a name stands: its @, and what comes behind it."""

    name: str
    start: int
    end: int


def may_mention(prompt: str) -> bool:
    return _MARK.search(prompt) is not None


def find_mentions(prompt: str, names: Collection[str]) -> Sequence[Mention]:
    """Return where these names, spelled as `character_name` spells them, are mentioned."""
    found = (_mention_at(prompt, mark.start(), names) for mark in _MARK.finditer(prompt))
    return [mention for mention in found if mention is not None]


def find_unknown(prompt: str, names: Collection[str]) -> Mention | None:
    """Return the first @ with a name behind it that is none of these; None if there is none.

    A name begins with a letter, and has a blank, a punctuation mark or the end behind it, as Telegram's own names have.
    """
    known = {mention.start for mention in find_mentions(prompt, names)}
    for mark in _MARK.finditer(prompt):
        run = _name_like(prompt[mark.end() : mark.end() + LONGEST_NAME + 1]).rstrip("-")
        if mark.start() not in known and run[:1].isalpha() and len(run) <= LONGEST_NAME:
            return Mention(name=run, start=mark.start(), end=mark.end() + len(run))
    return None


def renamed(prompt: str, mention: Mention, name: str) -> str:
    """Return the prompt with another name in this mention."""
    return f"{prompt[: mention.start]}@{name}{prompt[mention.end :]}"


def without_marks(prompt: str, mentions: Sequence[Mention]) -> str:
    """Return the prompt with plain names: behind an @ a video service could look for people of its own."""
    for mention in reversed(mentions):
        prompt = prompt[: mention.start] + prompt[mention.start + 1 :]
    return prompt


def _mention_at(prompt: str, start: int, names: Collection[str]) -> Mention | None:
    run = _name_like(prompt[start + 1 : start + 1 + 2 * LONGEST_NAME])
    for length in range(len(run), 0, -1):
        name = spelled_alike(run[:length])
        if name in names and _may_end(run, length):
            return Mention(name=name, start=start, end=start + 1 + length)
    return None


def _name_like(words: str) -> str:
    end = next((place for place, sign in enumerate(words) if not stands_in_name(sign)), len(words))
    return words[:end]


def _may_end(run: str, length: int) -> bool:
    """Tell whether a name may end here, and not amid a longer word."""
    rest = run[length:].strip("-_")
    return (
        not rest
        or _UNSPACED.fullmatch(run[length]) is not None
        or _UNSPACED.fullmatch(run[length - 1]) is not None
    )
