"""The catalogue: the packaged one holds, and a wrong entry is refused with its line."""

import re
from decimal import Decimal

import pytest

from domain.catalogue import Catalogue, CatalogueError, parse_catalogue
from domain.size import Size

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
    "unknown key": ("photos = 1", "fotos = 1", 7, "models.one.fotos"),
    "unknown key at the top": ('default = "one"', 'default = "one"\nlanguage = "en"', 2, "language"),
    "default not on offer": ('"one"\n', '"three"\n', 1, "none of the models: one, two.5"),
    "no default": ('default = "one"', "", 1, "default"),
    "no title": ('title = "One"\n', "", 3, "models.one.title"),
    "empty title": ('"One"', '""', 4, "models.one.title"),
    "no price": ("{ 10 = 1, 15 = 2 }", "{}", 5, "models.one.price"),
    "price below nothing": ("15 = 2", "15 = -2", 5, "models.one.price.15"),
    "price in parts": ("15 = 2", "15 = 1.5", 5, "models.one.price.15"),
    "length that is no number": ("15 = 2", "long = 2", 5, "models.one.price.long"),
    "length of nothing": ("15 = 2", "0 = 2", 5, "models.one.price.0"),
    "no sizes": ('["720x1280", "1280x720"]', "[]", 6, "models.one.sizes"),
    "broken size": ('"720x1280"', '"720"', 6, "is not a size"),
    "shape for a size": ('"720x1280"', '"9:16"', 6, "not in pixels"),
    "size as numbers": ('["720x1280", "1280x720"]', "[\n  [720, 1280],\n]", 6, "models.one.sizes.0"),
    "photos below nothing": ("photos = 1", "photos = -1", 7, "models.one.photos"),
    "ability that is no truth": ("photos = 1", 'private = "perhaps"', 7, "models.one.private"),
    "name of its own": ("photos = 1", 'name = "uno"', 7, "models.one.name"),
    "upper-case name": ("[models.one]", "[models.One]", 3, "models.One"),
    "model that is no table": ("# another", "[models]\nx = 1\n# another", 10, "models.x"),
    "entry of a quoted table": ('title = "Two"', "title = 2", 12, "models.two.5.title"),
    "amid a list": ('  "1280x720",', '  "12",', 14, "models.two.5.sizes.0"),
    "cost without a currency": ("photos = 1", "cost = { 10 = 0.1, 15 = 0.2 }", 1, "currency"),
    "cost of some lengths": ("photos = 1", "cost = { 10 = 0.1 }", 7, "same lengths as price: 10, 15"),
    "cost below nothing": ("photos = 1", "cost = { 10 = 0.1, 15 = -0.2 }", 7, "models.one.cost.15"),
    "cost that is no number": ("photos = 1", "cost = { 10 = 0.1, 15 = nan }", 7, "models.one.cost.15"),
    "currency by its sign": ('default = "one"', 'default = "one"\ncurrency = "$"', 2, "currency"),
    "missing in a quoted table": ('title = "Two"\n', "", 10, "models.two.5.title"),
}


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
