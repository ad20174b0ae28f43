"""The sound of clips: AAC at the end, whatever it was, for few players know another in an MP4."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from bot.media import convert, probe
from bot.media.clip import Clip, Treatment
from tests.bot.media_files import remuxed

LIMIT = 50_000_000
RATE = 48_000
SECONDS = 1


def film(path: Path, codec: str, *, rate: int = RATE, kind: str = "mov") -> Path:
    """A black clip of a second with a tone, in a QuickTime file unless told otherwise."""
    with av.open(path, "w", format=kind) as container:
        pictures = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(sound, av.AudioStream)
        for number in range(25 * SECONDS):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        container.mux(sound.encode(tone(rate)))
        container.mux(sound.encode(None))
    return path


def tone(rate: int) -> av.AudioFrame:
    samples = [round(20_000 * math.sin(number / 10)) for number in range(rate * SECONDS)]
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.planes[0].update(
        struct.pack(f"<{len(samples)}h", *samples).ljust(frame.planes[0].buffer_size, b"\0")
    )
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    return frame


def heard(path: Path) -> tuple[str, float, bool]:
    """Codec and seconds of the sound, and whether it is more than silence."""
    with av.open(path) as container:
        stream = container.streams.audio[0]
        frames = list(container.decode(stream))
    loudest = max(max(memoryview(bytes(frame.planes[0])).cast("f")) for frame in frames)
    seconds = sum(frame.samples for frame in frames) / frames[0].sample_rate
    return stream.codec_context.name, seconds, loudest > 0.1


CONVERSIONS = [
    pytest.param(remuxed, id="remuxed"),
    pytest.param(lambda source, target: convert.reencode(source, target, LIMIT), id="encoded again"),
]
SOUNDS = [
    pytest.param("pcm_s16le", RATE, "mov", id="PCM"),
    pytest.param("pcm_s16le", 8_000, "mov", id="PCM of a telephone"),
    pytest.param("mp3", 44_100, "mp4", id="MP3"),
    pytest.param("libopus", RATE, "mp4", id="Opus"),
]


@pytest.mark.parametrize("convert", CONVERSIONS)
@pytest.mark.parametrize(("codec", "rate", "kind"), SOUNDS)
def test_sound_that_few_players_know_becomes_aac(
    tmp_path: Path, convert: Callable[[Path, Path], Clip], codec: str, rate: int, kind: str
) -> None:
    source = film(tmp_path / "source", codec, rate=rate, kind=kind)
    assert probe.probe(source).treatment(LIMIT) is Treatment.REMUX

    clip = convert(source, tmp_path / "target.mp4")

    assert clip.treatment(LIMIT) is Treatment.NONE
    name, seconds, is_loud = heard(tmp_path / "target.mp4")
    assert (name, is_loud) == ("aac", True)
    assert seconds == pytest.approx(SECONDS, abs=0.1)


def test_sound_that_nobody_here_can_decode_becomes_silence(tmp_path: Path) -> None:
    source = film(tmp_path / "source", "pcm_s16le")
    source.write_bytes(source.read_bytes().replace(b"sowt", b"what"))
    assert probe.probe(source).audio_codec is None

    clip = remuxed(source, tmp_path / "target.mp4")

    assert clip.treatment(LIMIT) is Treatment.NONE
    assert heard(tmp_path / "target.mp4")[::2] == ("aac", False)


def test_sound_that_is_damaged_costs_no_pictures(tmp_path: Path) -> None:
    source = film(tmp_path / "source", "mp3", kind="mp4")
    content = bytearray(source.read_bytes())
    with av.open(source) as container:
        lost = [packet for packet in container.demux(audio=0) if packet.size][10:20]
        for packet in lost:
            assert packet.pos is not None
            content[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    source.write_bytes(content)

    clip = remuxed(source, tmp_path / "target.mp4")

    assert clip.treatment(LIMIT) is Treatment.NONE
    assert clip.duration == pytest.approx(SECONDS, abs=0.2)
