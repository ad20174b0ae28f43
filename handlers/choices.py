"""What can be chosen by buttons, a card's or the settings': models, lengths, shapes, and what is on or off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from telegram import InlineKeyboardButton

from chat import button_texts
from chat.callback_data import ButtonKind, button, in_rows
from chat.formatting import credits_of, drawn_shape, side_by_side
from domain.catalogue import Model
from domain.size import Size
from handlers import choice_texts

#: More choices than these on one page would be nobody's help; words can say the others.
_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several: what stands on its button, what a press says, and whether it is chosen now."""

    words: str
    #: An option as people write it, without its dashes: `seconds=15`.
    value: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes the buttons of one message: all of the same press, about the same row."""

    press: ButtonKind
    row_id: int

    def key(self, words: str, value: str = "") -> InlineKeyboardButton:
        return button(words, self.press, self.row_id, value)

    def opening(self, words: str, page: str) -> InlineKeyboardButton:
        """Return the button that opens a page of choices."""
        return self.key(f"{words} ▾", page)

    def of(self, choices: Iterable[Choice], *, in_row: int) -> list[list[InlineKeyboardButton]]:
        """Return the choices in rows, the chosen one marked."""
        keys = [self.key(_marked(choice), choice.value) for choice in choices]
        return in_rows(keys, in_row)

    def back(self) -> list[InlineKeyboardButton]:
        return [self.key(button_texts.back())]


def models(offered: Iterable[Model], chosen: str | None) -> Sequence[Choice]:
    return [
        Choice(words=choice_texts.model(model), value=f"model={model.name}", is_chosen=model.name == chosen)
        for model in islice(offered, _MOST)
    ]


def lengths(model: Model, chosen: int, size: Size) -> Sequence[Choice]:
    return [
        Choice(
            words=choice_texts.length(seconds, model.price_of(seconds, size)),
            value=f"seconds={seconds}",
            is_chosen=seconds == chosen,
        )
        for seconds in sorted(model.lengths)[:_MOST]
    ]


def shapes(model: Model, chosen: Size | None, seconds: int | None = None) -> Sequence[Choice]:
    """Return a model's sizes, with what videos of this length cost if that is not the same for all."""
    length = model.lengths[0] if seconds is None else seconds
    costs = {size: model.price_of(length, size) for size in model.sizes[:_MOST]}
    is_same = seconds is None or len(set(costs.values())) == 1
    return [
        Choice(
            words=drawn if is_same else side_by_side(drawn, credits_of(price)),
            value=f"size={size}",
            is_chosen=size == chosen,
        )
        for size, price in costs.items()
        for drawn in [drawn_shape(size, model.sizes)]
    ]


def switch(words: str, name: str, *, is_on: bool) -> Choice:
    """Return what a press turns into its opposite."""
    return Choice(words=words, value=f"{name}={'no' if is_on else 'yes'}", is_chosen=is_on)


def _marked(choice: Choice) -> str:
    return f"✓ {choice.words}" if choice.is_chosen else choice.words
