"""Alternatives: what can be made, and at what price, instead of what was refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from domain.catalogue import Catalogue, Model
from domain.change import Change, Way, by, without_character
from domain.character import spelled_alike
from domain.cheaper import cheaper
from domain.mentions import find_unknown, renamed
from domain.options import OPTIONS, PromptOptions, corrected, what_makes_sense
from domain.quota import Funds
from domain.refusals import (
    AbilityNotOffered,
    CharacterRefusal,
    ChoiceRefusal,
    LengthNotOffered,
    ModelNotOnOffer,
    NoModelOnOffer,
    OptionRefusal,
    PhotosLeftOut,
    PhotosNotTaken,
    PromptTooLong,
    QuotaRefusal,
    Refusal,
    SeveralCharacters,
    SizeNotOffered,
    UnknownCharacter,
    UnknownMention,
    UnknownModel,
    UnknownOption,
    ValueMissing,
    ValueUnusable,
)
from domain.request_spec import RequestSpec
from domain.size import SMALLEST_SIDE, Size, alike, resolution

#: More buttons than these would be nobody's help.
MOST = 4
#: What a name has to share with a model's to be taken for a misspelling of it.
_ALIKE = 0.6
#: Letters that name a model although they are only a part of its name.
_SHORTEST_PART = 3
_DIGITS = re.compile(r"\d{1,4}")


#: Of one way no more, so that others have room.
_MOST_OF = {Way.LENGTH: 2, Way.SHAPE: 2, Way.MODEL: 3, Way.CHARACTER: 3}
#: What is said no longer once it was refused.
_WRONG: Mapping[type[Refusal], Mapping[str, Any]] = {
    UnknownModel: {"model": None},
    ModelNotOnOffer: {"model": None},
    NoModelOnOffer: {"model": None},
    PhotosNotTaken: {"model": None},
    LengthNotOffered: {"seconds": None},
    SizeNotOffered: {"shape": None},
    PromptTooLong: {"prompt": ""},
}
_LACKING = {"private": Way.PUBLIC, "watermark": Way.UNMARKED, "characters": Way.WITHOUT_CHARACTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One video that can be made, with nothing left open, and its price in credits."""

    way: Way
    options: PromptOptions
    price: int
    #: How many of the photos that were sent it uses: the first.
    photos: int = 0
    #: The character's, if it is in that that it differs.
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What was asked for, what of that is right, and what is on offer."""

    asked: RequestSpec
    right: RequestSpec
    catalogue: Catalogue


def alternatives(
    refused: Refusal, spec: RequestSpec, catalogue: Catalogue, funds: Funds
) -> Sequence[Alternative]:
    """Return what can be made and paid instead of a spec that was refused, the nearest to it first.

    What can be paid later only is among them if it is what was asked for, or if there is nothing else.
    """
    case = _Case(asked=spec, right=what_is_right(spec, refused, catalogue), catalogue=catalogue)
    if isinstance(refused, QuotaRefusal):
        payable, later = _sorted_out(_possible(cheaper(spec, catalogue, funds.left or 0), catalogue), funds)
        return [*_nearest(payable), *later]
    possible = _possible(_changes(refused, case), catalogue)
    payable, later = _sorted_out(possible, funds)
    if possible and not payable and not later:
        dear = replace(spec, options=possible[0].options)
        payable, _ = _sorted_out(_possible(cheaper(dear, catalogue, funds.left or 0), catalogue), funds)
    return _nearest(payable or later)


def prompted(prompt: str, spec: RequestSpec, catalogue: Catalogue, funds: Funds) -> Sequence[Alternative]:
    """Return a spec that lacks a prompt with this one, if that can be made and paid now with all of the photos."""
    payable, _ = _sorted_out(_possible([Change(Way.PROMPT, spec.saying(prompt=prompt))], catalogue), funds)
    return [one for one in payable if one.photos == len(spec.photos)]


def _possible(changes: Iterable[Change], catalogue: Catalogue) -> list[Alternative]:
    made = (_made(change, catalogue) for change in changes)
    return list(dict.fromkeys(one for one in made if one is not None))


def _sorted_out(possible: Sequence[Alternative], funds: Funds) -> tuple[list[Alternative], list[Alternative]]:
    """Return what can be paid now, and what can be later."""
    payable = [one for one in possible if funds.left is None or one.price <= funds.left]
    later = [one for one in possible if one not in payable and funds.frees_at(one.price) is not None]
    return payable, later


def _nearest(possible: Sequence[Alternative]) -> Sequence[Alternative]:
    """Return the first of them, and not more of one way than leave room for others."""
    numbers = Counter[Way]()
    kept = []
    for one in possible:
        numbers[one.way] += 1
        if numbers[one.way] <= _MOST_OF.get(one.way, MOST):
            kept.append(one)
    return kept[:MOST]


def what_is_right(spec: RequestSpec, refused: Refusal, catalogue: Catalogue) -> RequestSpec:
    """Return a spec without that which was refused: what is kept for better words, or for a choice."""
    match refused:
        case OptionRefusal(text=text) if text:
            read = what_makes_sense(text, is_model=catalogue.find)
            return replace(spec, options=read.over(spec.options))
        case UnknownMention() | SeveralCharacters():
            return spec
        case CharacterRefusal() | ValueMissing() | AbilityNotOffered(ability="characters"):
            return without_character(spec)
        case AbilityNotOffered(ability=ability):
            return spec.saying(**{ability: False})
        case _:
            return spec.saying(**_WRONG.get(type(refused), {}))


def takes_more(model: Model, sent: int, spec: RequestSpec, catalogue: Catalogue) -> Sequence[Model]:
    """Return the models sure to be had that make a spec with more of so many photos, those that take most first."""
    roomier = [
        other
        for other in catalogue.models.values()
        if catalogue.is_listed(other)
        and min(other.photos, sent) > model.photos
        and _made(by(other, spec), catalogue) is not None
    ]
    return sorted(roomier, key=lambda other: (-min(other.photos, sent), other.prices()[0]))


def _made(change: Change, catalogue: Catalogue) -> Alternative | None:
    try:
        request = change.spec.request(catalogue)
    except Refusal:
        return None
    return Alternative(
        way=change.way,
        options=change.spec.settled(request),
        price=request.price,
        photos=len(request.photos),
        name=change.name,
    )


def _changes(refused: Refusal, case: _Case) -> Iterable[Change]:
    match refused:
        case UnknownOption(text=text):
            return _other_readings(text, case)
        case ValueMissing(name=name):
            return _of_value(name, "", case)
        case ValueUnusable(name=name, value=value):
            return _of_value(name, value, case)
        case ChoiceRefusal():
            return _of_choice(refused, case)
        case CharacterRefusal():
            return _of_character(refused, case)
        case _:
            return ()


def _other_readings(text: str, case: _Case) -> Iterator[Change]:
    with suppress(OptionRefusal):
        meant = corrected(text, is_model=case.catalogue.find)
        yield Change(Way.CORRECTED, replace(case.asked, options=meant.over(case.asked.options)))
    yield Change(Way.WORDS, case.right)


def _of_value(name: str, value: str, case: _Case) -> Iterable[Change]:
    match OPTIONS[name].field:
        case "seconds":
            digits = _DIGITS.search(value)
            return _lengths(case, None if digits is None else int(digits[0]))
        case "shape":
            return _of_resolution(value, case)
        case "model":
            return _named_like(value, case)
        case "private":
            return [Change(Way.PRIVATE, case.right.saying(private=True)), Change(Way.PUBLIC, case.right)]
        case "watermark":
            marked = case.right.saying(watermark=True)
            return [Change(Way.MARKED, marked), Change(Way.UNMARKED, case.right)]
        case _:
            return [Change(Way.WITHOUT_CHARACTER, without_character(case.right))]


def _of_choice(refused: ChoiceRefusal, case: _Case) -> Iterable[Change]:
    match refused:
        case UnknownModel(name=name):
            return _named_like(name, case)
        case ModelNotOnOffer(instead=models) | NoModelOnOffer(possible=models):
            return [by(model, case.asked) for model in models]
        case LengthNotOffered(seconds=seconds, others=others):
            return [*_lengths(case, seconds), *_others(others, case)]
        case SizeNotOffered(size=size, others=others):
            return [*_shapes(case, size), *_others(others, case)]
        case AbilityNotOffered(ability=ability, others=others):
            return [*_others(others, case), Change(_LACKING[ability], case.right)]
        case PhotosNotTaken(others=others):
            without = Change(Way.WITHOUT_PHOTOS, replace(case.asked, photos=()))
            return [*_others(others, case), without]
        case PhotosLeftOut(others=others):
            roomier = [replace(by(model, case.asked), way=Way.PHOTOS) for model in others]
            return [*roomier[: MOST - 1], Change(Way.PHOTOS, case.asked)]
        case _:
            return ()


def _of_character(refused: CharacterRefusal, case: _Case) -> Iterator[Change]:
    asked = case.asked
    match refused:
        case UnknownMention(name=name, known=known):
            mention = find_unknown(asked.options.prompt, known)
            if mention is not None and (alike := character_like(name, known)):
                prompt = renamed(asked.options.prompt, mention, alike)
                yield Change(Way.CHARACTER, asked.saying(prompt=prompt), alike)
            yield Change(Way.ANYWAY, asked)
        case UnknownCharacter(name=name, known=known):
            if alike := character_like(name, known):
                yield Change(Way.CHARACTER, asked.saying(character=alike), alike)
            yield Change(Way.WITHOUT_CHARACTER, case.right)
        case SeveralCharacters(names=names):
            for name in names:
                yield Change(Way.CHARACTER, without_character(asked, but=name), name)
        case _ if asked.options.character_url is not None:
            yield Change(Way.WITHOUT_CHARACTER, case.right)
        case _:
            return


def _lengths(case: _Case, wanted: int | None) -> Sequence[Change]:
    """Return the lengths of the model that would be asked, the nearest to the wanted one first."""
    model = _model_of(case)
    if model is None:
        return []
    lengths = list(model.lengths)
    if wanted is not None:
        lengths = sorted({model.nearest_length(wanted), *lengths}, key=lambda one: abs(one - wanted))
    return [Change(Way.LENGTH, case.right.saying(seconds=one)) for one in lengths]


def _shapes(case: _Case, wanted: Size | None) -> Sequence[Change]:
    """Return the sizes of the model that would be asked, the nearest to the wanted one first; of a ratio one each."""
    model = _model_of(case)
    if model is None:
        return []
    sizes = list(model.sizes)
    if wanted is not None and max(wanted.width, wanted.height) < SMALLEST_SIDE:
        sizes = [one for one in sizes if alike(one, sizes) == one]
        sizes.sort(key=lambda one: round(abs(one.shape - wanted.shape), 3))
    elif wanted is not None:
        sizes.sort(key=lambda one: (abs(one.shape - wanted.shape), abs(one.width - wanted.width)))
    return [Change(Way.SHAPE, case.right.saying(shape=one)) for one in sizes]


def _of_resolution(written: str, case: _Case) -> Sequence[Change]:
    """Return the sizes of the model that would be asked, those of a resolution like `1080p` first, in the shape that was said."""
    said = case.right.options.shape
    return sorted(
        _shapes(case, None),
        key=lambda one: (
            (size := one.spec.options.shape) is None or resolution(size).casefold() != written.casefold(),
            size is None or (said is not None and alike(said, [size]) is None),
        ),
    )


def _model_of(case: _Case) -> Model | None:
    """Return the model that makes what is right; None if nothing can."""
    made = _made(Change(Way.ANYWAY, case.right), case.catalogue)
    return None if made is None or made.options.model is None else case.catalogue.find(made.options.model)


def _others(models: Sequence[Model], case: _Case) -> Sequence[Change]:
    """Return the same by other models that take all the photos, the cheapest first."""
    able = [
        model
        for model in models
        if case.catalogue.is_listed(model) and model.photos >= len(case.asked.photos)
    ]
    return [by(model, case.asked) for model in sorted(able, key=lambda model: model.prices()[0])]


def _named_like(name: str, case: _Case) -> Sequence[Change]:
    """Return the same by the models whose names come nearest; by the first ones if none comes near."""
    offered = [model for model in case.catalogue.models.values() if case.catalogue.is_listed(model)]
    alike = sorted(offered, key=lambda model: -_likeness(name, model))
    near = [model for model in alike if _likeness(name, model) >= _ALIKE]
    return [by(model, case.right) for model in near or offered]


def _likeness(written: str, model: Model) -> float:
    """Return how alike a word and a model's names are, from 0 to 1; a part of one is as good as the whole."""
    word = written.casefold()
    names = [name.casefold() for name in (model.name, model.title, *model.names)]
    if len(word) >= _SHORTEST_PART and any(word in name for name in names):
        return 1
    return max(SequenceMatcher(None, word, name).ratio() for name in names)


def character_like(name: str, known: Sequence[str]) -> str | None:
    """Return the saved character whose name comes nearest; None if none comes near."""
    return next(iter(get_close_matches(spelled_alike(name), known, n=1, cutoff=_ALIKE)), None)
