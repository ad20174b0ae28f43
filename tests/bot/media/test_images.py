"""Pictures as people send them: turned, transparent, in odd colours, broken, huge; and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bot.media import images
from domain.size import Size
from tests.bot.four_colours import BLUE, GREEN, ORIENTATION, RED, WHITE, YELLOW, corners, quarters

ORIENTATIONS = [
    pytest.param(1, ("red", "green", "blue", "yellow"), id="upright"),
    pytest.param(2, ("green", "red", "yellow", "blue"), id="mirrored"),
    pytest.param(3, ("yellow", "blue", "green", "red"), id="upside down"),
    pytest.param(4, ("blue", "yellow", "red", "green"), id="flipped"),
    pytest.param(5, ("red", "blue", "green", "yellow"), id="transposed"),
    pytest.param(6, ("blue", "red", "yellow", "green"), id="a quarter to the right"),
    pytest.param(7, ("yellow", "green", "blue", "red"), id="transversed"),
    pytest.param(8, ("green", "yellow", "red", "blue"), id="a quarter to the left"),
]


@pytest.mark.parametrize(("orientation", "expected"), ORIENTATIONS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_is_turned_the_way_its_exif_says(
    tmp_path: Path, kind: str, orientation: int, expected: tuple[str, ...]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    quarters().save(tmp_path / "photo", kind, exif=exif, quality=95)
    lying = orientation >= 5

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(120, 160) if lying else Size(160, 120))

    assert corners(tmp_path / "ready") == expected


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shown=st.tuples(st.integers(1, 400), st.integers(1, 400)),
    asked=st.tuples(st.integers(1, 400), st.integers(1, 400)),
    kind=st.sampled_from(["JPEG", "PNG"]),
)
def test_any_picture_comes_out_in_exactly_the_size_asked_for(
    tmp_path: Path, shown: tuple[int, int], asked: tuple[int, int], kind: str
) -> None:
    Image.new("RGB", shown, RED).save(tmp_path / "photo", kind)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(*asked))

    with Image.open(tmp_path / "ready") as ready:
        ready.load()
        assert (ready.format, ready.mode, ready.size) == ("JPEG", "RGB", asked)


@pytest.mark.parametrize(
    ("shown", "asked", "expected"),
    [
        pytest.param((90, 30), Size(60, 60), "green", id="too wide: left and right go"),
        pytest.param((30, 90), Size(60, 60), "green", id="too tall: top and bottom go"),
        pytest.param((2700, 900), Size(60, 60), "green", id="large: averaged before"),
    ],
)
def test_what_does_not_fit_is_cropped_evenly(
    tmp_path: Path, shown: tuple[int, int], asked: Size, expected: str
) -> None:
    thirds = Image.new("RGB", (3, 1))
    for column, colour in enumerate((RED, GREEN, BLUE)):
        thirds.putpixel((column, 0), colour)
    if shown[0] < shown[1]:
        thirds = thirds.transpose(Image.Transpose.ROTATE_270)
    thirds.resize(shown, Image.Resampling.NEAREST).save(tmp_path / "photo", "PNG")

    images.prepare(tmp_path / "photo", tmp_path / "ready", asked)

    assert corners(tmp_path / "ready") == (expected,) * 4


def transparent() -> Image.Image:
    return Image.new("RGBA", (40, 40), (0, 0, 0, 0))


def sixteen_bit() -> Image.Image:
    return Image.new("I;16", (40, 40), 65535)


MODES = [
    pytest.param(transparent(), "PNG", "white", id="transparent is white"),
    pytest.param(transparent(), "WEBP", "white", id="transparent WebP is white"),
    pytest.param(transparent().convert("LA"), "PNG", "white", id="grey with alpha"),
    pytest.param(quarters().quantize(4), "PNG", "red", id="palette"),
    pytest.param(quarters().quantize(4), "GIF", "red", id="GIF"),
    pytest.param(sixteen_bit(), "PNG", "white", id="16 bits of grey"),
    pytest.param(Image.new("1", (40, 40), 1), "PNG", "white", id="black and white"),
    pytest.param(Image.new("L", (40, 40), 255), "JPEG", "white", id="grey JPEG"),
    pytest.param(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", "red", id="CMYK"),
    pytest.param(quarters(), "BMP", "red", id="BMP"),
    pytest.param(quarters(), "WEBP", "red", id="WebP"),
    pytest.param(quarters(), "AVIF", "red", id="AVIF"),
    pytest.param(transparent(), "AVIF", "white", id="transparent AVIF is white"),
]


@pytest.mark.parametrize(("picture", "kind", "expected"), MODES)
def test_every_kind_of_colour_is_understood(
    tmp_path: Path, picture: Image.Image, kind: str, expected: str
) -> None:
    picture.save(tmp_path / "photo", kind)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready")[0] == expected


def test_half_a_grey_of_16_bits_is_half_a_grey(tmp_path: Path) -> None:
    Image.new("I;16", (40, 40), 32768).save(tmp_path / "photo", "PNG")

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(20, 20))

    with Image.open(tmp_path / "ready") as ready:
        assert ready.getpixel((9, 9)) == (128, 128, 128)


def test_a_transparent_colour_of_a_palette_is_white(tmp_path: Path) -> None:
    picture = quarters().quantize(4)
    red = picture.getpixel((1, 1))
    picture.save(tmp_path / "photo", "GIF", transparency=red)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("white", "green", "blue", "yellow")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_of_an_animation_the_first_picture_is_taken(tmp_path: Path, kind: str) -> None:
    later = [Image.new("RGB", (64, 48), colour) for colour in (BLUE, YELLOW)]
    quarters().save(
        tmp_path / "photo", kind, save_all=True, append_images=later, duration=100, lossless=True, quality=95
    )

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_of_a_phones_double_picture_the_first_is_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    depth = Image.new("RGB", (64, 48), WHITE)
    quarters().save(tmp_path / "photo", "MPO", save_all=True, append_images=[depth], exif=exif, quality=95)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("yellow", "blue", "green", "red")


def test_nothing_a_camera_noted_is_left(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    quarters().save(
        tmp_path / "photo", "JPEG", exif=exif, comment=b"at home", icc_profile=profile, xmp=b"<x:xmpmeta/>"
    )

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    with Image.open(tmp_path / "ready") as ready:
        assert set(ready.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_broken_colour_profile_does_not_spoil_the_picture(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo", "PNG", icc_profile=b"no profile")

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_broken_exif_leaves_the_photo_as_it_is(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo", "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff", quality=95)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")
