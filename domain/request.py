"""A request: what someone asked for, made whole and checked against the catalogue before anything is promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from domain.ability import Ability
from domain.catalogue import Catalogue, Model
from domain.character import Character
from domain.options import PromptOptions
from domain.order_form import PhotoRole
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.refusals import (
    AbilityNotOffered,
    ChoiceRefusal,
    EditsNotOffered,
    LengthNotOffered,
    ModelNotOnOffer,
    NoModelOnOffer,
    PhotosNotTaken,
    PromptMissing,
    PromptTooLong,
    SizeNotOffered,
    UnknownModel,
)
from domain.size import Size, alike, nearest, of_shape

LONGEST_PROMPT = 4000
_OF_ROLES = {
    PhotoRole.FIRST_FRAME: Ability.FIRST_FRAME,
    PhotoRole.LAST_FRAME: Ability.LAST_FRAME,
    PhotoRole.REFERENCE: Ability.REFERENCES,
}
#: So many models are named where one that was wished for is not to be had.
_INSTEAD = 3


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
    #: What the first of all the videos that led to it shows, if that was looked up for people; not written down.
    first_prompt: str = ""


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
    _refuse_what_has_ended(options, catalogue, photos, character)
    model = _model(
        options, catalogue, preferences, needs_photos=bool(photos), needs_character=bool(character)
    )
    _check_abilities(options, model, catalogue, needs_photos=bool(photos), needs_character=bool(character))
    seconds = _seconds(options, model, catalogue, preferences)
    size = _size(options, model, catalogue, preferences, photos)
    return VideoRequest(
        prompt=options.prompt,
        model=model.name,
        seconds=seconds,
        size=size,
        price=model.price_of(seconds, size),
        photos=tuple(photos[: model.photos]),
        private=preferences.private and model.private if options.private is None else options.private,
        watermark=preferences.watermark and model.watermark
        if options.watermark is None
        else options.watermark,
        character=character,
    )


def renew(request: VideoRequest, catalogue: Catalogue) -> VideoRequest:
    """Check an earlier request against today's catalogue and price; raises a ChoiceRefusal, or of an edit EditsNotOffered."""
    model = catalogue.find(request.model)
    if request.original is not None and (
        model is None or not model.edits or not model.takes(request.seconds)
    ):
        raise EditsNotOffered(request.model, model)
    checked = make_request(options_of(request), catalogue, photos=request.photos, character=request.character)
    return replace(checked, original=request.original)


def needs_of(request: VideoRequest, model: Model) -> frozenset[Ability]:
    """Return what a request asks of a model, its photos being what they are to that; a mark it lacks falls away."""
    needs = {_OF_ROLES[role] for role in model.roles_of(len(request.photos))} or {Ability.WORDS}
    if request.character is not None:
        needs.add(Ability.CHARACTER)
    if request.private:
        needs.add(Ability.PRIVACY)
    return frozenset(needs)


def is_able(model: Model, request: VideoRequest) -> bool:
    """Tell whether a model makes a video of what the request brings along: its photos, its character, its being private."""
    return len(request.photos) <= model.photos and needs_of(request, model) <= model.abilities


def fitted_to(request: VideoRequest, model: Model) -> VideoRequest:
    """Return the request for a model, as near to its length and its size as the model comes; a mark it lacks falls away."""
    seconds = model.nearest_length(request.seconds)
    size = request.size if request.size in model.sizes else nearest(request.size, model.sizes)
    return replace(
        request,
        model=model.name,
        seconds=seconds,
        size=size,
        price=model.price_of(seconds, size),
        watermark=request.watermark and model.watermark,
    )


def models_instead(request: VideoRequest, catalogue: Catalogue) -> Sequence[Model]:
    """Return the models that can make the same, those nearest to it in price and length first; an edit has none."""
    if request.original is not None:
        return []
    fitted = [
        (model, fitted_to(request, model))
        for model in catalogue.models.values()
        if model.name != request.model and catalogue.is_listed(model) and is_able(model, request)
    ]
    nearest_first = sorted(
        fitted,
        key=lambda pair: (
            abs(pair[1].price - request.price),
            abs(pair[1].seconds - request.seconds),
        ),
    )
    return [model for model, _ in nearest_first[:_INSTEAD]]


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


def remembering(
    known: Preferences, options: PromptOptions, chosen: AbstractSet[str], catalogue: Catalogue
) -> Preferences:
    """Return the preferences of somebody who chose options of these names, as far as no later video costs more by that.

    Of a size that costs more its shape is left, and of a model nothing.
    """
    usual, model = _usual_price(known, catalogue), catalogue.find(options.model or "")
    shape = options.shape and alike(options.shape, model.sizes if model is not None else ())
    for names in (chosen, chosen - {"model"}):
        for said in (options, replace(options, shape=shape)):
            preferred = known.remembering(said, names)
            if _usual_price(preferred, catalogue) <= usual:
                return preferred
    return known


def _usual_price(preferences: Preferences, catalogue: Catalogue) -> int:
    """Return what a description alone costs; 0 if there is nothing to make it."""
    try:
        return make_request(PromptOptions(prompt="…"), catalogue, preferences=preferences).price
    except ChoiceRefusal:
        return 0


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
    if preferred is None and not catalogue.has_default:
        raise NoModelOnOffer([] if catalogue.is_empty else list(catalogue.models.values())[:_INSTEAD])
    default = preferred or catalogue.default_model
    listed = [model for model in catalogue.models.values() if catalogue.is_listed(model)]
    return next(
        (
            model
            for model in (default, catalogue.default_model, *listed)
            if (model.photos or not needs_photos) and (model.characters or not needs_character)
        ),
        default,
    )


def _refuse_what_has_ended(
    options: PromptOptions, catalogue: Catalogue, photos: Sequence[Photo], character: Character | None
) -> None:
    """Raise ModelNotOnOffer, with what can make the same instead, for a model that is known and not to be had.

    What it could not have made either is for the others to take or to refuse.
    """
    if options.model is None or catalogue.find(options.model) is not None:
        return
    ended = catalogue.known.find(options.model)
    if ended is None:
        return
    try:
        wished = make_request(options, catalogue.known, photos=photos, character=character)
    except ChoiceRefusal:
        wished = _wished_of(ended, options, photos, character)
    raise ModelNotOnOffer(ended, models_instead(wished, catalogue))


def _wished_of(
    model: Model, options: PromptOptions, photos: Sequence[Photo], character: Character | None
) -> VideoRequest:
    """Return a request of the model's first length and size with all else that was asked, whether or not it makes that."""
    seconds, size = model.lengths[0], model.sizes[0]
    return VideoRequest(
        prompt=options.prompt,
        model=model.name,
        seconds=seconds,
        size=size,
        price=model.price_of(seconds, size),
        photos=tuple(photos[: model.photos or None]),
        private=bool(options.private),
        character=character,
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
        liked = preferences.seconds
        return liked if liked is not None and model.takes(liked) else model.lengths[0]
    if not model.takes(seconds):
        raise LengthNotOffered(seconds, model, _models(catalogue, lambda other: other.takes(seconds)))
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
