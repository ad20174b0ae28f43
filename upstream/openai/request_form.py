"""Writes an order as the multipart form that the API documents: text parts, and photos read from disk as they go."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from upstream.api import Order

TextPart = tuple[None, str]
FilePart = tuple[str, IO[bytes], str]
Form = list[tuple[str, TextPart | FilePart]]

_KINDS: Final = ((b"\xff\xd8\xff", "jpg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "png", "image/png"))


def of_order(order: Order, photos: ExitStack) -> Form:
    """Return the form's parts in the documented order; the photos stay open until `photos` is closed.

    Raises:
        OSError: A photo cannot be opened.
        ValueError: A photo is neither JPEG nor PNG.
    """
    files: Form = [
        (order.form.photo_field(photo.role).removesuffix("[]"), _file(photo.path, number, photos))
        for number, photo in enumerate(order.photos, start=1)
    ]
    texts: Form = [(name, (None, text)) for name, text in _texts(order).items() if text is not None]
    return texts + files


def _texts(order: Order) -> dict[str, str | None]:
    character = order.character
    return {
        "model": order.model,
        "prompt": order.prompt,
        "seconds": str(order.seconds),
        "size": str(order.size),
        "watermark": _flag(order.watermark),
        "private": _flag(order.private),
        "character_url": character.url if character else None,
        "character_timestamps": character.timestamps if character else None,
    }


def _flag(value: bool | None) -> str | None:  # noqa: FBT001 - it is the value that is written
    return None if value is None else str(value).lower()


def _file(photo: Path, number: int, photos: ExitStack) -> FilePart:
    """Open one photo; its name is ours, for relays choke on other letters than ASCII."""
    file = photos.enter_context(photo.open("rb"))
    start = file.read(8)
    file.seek(0)
    for signature, extension, mime in _KINDS:
        if start.startswith(signature):
            return f"photo-{number}.{extension}", file, mime
    raise ValueError(f"photo {number} is neither JPEG nor PNG")
