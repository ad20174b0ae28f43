"""The words on buttons for models, lengths, shapes, and what is on or off."""

from __future__ import annotations

from chat.formatting import credits_of, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Model

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
