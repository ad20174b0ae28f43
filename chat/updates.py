"""Parses updates, and checks each part against the type that python-telegram-bot declares for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import telegram
from telegram import Bot, PhotoSize, Sticker, TelegramObject, Update

#: What python-telegram-bot raises for JSON of another shape than it thinks of.
NOT_THE_SHAPE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
#: What is of no size is no picture; of other files Telegram may not know their size.
_PICTURES = (PhotoSize, Sticker)
#: No number of Telegram's is longer, and no database of ours takes a longer one.
_BITS = 64


class UnreadableUpdate(ValueError):
    """An update has another shape than Telegram's; the message says where."""


def is_number(value: object) -> bool:
    """Tell whether a value is a whole number, and not too large for a database."""
    return (
        isinstance(value, int) and not isinstance(value, bool) and -(1 << _BITS - 1) <= value < 1 << _BITS - 1
    )


def read_update(raw: dict[str, Any], bot: Bot) -> Update:
    """Return the update that Telegram's JSON means; raises UnreadableUpdate."""
    try:
        update = Update.de_json(raw, bot)
        misfit = _misfit(update)
    except NOT_THE_SHAPE as error:
        raise UnreadableUpdate(repr(error)) from error
    if misfit is not None:
        raise UnreadableUpdate(f"{misfit} is nothing that Telegram says")
    return update


def _misfit(thing: TelegramObject) -> str | None:
    """Return the name of a part that is not of its type, however deep it lies."""
    kind: Any = type(thing)
    for name, hint, may_lack in types_of(kind):
        value = getattr(thing, name)
        # Most parts lack, and are passed over before anything else is asked.
        if not (may_lack and value is None) and not _fits(value, hint):
            return f"{kind.__name__}.{name}"
    if isinstance(thing, _PICTURES) and min(thing.width, thing.height) < 1:
        return f"{kind.__name__}.width"
    return None


@cache
def types_of(kind: Any) -> Sequence[tuple[str, Any, bool]]:  # noqa: ANN401 - mypy takes none of these for hashable
    """Return the name and the type of each part, and whether it may lack."""
    # python-telegram-bot names its own types in quotes; all of them are found in its package.
    hints = get_type_hints(kind.__init__, localns=vars(telegram))
    return [
        (name, hint, NoneType in get_args(hint))
        for name, hint in hints.items()
        if name != "api_kwargs" and hasattr(kind, name)
    ]


def _fits(value: object, kind: Any) -> bool:  # noqa: ANN401 - a type, or what typing makes of several
    match get_origin(kind):
        case None:
            return _is_one(value, kind)
        case origin if origin in {Union, UnionType}:
            return any(_fits(value, one) for one in get_args(kind))
        case origin if issubclass(Sequence, origin):
            (member,) = get_args(kind)
            return isinstance(value, list | tuple) and all(_fits(one, member) for one in value)
        case origin:
            return isinstance(value, origin)


def _is_one(value: object, kind: Any) -> bool:  # noqa: ANN401 - a type
    match value:
        case bool():
            return kind is bool
        case int():
            return kind in {int, float} and is_number(value)
        case str():
            return isinstance(value, kind) and _is_text(value)
        case TelegramObject():
            return isinstance(value, kind) and _misfit(value) is None
        case _:
            return kind is Any or isinstance(value, kind)


def _is_text(value: str) -> bool:
    """Tell whether every database can take it: half a character none does, and a zero not every one."""
    return "\0" not in value and (
        value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    )
