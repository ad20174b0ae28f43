"""Turns formatted text into plain text and entities, with Telegram's offsets, limits and error texts."""

import html
import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from sandbox.telegram.errors import BadRequest

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

#: HTML tag -> entity type (Bot API: HTML style).
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"[^\s>]+")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
CHARACTER = re.compile(r"&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-z]+));?")
AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of text that is more than text; offset and length in UTF-16 code units (Bot API: MessageEntity)."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}


@dataclass(frozen=True, slots=True)
class _OpenTag:
    tag: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_length(text: str, limit: int, complaint: str) -> None:
    """Refuses a text over the limit, counted the stricter way: UTF-16 code units, after entities are parsed.

    Raises:
        BadRequest: Too long, with `complaint`.
    """
    if utf16_length(text) > limit:
        raise BadRequest(complaint)


def read_text(text: str, *, parse_mode: str | None, given: list[Entity]) -> tuple[str, list[Entity]]:
    """Reads a bot's text as the server does: formatting, trimming, then what Telegram finds by itself.

    Raises:
        BadRequest: An unknown parse_mode, or formatting that does not parse.
    """
    match parse_mode:
        case None | "":
            plain, entities = text, given
        case str() if parse_mode.lower() == "html":
            plain, entities = parse_html(text)
        case _:
            raise BadRequest("unsupported parse_mode")
    plain, entities = _trim(plain, entities)
    return plain, _in_order([*entities, *_not_within(find_entities(plain), entities)])


def find_entities(text: str) -> list[Entity]:
    """Commands, mentions, links and hashtags that Telegram marks by itself."""
    return [
        Entity(
            type=found.lastgroup or "",
            offset=utf16_length(text[: found.start()]),
            length=utf16_length(found.group()),
        )
        for found in AUTOMATIC.finditer(text)
    ]


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Parses Telegram's HTML (Bot API: HTML style).

    Raises:
        BadRequest: can't parse entities, and why, with the byte offset in the UTF-8 text.
    """
    return _HtmlReader(text).read()


class _HtmlReader:
    """Walks through the text once, with the tags that are open on a stack."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.plain = ""
        self.entities: list[Entity] = []
        self.open_tags: list[_OpenTag] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            match self.text[self.at : self.at + 2]:
                case "</":
                    self._close_tag()
                case start if start.startswith("<"):
                    self._open_tag()
                case start if start.startswith("&"):
                    self._read_character()
                case _:
                    self._read_plain()
        if self.open_tags:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].tag}"')
        return self.plain, _in_order(self.entities)

    @property
    def _byte_offset(self) -> int:
        return len(self.text[: self.at].encode())

    def _read_plain(self) -> None:
        piece = "".join(takewhile(lambda character: character not in "<&", self.text[self.at :]))
        self.plain += piece
        self.at += len(piece)

    def _read_character(self) -> None:
        found = CHARACTER.match(self.text, self.at)
        match found and found.groups():
            case (str() as decimal, _, _):
                character = chr(int(decimal))
            case (_, str() as hexadecimal, _):
                character = chr(int(hexadecimal, 16))
            case (_, _, str() as name) if name in NAMED_CHARACTERS:
                character = NAMED_CHARACTERS[name]
            case _:
                character = ""
        self.plain += character or "&"
        self.at = found.end() if found and character else self.at + 1

    def _open_tag(self) -> None:
        found = TAG_NAME.match(self.text, self.at + 1)
        name = found.group().lower() if found else ""
        end = self.text.find(">", self.at)
        if found and name not in TAGS:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {self._byte_offset}')
        if found is None or end < 0:
            raise _cannot_parse(f"Unclosed start tag at byte offset {self._byte_offset}")
        attributes = {
            key.lower(): html.unescape(next((value for value in values if value), ""))
            for key, *values in ATTRIBUTE.findall(self.text[found.end() : end])
        }
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset}')
        self.open_tags.append(_OpenTag(name, len(self.plain), attributes))
        self.at = end + 1

    def _close_tag(self) -> None:
        end = self.text.find(">", self.at)
        if not self.open_tags:
            raise _cannot_parse(f"Unexpected end tag at byte offset {self._byte_offset}")
        if end < 0:
            raise _cannot_parse(f"Unclosed end tag at byte offset {self._byte_offset}")
        name, expected = self.text[self.at + 2 : end].strip().lower(), self.open_tags[-1].tag
        if name not in {"", expected}:
            raise _cannot_parse(
                f"Unmatched end tag at byte offset {self._byte_offset}, "
                f'expected "</{expected}>", found "</{name}>"'
            )
        opened = self.open_tags.pop()
        if len(self.plain) > opened.start:
            self.entities.append(_entity_of(opened, self.plain))
        self.at = end + 1


def _entity_of(opened: _OpenTag, plain: str) -> Entity:
    inside = plain[opened.start :]
    kind, extra = TAGS[opened.tag], dict[str, Any]()
    match opened.tag:
        case "a":
            extra["url"] = opened.attributes.get("href") or inside
        case "tg-emoji":
            extra["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        case "code" if opened.attributes.get("class", "").startswith("language-"):
            kind, extra["language"] = "pre", opened.attributes["class"].removeprefix("language-")
        case "blockquote" if "expandable" in opened.attributes:
            kind = "expandable_blockquote"
    return Entity(
        type=kind,
        offset=utf16_length(plain[: opened.start]),
        length=utf16_length(inside),
        extra=tuple(extra.items()),
    )


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drops white space at both ends, as Telegram does, and moves the entities along."""
    dropped = len(text) - len(text.lstrip())
    trimmed = text.strip()
    end = utf16_length(trimmed)
    moved = []
    for entity in entities:
        start = max(0, entity.offset - dropped)
        stop = min(end, entity.offset - dropped + entity.length)
        if stop > start:
            moved.append(Entity(type=entity.type, offset=start, length=stop - start, extra=entity.extra))
    return trimmed, moved


def _not_within(found: list[Entity], marked: list[Entity]) -> list[Entity]:
    solid = [entity for entity in marked if entity.type in {"code", "pre", "text_link"}]
    return [
        entity
        for entity in found
        if not any(other.offset <= entity.offset < other.offset + other.length for other in solid)
    ]


def _in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def _cannot_parse(why: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {why}")
