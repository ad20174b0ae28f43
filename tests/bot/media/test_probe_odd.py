"""Clips that players show and that are odd all the same: bytes behind the end, pixels that are not square, too many."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.media import convert, probe
from bot.media.clip import Treatment
from bot.media.errors import ClipBroken, ClipOversized
from domain.size import Size
from sandbox.video_api.clip_spec import ClipSpec, Variant
from sandbox.video_api.render import render
from tests.bot.four_colours import corners
from tests.bot.media_files import film, remuxed

LIMIT = 50_000_000
WIDE = Fraction(16, 9)


def rendered(path: Path, variant: Variant | None = None) -> Path:
    render(ClipSpec(width=160, height=120, seconds=1, prompt="a cat", variant=variant or Variant()), path)
    return path


TRAILERS = {
    "zeros": bytes(64),
    "a few zeros": bytes(3),
    "words": b"--boundary--\r\n" * 5,
    "a box of nonsense": b"\0\0\0\x03\xff\xfe\xfd\xfc" + bytes(8),
}


@pytest.mark.parametrize("index_first", [True, False], ids=["index first", "index last"])
@pytest.mark.parametrize("trailer", TRAILERS.values(), ids=TRAILERS)
def test_bytes_behind_the_end_go_away(tmp_path: Path, trailer: bytes, index_first: bool) -> None:  # noqa: FBT001 - a table
    source = rendered(tmp_path / "clip.mp4", Variant(index_first=index_first))
    source.write_bytes(source.read_bytes() + trailer)

    found = probe.probe(source)
    clip = remuxed(source, tmp_path / "target.mp4")

    assert (found.trailing_bytes, found.treatment(LIMIT)) == (len(trailer), Treatment.REMUX)
    assert (clip.trailing_bytes, clip.treatment(LIMIT)) == (0, Treatment.NONE)


def test_a_last_box_that_claims_too_much_is_forgiven_if_the_index_finds_everything(tmp_path: Path) -> None:
    source = rendered(tmp_path / "clip.mp4")
    content = bytearray(source.read_bytes())
    media = content.index(b"mdat") - 4
    content[media : media + 4] = (int.from_bytes(content[media : media + 4], "big") + 50).to_bytes(4, "big")
    source.write_bytes(content)

    clip = remuxed(source, tmp_path / "target.mp4")

    assert clip.treatment(LIMIT) is Treatment.NONE
    assert clip.duration == pytest.approx(1.0, abs=0.05)


def test_fragments_that_are_cut_short_are_refused(tmp_path: Path) -> None:
    whole = rendered(tmp_path / "whole.mp4")
    source = tmp_path / "clip.mp4"
    flags = {"movflags": "+frag_keyframe+empty_moov"}
    with av.open(whole) as reader, av.open(source, "w", format="mp4", options=flags) as writer:
        copied = writer.add_stream_from_template(reader.streams.video[0])
        for packet in reader.demux(video=0):
            if packet.dts is not None:
                packet.stream = copied
                writer.mux(packet)
    content = source.read_bytes()
    source.write_bytes(content[: content.rindex(b"mdat") + 100])

    with pytest.raises(ClipBroken, match="cut short"):
        probe.probe(source)


SHAPES = [
    pytest.param(WIDE, 0, (284, 160), id="wide"),
    pytest.param(1 / WIDE, 0, (90, 160), id="tall"),
    pytest.param(WIDE, 90, (160, 284), id="wide and turned"),
    pytest.param(Fraction(1), 0, (160, 160), id="square"),
    pytest.param(Fraction(100), 0, (160, 160), id="beyond belief"),
]


@pytest.mark.parametrize(("aspect", "rotation", "shown"), SHAPES)
def test_pixels_that_are_not_square_count_as_wide_as_they_are(
    tmp_path: Path, aspect: Fraction, rotation: int, shown: tuple[int, int]
) -> None:
    source = film(tmp_path / "clip.mp4", aspect=aspect, rotation=rotation)

    clip = probe.probe(source)
    probe.thumbnail(source, tmp_path / "thumbnail.jpg")

    assert (clip.width, clip.height) == shown
    with Image.open(tmp_path / "thumbnail.jpg") as thumbnail:
        assert thumbnail.size == shown


CONVERSIONS = [
    pytest.param(remuxed, WIDE, id="remuxed"),
    pytest.param(lambda source, target: convert.reencode(source, target, LIMIT), 1, id="encoded again"),
]


@pytest.mark.parametrize(("convert", "aspect"), CONVERSIONS)
def test_a_converted_clip_shows_the_same_shape(
    tmp_path: Path, convert: Callable[[Path, Path], object], aspect: Fraction
) -> None:
    source, target = film(tmp_path / "source.mp4", codec="libx265", aspect=WIDE), tmp_path / "target.mp4"

    convert(source, target)
    probe.thumbnail(target, tmp_path / "thumbnail.jpg")

    assert (probe.probe(target).width, probe.probe(target).height) == (284, 160)
    assert corners(tmp_path / "thumbnail.jpg") == ("red", "green", "blue", "yellow")
    with av.open(target) as container:
        assert container.streams.video[0].sample_aspect_ratio in {aspect, None}


@pytest.mark.parametrize(
    ("codec", "size"),
    [
        pytest.param("libx264", Size(4098, 4096), id="its header says so"),
        pytest.param("mjpeg", None, id="only its pictures say so"),
    ],
)
@pytest.mark.parametrize("look", [probe.probe, lambda path: probe.thumbnail(path, path.with_name("t"))])
def test_a_clip_of_too_many_pixels_is_refused(
    tmp_path: Path, codec: str, size: Size | None, look: Callable[[Path], object]
) -> None:
    path = film(tmp_path / "clip.mp4", codec=codec, size=(4098, 4096), pictures=1)

    with pytest.raises(ClipOversized) as refused:
        look(path)

    assert refused.value.size == size
