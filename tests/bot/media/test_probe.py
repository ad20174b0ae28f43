"""Clips as APIs make them: with the index at the end, silent, turned, dark, cut short; and what is seen of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.media import probe
from bot.media.clip import Clip
from bot.media.errors import ClipBroken
from sandbox.video_api.clip_spec import ClipSpec, Variant
from sandbox.video_api.render import render

RED, BLACK, BLUE = (255, 0, 0), (0, 0, 0), (0, 0, 255)


def rendered(path: Path, variant: Variant | None = None) -> Path:
    render(ClipSpec(width=160, height=120, seconds=2, prompt="a cat", variant=variant or Variant()), path)
    return path


def film(path: Path, *pictures: Image.Image, rotation: int = 0, movflags: str = "+faststart") -> Path:
    """A silent H.264 clip of 25 of these pictures a second, to be turned by players."""
    with av.open(path, "w", format="mp4", options={"movflags": movflags} if movflags else {}) as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "5"})
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = "yuv420p"
        if rotation:
            stream.set_display_rotation(rotation)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_image(picture).reformat(format="yuv420p")  # type: ignore[no-untyped-call] # PyAV
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def plain(colour: tuple[int, int, int], width: int = 160, height: int = 120) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def sound_only(path: Path) -> Path:
    with av.open(path, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44_100, layout="mono")
        frame = av.AudioFrame(format="fltp", layout="mono", samples=4410)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_a_clip_is_known_by_its_facts(tmp_path: Path) -> None:
    path = rendered(tmp_path / "clip.mp4")

    assert probe.probe(path) == Clip(
        path=path,
        width=160,
        height=120,
        duration=2.0,
        audio_codec="aac",
        index_first=True,
        video_codec="h264",
        pixel_format="yuv420p",
        size_bytes=path.stat().st_size,
        padding_bytes=8,
        trailing_bytes=0,
        rotation=0,
    )


def test_a_silent_clip_is_known(tmp_path: Path) -> None:
    assert probe.probe(rendered(tmp_path / "clip.mp4", Variant(sound=False))).audio_codec is None


@pytest.mark.parametrize(
    ("movflags", "expected"),
    [
        pytest.param("+faststart", True, id="index first"),
        pytest.param("", False, id="index last"),
        pytest.param("+frag_keyframe+empty_moov", False, id="index in fragments"),
    ],
)
def test_where_the_index_lies_is_known(tmp_path: Path, movflags: str, expected: bool) -> None:  # noqa: FBT001 - a table
    path = film(tmp_path / "clip.mp4", *[plain(RED)] * 12, movflags=movflags)

    assert probe.probe(path).index_first is expected


def test_padding_is_counted(tmp_path: Path) -> None:
    small = rendered(tmp_path / "small.mp4")
    padded = rendered(tmp_path / "padded.mp4", Variant(megabytes=1))

    found = probe.probe(padded)

    assert found.size_bytes - found.padding_bytes == probe.probe(small).size_bytes - 8


@pytest.mark.parametrize(
    ("turned", "size"), [(0, (160, 120)), (90, (120, 160)), (180, (160, 120)), (270, (120, 160))]
)
def test_the_size_is_that_of_what_players_show(tmp_path: Path, turned: int, size: tuple[int, int]) -> None:
    clip = probe.probe(film(tmp_path / "clip.mp4", plain(RED), rotation=turned))

    assert (clip.rotation, (clip.width, clip.height)) == (turned, size)


def cut_short(path: Path) -> bytes:
    return rendered(path).read_bytes()[:-500]


def without_index(_: Path) -> bytes:
    return b"\0\0\0\x14ftypisom\0\0\0\0isom" + b"\0\0\0\x10mdat" + bytes(8)


def with_index_of_nonsense(_: Path) -> bytes:
    return b"\0\0\0\x14ftypisom\0\0\0\0isom" + b"\0\0\0\x18moov" + b"\xff" * 16 + b"\0\0\0\x10mdat" + bytes(8)


def with_pictures_of_nonsense(path: Path) -> bytes:
    content = rendered(path, Variant(sound=False)).read_bytes()
    pictures = content.index(b"mdat") + 4
    return content[:pictures] + bytes(len(content) - pictures)


def playlist(path: Path) -> bytes:
    return f"#EXTM3U\n#EXTINF:2,\nfile://{rendered(path)}\n#EXT-X-ENDLIST\n".encode()


BROKEN = [
    pytest.param(cut_short, id="cut short"),
    pytest.param(without_index, id="no index"),
    pytest.param(with_index_of_nonsense, id="an index of nonsense"),
    pytest.param(with_pictures_of_nonsense, id="pictures of nonsense"),
    pytest.param(lambda path: sound_only(path).read_bytes(), id="sound only"),
    pytest.param(playlist, id="a playlist of other files"),
    pytest.param(lambda _: b"", id="empty"),
    pytest.param(lambda _: b"<html>502 Bad Gateway</html>", id="a web page"),
]


@pytest.mark.parametrize("content", BROKEN)
def test_what_cannot_be_played_is_refused(tmp_path: Path, content: Callable[[Path], bytes]) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content(tmp_path / "other.mp4"))

    with pytest.raises(ClipBroken):
        probe.probe(path)


def test_a_clip_that_is_not_there_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        probe.probe(tmp_path / "clip.mp4")


def shown(path: Path) -> tuple[tuple[int, int], str]:
    """Size and rough colour of a thumbnail."""
    with Image.open(path) as picture:
        assert picture.format == "JPEG"
        colour = picture.getpixel((picture.width // 2, picture.height // 2))
        assert isinstance(colour, tuple)
        red, _, blue = colour
        return picture.size, "red" if red > 150 else "blue" if blue > 150 else "dark"


THUMBNAILS = [
    pytest.param([plain(RED)], 0, ((160, 120), "red"), id="small stays small"),
    pytest.param([plain(RED, 1280, 720)], 0, ((320, 180), "red"), id="wide"),
    pytest.param([plain(RED, 360, 640)], 0, ((180, 320), "red"), id="tall"),
    pytest.param([plain(RED, 640, 360)], 90, ((180, 320), "red"), id="turned"),
    pytest.param([*[plain(BLACK)] * 10, plain(BLUE)], 0, ((160, 120), "blue"), id="begins in the dark"),
    pytest.param([plain(BLACK)] * 60, 0, ((160, 120), "dark"), id="all dark"),
]


@pytest.mark.parametrize(("pictures", "rotation", "expected"), THUMBNAILS)
def test_a_thumbnail_shows_an_early_picture_that_is_not_dark(
    tmp_path: Path, pictures: list[Image.Image], rotation: int, expected: tuple[tuple[int, int], str]
) -> None:
    clip = film(tmp_path / "clip.mp4", *pictures, rotation=rotation)

    probe.thumbnail(clip, tmp_path / "thumbnail.jpg")

    assert shown(tmp_path / "thumbnail.jpg") == expected


def test_a_thumbnail_of_noise_is_within_telegrams_limits(tmp_path: Path) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((640, 640), 120) for _ in range(3)])

    probe.thumbnail(film(tmp_path / "clip.mp4", noise), tmp_path / "thumbnail.jpg")

    assert shown(tmp_path / "thumbnail.jpg")[0] == (320, 320)
    assert (tmp_path / "thumbnail.jpg").stat().st_size < 200_000


def test_a_broken_clip_has_no_thumbnail(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"no clip")

    with pytest.raises(ClipBroken):
        probe.thumbnail(tmp_path / "clip.mp4", tmp_path / "thumbnail.jpg")

    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
