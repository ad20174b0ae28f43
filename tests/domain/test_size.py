"""Sizes: what people and catalogues write, and which of a model's sizes fits a shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.size import Size, named_ratio, nearest, of_shape, resolution, sizes_of

PORTRAIT, LANDSCAPE, TALL, WIDE = Size(720, 1280), Size(1280, 720), Size(1024, 1792), Size(1792, 1024)
SIDES = st.integers(min_value=1, max_value=20_000)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1280x720", LANDSCAPE),
        ("1280X720", LANDSCAPE),
        ("1280×720", LANDSCAPE),
        ("1280*720", LANDSCAPE),
        (" 1280 x 720 ", LANDSCAPE),
        ("16:9", Size(16, 9)),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, size: Size) -> None:
    assert Size.parse(text) == size


@pytest.mark.parametrize(
    "text", ["", "720", "1280x", "x720", "1280x720x3", "-1x5", "0x720", "16:0", "big", "1e3x9"]
)
def test_what_is_no_size_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a size|has no area"):
        Size.parse(text)


@given(width=SIDES, height=SIDES)
def test_a_written_size_is_read_back(width: int, height: int) -> None:
    assert Size.parse(str(Size(width, height))) == Size(width, height)


@given(width=SIDES, height=SIDES)
def test_a_turned_picture_is_as_far_from_a_square(width: int, height: int) -> None:
    assert Size(width, height).shape == pytest.approx(-Size(height, width).shape)


@pytest.mark.parametrize(
    ("size", "ratio"),
    [
        (LANDSCAPE, "16:9"),
        (PORTRAIT, "9:16"),
        (Size(500, 500), "1:1"),
        (TALL, "4:7"),
    ],
)
def test_a_size_knows_its_ratio(size: Size, ratio: str) -> None:
    assert size.ratio == ratio


@pytest.mark.parametrize(
    ("photo", "fitting"),
    [
        pytest.param(Size(4000, 3000), LANDSCAPE, id="a camera's"),
        pytest.param(Size(3000, 4000), PORTRAIT, id="a phone's"),
        pytest.param(Size(10_000, 1), LANDSCAPE, id="a panorama"),
        pytest.param(Size(1, 10_000), PORTRAIT, id="a receipt"),
        pytest.param(Size(999, 999), PORTRAIT, id="a square takes the model's first"),
    ],
)
def test_a_photo_takes_the_size_whose_shape_is_nearest(photo: Size, fitting: Size) -> None:
    assert nearest(photo, (PORTRAIT, LANDSCAPE)) == fitting


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(WIDE, WIDE, id="itself"),
        pytest.param(Size(16, 9), LANDSCAPE, id="the first of the ratio"),
        pytest.param(Size(9, 16), PORTRAIT, id="the first of the other ratio"),
        pytest.param(Size(4, 7), PORTRAIT, id="nearly the ratio"),
        pytest.param(Size(1, 1), None, id="a square"),
        pytest.param(Size(4, 3), None, id="an old screen"),
        pytest.param(Size(1920, 1080), None, id="pixels that are not on offer, though of a ratio that is"),
    ],
)
def test_a_shape_finds_a_size_of_its_ratio_or_none(asked: Size, found: Size | None) -> None:
    assert of_shape(asked, (PORTRAIT, LANDSCAPE, TALL, WIDE)) == found


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ("1280x720", "16:9"),
        ("854x480", "16:9"),
        ("1344x768", "16:9"),
        ("1080x1920", "9:16"),
        ("1024x1024", "1:1"),
        ("1680x720", "21:9"),
        ("1024x200", None),
    ],
)
def test_a_size_has_the_name_of_the_ratio_that_it_nearly_is(size: str, name: str | None) -> None:
    assert named_ratio(Size.parse(size)) == name


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ("1280x720", "720p"),
        ("720x1280", "720p"),
        ("2560x1440", "2K"),
        ("2160x3840", "4K"),
        ("768x768", "768p"),
    ],
)
def test_a_resolution_is_called_by_the_shorter_side(size: str, name: str) -> None:
    assert resolution(Size.parse(size)) == name


TIERS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "as they are": (["720p", "1080P"], ["16:9", "9:16"], ["1280x720", "720x1280", "1920x1080", "1080x1920"]),
    "with names": (["2K", "4k"], ["1:1"], ["1440x1440", "2160x2160"]),
    "even sides": (["480p"], ["16:9"], ["854x480"]),
    "not known": (["HD", "0720p", "99999p", ""], ["16:9"], []),
    "without ratios": (["720p"], [], []),
}


@pytest.mark.parametrize(("resolutions", "ratios", "expected"), TIERS.values(), ids=TIERS)
def test_resolutions_and_ratios_come_to_sizes(
    resolutions: list[str], ratios: list[str], expected: list[str]
) -> None:
    assert [str(size) for size in sizes_of(resolutions, map(Size.parse, ratios))] == expected
