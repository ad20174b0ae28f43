"""The catalogue: the packaged one holds, and a wrong entry is refused with its line."""

import re
from decimal import Decimal

import pytest

from domain.catalogue import Catalogue
from domain.catalogue_file import CatalogueError, packaged_catalogue, parse_catalogue
from domain.size import Size
from tests.sora_catalogue import sora_catalogue

GOOD = """\
default = "one"

[models.one]
title = "One"
price = { 10 = 1, 15 = 2 }
sizes = ["720x1280", "1280x720"]
photos = 1

# another
[models."two.5"]
api_name = "TWO_2.5"
title = "Two"
price = { 8 = 0 }
sizes = [
  "1280x720",
]
"""

WRONG = {
    "not TOML": ('title = "One"', "title = One", 4, "Invalid value"),
    "unknown key": (
        "photos = 1",
        "fotos = 1",
        7,
        "models.one.fotos: there is no such key; did you mean 'photos'?",
    ),
    "a slip in a key that is needed": ("price = { 10", "prise = { 10", 5, "models.one.prise: there is no such key; did you mean 'price'?"),
    "unknown key at the top": ('default = "one"', 'default = "one"\nlanguage = "en"', 2, "language"),
    "a table at the top that there is not": ("[models.one]", "[modles.one]", 3, "modles: there is no such key; did you mean 'models'?"),
    "an unknown key before a missing one": ('title = "One"', 'titel = "One"', 4, "models.one.titel: there is no such key; did you mean 'title'?"),
    "a dot in a name": ("[models.one]", "[models.one-3.0]", 3, 'a name with a dot needs quotes: [models."one-3.0"]'),
    "two dots in a name": ("[models.one]", "[models.one-3.0.fast]", 3, 'a name with a dot needs quotes: [models."one-3.0.fast"]'),
    "a table of a model that there is not": ("# another", "[models.one.photo_field]\nreference = 1", 9, "models.one.photo_field: there is no such key; did you mean 'photo_fields'?"),
    "default not on offer": ('"one"\n', '"three"\n', 1, "line 1: default = 'three' names none of the models: one, two.5"),
    "no title": ('title = "One"\n', "", 3, "models.one.title: it is missing"),
    "empty title": ('"One"', '""', 4, "models.one.title"),
    "no price": ("{ 10 = 1, 15 = 2 }", "{}", 5, "models.one.price"),
    "price below nothing": ("15 = 2", "15 = -2", 5, "models.one.price: 15: -2 is no price"),
    "price in parts": ("15 = 2", "15 = 1.5", 5, "1.5 is no whole number of credits"),
    "length that is no number": ("15 = 2", "long = 2", 5, "models.one.price: long is no length in seconds"),
    "length of nothing": ("15 = 2", "0 = 2", 5, "models.one.price: 0 is no length"),
    "no sizes": ('["720x1280", "1280x720"]', "[]", 6, "models.one.sizes: it is empty"),
    "broken size": ('"720x1280"', '"720"', 6, "is not a size"),
    "shape for a size": ('"720x1280"', '"9:16"', 6, "not in pixels"),
    "size as numbers": ('["720x1280", "1280x720"]', "[\n  [720, 1280],\n]", 6, "models.one.sizes.0"),
    "photos below nothing": ("photos = 1", "photos = -1", 7, "models.one.photos: it should be greater than or equal to 0"),
    "ability that is no truth": ("photos = 1", 'private = "perhaps"', 7, "models.one.private"),
    "name of its own": ("photos = 1", 'name = "uno"', 7, "models.one.name"),
    "upper-case name": ("[models.one]", "[models.One]", 3, "models.One"),
    "model that is no table": ("# another", "[models]\nx = 1\n# another", 10, "models.x"),
    "entry of a quoted table": ('title = "Two"', "title = 2", 12, "models.two.5.title"),
    "amid a list": ('  "1280x720",', '  "12",', 14, "models.two.5.sizes.0"),
    "cost without a currency": ("photos = 1", "cost = { 10 = 0.1, 15 = 0.2 }", 1, "currency"),
    "cost of some lengths": (
        "photos = 1",
        "cost = { 10 = 0.1 }",
        3,
        "cost does not tell what 15 s at 720x1280 cost",
    ),
    "cost below nothing": (
        "photos = 1",
        "cost = { 10 = 0.1, 15 = -0.2 }",
        7,
        "models.one.cost: 15: -0.2 is no price",
    ),
    "cost that is no number": (
        "photos = 1",
        "cost = { 10 = 0.1, 15 = nan }",
        7,
        "models.one.cost: 15: NaN is no price",
    ),
    "currency by its sign": ('default = "one"', 'default = "one"\ncurrency = "$"', 2, "currency"),
    "missing in a quoted table": ('title = "Two"\n', "", 10, "models.two.5.title"),
}  # fmt: skip


def test_the_packaged_catalogue_holds(catalogue: Catalogue) -> None:
    assert list(catalogue.models) == ["sora-2", "sora-2-pro", "veo-fast", "veo", "veo-4k", "veo-components"]
    assert catalogue.default_model is catalogue.models["sora-2"]


def test_each_packaged_model_is_found_by_its_name_and_by_the_apis(catalogue: Catalogue) -> None:
    models = list(catalogue.models.values())
    assert [catalogue.find(model.name) for model in models] == models
    assert [catalogue.find(model.api_name) for model in models] == models


def test_a_model_is_found_whatever_the_case(catalogue: Catalogue) -> None:
    assert catalogue.find("VEO_3_1-4k") is catalogue.find("Veo-4K") is catalogue.models["veo-4k"]


def test_a_model_that_is_not_on_offer_is_not_found(catalogue: Catalogue) -> None:
    assert catalogue.find("sora-9") is None


def test_what_an_entry_leaves_out_is_filled_in() -> None:
    one, two = parse_catalogue(GOOD).models.values()
    assert (one.name, one.api_name, one.private, one.edits) == ("one", "one", False, False)
    assert (two.name, two.api_name, two.photos) == ("two.5", "TWO_2.5", 0)


def test_costs_are_exact_and_some_models_may_have_none() -> None:
    text = GOOD.replace("photos = 1", "cost = { 10 = 0.1, 15 = 2 }").replace("\n", '\ncurrency = "USD"\n', 1)
    catalogue = parse_catalogue(text)
    asked = [("one", 10), ("one", 15), ("one", 20), ("two.5", 8), ("three", 10)]
    assert catalogue.currency == "USD"
    assert [catalogue.cost_of(*it) for it in asked] == [Decimal("0.1"), Decimal(2), None, None, None]


def test_lengths_and_sizes_keep_the_order_of_the_file() -> None:
    text = GOOD.replace("{ 10 = 1, 15 = 2 }", "{ 15 = 2, 10 = 1 }")
    model = parse_catalogue(text).default_model
    assert (model.lengths, model.sizes) == ((15, 10), (Size(720, 1280), Size(1280, 720)))


@pytest.mark.parametrize(("good", "wrong", "line", "what"), WRONG.values(), ids=WRONG)
def test_a_wrong_entry_is_refused_with_its_line(good: str, wrong: str, line: int, what: str) -> None:
    assert good in GOOD
    with pytest.raises(CatalogueError, match=rf"line {line}\b.*") as refused:
        parse_catalogue(GOOD.replace(good, wrong, 1))
    assert re.search(re.escape(what), str(refused.value))


@pytest.mark.parametrize(
    "text", ["", 'default = "one"', 'default = "one"\nmodels = 3', 'default = "one"\n[models]']
)
def test_a_catalogue_without_models_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"line \d"):
        parse_catalogue(text)


CHANGED = """\
base = "packaged"
without = ["sora-*", "veo"]

[models.own]
title = "Mine"
lengths = [5, "3-10"]
sizes = ["1280x720"]
price = 1

[models.muse]
price = 4
"""

WRONG_CHANGES = {
    "another base": ('"packaged"', '"mine"', 1, "base: 'mine' is no catalogue that can be built on"),
    "a misspelt base": ('base = "packaged"', 'basse = "packaged"', 1, "basse: there is no such key; did you mean 'base'?"),
    "a misspelt table at the top": ("[models.muse]", "[modles.muse]", 10, "modles: there is no such key; did you mean 'models'?"),
    "a misspelt key at the top, dotted": ("without =", "provider.two.key =", 2, "provider: there is no such key; did you mean 'providers'?"),
    "a dot in a known name": ("[models.muse]", "[models.kling-3.0]", 10, 'a name with a dot needs quotes: [models."kling-3.0"]'),
    "a dot in a longer name": ("[models.muse]", "[models.veo-3.1-lite]", 10, 'a name with a dot needs quotes: [models."veo-3.1-lite"]'),
    "a dot in the longest name": ("[models.muse]", "[models.kling-2.5-turbo]", 10, 'a name with a dot needs quotes: [models."kling-2.5-turbo"]'),
    "a model that is none": ('"veo"]', '"vea"]', 2, "'vea' names none of the packaged models; did you mean 'veo'?"),
    "without in words": ('["sora-*", "veo"]', '"veo"', 2, "without: it has to be a list of names"),
    "without without a base": ('base = "packaged"\n', "", 1, 'write base = "packaged" too'),
    "a misspelt key of a form": ("price = 4", 'bodi = "json"', 11, "models.muse.bodi: there is no such key; did you mean 'body'?"),
    "no such body": ("price = 4", 'body = "xml"', 11, "models.muse.body"),
    "no such length": ('"3-10"', '"10-3"', 6, "'10-3' is no length in seconds"),
    "no price of all it makes": ("price = 1", "price = { 5 = 1 }", 4, "price does not tell what 3 s at 1280x720 cost"),
    "a route to nowhere": ("price = 4", 'routes = [{ provider = "two" }]', 11, "models.muse.routes.0.provider: muse has a route to 'two', which is none of the providers"),
    "a second route to nowhere": ("price = 1", 'routes = [{ provider = "main" }, { provider = "two" }]\nprice = 1', 8, "models.own.routes.1.provider: own has a route to 'two'"),
    "a route to nowhere in a table": ("price = 4", '[[models.muse.routes]]\nprovider = "two"', 11, "muse has a route to 'two', which is none of the providers"),
    "a role without photos": ("price = 1", 'price = 1\nphoto_roles = ["reference"]', 9, "it takes no photos"),
}  # fmt: skip


def test_a_catalogue_changes_the_packaged_one() -> None:
    catalogue = parse_catalogue(CHANGED)
    packaged = packaged_catalogue()
    assert list(catalogue.models)[:2] == ["own", "muse"]
    assert packaged.models.keys() - catalogue.models.keys() == {"sora-2", "sora-2-pro", "veo"}
    muse = catalogue.models["muse"]
    assert (muse.price_of(5, muse.sizes[0]), muse.title, muse.photos) == (4, "Muse Video", 2)


@pytest.mark.parametrize(("good", "wrong", "line", "what"), WRONG_CHANGES.values(), ids=WRONG_CHANGES)
def test_a_wrong_change_is_refused_with_its_line(good: str, wrong: str, line: int, what: str) -> None:
    assert good in CHANGED
    with pytest.raises(CatalogueError) as refused:
        parse_catalogue(CHANGED.replace(good, wrong, 1))
    assert str(refused.value).startswith(f"line {line}: ")
    assert what in str(refused.value)


def test_a_range_is_taken_but_only_its_numbers_have_buttons() -> None:
    own = parse_catalogue(CHANGED).models["own"]
    assert (own.lengths, [own.takes(seconds) for seconds in (2, 3, 7, 10, 11)]) == (
        (5,),
        [False, True, True, True, False],
    )
    assert [own.nearest_length(seconds) for seconds in (1, 7, 60)] == [3, 7, 10]


def test_a_range_alone_has_a_few_buttons() -> None:
    text = CHANGED.replace('[5, "3-10"]', '["4-30"]')
    assert parse_catalogue(text).models["own"].lengths == (4, 10, 16, 22, 28, 30)


WITHIN: dict[str, tuple[str, list[int], tuple[int | str, ...]]] = {
    "all of it": ('[5, "3-10"]', [*range(1, 20)], (5, "3-10")),
    "none of it": ('[5, "3-10"]', [20, 30], (5, "3-10")),
    "nothing told": ('[5, "3-10"]', [], (5, "3-10")),
    "buttons alone": ("[5, 8, 10]", [10, 5, 6], (5, 10)),
    "a range and a button of it": ('[5, "3-10"]', [4, 5, 6], (5, "4-6")),
    "a gap": ('[5, "3-10"]', [3, 4, 5, 8, 10], (5, "3-5", "8", "10")),
    "a range whose button is gone": ('[5, "3-10"]', [6, 7, 8], ("6-8",)),
    "a range without a button": ('["4-30"]', [*range(4, 13)], (4, 10, "4-12")),
}


@pytest.mark.parametrize(("written", "possible", "expected"), WITHIN.values(), ids=WITHIN)
def test_of_a_models_lengths_those_are_left_that_are_possible(
    written: str, possible: list[int], expected: tuple[int | str, ...]
) -> None:
    own = parse_catalogue(CHANGED.replace('[5, "3-10"]', written)).models["own"]
    assert own.within(possible).lengths_written == expected


def test_lengths_that_a_price_names_are_left_as_well() -> None:
    sora = sora_catalogue().models["sora-2"]
    assert sora.within([15, 20]).lengths == (15,)


ROLES = {
    "one frame": ("photos = 1", 1, ["first_frame"]),
    "two frames": ("photos = 2", 2, ["first_frame", "last_frame"]),
    "one of two": ("photos = 2", 1, ["first_frame"]),
    "three": ("photos = 3", 3, ["reference"] * 3),
    "one of three": ("photos = 3", 1, ["reference"]),
    "a frame, or references": ('photos = 6\nphoto_roles = ["first_frame", "reference"]', 1, ["first_frame"]),
    "references for all": ('photos = 6\nphoto_roles = ["first_frame", "reference"]', 2, ["reference"] * 2),
}


@pytest.mark.parametrize(("keys", "photos", "expected"), ROLES.values(), ids=ROLES)
def test_a_model_says_what_photos_are_to_its_videos(keys: str, photos: int, expected: list[str]) -> None:
    model = parse_catalogue(CHANGED.replace("price = 1", f"price = 1\n{keys}")).models["own"]
    assert list(model.roles_of(photos)) == expected


def test_the_notation_of_the_first_versions_is_read() -> None:
    catalogue = sora_catalogue()
    assert (catalogue.default_model.name, catalogue.models["veo"].names) == ("sora-2", ("veo_3_1",))
    assert catalogue.models["sora-2"].lengths == (10, 15)


def test_each_packaged_model_has_a_name_of_its_own() -> None:
    names = [name.casefold() for model in packaged_catalogue().models.values() for name in model.names]
    assert len(names) == len(set(names))
    titles = [model.title for model in packaged_catalogue().models.values()]
    assert len(titles) == len(set(titles))


ABILITIES = {
    "words": ("", {"words"}),
    "one frame": ("photos = 1", {"words", "first_frame"}),
    "two frames": ("photos = 2\nwords = false", {"first_frame", "last_frame"}),
    "references": ("photos = 4", {"words", "references"}),
    "photos by an address that we cannot give": (
        'photos = 4\nphoto_roles = ["reference"]\nphotos_as = "public_url"',
        {"words"},
    ),
    "a frame, or references": (
        'photos = 6\nphoto_roles = ["first_frame", "reference"]',
        {"words", "first_frame", "references"},
    ),
    "everything else": (
        'edits = true\nextends = true\neffects = ["hug"]\ncharacters = true\nprivate = true\nwatermark = true',
        {"words", "edit", "extension", "effect", "character", "privacy", "watermark"},
    ),
}


@pytest.mark.parametrize(("keys", "expected"), ABILITIES.values(), ids=ABILITIES)
def test_a_model_says_what_may_be_asked_of_it(keys: str, expected: set[str]) -> None:
    model = parse_catalogue(CHANGED.replace("price = 1", f"price = 1\n{keys}")).models["own"]
    assert model.abilities == expected
