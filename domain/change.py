"""A wish, changed in one way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Model
from domain.mentions import find_mentions, without_marks
from domain.size import nearest, of_shape
from domain.wish import Wish


class Way(StrEnum):
    """In what an alternative differs from what was asked for."""

    #: In its length.
    LENGTH = "length"
    #: In its shape.
    SHAPE = "shape"
    #: In its model, and in length and shape as far as that model needs it.
    MODEL = "model"
    #: It is private.
    PRIVATE = "private"
    #: It is not private.
    PUBLIC = "public"
    #: It has a watermark.
    MARKED = "marked"
    #: It has no watermark.
    UNMARKED = "unmarked"
    #: It has no character.
    WITHOUT_CHARACTER = "without character"
    #: It has no photos.
    WITHOUT_PHOTOS = "without photos"
    #: In how many of the photos are used.
    PHOTOS = "photos"
    #: A misspelt option is taken for the nearest one.
    CORRECTED = "corrected"
    #: An option that there is none of is taken for words.
    WORDS = "words"
    #: In which saved character it has.
    CHARACTER = "character"
    #: It has a prompt, where there was none.
    PROMPT = "prompt"
    #: In nothing: just that is meant.
    ANYWAY = "anyway"
    #: In nothing: it can be paid later.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Change:
    """A wish that differs from the one that was refused."""

    way: Way
    wish: Wish
    name: str = ""


def by(model: Model, wish: Wish) -> Change:
    """Return a wish for a model, as near to its length and shape as the model comes; a mark it lacks falls away."""
    said = wish.options
    seconds = None if said.seconds is None else model.nearest_length(said.seconds)
    shape = said.shape and (of_shape(said.shape, model.sizes) or nearest(said.shape, model.sizes))
    watermark = said.watermark and model.watermark
    return Change(Way.MODEL, wish.saying(model=model.name, seconds=seconds, shape=shape, watermark=watermark))


def without_character(wish: Wish, *, but: str | None = None) -> Wish:
    """Return a wish in which nobody is named `but` one; names that stand in the words stay, as words."""
    others = set(wish.characters) - {but}
    prompt = without_marks(wish.options.prompt, find_mentions(wish.options.prompt, others))
    return wish.saying(prompt=prompt, character=but, character_url=None, character_timestamps=None)
