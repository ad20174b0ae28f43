"""Clips written anew: what must stay the same, what must change, and when there is no way."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.media import convert, probe
from bot.media.clip import Clip, Treatment
from bot.media.errors import ClipBroken, ClipNotShrinkable
from sandbox.video_api.clip_spec import ClipSpec, Filler, Variant
from sandbox.video_api.render import render
from tests.bot.media_files import remuxed

LIMIT = 50_000_000


def rendered(path: Path, variant: Variant | None = None, seconds: int = 2) -> Path:
    render(
        ClipSpec(width=320, height=180, seconds=seconds, prompt="a cat", variant=variant or Variant()), path
    )
    return path


def film(
    path: Path, *, codec: str = "libx264", moments: tuple[int, ...] = tuple(range(10)), rotation: int = 0
) -> Path:
    """A silent clip of 321x181 that shows noise at these moments, in 25ths of a second."""
    with av.open(path, "w", format="mp4") as container:
        quiet = {"x265-params": "log-level=none"} if codec == "libx265" else {}
        stream = container.add_stream(codec, rate=25, options=quiet)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 321, 181, "yuv420p" if codec == "mpeg4" else "yuv444p"
        if rotation:
            stream.set_display_rotation(rotation)
        for moment in moments:
            noise = Image.effect_noise((321, 181), 60).convert("RGB")
            frame = av.VideoFrame.from_image(noise)  # type: ignore[no-untyped-call] # PyAV leaves it untyped
            frame.pts, frame.time_base = moment, Fraction(1, 25)
            container.mux(stream.encode(frame.reformat(format=stream.pix_fmt)))
        container.mux(stream.encode(None))
    return path


def packets(path: Path, kind: str) -> list[bytes]:
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(**{kind: 0}) if packet.size]


def seconds_of(path: Path, kind: str) -> float:
    """When the last packet of this kind ends."""
    with av.open(path) as container:
        ends = [
            (packet.pts + (packet.duration or 0)) * packet.time_base
            for packet in container.demux(**{kind: 0})
            if packet.pts is not None and packet.time_base is not None
        ]
    return float(max(ends))


def moments(path: Path) -> list[float | None]:
    with av.open(path) as container:
        return [frame.time and round(frame.time, 2) for frame in container.decode(video=0)]


def loudest(path: Path) -> float:
    with av.open(path) as container:
        frames = [bytes(frame.planes[0]) for frame in container.decode(audio=0)]
    return max(max(memoryview(frame).cast("f")) for frame in frames)


SENDABLE = [
    pytest.param(Variant(index_first=False), id="index at the end"),
    pytest.param(Variant(sound=False), id="silent"),
    pytest.param(Variant(sound=False, index_first=False), id="both"),
    pytest.param(Variant(megabytes=60), id="padded beyond the limit"),
]


@pytest.mark.parametrize("variant", SENDABLE)
def test_a_remuxed_clip_is_sendable_and_shows_the_very_same_pictures(
    tmp_path: Path, variant: Variant
) -> None:
    source, target = rendered(tmp_path / "source.mp4", variant), tmp_path / "target.mp4"

    clip = remuxed(source, target)

    assert clip == probe.probe(target)
    assert clip.treatment(LIMIT) is Treatment.NONE
    assert packets(target, "video") == packets(source, "video")
    assert moments(target) == moments(source)


def test_the_sound_is_copied_as_it_is(tmp_path: Path) -> None:
    source, target = rendered(tmp_path / "source.mp4", Variant(index_first=False)), tmp_path / "target.mp4"

    remuxed(source, target)

    assert packets(target, "audio") == packets(source, "audio")


def test_a_silent_clip_gets_silence_of_its_own_length(tmp_path: Path) -> None:
    source, target = rendered(tmp_path / "source.mp4", Variant(sound=False)), tmp_path / "target.mp4"

    clip = remuxed(source, target)

    assert loudest(target) < 0.001
    assert seconds_of(target, "audio") == pytest.approx(2.0, abs=0.05)
    assert clip.duration == pytest.approx(2.0, abs=0.05)


CONVERSIONS = [
    pytest.param(remuxed, id="remuxed"),
    pytest.param(lambda source, target: convert.reencode(source, target, LIMIT), id="encoded again"),
]


@pytest.mark.parametrize("convert", CONVERSIONS)
def test_a_turned_clip_stays_turned(tmp_path: Path, convert: Callable[[Path, Path], Clip]) -> None:
    source = film(tmp_path / "source.mp4", rotation=90)

    clip = convert(source, tmp_path / "target.mp4")

    assert clip.rotation == 90
    assert clip.height > clip.width


@pytest.mark.parametrize("convert", CONVERSIONS)
def test_pictures_at_uneven_moments_stay_at_their_moments(
    tmp_path: Path, convert: Callable[[Path, Path], Clip]
) -> None:
    source = film(tmp_path / "source.mp4", moments=(0, 1, 2, 7, 8, 20, 21))

    convert(source, tmp_path / "target.mp4")

    assert moments(tmp_path / "target.mp4") == [0, 0.04, 0.08, 0.28, 0.32, 0.8, 0.84]


@pytest.mark.parametrize("convert", CONVERSIONS)
def test_a_clip_damaged_in_the_middle_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, convert: Callable[[Path, Path], Clip]
) -> None:
    source = rendered(tmp_path / "source.mp4")
    source.write_bytes(source.read_bytes()[:-1000])

    with pytest.raises(ClipBroken):
        convert(source, tmp_path / "target.mp4")

    assert [path.name for path in tmp_path.iterdir()] == ["source.mp4"]


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg4"])
def test_what_not_everyone_can_play_becomes_what_everyone_can(tmp_path: Path, codec: str) -> None:
    source = film(tmp_path / "source.mp4", codec=codec)

    clip = convert.reencode(source, tmp_path / "target.mp4", LIMIT)

    assert clip.treatment(LIMIT) is Treatment.NONE
    assert (clip.video_codec, clip.pixel_format) == ("h264", "yuv420p")
    assert clip.duration == pytest.approx(0.4, abs=0.05)


def test_a_clip_over_the_limit_is_shrunk_under_it(tmp_path: Path) -> None:
    source = rendered(tmp_path / "source.mp4", Variant(megabytes=2, filler=Filler.NOISE))
    sound = packets(source, "audio")

    clip = convert.reencode(source, tmp_path / "target.mp4", 1_000_000)

    assert clip.treatment(1_000_000) is Treatment.NONE
    assert (clip.width, clip.height) == (320, 180)
    assert moments(clip.path) == moments(source)
    assert packets(clip.path, "audio") == sound


def test_a_clip_far_over_the_limit_gets_fewer_pixels(tmp_path: Path) -> None:
    source = rendered(tmp_path / "source.mp4", Variant(megabytes=2, filler=Filler.NOISE))

    clip = convert.reencode(source, tmp_path / "target.mp4", 24_000)

    assert clip.size_bytes <= 24_000
    assert clip.width < 320
    assert (clip.width % 2, clip.height % 2) == (0, 0)
    assert clip.width / clip.height == pytest.approx(16 / 9, rel=0.05)


def test_a_clip_that_cannot_be_made_small_enough_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = rendered(tmp_path / "source.mp4")

    with pytest.raises(ClipNotShrinkable) as refused:
        convert.reencode(source, tmp_path / "target.mp4", 5_000)

    assert refused.value.size_bytes == source.stat().st_size
    assert [path.name for path in tmp_path.iterdir()] == ["source.mp4"]
