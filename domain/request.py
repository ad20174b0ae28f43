"""A request: what someone asked for, made whole and checked against the catalogue before anything is promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.catalogue import Catalogue, Model
from domain.character import Character
from domain.options import PromptOptions
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.refusals import (
    AbilityNotOffered,
    LengthNotOffered,
    PhotosNotTaken,
    PromptMissing,
    PromptTooLong,
    SizeNotOffered,
    UnknownModel,
)
from domain.size import Size, alike, nearest, of_shape

LONGEST_PROMPT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture that lies with Telegram; `size` is what Telegram says of it, None if it says nothing."""

    file_id: str
    size: Size | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The finished video that an edit changes: our job, and the API's id of its video."""

    job_id: int
    video_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRequest:
    """Everything that has to be said to order one video, and its price in credits.

    Of an edit, which has an `original`, the prompt says what is to be changed.
    """

    prompt: str
    model: str
    seconds: int
    size: Size
    price: int
    #: In the order in which they were sent: of two, the first and the last picture of the video.
    photos: tuple[Photo, ...] = ()
    private: bool = False
    watermark: bool = False
    character: Character | None = None
    original: Original | None = None


def make_request(
    options: PromptOptions,
    catalogue: Catalogue,
    *,
    photos: Sequence[Photo] = (),
    character: Character | None = None,
    preferences: Preferences = NOTHING_CHOSEN,
) -> VideoRequest:
    """Fill in what was left open and check the rest; raises a ChoiceRefusal, PromptMissing or PromptTooLong.

    Of more photos than the model takes, the first are used.
    """
    if not options.prompt:
        raise PromptMissing
    if len(options.prompt) > LONGEST_PROMPT:
        raise PromptTooLong(len(options.prompt), LONGEST_PROMPT)
    model = _model(
        options, catalogue, preferences, needs_photos=bool(photos), needs_character=bool(character)
    )
    _check_abilities(options, model, catalogue, needs_photos=bool(photos), needs_character=bool(character))
    seconds = _seconds(options, model, catalogue, preferences)
    return VideoRequest(
        prompt=options.prompt,
        model=model.name,
        seconds=seconds,
        size=_size(options, model, catalogue, preferences, photos),
        price=model.price[seconds],
        photos=tuple(photos[: model.photos]),
        private=preferences.private and model.private if options.private is None else options.private,
        watermark=preferences.watermark and model.watermark
        if options.watermark is None
        else options.watermark,
        character=character,
    )


def renew(request: VideoRequest, catalogue: Catalogue) -> VideoRequest:
    """Check an earlier request against today's catalogue and price; raises a ChoiceRefusal."""
    checked = make_request(options_of(request), catalogue, photos=request.photos, character=request.character)
    model = catalogue.models[checked.model]
    if request.original is not None and not model.edits:
        raise AbilityNotOffered("edits", model, _models(catalogue, lambda other: other.edits))
    return replace(checked, original=request.original)


def options_of(request: VideoRequest) -> PromptOptions:
    """Return the options that make just this request again."""
    return PromptOptions(
        prompt=request.prompt,
        model=request.model,
        seconds=request.seconds,
        shape=request.size,
        private=request.private,
        watermark=request.watermark,
    )


def _model(
    options: PromptOptions,
    catalogue: Catalogue,
    preferences: Preferences,
    *,
    needs_photos: bool,
    needs_character: bool,
) -> Model:
    if options.model is not None:
        model = catalogue.find(options.model)
        if model is None:
            raise UnknownModel(options.model, tuple(catalogue.models.values()))
        return model
    preferred = catalogue.find(preferences.model) if preferences.model is not None else None
    default = preferred or catalogue.default_model
    candidates = (default, catalogue.default_model, *catalogue.models.values())
    return next(
        (
            model
            for model in candidates
            if (model.photos or not needs_photos) and (model.characters or not needs_character)
        ),
        default,
    )


def _check_abilities(
    options: PromptOptions, model: Model, catalogue: Catalogue, *, needs_photos: bool, needs_character: bool
) -> None:
    if needs_photos and not model.photos:
        raise PhotosNotTaken(model, _models(catalogue, lambda other: other.photos > 0))
    if needs_character and not model.characters:
        raise AbilityNotOffered("characters", model, _models(catalogue, lambda other: other.characters))
    if options.private and not model.private:
        raise AbilityNotOffered("private", model, _models(catalogue, lambda other: other.private))
    if options.watermark and not model.watermark:
        raise AbilityNotOffered("watermark", model, _models(catalogue, lambda other: other.watermark))


def _seconds(options: PromptOptions, model: Model, catalogue: Catalogue, preferences: Preferences) -> int:
    seconds = options.seconds
    if seconds is None:
        return preferences.seconds if preferences.seconds in model.price else model.lengths[0]
    if seconds not in model.price:
        raise LengthNotOffered(seconds, model, _models(catalogue, lambda other: seconds in other.price))
    return seconds


def _size(
    options: PromptOptions,
    model: Model,
    catalogue: Catalogue,
    preferences: Preferences,
    photos: Sequence[Photo],
) -> Size:
    shape = options.shape
    if shape is not None:
        size = of_shape(shape, model.sizes)
        if size is None:
            raise SizeNotOffered(
                shape, model, _models(catalogue, lambda o: of_shape(shape, o.sizes) is not None)
            )
        return size
    if photos and photos[0].size is not None:
        return nearest(photos[0].size, model.sizes)
    liked = preferences.shape
    preferred = None if liked is None else of_shape(liked, model.sizes) or alike(liked, model.sizes)
    return preferred or model.sizes[0]


def _models(catalogue: Catalogue, able: Callable[[Model], bool]) -> tuple[Model, ...]:
    return tuple(model for model in catalogue.models.values() if able(model))
