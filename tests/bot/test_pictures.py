"""Pictures as people send them: turned, transparent, in odd colours, broken, huge; and what becomes of them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bot import pictures
from bot.media_errors import PictureBroken, PictureTooLarge, PictureUnsupported
from domain.size import Size

if TYPE_CHECKING:
    from pathlib import Path

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
WHITE = (255, 255, 255)
ORIENTATION = 0x0112


def quarters(width: int = 64, height: int = 48) -> Image.Image:
    """Red and green above blue and yellow."""
    picture = Image.new("RGB", (2, 2))
    for place, colour in zip(((0, 0), (1, 0), (0, 1), (1, 1)), (RED, GREEN, BLUE, YELLOW), strict=True):
        picture.putpixel(place, colour)
    return picture.resize((width, height), Image.Resampling.NEAREST)


def corners(path: Path) -> tuple[str, ...]:
    """The colours of the corners by name: top left, top right, bottom left, bottom right."""
    with Image.open(path) as picture:
        right, bottom = picture.width - 3, picture.height - 3
        return tuple(_name(picture, place) for place in ((2, 2), (right, 2), (2, bottom), (right, bottom)))


def _name(picture: Image.Image, place: tuple[int, int]) -> str:
    names = {RED: "red", GREEN: "green", BLUE: "blue", YELLOW: "yellow", WHITE: "white"}
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return next(
        (
            name
            for colour, name in names.items()
            if max(abs(a - b) for a, b in zip(colour, found, strict=True)) < 60
        ),
        str(found),
    )


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes or so that claims to be as large as you like."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


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
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_the_way_its_exif_says(
    tmp_path: Path, kind: str, orientation: int, expected: tuple[str, ...]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    quarters().save(tmp_path / "photo", kind, exif=exif, quality=95)
    lying = orientation >= 5

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(120, 160) if lying else Size(160, 120))

    assert corners(tmp_path / "ready") == expected
    assert pictures.measure(tmp_path / "photo") == (Size(48, 64) if lying else Size(64, 48))


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

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(*asked))

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

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", asked)

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
]


@pytest.mark.parametrize(("picture", "kind", "expected"), MODES)
def test_every_kind_of_colour_is_understood(
    tmp_path: Path, picture: Image.Image, kind: str, expected: str
) -> None:
    picture.save(tmp_path / "photo", kind)

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready")[0] == expected


def test_half_a_grey_of_16_bits_is_half_a_grey(tmp_path: Path) -> None:
    Image.new("I;16", (40, 40), 32768).save(tmp_path / "photo", "PNG")

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(20, 20))

    with Image.open(tmp_path / "ready") as ready:
        assert ready.getpixel((9, 9)) == (128, 128, 128)


def test_a_transparent_colour_of_a_palette_is_white(tmp_path: Path) -> None:
    picture = quarters().quantize(4)
    red = picture.getpixel((1, 1))
    picture.save(tmp_path / "photo", "GIF", transparency=red)

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("white", "green", "blue", "yellow")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_taken(tmp_path: Path, kind: str) -> None:
    later = [Image.new("RGB", (64, 48), colour) for colour in (BLUE, YELLOW)]
    quarters().save(tmp_path / "photo", kind, save_all=True, append_images=later, duration=100, lossless=True)

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_of_a_phones_double_picture_the_first_is_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    depth = Image.new("RGB", (64, 48), WHITE)
    quarters().save(tmp_path / "photo", "MPO", save_all=True, append_images=[depth], exif=exif, quality=95)

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("yellow", "blue", "green", "red")


def test_nothing_a_camera_noted_is_left(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    quarters().save(
        tmp_path / "photo", "JPEG", exif=exif, comment=b"at home", icc_profile=profile, xmp=b"<x:xmpmeta/>"
    )

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    with Image.open(tmp_path / "ready") as ready:
        assert set(ready.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_broken_colour_profile_does_not_spoil_the_picture(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo", "PNG", icc_profile=b"no profile")

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_broken_exif_leaves_the_photo_as_it_is(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo", "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff", quality=95)

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def encoded(picture: Image.Image, kind: str) -> bytes:
    memory = io.BytesIO()
    picture.save(memory, kind)
    return memory.getvalue()


BROKEN = [
    pytest.param(b"", id="empty"),
    pytest.param(b"<html>Not found</html>", id="a web page"),
    pytest.param(encoded(quarters(640, 480), "JPEG")[:1500], id="half a JPEG"),
    pytest.param(encoded(quarters(640, 480), "PNG")[:200], id="half a PNG"),
    pytest.param(encoded(quarters(640, 480), "WEBP")[:100], id="half a WebP"),
    pytest.param(encoded(quarters(640, 480), "JPEG")[:20], id="hardly a JPEG"),
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_picture_is_refused_and_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)

    with pytest.raises(PictureBroken):
        pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert [path.name for path in tmp_path.iterdir()] == ["photo"]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]),
    damage=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8
    ),
)
def test_a_damaged_picture_is_either_prepared_or_refused(
    tmp_path: Path, kind: str, damage: list[tuple[float, int]]
) -> None:
    content = bytearray(encoded(quarters(), kind))
    for place, value in damage:
        content[int(place * len(content))] = value
    (tmp_path / "photo").write_bytes(content)

    try:
        pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))
    except (PictureBroken, PictureTooLarge):
        return

    with Image.open(tmp_path / "ready") as ready:
        assert ready.size == (64, 48)


UNSUPPORTED = [
    pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", id="HEIC"),
    pytest.param(b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "AVIF", id="AVIF"),
    pytest.param(b"%PDF-1.7\n", "PDF", id="PDF"),
    pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript", id="PostScript"),
    pytest.param(encoded(quarters(), "TIFF"), "TIFF", id="TIFF"),
]


@pytest.mark.parametrize(("content", "format_name"), UNSUPPORTED)
def test_a_format_that_is_not_opened_is_refused_by_its_name(
    tmp_path: Path, content: bytes, format_name: str
) -> None:
    (tmp_path / "photo").write_bytes(content)

    with pytest.raises(PictureUnsupported) as refused:
        pictures.measure(tmp_path / "photo")

    assert refused.value.format_name == format_name


BOMBS = [
    pytest.param(png_claiming(50_000, 50_000), id="50000x50000"),
    pytest.param(png_claiming(15_000, 15_000), id="under the limit for JPEG, too large to decode"),
    pytest.param(png_claiming(2_000_000_000, 1), id="a line"),
]


@pytest.mark.parametrize("content", BOMBS)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)

    with pytest.raises(PictureTooLarge):
        pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))


def test_a_large_progressive_jpeg_is_refused_for_it_cannot_be_decoded_small(tmp_path: Path) -> None:
    Image.new("L", (5000, 4000)).save(tmp_path / "photo", "JPEG", progressive=True)

    with pytest.raises(PictureTooLarge) as refused:
        pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert refused.value.size == Size(5000, 4000)


def test_a_large_photo_is_decoded_small_and_still_right(tmp_path: Path) -> None:
    quarters(6000, 4500).save(tmp_path / "photo", "JPEG")

    pictures.prepare(tmp_path / "photo", tmp_path / "ready", Size(640, 480))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_a_picture_that_is_not_there_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pictures.measure(tmp_path / "photo")
