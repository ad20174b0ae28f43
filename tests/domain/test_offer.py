"""What is on offer: the known models, met with what providers list and admins have changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from domain.api_status import ListedModel, listed
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.offer import Listing, ModelChange, Offer, Route, ending_soon, make_offer, unknown_names
from domain.price_list import parse_price_list
from domain.provider import MAIN, ApiProtocol
from domain.size import Size
from tests.sora_catalogue import sora_catalogue

KNOWN = parse_catalogue("""
[providers.second]
address = "https://second.example"
key = "SECOND_KEY"

[providers.router]
protocol = "openrouter"
address = "https://router.example/api"
key = "ROUTER_KEY"

[models.omni]
title = "Omni"
names = ["omni-1.2", "omni-1.1", "maker/omni-*"]
lengths = [5]
sizes = ["1280x720"]
price = 1

[models.muse]
title = "Muse"
names = ["muse"]
lengths = [5]
sizes = ["1280x720"]
price = 2

[models.private]
title = "Private"
names = ["private"]
routes = [{ provider = "second", name = "its-own" }, { provider = "main" }]
lengths = [5]
sizes = ["1280x720"]
price = 3
""")
WIDE = parse_catalogue("""
[models.wide]
title = "Wide"
lengths = [5, 10]
sizes = ["1280x720", "720x1280", "1920x1080", "1024x200"]
price = 1
""")
ONE = {MAIN: ApiProtocol.OPENAI}
ALL = ONE | {"second": ApiProtocol.OPENAI, "router": ApiProtocol.OPENROUTER}


def routes(offer: Offer, model: str) -> list[tuple[str, str, bool | None]]:
    return [(route.provider, route.name, route.is_listed) for route in offer.routes_of(model)]


def told(**more: Any) -> ListedModel:  # noqa: ANN401 - any of its fields
    return ListedModel(name="wide", **more)


def test_who_lists_nothing_is_believed_to_have_everything_by_its_newest_name() -> None:
    offer = make_offer(KNOWN, ONE, {MAIN: None})
    assert (list(offer.catalogue.models), offer.catalogue.default_model.name) == (
        ["omni", "muse", "private"],
        "omni",
    )
    assert routes(offer, "omni") == [(MAIN, "omni-1.2", None)]


def test_what_is_not_listed_stands_last_and_is_never_the_default() -> None:
    offer = make_offer(KNOWN, ONE, {MAIN: listed(["muse", "stranger"])})
    assert list(offer.catalogue.models) == ["muse", "omni", "private"]
    assert offer.catalogue.default_model.name == "muse"
    assert [offer.catalogue.is_listed(model) for model in offer.catalogue.models.values()] == [
        True,
        False,
        False,
    ]


NAMES: dict[str, tuple[list[str], str]] = {
    "the newest": (["omni-1.1", "omni-1.2"], "omni-1.2"),
    "an older one": (["omni-1.1"], "omni-1.1"),
    "in capitals": (["OMNI-1.1"], "OMNI-1.1"),
    "by pattern the highest version": (
        ["maker/omni-1.9", "maker/omni-1.10", "maker/omni-1.2"],
        "maker/omni-1.10",
    ),
    "a name before a pattern": (["maker/omni-9", "omni-1.1"], "omni-1.1"),
    "the plainest of a version": (
        ["maker/omni-2-fast", "maker/omni-2", "maker/omni-2-turbo"],
        "maker/omni-2",
    ),
    "no pictures": (["maker/omni-9-image", "maker/omni-3"], "maker/omni-3"),
}


@pytest.mark.parametrize(("names", "expected"), NAMES.values(), ids=NAMES)
def test_a_model_goes_by_the_name_that_is_listed(names: list[str], expected: str) -> None:
    offer = make_offer(KNOWN, ONE, {MAIN: listed(names)})
    assert routes(offer, "omni") == [(MAIN, expected, True)]


def test_of_several_providers_those_that_list_a_model_come_first() -> None:
    listings: Mapping[str, Listing] = {
        MAIN: listed(["muse"]),
        "second": listed(["omni-1.1"]),
        "router": listed(["maker/omni-2"]),
    }
    offer = make_offer(KNOWN, ALL, listings)
    assert routes(offer, "omni") == [
        ("second", "omni-1.1", True),
        ("router", "maker/omni-2", True),
        (MAIN, "omni-1.2", False),
    ]


def test_a_list_that_is_always_complete_means_what_it_leaves_out() -> None:
    offer = make_offer(KNOWN, {"router": ApiProtocol.OPENROUTER}, {"router": listed(["muse"])})
    assert list(offer.catalogue.models) == ["muse"]
    assert offer.catalogue.about("omni") is KNOWN.models["omni"]


def test_written_routes_are_the_only_ones_and_in_their_order() -> None:
    assert routes(make_offer(KNOWN, ALL, {}), "private") == [
        ("second", "its-own", None),
        (MAIN, "private", None),
    ]


def test_a_model_that_has_ended_on_all_its_routes_is_not_on_offer_and_comes_back_with_one() -> None:
    def gone(*providers: str) -> Offer:
        def is_gone(model: str, route: Route) -> bool:
            return model == "private" and route.provider in providers

        return make_offer(KNOWN, ALL, {}, is_gone=is_gone)

    assert ["private" in gone(*them).catalogue.models for them in (["second"], ["second", MAIN], [])] == [
        True,
        False,
        True,
    ]


def test_nothing_listed_is_known_so_there_is_no_default() -> None:
    offer = make_offer(KNOWN, ONE, {MAIN: listed(["stranger", "other"])})
    assert (offer.catalogue.has_default, len(offer.catalogue.models)) == (False, 3)
    assert unknown_names(KNOWN, {MAIN: listed(["stranger", "MAKER/omni-7", "other"])}) == [
        "other",
        "stranger",
    ]


CHANGES: dict[str, tuple[dict[str, ModelChange], list[str], str]] = {
    "none": ({}, ["omni", "muse", "private"], "omni"),
    "off": ({"omni": ModelChange(is_off=True)}, ["muse", "private"], "muse"),
    "default": ({"muse": ModelChange(is_default=True)}, ["omni", "muse", "private"], "muse"),
    "of a stranger": ({"gone": ModelChange(is_off=True)}, ["omni", "muse", "private"], "omni"),
}


@pytest.mark.parametrize(("changes", "models", "default"), CHANGES.values(), ids=CHANGES)
def test_admins_switch_models_off_and_choose_the_default(
    changes: dict[str, ModelChange], models: list[str], default: str
) -> None:
    catalogue = make_offer(KNOWN, ONE, {}, changes=changes).catalogue
    assert (list(catalogue.models), catalogue.default_model.name) == (models, default)


def test_a_price_of_the_admins_takes_the_place_of_the_catalogues() -> None:
    changes = {"muse": ModelChange(price=parse_price_list(7))}
    muse = make_offer(KNOWN, ONE, {}, changes=changes).catalogue.models["muse"]
    assert (muse.price_of(5, muse.sizes[0]), KNOWN.models["muse"].price_of(5, muse.sizes[0])) == (7, 2)


def test_a_flat_price_leaves_a_model_the_lengths_that_its_own_price_named() -> None:
    sora = sora_catalogue()
    changes = {"sora-2": ModelChange(price=parse_price_list(7))}
    changed = make_offer(sora, ONE, {}, changes=changes).catalogue.models["sora-2"]
    assert (changed.lengths, changed.prices()) == ((10, 15), [7])


NARROWED: dict[str, tuple[ListedModel, list[int], list[str]]] = {
    "nothing told": (told(), [5, 10], ["1280x720", "720x1280", "1920x1080", "1024x200"]),
    "a length": (told(lengths=(10, 12)), [10], ["1280x720", "720x1280", "1920x1080", "1024x200"]),
    "no length of ours": (told(lengths=(7,)), [5, 10], ["1280x720", "720x1280", "1920x1080", "1024x200"]),
    "sizes": (told(sizes=(Size(720, 1280),)), [5, 10], ["720x1280"]),
    "a resolution": (told(resolutions=("720P",)), [5, 10], ["1280x720", "720x1280"]),
    "a ratio": (told(ratios=(Size(16, 9), Size(4, 3))), [5, 10], ["1280x720", "1920x1080"]),
    "a resolution and a ratio": (told(resolutions=("720p",), ratios=(Size(9, 16),)), [5, 10], ["720x1280"]),
    "a size beside its resolution": (
        told(resolutions=("720p",), sizes=(Size(1920, 1080), Size(1024, 200))),
        [5, 10],
        ["1280x720", "720x1280", "1024x200"],
    ),
    "no size of ours": (
        told(lengths=(5,), resolutions=("4K",)),
        [5],
        ["1280x720", "720x1280", "1920x1080", "1024x200"],
    ),
}


@pytest.mark.parametrize(("listed_model", "lengths", "sizes"), NARROWED.values(), ids=NARROWED)
def test_of_a_models_lengths_and_sizes_those_are_on_offer_that_its_provider_lists(
    listed_model: ListedModel, lengths: list[int], sizes: list[str]
) -> None:
    wide = make_offer(WIDE, ONE, {MAIN: {"wide": listed_model}}).catalogue.models["wide"]
    assert (list(wide.lengths), [str(size) for size in wide.sizes]) == (lengths, sizes)


def test_a_model_is_as_the_first_of_its_providers_lists_it() -> None:
    listings: Mapping[str, Listing] = {MAIN: listed(["other"]), "second": {"wide": told(lengths=(10,))}}
    offer = make_offer(WIDE, ONE | {"second": ApiProtocol.OPENAI}, listings)
    assert (offer.catalogue.models["wide"].lengths, WIDE.models["wide"].lengths) == ((10,), (5, 10))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 12, 1), []), (date(2026, 12, 11), ["muse"]), (date(2027, 1, 1), ["muse"])],
)
def test_an_end_is_told_of_two_weeks_before(today: date, expected: list[str]) -> None:
    ending = {"muse": ListedModel(name="muse", shutdown_date=date(2026, 12, 25)), **listed(["omni-1.2"])}
    offer = make_offer(KNOWN, ONE, {MAIN: ending})
    assert [model for model, _ in ending_soon(offer, today, days=14)] == expected


def test_the_known_models_stay_known_whatever_is_on_offer() -> None:
    catalogue: Catalogue = make_offer(KNOWN, ONE, {MAIN: listed(["muse"])}).catalogue
    assert catalogue.known is KNOWN
    assert catalogue.offering({"muse": KNOWN.models["muse"]}, default=None, listed=["muse"]).known is KNOWN


def test_a_model_that_makes_pictures_is_not_on_offer() -> None:
    known = parse_catalogue(
        '[models.still]\ntitle = "Still"\nmakes = "picture"\nlengths = [5]\nsizes = ["1280x720"]\nprice = 1\n'
        '[models.muse]\ntitle = "Muse"\nlengths = [5]\nsizes = ["1280x720"]\nprice = 1\n'
    )
    assert list(make_offer(known, ONE, {}).catalogue.models) == ["muse"]


def test_what_makes_pictures_or_speech_is_no_video_model() -> None:
    names = ["maker/omni-9-image", "maker/omni-9-tts", "maker/omni-9-t2i"]
    assert routes(make_offer(KNOWN, ONE, {MAIN: listed(names)}), "omni") == [(MAIN, "omni-1.2", False)]


def test_where_everything_is_switched_off_nothing_can_be_chosen() -> None:
    changes = {name: ModelChange(is_off=True) for name in KNOWN.models}
    catalogue = make_offer(KNOWN, ONE, {MAIN: None}, changes=changes).catalogue
    assert (catalogue.is_empty, catalogue.has_default, catalogue.find("muse")) == (True, False, None)
    assert catalogue.about("muse") is KNOWN.models["muse"]


def test_a_price_that_says_nothing_of_what_the_model_makes_by_now_is_passed_over() -> None:
    changes = {"muse": ModelChange(price=parse_price_list({"10": 9}))}
    muse = make_offer(KNOWN, ONE, {}, changes=changes).catalogue.models["muse"]
    assert muse.prices() == [2]


def test_admins_choose_the_default_where_nothing_that_is_known_is_listed() -> None:
    changes = {"muse": ModelChange(is_default=True)}
    catalogue = make_offer(KNOWN, ONE, {MAIN: listed(["stranger"])}, changes=changes).catalogue
    assert (catalogue.has_default, catalogue.default_model.name) == (True, "muse")


def test_a_model_is_found_by_a_name_that_its_pattern_stands_for() -> None:
    found = KNOWN.find("Maker/Omni-7")
    assert (found, KNOWN.find("maker/else")) == (KNOWN.models["omni"], None)


@pytest.mark.parametrize(
    ("listed_names", "chosen", "expected"),
    [
        (["muse"], "muse", ["muse"]),
        (["muse"], "omni", ["omni", "muse"]),
        ([], "omni", ["omni", "muse"]),
    ],
)
def test_to_choose_from_are_models_sure_to_be_had_and_the_chosen_one(
    listed_names: list[str], chosen: str, expected: list[str]
) -> None:
    models = {name: KNOWN.models[name] for name in ("omni", "muse")}
    catalogue = KNOWN.offering(models, default=None, listed=listed_names)
    assert [model.name for model in catalogue.to_choose_from(chosen)] == expected
