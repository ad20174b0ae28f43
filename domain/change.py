"""The spec of a request, changed in one way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Model
from domain.mentions import find_mentions, without_marks
from domain.request_spec import RequestSpec
from domain.size import nearest, of_shape


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
    """A spec that differs from the one that was refused."""

    way: Way
    spec: RequestSpec
    name: str = ""


def by(model: Model, spec: RequestSpec) -> Change:
    """Return a spec for a model, as near to its length and shape as the model comes; a mark it lacks falls away."""
    said = spec.options
    seconds = None if said.seconds is None else model.nearest_length(said.seconds)
    shape = said.shape and (of_shape(said.shape, model.sizes) or nearest(said.shape, model.sizes))
    watermark = said.watermark and model.watermark
    return Change(Way.MODEL, spec.saying(model=model.name, seconds=seconds, shape=shape, watermark=watermark))


def without_character(spec: RequestSpec, *, but: str | None = None) -> RequestSpec:
    """Return a spec in which nobody is named `but` one; names that stand in the words stay, as words."""
    others = set(spec.characters) - {but}
    prompt = without_marks(spec.options.prompt, find_mentions(spec.options.prompt, others))
    return spec.saying(prompt=prompt, character=but, character_url=None, character_timestamps=None)
