"""Pictures that are refused, and large ones that are not: broken files, bombs, formats that stay closed."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.media import images
from bot.media.errors import PictureBroken, PictureTooLarge, PictureUnsupported
from domain.size import Size
from tests.bot.four_colours import corners, quarters

START_OF_SCAN, END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"  # ITU-T T.81, B.1.1.3


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes or so that claims to be as large as you like."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def encoded(picture: Image.Image, kind: str) -> bytes:
    memory = io.BytesIO()
    picture.save(memory, kind)
    return memory.getvalue()


def with_scans(more: int) -> bytes:
    """A progressive JPEG of ten scans, and `more` that repeat the last one: each costs the decoder a pass."""
    memory = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 30)).save(memory, "JPEG", progressive=True)
    content = memory.getvalue().removesuffix(END_OF_IMAGE)
    assert content.count(START_OF_SCAN) == 10
    return content + content[content.rindex(START_OF_SCAN) :] * more + END_OF_IMAGE


BROKEN = [
    pytest.param(b"", id="empty"),
    pytest.param(b"<html>Not found</html>", id="a web page"),
    pytest.param(encoded(quarters(640, 480), "JPEG")[:1500], id="half a JPEG"),
    pytest.param(encoded(quarters(640, 480), "PNG")[:200], id="half a PNG"),
    pytest.param(encoded(quarters(640, 480), "WEBP")[:100], id="half a WebP"),
    pytest.param(encoded(quarters(640, 480), "JPEG")[:20], id="hardly a JPEG"),
    pytest.param(encoded(quarters(640, 480), "AVIF")[:400], id="half an AVIF"),
    pytest.param(with_scans(91), id="a hundred scans and one"),
    pytest.param(with_scans(3000), id="thousands of scans"),
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_picture_is_refused_and_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)

    with pytest.raises(PictureBroken):
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert [path.name for path in tmp_path.iterdir()] == ["photo"]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP"]),
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
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))
    except (PictureBroken, PictureTooLarge):
        return

    with Image.open(tmp_path / "ready") as ready:
        assert ready.size == (64, 48)


UNSUPPORTED = [
    pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", id="HEIC"),
    pytest.param(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC", id="HEIC of another brand"),
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
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert refused.value.problem == format_name


def behind(*parts: bytes) -> bytes:
    """A JPEG with a note in front of its picture and something behind its end, both full of what looks like scans."""
    content = encoded(quarters(), "JPEG")
    note = START_OF_SCAN * 200
    return content[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + content[2:] + b"".join(parts)


SCANS = [
    pytest.param(with_scans(90), id="a hundred scans"),
    pytest.param(behind(START_OF_SCAN * 200), id="what is no scan is not counted"),
]


@pytest.mark.parametrize("content", SCANS)
def test_a_jpeg_of_not_too_many_scans_is_taken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert (tmp_path / "ready").exists()


BOMBS = [
    pytest.param(png_claiming(50_000, 50_000), id="50000x50000"),
    pytest.param(png_claiming(15_000, 15_000), id="under the limit for JPEG, too large to decode"),
    pytest.param(png_claiming(2_000_000_000, 1), id="a line"),
]


@pytest.mark.parametrize("content", BOMBS)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)

    with pytest.raises(PictureTooLarge):
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))


def test_an_avif_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    Image.new("L", (3000, 2600)).save(tmp_path / "photo", "AVIF", speed=10)

    with pytest.raises(PictureTooLarge) as refused:
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert refused.value.size == Size(3000, 2600)


def test_a_large_progressive_jpeg_is_refused_for_it_cannot_be_decoded_small(tmp_path: Path) -> None:
    Image.new("L", (5000, 4000)).save(tmp_path / "photo", "JPEG", progressive=True)

    with pytest.raises(PictureTooLarge) as refused:
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))

    assert refused.value.size == Size(5000, 4000)


def test_a_large_photo_is_decoded_small_and_still_right(tmp_path: Path) -> None:
    quarters(6000, 4500).save(tmp_path / "photo", "JPEG")

    images.prepare(tmp_path / "photo", tmp_path / "ready", Size(640, 480))

    assert corners(tmp_path / "ready") == ("red", "green", "blue", "yellow")


def test_a_picture_that_is_not_there_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        images.prepare(tmp_path / "photo", tmp_path / "ready", Size(64, 48))
