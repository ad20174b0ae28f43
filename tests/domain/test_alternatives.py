"""Alternatives: what can be made and paid instead of what was refused, the nearest first, and never too many."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.alternatives import MOST, Alternative, alternatives, prompted, what_is_right
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue
from domain.change import Way
from domain.character import Character
from domain.options import NOTHING_SAID, PromptOptions, parse_options, what_makes_sense
from domain.quota import Charge, Funds, Quota
from domain.refusals import (
    BotClosed,
    OptionRefusal,
    PromptMissing,
    PromptTooLong,
    QuotaRefusal,
    Refusal,
)
from domain.request import Photo
from domain.request_spec import RequestSpec

PACKAGED = packaged_catalogue()


def of_three(left: int, now: datetime) -> Funds:
    """Return what somebody has who has this left of 3 credits; the others come back in an hour."""
    charge = Charge(at=now - timedelta(hours=23), credits=3 - left)
    return Funds(account_id=1, own=Quota.of(3, [charge], now))


def spec_of(words: str, *, photos: int = 0, saved: tuple[str, ...] = ()) -> RequestSpec:
    try:
        options = parse_options(words)
    except OptionRefusal:
        options = NOTHING_SAID
    clips = {name: Character(url=f"https://example.org/{name}.mp4", start=1, end=3) for name in saved}
    return RequestSpec(options=options, photos=(Photo(file_id="photo"),) * photos, characters=clips)


def refused_of(words: str, spec: RequestSpec, catalogue: Catalogue, funds: Funds) -> Refusal:
    """Return why the words are refused; something else that nothing can be made instead of, if they are not."""
    try:
        parse_options(words)
        funds.pay(spec.request(catalogue).price)
    except Refusal as refused:
        return refused
    return PromptMissing()


def short(one: Alternative) -> str:
    said = one.options
    return f"{one.way}: {said.model} {said.seconds} s {said.shape} for {one.price}"


LEFT = {
    "a length, and those that make it": (
        "a --seconds 25",
        3,
        ["length: sora-2 15 s 720x1280 for 2", "length: sora-2 10 s 720x1280 for 1"],
    ),
    "only what can be paid": ("a --seconds 12", 1, ["length: sora-2 10 s 720x1280 for 1"]),
    "if nothing can, what can be later": (
        "a --seconds 12",
        0,
        ["length: sora-2 10 s 720x1280 for 1", "length: sora-2 15 s 720x1280 for 2"],
    ),
    "if nothing ever can, what is cheaper": (
        "a --model sora-2-pro --seconds 30",
        3,
        ["length: sora-2-pro 15 s 720x1280 for 3"],
    ),
    "nothing of all that can be paid now": ("a", 0, ["later: sora-2 10 s 720x1280 for 1"]),
    "shorter, by others, and later": (
        "a --seconds 15 --landscape",
        1,
        [
            "length: sora-2 10 s 1280x720 for 1",
            "model: veo-fast 8 s 1280x720 for 1",
            "later: sora-2 15 s 1280x720 for 2",
        ],
    ),
    "private stays private": (
        "a --seconds 15 --private",
        1,
        ["length: sora-2 10 s 720x1280 for 1", "later: sora-2 15 s 720x1280 for 2"],
    ),
}


@pytest.mark.parametrize(("words", "left", "possible"), LEFT.values(), ids=LEFT)
def test_what_can_be_paid_comes_first(
    words: str, left: int, possible: list[str], catalogue: Catalogue, now: datetime
) -> None:
    spec, funds = spec_of(words), of_three(left, now)
    refused = refused_of(words, spec, catalogue, funds)
    assert [short(one) for one in alternatives(refused, spec, catalogue, funds)] == possible


NAMED = {
    "a part of the name": ("sora", ["sora-2", "sora-2-pro"]),
    "a misspelling": ("zora2", ["sora-2"]),
    "a name at an API": ("veo_3_1_components", ["veo-components"]),
    "nothing like any": ("xyz", ["sora-2", "sora-2-pro", "veo-fast"]),
}


@pytest.mark.parametrize(("name", "models"), NAMED.values(), ids=NAMED)
def test_the_models_whose_names_come_nearest_are_offered(
    name: str, models: list[str], catalogue: Catalogue, now: datetime
) -> None:
    words = f"a --model {name}"
    spec, funds = spec_of(words), of_three(3, now)
    refused = refused_of(words, spec, catalogue, funds)
    assert [one.options.model for one in alternatives(refused, spec, catalogue, funds)] == models


SIZES = {
    "a ratio that there is not, at the usual resolution": (
        "a --model gemini-omni --size 4:5",
        ["720x1280", "1280x720"],
    ),
    "a resolution": ("a --model gemini-omni --size 1080p", ["1920x1080", "1080x1920"]),
    "a resolution, and a shape": (
        "a --model gemini-omni --size 1080p --portrait",
        ["1080x1920", "1920x1080"],
    ),
    "a size in pixels": ("a --model gemini-omni --size 1900x1080", ["1920x1080", "1280x720"]),
}


@pytest.mark.parametrize(("words", "sizes"), SIZES.values(), ids=SIZES)
def test_of_sizes_those_nearest_to_what_was_written_are_offered(
    words: str, sizes: list[str], now: datetime
) -> None:
    read = what_makes_sense(words)
    spec, funds = RequestSpec(options=read), of_three(3, now)
    refused = refused_of(words, spec, PACKAGED, funds)
    offered = alternatives(refused, spec, PACKAGED, funds)
    assert [str(one.options.shape) for one in offered if one.way is Way.SHAPE] == sizes


UNSAID = {
    "a photo": (1, 3, ["prompt: sora-2 10 s 720x1280 for 1"]),
    "a photo that cannot be paid for now": (1, 0, []),
    "more photos than are used": (2, 3, []),
}


@pytest.mark.parametrize(("sent", "left", "offered"), UNSAID.values(), ids=UNSAID)
def test_photos_without_words_can_be_made_with_a_prompt_that_is_ours(
    sent: int, left: int, offered: list[str], catalogue: Catalogue, now: datetime
) -> None:
    spec = spec_of("", photos=sent)
    assert [short(one) for one in prompted("it moves", spec, catalogue, of_three(left, now))] == offered


PHOTOS = {
    "a model of text": ("a --model wan-3.0", 1, Way.WITHOUT_PHOTOS, [1, 1, 1, 0]),
    "another length": ("a --model grok-lite --seconds 20", 1, Way.LENGTH, [1, 1, 1]),
}


@pytest.mark.parametrize(("words", "sent", "way", "used"), PHOTOS.values(), ids=PHOTOS)
def test_photos_come_along_and_are_left_out_only_by_name(
    words: str, sent: int, way: Way, used: list[int], now: datetime
) -> None:
    spec, funds = spec_of(words, photos=sent), of_three(3, now)
    refused = refused_of(words, spec, PACKAGED, funds)
    offered = alternatives(refused, spec, PACKAGED, funds)
    assert way in {one.way for one in offered}
    assert [one.photos for one in offered] == used


EVERYTHING = [
    f"a {model} {option}"
    for model in ("", "--model veo-3.1", "--model grok", "--model xyz", "--model wan-3.0", "--model sora-2")
    for option in (
        "--seconds 7",
        "--seconds 99",
        "--size 1:1",
        "--size 64x9999",
        "--private",
        "--watermark",
        "--character mina",
        "--character bo",
        "--fps 60",
        "--secnds 10",
        "--seconds",
        "--private=perhaps",
        "--portrait=perhaps",
        "@mina and @lina",
    )
]


@pytest.mark.parametrize("words", EVERYTHING)
@pytest.mark.parametrize("left", [0, 1, 3])
def test_whatever_is_refused_each_alternative_can_be_made_for_its_price_as_it_stands(
    words: str, left: int, now: datetime
) -> None:
    spec, funds = spec_of(words, photos=left % 3, saved=("mina", "lina")), of_three(left, now)
    refused = refused_of(words, spec, PACKAGED, funds)
    offered = alternatives(refused, spec, PACKAGED, funds)
    assert len(offered) <= MOST + isinstance(refused, QuotaRefusal)
    for one in offered:
        again = RequestSpec(options=one.options, photos=spec.photos[: one.photos], characters=spec.characters)
        request = again.request(PACKAGED)
        assert (request.price, len(request.photos)) == (one.price, one.photos)
        assert again.settled(request) == one.options
        assert one.price <= left or funds.frees_at(one.price) is not None


@pytest.mark.parametrize("refused", [PromptMissing(), PromptTooLong(5000, 4000), BotClosed()])
def test_where_only_other_words_or_somebody_else_can_help_nothing_is_offered(
    refused: Refusal, catalogue: Catalogue, now: datetime
) -> None:
    assert alternatives(refused, spec_of("a cat"), catalogue, of_three(3, now)) == []


KEPT = {
    "a length": ("a --seconds 12 --landscape", "a --landscape"),
    "a model": ("a --model xyz --seconds 10", "a --seconds 10"),
    "a shape": ("a --size 1:1 --private", "a --private"),
    "too long": (f"{'x' * 4001} --landscape", "--landscape"),
    "no value": ("a --seconds soon --landscape", "a --landscape"),
    "nobody's name": ("a --character bo --landscape", "a --landscape"),
}


@pytest.mark.parametrize(("words", "kept"), KEPT.values(), ids=KEPT)
def test_what_was_right_is_kept(words: str, kept: str, catalogue: Catalogue, now: datetime) -> None:
    spec, funds = spec_of(words), of_three(3, now)
    refused = refused_of(words, spec, catalogue, funds)
    assert what_is_right(spec, refused, catalogue).options == parse_options(kept)


def test_a_request_is_wished_for_again_with_its_character_by_name_or_by_its_clip(
    catalogue: Catalogue,
) -> None:
    spec = spec_of("@mina surfs --private", saved=("mina",))
    request = spec.request(catalogue)
    by_name, by_clip = RequestSpec.of(request, spec.characters), RequestSpec.of(request)
    assert by_name.options.character == "mina"
    assert by_clip.options.character_url == "https://example.org/mina.mp4"
    assert [one.request(catalogue) for one in (by_name, by_clip)] == [request, request]
    assert by_name.options.prompt == "mina surfs"
    assert by_name.options.over(PromptOptions(prompt="")).private
