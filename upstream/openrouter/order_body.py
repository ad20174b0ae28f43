"""Writes an order as the JSON that OpenRouter documents for `POST /api/v1/videos`."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any, Final

from domain.order_form import PhotoRole
from domain.size import Size, named_ratio, resolution
from upstream.api import Order, OrderPhoto

_Json = dict[str, Any]

_MIME_TYPES: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_FRAMES: Final = (PhotoRole.FIRST_FRAME, PhotoRole.LAST_FRAME)


def of_order(order: Order) -> _Json:
    """Return the body; what is not asked for is left out, for of what it does not know OpenRouter says nothing.

    It makes no videos that are private, marked or of a character, and has no field for what is not to be seen: that
    goes into the words.

    Raises:
        OSError: A photo cannot be read.
        ValueError: A photo is neither JPEG nor PNG.
    """
    frames = [_frame(photo) for photo in order.photos if photo.role in _FRAMES]
    references = [_image(photo) for photo in order.photos if photo.role not in _FRAMES]
    body: _Json = {
        "model": order.model,
        "prompt": _words(order),
        "duration": order.seconds,
        **_size(order.size),
        "seed": order.seed,
        "frame_images": frames or None,
        "input_references": references or None,
    }
    return {name: value for name, value in body.items() if value is not None} | order.form.extra


def _words(order: Order) -> str:
    return order.prompt if not order.negative_prompt else f"{order.prompt}\n\nAvoid: {order.negative_prompt}"


def _size(size: Size) -> dict[str, str]:
    """Return `resolution` and `aspect_ratio`, which every model takes; `size` for a shape without a name.

    How a model's form spells sizes is for APIs in OpenAI's format.
    """
    ratio = named_ratio(size)
    return {"size": str(size)} if ratio is None else {"resolution": resolution(size), "aspect_ratio": ratio}


def _frame(photo: OrderPhoto) -> _Json:
    return _image(photo) | {"frame_type": photo.role.value}


def _image(photo: OrderPhoto) -> _Json:
    return {"type": "image_url", "image_url": {"url": _data_url(photo.path)}}


def _data_url(photo: Path) -> str:
    content = photo.read_bytes()
    for signature, mime in _MIME_TYPES:
        if content.startswith(signature):
            return f"data:{mime};base64,{b64encode(content).decode('ascii')}"
    raise ValueError(f"{photo.name} is neither JPEG nor PNG")
