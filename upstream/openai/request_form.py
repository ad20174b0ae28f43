"""Writes an order as its model wants it: a multipart form or one JSON object, photos read from disk as they go.

Which relay and model wants which is in the documents of new-api's task plugins, docs.laozhang.ai, docs.apiyi.com and
docs.llmgateway.io; `domain.order_form` has the words for it.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

import httpx

from domain.order_form import BodyKind, OrderForm, PhotoEncoding, SizeSpelling
from domain.size import Size
from upstream.api import Order

TextPart = tuple[None, str]
FilePart = tuple[str, IO[bytes], str]
Form = list[tuple[str, TextPart | FilePart]]

_KINDS: Final = ((b"\xff\xd8\xff", "jpg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "png", "image/png"))
#: Bytes; of whole groups of three, so that the pieces' base64 can be put together.
_PIECE: Final = 3 << 18
#: What models have names for; the sizes of many are only nearly of these shapes.
_RATIOS: Final = tuple(
    Size(width, height)
    for width, height in (
        (16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (21, 9), (9, 21),
    )
)  # fmt: skip
_NEARLY: Final = 0.03
_FOUR_K: Final = 2160


@dataclass(frozen=True, slots=True, kw_only=True)
class _Photo:
    """A picture on disk that stays open; `size` is in bytes."""

    number: int
    file: IO[bytes]
    size: int
    extension: str
    mime: str

    @property
    def part(self) -> FilePart:
        """A file of a form; its name is ours, for relays choke on other letters than ASCII."""
        return f"photo-{self.number}.{self.extension}", self.file, self.mime

    def intro(self, encoding: PhotoEncoding) -> str:
        return f"data:{self.mime};base64," if encoding is PhotoEncoding.DATA_URL else ""

    @property
    def base64_length(self) -> int:
        return (self.size + 2) // 3 * 4

    def pieces(self) -> Iterator[bytes]:
        """Yield the picture in base64, from its beginning, about a megabyte at a time.

        Raises:
            OSError: It cannot be read, or is not as long any more as it was.
        """
        self.file.seek(0)
        left = self.size
        while left > 0:
            piece = self.file.read(min(_PIECE, left))
            if not piece:
                raise OSError(f"photo {self.number} has become shorter")
            left -= len(piece)
            yield b64encode(piece)


class JsonBody(httpx.AsyncByteStream):
    """A JSON object whose pictures are read and encoded while it is sent, so that no more than a piece is in memory."""

    def __init__(self, parts: Sequence[bytes | _Photo]) -> None:
        self._parts = parts

    @property
    def length(self) -> int:
        """In bytes."""
        return sum(part.base64_length if isinstance(part, _Photo) else len(part) for part in self._parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if not isinstance(part, _Photo):
                yield part
                continue
            pieces = part.pieces()
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                yield piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an order is sent as: `files` of a form, or a JSON body; the other is None."""

    files: Form | None = None
    json: JsonBody | None = None

    def request(self, client: httpx.AsyncClient, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Request:
        """Return the request that orders."""
        if self.json is None:
            return client.build_request("POST", url, files=self.files, headers=headers)
        of_json = {"Content-Type": "application/json", "Content-Length": str(self.json.length)}
        return client.build_request("POST", url, content=self.json, headers={**headers, **of_json})


def of_order(order: Order, photos: ExitStack) -> Written:
    """Return what the order is sent as; its photos stay open until `photos` is closed.

    Raises:
        OSError: A photo cannot be opened.
        ValueError: A photo is neither JPEG nor PNG.
    """
    opened = [_opened(photo.path, number, photos) for number, photo in enumerate(order.photos, start=1)]
    fields = [order.form.photo_field(photo.role) for photo in order.photos]
    placed = list(zip(fields, opened, strict=True))
    if order.form.body is BodyKind.JSON:
        return Written(json=_json_of(_values(order), placed, order.form.photo_encoding))
    return Written(files=_form_of(_values(order), placed, order.form.photo_encoding))


def of_remix(prompt: str, *, model: str, size: Size | None, form: OrderForm) -> dict[str, Any]:
    """Return the JSON object that orders a changed copy, its size spelt and its extra fields as the model has them."""
    values: dict[str, Any] = {"model": model, "prompt": prompt}
    if size is not None:
        _put_size(values, size, form)
    return _merged(values, form.extra)


def _values(order: Order) -> dict[str, Any]:
    """Return what the order says in words, as it would stand in JSON, in the order of the format's own page."""
    form, character = order.form, order.character
    values: dict[str, Any] = {"model": order.model, "prompt": order.prompt}
    _put(values, form.length_field, order.seconds if form.length_as_number else str(order.seconds))
    _put_size(values, order.size, form)
    said = {
        "watermark": order.watermark,
        "private": order.private,
        "character_url": character.url if character else None,
        "character_timestamps": character.timestamps if character else None,
        "seed": order.seed,
        "negative_prompt": order.negative_prompt,
    }
    values |= {name: value for name, value in said.items() if value is not None}
    return _merged(values, form.extra)


def _put_size(values: dict[str, Any], size: Size, form: OrderForm) -> None:
    for path, text in zip(form.size_fields, _size(size, form.size_as), strict=True):
        _put(values, path, text)


def _size(size: Size, spelling: SizeSpelling) -> tuple[str, ...]:
    """Return what stands in each of the fields that a size goes to."""
    match spelling:
        case SizeSpelling.PIXELS:
            return (str(size),)
        case SizeSpelling.STARRED:
            return (f"{size.width}*{size.height}",)
        case SizeSpelling.RATIO:
            return (_ratio(size).replace(":", "x"),)
        case SizeSpelling.LINES:
            return (_lines(size),)
        case SizeSpelling.RESOLUTION:
            return _lines(size), _ratio(size)


def _lines(size: Size) -> str:
    """Return what models call a size by its shorter side."""
    side = min(size.width, size.height)
    return "4k" if side == _FOUR_K else f"{side}p"


def _ratio(size: Size) -> str:
    """Return the ratio that models know by name, if the size is nearly of one: 854x480 is 16:9."""
    named = min(_RATIOS, key=lambda ratio: abs(ratio.shape - size.shape))
    is_near = math.isclose(named.shape, size.shape, rel_tol=0, abs_tol=_NEARLY)
    return f"{named.width}:{named.height}" if is_near else size.ratio


def _merged(values: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return both in one object, and objects in it that both have likewise; neither is changed."""
    merged = dict(values)
    for name, value in extra.items():
        match merged.get(name), value:
            case dict() as mine, dict() as more:
                merged[name] = _merged(mine, more)
            case _:
                merged[name] = deepcopy(value)
    return merged


def _put(values: dict[str, Any], path: str, value: object) -> None:
    """Write a value where the path leads; of several under one name a list is made, as `[]` makes of one.

    Raises:
        ValueError: Something else stands in the way.
    """
    *way, name = path.removesuffix("[]").split(".")
    inner = values
    for step in way:
        match inner.setdefault(step, {}):
            case dict() as deeper:
                inner = deeper
            case _:
                raise ValueError(f"{path} leads into what is no object")
    match inner.get(name):
        case None:
            inner[name] = [value] if path.endswith("[]") else value
        case [*others]:
            inner[name] = [*others, value]
        case other:
            inner[name] = [other, value]


def _json_of(
    values: dict[str, Any], photos: Sequence[tuple[str, _Photo]], encoding: PhotoEncoding
) -> JsonBody:
    """Return the object with the photos in their places: a mark that nobody can guess holds each, until it is sent."""
    mark = secrets.token_hex(16)
    by_mark = {f"{mark}{photo.number}.": photo for _, photo in photos}
    for (path, photo), marked in zip(photos, by_mark, strict=True):
        _put(values, path, photo.intro(encoding) + marked)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    pieces = re.split(rf"({mark}\d+\.)", text)
    return JsonBody([by_mark.get(piece) or piece.encode() for piece in pieces])


def _form_of(values: dict[str, Any], photos: Sequence[tuple[str, _Photo]], encoding: PhotoEncoding) -> Form:
    """Return the parts, files last; an object is one part of JSON text, a list the same part several times."""
    files: Form = []
    for path, photo in photos:
        if encoding is PhotoEncoding.FILE:
            files.append((path.removesuffix("[]"), photo.part))
        else:
            _put(values, path, photo.intro(encoding) + b"".join(photo.pieces()).decode())
    texts: Form = [
        (name, (None, _text(one)))
        for name, value in values.items()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    return list(chain(texts, files))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _opened(path: Path, number: int, photos: ExitStack) -> _Photo:
    file = photos.enter_context(path.open("rb"))
    start = file.read(8)
    size = file.seek(0, 2)
    file.seek(0)
    for signature, extension, mime in _KINDS:
        if start.startswith(signature):
            return _Photo(number=number, file=file, size=size, extension=extension, mime=mime)
    raise ValueError(f"photo {number} is neither JPEG nor PNG")
