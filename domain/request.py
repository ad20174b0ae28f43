"""A request: what someone asked for, made whole and checked against the catalogue before anything is promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.options import Wishes
from domain.refusals import (
    AbilityNotOffered,
    LengthNotOffered,
    PhotosNotTaken,
    PromptMissing,
    PromptTooLong,
    SizeNotOffered,
    UnknownModel,
)
from domain.size import Size, nearest, of_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.catalogue import Catalogue, Model

LONGEST_PROMPT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture that lies with Telegram; `size` is what Telegram says of it, None if it says nothing."""

    file_id: str
    size: Size | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRequest:
    """Everything that has to be said to order one video, and its price in credits."""

    prompt: str
    model: str
    seconds: int
    size: Size
    price: int
    photo: Photo | None = None
    private: bool = False
    watermark: bool = False


def make_request(wishes: Wishes, catalogue: Catalogue, *, photo: Photo | None = None) -> VideoRequest:
    """Fill in what was left open and check the rest; raises a ChoiceRefusal, PromptMissing or PromptTooLong."""
    if not wishes.prompt:
        raise PromptMissing
    if len(wishes.prompt) > LONGEST_PROMPT:
        raise PromptTooLong(len(wishes.prompt), LONGEST_PROMPT)
    model = _model(wishes, catalogue)
    _check_abilities(wishes, model, catalogue, photo)
    seconds = _seconds(wishes, model, catalogue)
    return VideoRequest(
        prompt=wishes.prompt,
        model=model.name,
        seconds=seconds,
        size=_size(wishes, model, catalogue, photo),
        price=model.price[seconds],
        photo=photo,
        private=wishes.private,
        watermark=wishes.watermark,
    )


def renew(request: VideoRequest, catalogue: Catalogue) -> VideoRequest:
    """Check an earlier request against today's catalogue and price; raises a ChoiceRefusal."""
    wishes = Wishes(
        prompt=request.prompt,
        model=request.model,
        seconds=request.seconds,
        shape=request.size,
        private=request.private,
        watermark=request.watermark,
    )
    return make_request(wishes, catalogue, photo=request.photo)


def _model(wishes: Wishes, catalogue: Catalogue) -> Model:
    if wishes.model is None:
        return catalogue.default_model
    model = catalogue.find(wishes.model)
    if model is None:
        raise UnknownModel(wishes.model, catalogue.models.values())
    return model


def _check_abilities(wishes: Wishes, model: Model, catalogue: Catalogue, photo: Photo | None) -> None:
    if photo is not None and not model.photos:
        raise PhotosNotTaken(model, _models(catalogue, lambda other: other.photos > 0))
    if wishes.private and not model.private:
        raise AbilityNotOffered("private", model, _models(catalogue, lambda other: other.private))
    if wishes.watermark and not model.watermark:
        raise AbilityNotOffered("watermark", model, _models(catalogue, lambda other: other.watermark))


def _seconds(wishes: Wishes, model: Model, catalogue: Catalogue) -> int:
    seconds = wishes.seconds
    if seconds is None:
        return model.lengths[0]
    if seconds not in model.price:
        raise LengthNotOffered(seconds, model, _models(catalogue, lambda other: seconds in other.price))
    return seconds


def _size(wishes: Wishes, model: Model, catalogue: Catalogue, photo: Photo | None) -> Size:
    shape = wishes.shape
    if shape is not None:
        size = of_shape(shape, model.sizes)
        if size is None:
            raise SizeNotOffered(
                shape, model, _models(catalogue, lambda o: of_shape(shape, o.sizes) is not None)
            )
        return size
    if photo is not None and photo.size is not None:
        return nearest(photo.size, model.sizes)
    return model.sizes[0]


def _models(catalogue: Catalogue, able: Callable[[Model], bool]) -> list[Model]:
    return [model for model in catalogue.models.values() if able(model)]
