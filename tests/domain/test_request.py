"""Requests: what was left open is filled in from the catalogue, and what it does not offer is refused."""

from dataclasses import replace

import pytest

from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue, parse_catalogue
from domain.character import Character
from domain.options import LANDSCAPE, PORTRAIT, PromptOptions
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.refusals import (
    AbilityNotOffered,
    ChoiceRefusal,
    EditsNotOffered,
    LengthNotOffered,
    ModelNotOnOffer,
    PhotosNotTaken,
    PromptMissing,
    PromptTooLong,
    SizeNotOffered,
    UnknownModel,
)
from domain.request import LONGEST_PROMPT, Original, Photo, VideoRequest, make_request, remembering, renew
from domain.size import Size

WORDS_ONLY = """\
default = "words"
[models.words]
title = "Words"
price = { 5 = 1 }
sizes = ["1280x720"]
[models.photos]
title = "Photos"
price = { 5 = 1 }
sizes = ["1280x720"]
photos = 1
"""


def test_what_was_left_open_is_the_catalogues_first(catalogue: Catalogue) -> None:
    assert make_request(PromptOptions(prompt="a cat"), catalogue) == VideoRequest(
        prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1
    )


def test_everything_that_was_asked_for_is_in_the_request(catalogue: Catalogue) -> None:
    options = PromptOptions(
        prompt="a cat",
        model="SORA-2-pro",
        seconds=25,
        shape=Size(1792, 1024),
        private=True,
        watermark=True,
    )
    photo = Photo(file_id="photo", size=Size(3000, 4000))
    assert make_request(options, catalogue, photos=(photo,)) == VideoRequest(
        prompt="a cat",
        model="sora-2-pro",
        seconds=25,
        size=Size(1792, 1024),
        price=5,
        photos=(photo,),
        private=True,
        watermark=True,
    )


@pytest.mark.parametrize(
    ("shape", "photo", "size"),
    [
        pytest.param(None, None, Size(720, 1280), id="the model's first without a photo"),
        pytest.param(None, Photo(file_id="p", size=Size(4000, 3000)), Size(1280, 720), id="the photo's"),
        pytest.param(
            None, Photo(file_id="p", size=Size(300, 400)), Size(720, 1280), id="the upright photo's"
        ),
        pytest.param(None, Photo(file_id="p"), Size(720, 1280), id="the model's first for an unknown photo"),
        pytest.param(
            PORTRAIT, Photo(file_id="p", size=Size(4000, 3000)), Size(720, 1280), id="what was asked"
        ),
        pytest.param(LANDSCAPE, None, Size(1280, 720), id="asked as a shape"),
    ],
)
def test_the_size_is_what_was_asked_or_the_photos_shape_or_the_models_first(
    catalogue: Catalogue, shape: Size | None, photo: Photo | None, size: Size
) -> None:
    assert (
        make_request(
            PromptOptions(prompt="a cat", shape=shape), catalogue, photos=[photo] if photo else []
        ).size
        == size
    )


@pytest.mark.parametrize("prompt", ["a", "a" * LONGEST_PROMPT])
def test_a_prompt_up_to_the_limit_is_taken(catalogue: Catalogue, prompt: str) -> None:
    assert make_request(PromptOptions(prompt=prompt), catalogue).prompt == prompt


def test_a_request_without_words_is_refused_even_with_a_photo(catalogue: Catalogue) -> None:
    with pytest.raises(PromptMissing):
        make_request(PromptOptions(prompt=""), catalogue, photos=(Photo(file_id="photo"),))


def test_too_long_a_prompt_is_refused_with_both_lengths(catalogue: Catalogue) -> None:
    with pytest.raises(PromptTooLong) as refused:
        make_request(PromptOptions(prompt="a" * (LONGEST_PROMPT + 1)), catalogue)
    assert (refused.value.length, refused.value.limit) == (LONGEST_PROMPT + 1, LONGEST_PROMPT)


def test_an_unknown_model_is_refused_with_those_on_offer(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownModel) as refused:
        make_request(PromptOptions(prompt="a cat", model="sora-9"), catalogue)
    assert (refused.value.name, refused.value.possible) == ("sora-9", tuple(catalogue.models.values()))


@pytest.mark.parametrize(
    "photo", [None, Photo(file_id="photo", size=Size(4000, 3000))], ids=["words", "photo"]
)
def test_a_renewed_request_is_the_same_at_todays_price(catalogue: Catalogue, photo: Photo | None) -> None:
    options = PromptOptions(
        prompt="a cat", model="sora-2-pro", seconds=25, shape=Size(1024, 1792), private=True, watermark=True
    )
    asked = make_request(options, catalogue, photos=[photo] if photo else [])
    assert renew(replace(asked, price=99), catalogue) == asked


def test_a_request_of_a_model_that_is_gone_is_not_renewed(catalogue: Catalogue) -> None:
    asked = make_request(PromptOptions(prompt="a cat"), catalogue)
    with pytest.raises(UnknownModel):
        renew(asked, parse_catalogue(WORDS_ONLY))


NOT_RENEWED = {
    "its model is gone": ({"model": "sora-2"}, None),
    "its model was never known": ({"model": "sora-1"}, None),
    "its model has no edits any more": ({"model": "veo-fast", "seconds": 8}, "veo-fast"),
    "its length is gone": ({"model": "sora-2-pro", "seconds": 12}, "sora-2-pro"),
}


@pytest.mark.parametrize(("asked", "model"), NOT_RENEWED.values(), ids=NOT_RENEWED)
def test_an_edit_that_its_model_does_not_take_any_more_is_refused_as_an_edit(
    catalogue: Catalogue, asked: dict[str, object], model: str | None
) -> None:
    edit = VideoRequest(
        **{"prompt": "make it night", "seconds": 10, "size": Size(1280, 720), "price": 1} | asked,  # type: ignore[arg-type]  # a table's rows
        original=Original(job_id=1, video_id="v1"),
    )
    with pytest.raises(EditsNotOffered) as refused:
        renew(edit, without(catalogue, "sora-2"))
    assert refused.value.model == (model and catalogue.models[model])


def without(catalogue: Catalogue, ended: str) -> Catalogue:
    """Return what is on offer when a model has ended."""
    left = {name: model for name, model in catalogue.models.items() if name != ended}
    return catalogue.offering(left, default=None, listed=list(left))


HERO = Character(url="https://example.com/hero.mp4", start=1, end=3)
PHOTO = Photo(file_id="photo")
ENDED = {
    "nothing more said": ("sora-2", {}, {}, ["veo-fast", "veo", "veo-components"]),
    "a length of it": ("sora-2", {"seconds": 15}, {}, ["veo", "veo-components", "sora-2-pro"]),
    "a length of another": ("sora-2", {"seconds": 8}, {}, ["veo-fast", "veo", "veo-components"]),
    "a length of no model": ("sora-2", {"seconds": 5}, {}, ["veo-fast", "veo", "veo-components"]),
    "a size of no model": ("sora-2", {"shape": Size(1, 1)}, {}, ["veo-fast", "veo", "veo-components"]),
    "a mark that it lacks": ("veo-fast", {"watermark": True}, {}, ["sora-2", "veo", "veo-components"]),
    "private where it is unknown": ("veo", {"private": True}, {}, ["sora-2", "sora-2-pro"]),
    "a character that it does not know": ("veo", {}, {"character": HERO}, ["sora-2", "sora-2-pro"]),
    "a length of no model, and photos": (
        "veo",
        {"seconds": 5},
        {"photos": [PHOTO] * 2},
        ["veo-components", "veo-fast", "veo-4k"],
    ),
}


@pytest.mark.parametrize(("model", "options", "brought", "instead"), ENDED.values(), ids=ENDED)
def test_of_a_model_that_has_ended_only_that_is_told_with_what_can_make_the_same(
    catalogue: Catalogue,
    model: str,
    options: dict[str, object],
    brought: dict[str, object],
    instead: list[str],
) -> None:
    asked = PromptOptions(prompt="a cat", model=model, **options)  # type: ignore[arg-type]  # a table's rows
    with pytest.raises(ModelNotOnOffer) as refused:
        make_request(asked, without(catalogue, model), **brought)  # type: ignore[arg-type]  # a table's rows
    assert refused.value.model == catalogue.models[model]
    assert [other.name for other in refused.value.instead] == instead


def test_of_a_model_of_words_that_has_ended_those_that_take_photos_are_told() -> None:
    catalogue = parse_catalogue(WORDS_ONLY)
    with pytest.raises(ModelNotOnOffer) as refused:
        make_request(
            PromptOptions(prompt="a cat", model="words"), without(catalogue, "words"), photos=[PHOTO]
        )
    assert [other.name for other in refused.value.instead] == ["photos"]


REFUSED = {
    "length of another model": (
        {"seconds": 25},
        LengthNotOffered,
        {"seconds": 25, "model": "sora-2", "others": ["sora-2-pro"]},
    ),
    "length of no model": ({"seconds": 7}, LengthNotOffered, {"seconds": 7, "model": "sora-2", "others": []}),
    "size of no model": (
        {"shape": Size(1, 1)},
        SizeNotOffered,
        {"size": Size(1, 1), "model": "sora-2", "others": []},
    ),
    "private where it is unknown": (
        {"model": "veo", "private": True},
        AbilityNotOffered,
        {"ability": "private", "model": "veo", "others": ["sora-2", "sora-2-pro"]},
    ),
    "watermark where it is unknown": (
        {"model": "veo-fast", "watermark": True},
        AbilityNotOffered,
        {"ability": "watermark", "model": "veo-fast", "others": ["sora-2", "sora-2-pro"]},
    ),
}


@pytest.mark.parametrize(("options", "kind", "facts"), REFUSED.values(), ids=REFUSED)
def test_what_the_model_does_not_offer_is_refused_with_what_is_possible(
    catalogue: Catalogue, options: dict[str, object], kind: type[ChoiceRefusal], facts: dict[str, object]
) -> None:
    with pytest.raises(ChoiceRefusal) as refused:
        make_request(PromptOptions(prompt="a cat", **options), catalogue)  # type: ignore[arg-type]  # a table's rows
    told = vars(refused.value)
    told |= {"model": told["model"].name, "others": [model.name for model in told["others"]]}
    assert (type(refused.value), told) == (kind, facts)


def test_a_photo_for_a_model_of_words_is_refused_with_those_that_take_one() -> None:
    catalogue = parse_catalogue(WORDS_ONLY)
    with pytest.raises(PhotosNotTaken) as refused:
        make_request(
            PromptOptions(prompt="a cat", model="words"), catalogue, photos=(Photo(file_id="photo"),)
        )
    words, photos = catalogue.models.values()
    assert (refused.value.model, refused.value.others) == (words, (photos,))


def test_a_photo_finds_a_model_that_takes_it_if_none_is_named() -> None:
    catalogue = parse_catalogue(WORDS_ONLY)
    asked = make_request(PromptOptions(prompt="a cat"), catalogue, photos=(Photo(file_id="photo"),))
    assert asked.model == "photos"


PREFERRED = Preferences(model="sora-2-pro", seconds=25, shape=Size(16, 9), private=True, watermark=True)


def test_preferences_fill_in_what_is_left_open(catalogue: Catalogue) -> None:
    assert make_request(PromptOptions(prompt="a cat"), catalogue, preferences=PREFERRED) == VideoRequest(
        prompt="a cat",
        model="sora-2-pro",
        seconds=25,
        size=Size(1280, 720),
        price=5,
        private=True,
        watermark=True,
    )


def test_what_is_asked_for_counts_more_than_what_is_preferred(catalogue: Catalogue) -> None:
    options = PromptOptions(prompt="a cat", seconds=15, shape=PORTRAIT, private=False, watermark=False)
    asked = make_request(options, catalogue, preferences=PREFERRED)
    assert asked == VideoRequest(
        prompt="a cat", model="sora-2-pro", seconds=15, size=Size(720, 1280), price=3
    )


def test_a_preference_that_the_model_cannot_fulfil_is_passed_over(catalogue: Catalogue) -> None:
    asked = make_request(PromptOptions(prompt="a cat", model="veo"), catalogue, preferences=PREFERRED)
    assert asked == VideoRequest(prompt="a cat", model="veo", seconds=8, size=Size(1280, 720), price=2)


def test_of_more_photos_than_the_model_takes_the_first_are_used(catalogue: Catalogue) -> None:
    photos = [Photo(file_id=str(number)) for number in range(5)]
    asked = [
        make_request(PromptOptions(prompt="a cat", model=model), catalogue, photos=photos).photos
        for model in ("sora-2", "veo", "veo-components")
    ]
    assert asked == [tuple(photos[:1]), tuple(photos[:2]), tuple(photos[:3])]


def test_every_offer_of_the_catalogue_can_be_requested_at_its_price(catalogue: Catalogue) -> None:
    offers = [
        (model, seconds, size)
        for model in catalogue.models.values()
        for seconds in model.lengths
        for size in model.sizes
    ]
    requests = [
        make_request(PromptOptions(prompt="a cat", model=model.name, seconds=seconds, shape=size), catalogue)
        for model, seconds, size in offers
    ]
    assert [(r.model, r.seconds, r.size, r.price) for r in requests] == [
        (model.name, seconds, size, model.price_of(seconds, size)) for model, seconds, size in offers
    ]


REMEMBERED: dict[str, tuple[PromptOptions, set[str], Preferences]] = {
    "a model that costs no more": (
        PromptOptions(prompt="", model="muse"),
        {"model"},
        Preferences(model="muse"),
    ),
    "not a model that costs more": (PromptOptions(prompt="", model="veo-3.1"), {"model"}, Preferences()),
    "a shape": (
        PromptOptions(prompt="", model="gemini-omni", shape=Size(720, 1280)),
        {"size"},
        Preferences(shape=Size(720, 1280)),
    ),
    "of a size that costs more, the shape": (
        PromptOptions(prompt="", model="gemini-omni", shape=Size(1080, 1920)),
        {"size"},
        Preferences(shape=Size(720, 1280)),
    ),
    "of a model that costs more, the shape": (
        PromptOptions(prompt="", model="grok", shape=Size(1080, 1920)),
        {"model", "size"},
        Preferences(shape=Size(720, 1280)),
    ),
}


@pytest.mark.parametrize(("options", "chosen", "expected"), REMEMBERED.values(), ids=REMEMBERED)
def test_what_is_remembered_of_a_choice_makes_no_later_video_dearer(
    options: PromptOptions, chosen: set[str], expected: Preferences
) -> None:
    assert remembering(NOTHING_CHOSEN, options, chosen, packaged_catalogue()) == expected


def test_who_has_a_dear_default_may_remember_another_one_as_dear() -> None:
    known, options = Preferences(model="veo-3.1"), PromptOptions(prompt="", model="grok")
    assert remembering(known, options, {"model"}, packaged_catalogue()) == Preferences(model="grok")
