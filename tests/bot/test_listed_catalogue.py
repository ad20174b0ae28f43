"""A catalogue of what providers list: whatever the names there, what is written can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.listed_catalogue import catalogue_of
from domain.api_status import ListedModel, listed
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue, parse_catalogue
from domain.offer import unknown_names
from domain.order_form import PhotoRole
from domain.provider import MAIN, ApiProtocol
from domain.size import Size

PACKAGED = packaged_catalogue()
_COMMENTED = re.compile(r"^# (?=\[models\.|(title|names|lengths|sizes|price|photos|photo_roles) = )", re.MULTILINE)  # fmt: skip

#: What is listed, and of what the file then has: a model's name here, and its title and its name there.
NAMES: dict[str, tuple[Sequence[str], list[tuple[str, str, str]]]] = {
    "one name": (["my-video"], [("my-video", "my-video", "my-video")]),
    "of two makers": (["a/foo", "b/foo"], [("foo", "foo", "a/foo"), ("foo-2", "b/foo", "b/foo")]),
    "a maker's and a plain one": (["a/foo", "foo"], [("foo-2", "a/foo", "a/foo"), ("foo", "foo", "foo")]),
    "two cases": (["Foo", "foo"], [("foo", "Foo", "Foo"), ("foo-2", "foo", "foo")]),
    "two in Chinese": (["中国", "日本"], [("model", "中国", "中国"), ("model-2", "日本", "日本")]),
    "one of a known model": (["vendor/veo-3.1"], [("veo-3.1-2", "vendor/veo-3.1", "vendor/veo-3.1")]),
    "one of a known model at an API": (["my/muse-video"], [("muse-video-2", "my/muse-video", "my/muse-video")]),
    "a face": (["😀vid"], [("vid", "😀vid", "😀vid")]),
    "a line in front": (["_foo"], [("foo", "_foo", "_foo")]),
    "a stroke at the end": (["foo/"], [("foo", "foo", "foo/")]),
    "only strokes": (["//"], [("model", "model", "//")]),
    "only a blank": ([" "], [("model", "model", " ")]),
    "control characters": (["a\n\x7f\x00\"'\\b"], [("a-b", "a\n\x7f\x00\"'\\b", "a\n\x7f\x00\"'\\b")]),
    "long ones": (["x" * 99 + "1", "x" * 99 + "2"], [
        ("x" * 40, "x" * 40, "x" * 99 + "1"), ("x" * 38 + "-2", "x" * 40, "x" * 99 + "2")]),
    "one too long": (["x" * 120, "y"], [("y", "y", "y")]),
    "one that is a pattern": (["*", "y*", "y"], [("y", "y", "y")]),
    "half a character": (["\ud83d", "y"], [("y", "y", "y")]),
}  # fmt: skip


def written(models: Sequence[ListedModel]) -> str:
    """Return what is written where one provider lists these models."""
    listing = {model.name: model for model in models}
    return catalogue_of({MAIN: ApiProtocol.OPENAI}, {MAIN: listing}, date(2026, 11, 28))


def own_of(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Return the models that are not packaged: name, title, and name at the API."""
    return [
        (model.name, model.title, model.api_name)
        for model in catalogue.models.values()
        if PACKAGED.models.get(model.name) != model
    ]


@pytest.mark.parametrize(("names", "expected"), NAMES.values(), ids=NAMES)
def test_each_listed_name_has_a_table_of_its_own(
    names: Sequence[str], expected: list[tuple[str, str, str]]
) -> None:
    told = [ListedModel(name=name, lengths=(4,), sizes=(Size(640, 480),)) for name in names]
    assert own_of(parse_catalogue(written(told))) == expected


@pytest.mark.parametrize(("names", "expected"), NAMES.values(), ids=NAMES)
def test_a_table_that_is_a_comment_can_be_made_one(
    names: Sequence[str], expected: list[tuple[str, str, str]]
) -> None:
    text = written([ListedModel(name=name) for name in ("sora-2", *names)])
    assert own_of(parse_catalogue(text)) == []
    assert own_of(parse_catalogue(_COMMENTED.sub("", text))) == expected


def test_where_nothing_known_is_listed_one_table_is_no_comment() -> None:
    text = written([ListedModel(name=name) for name in ("my-video", "your-video")])
    catalogue = parse_catalogue(text)
    assert list(catalogue.models) == ["my-video"]
    assert "base" not in text
    assert "check that it makes videos" in text
    assert '# [models."your-video"]' in text


def test_where_an_api_tells_all_of_one_model_the_others_stay_comments() -> None:
    told = ListedModel(name="told", lengths=(4,), sizes=(Size(640, 480),))
    assert list(parse_catalogue(written([ListedModel(name="bare"), told])).models) == ["told"]


def test_what_no_model_can_be_is_left_to_be_completed() -> None:
    too_long = ListedModel(name="too-long", lengths=(9000,), sizes=(Size(640, 480),))
    roles = frozenset({PhotoRole.FIRST_FRAME, PhotoRole.REFERENCE})
    model = ListedModel(name="told", lengths=(4,), sizes=(Size(640, 480),), photo_roles=roles)
    text = written([too_long, model])
    assert '# [models."too-long"]' in text
    told = parse_catalogue(text).default_model
    assert (told.lengths, told.sizes, told.photos) == ((4,), (Size(640, 480),), 2)


def test_names_that_no_table_can_hold_are_told() -> None:
    text = written([ListedModel(name=name) for name in ("x" * 120, "*", "\ud83d", "y")])
    assert text.splitlines()[-1] == f'# No table can be written of "*", "{"x" * 60}"…, "\\ud83d".'


def test_nothing_is_written_of_names_that_no_table_can_hold() -> None:
    assert written([ListedModel(name="x" * 120)]) == ""


known_names = st.sampled_from([name for model in PACKAGED.models.values() for name in model.names])
odd_names = st.text(
    st.sampled_from("aaAoo19/._-* 日😀é\x7f\n\x00\"'\\#[]=\u2028\x85\ud800"), min_size=1, max_size=8
)
names = st.one_of(
    odd_names,
    st.text(min_size=1, max_size=130),
    st.builds("{}/{}".format, st.sampled_from(["", "a", "b", "B"]), st.one_of(odd_names, known_names)),
    st.builds(str.upper, known_names),
)
models = st.builds(
    ListedModel,
    name=names,
    lengths=st.lists(st.integers(-1, 700), max_size=2).map(tuple),
    sizes=st.lists(st.builds(Size, st.integers(1, 3000), st.integers(1, 3000)), max_size=2).map(tuple),
    photo_roles=st.frozensets(st.sampled_from(PhotoRole)),
)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(models, min_size=1, max_size=8, unique_by=lambda model: model.name))
def test_what_is_written_can_always_be_read(models: Sequence[ListedModel]) -> None:
    text = written(models)
    unknown = unknown_names(PACKAGED, {MAIN: listed(model.name for model in models)})
    if not text:
        assert all("*" in name or len(name) > 100 or "\ud800" in name for name in unknown)
        return
    assert text.encode().decode() == text
    parse_catalogue(text)
    own = own_of(parse_catalogue(_COMMENTED.sub("", text)))
    there = [name for _, _, name in own]
    assert PACKAGED.models.keys().isdisjoint(name for name, _, _ in own)
    assert sorted(there) == [name for name in unknown if name in there]
    assert {name for name in unknown if name.isascii() and name.isalnum() and len(name) <= 100} <= {*there}


def test_what_is_told_of_an_unknown_model_is_written_with_its_prices_there() -> None:
    told = ListedModel(
        name="maker/new-1",
        lengths=(5, 10),
        resolutions=("720p", "4K"),
        ratios=(Size(16, 9), Size(1, 1)),
        costs={"per_second": Decimal("0.1"), "a name\nwith a line": Decimal(1)},
    )
    text = written([told])
    model = parse_catalogue(text).models["new-1"]
    assert [str(size) for size in model.sizes] == ["1280x720", "720x720", "3840x2160", "2160x2160"]
    assert "# Its own prices there: per_second 0.1\n" in text
