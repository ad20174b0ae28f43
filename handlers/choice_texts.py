"""The words on buttons for models, lengths and shapes."""

from __future__ import annotations

from chat.formatting import credits_of, shape, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Model
from domain.size import Size

private = lazy_gettext("🔒 Private")
watermark = lazy_gettext("💧 Watermark")


def model(model: Model) -> str:
    """Name a model and what its cheapest video costs."""
    cheapest, *dearer = model.prices()
    if not dearer:
        return side_by_side(model.title, credits_of(cheapest))
    return _("{model} · from {price}").format(model=model.title, price=credits_of(cheapest))


def length(seconds: int, price: int) -> str:
    return side_by_side(length_alone(seconds), credits_of(price))


def length_alone(seconds: int) -> str:
    return _("{seconds} s").format(seconds=seconds)


def shape_of(size: Size) -> str:
    """Draw a shape and write its size."""
    if size.width == size.height:
        return f"◻ {shape(size)}"
    return f"▭ {shape(size)}" if size.width > size.height else f"▯ {shape(size)}"


def shape_at(size: Size, price: int) -> str:
    return side_by_side(shape_of(size), credits_of(price))
