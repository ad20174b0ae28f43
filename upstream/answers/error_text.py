"""The API's own words, cleaned so that they can be shown to people."""

from __future__ import annotations

import json
import re
from typing import Final

LONGEST: Final = 300
#: So much of a text is looked at, in characters.
_READ: Final = 2000

_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|title|script|center|h1|div|p)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhttps?://(?:[^\s/@]*@)?([\w.-]+)[^\s\"'<>)\]}，。、）]*", re.IGNORECASE)
_REQUEST_ID = re.compile(
    r"[,.;]? ?[\[(（]? ?\b(?:request|trace|ray)[ _-]?id\b ?[:=：]? ?[\w-]+ ?[\])）]?", re.IGNORECASE
)
_BARE_REQUEST_ID = re.compile(r"\breq_\w{8,}")
_SECRET = re.compile(r"\b(?:bearer \S+|sk-[\w*.-]{4,})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_SPACES = re.compile(r"\s+")
_DANGLING = " \t,;:：-–—(（"


def clean(text: str) -> str:
    """Return `text` as one line of at most 300 characters for people.

    Markup and JSON are dropped, addresses are cut to their host, request ids and keys are taken out. What is long is
    cut first, and runs of spaces are one space before any other pattern looks: who writes it may be anybody.
    """
    text = text[:_READ]
    if _MARKUP.search(text):
        return ""
    for pattern, instead in (
        (_CONTROL, " "),
        (_SPACES, " "),
        (_SECRET, "…"),
        (_ADDRESS, r"\1"),
        (_REQUEST_ID, ""),
        (_BARE_REQUEST_ID, ""),
    ):
        text = pattern.sub(instead, text)
    return _shorten(_SPACES.sub(" ", _without_json(text)).strip())


def embedded_json(text: str) -> object | None:
    """Return the first JSON object that stands in `text`, alone or after other words; None if there is none."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        found: object = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    return found


def _without_json(text: str) -> str:
    start = min((at for at in (text.find('{"'), text.find("{'"), text.find('[{"')) if at >= 0), default=None)
    return text if start is None else text[:start].rstrip(_DANGLING)


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rstrip() + "…"
