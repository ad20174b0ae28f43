"""Converts clips: the same pictures in a better container, or the same clip in fewer bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import PictureType
from av.video.stream import VideoStream

from bot.media.clip import MAX_CLIP_PIXELS, Clip, Treatment
from bot.media.errors import ClipBroken, ClipNotShrinkable
from bot.media.probe import opened, probe, sound_of, square, video_of

_SILENCE_RATE: Final = 44_100
_SILENCE_SAMPLES: Final = 1024  # one AAC frame
_SILENCE_BITS: Final = 32_000

_AAC: Final = "aac"
_SOUND_RATES: Final = (48_000, 44_100)
_SOUND_BITS: Final = 128_000

_ATTEMPTS: Final = 2
_HEADROOM: Final = 0.93  # the rest is for the index, and for what the encoder takes beyond what it was told
_SECOND_HEADROOM: Final = 0.9
_UNKNOWN_AUDIO_BITS: Final = 192_000
_NEWER_CODECS: Final = 2.5  # how many times the bits H.264 needs for what HEVC or AV1 show
_BITS_PER_PIXEL: Final = 0.04  # with less, fewer pixels look better than coarser ones
_SMALLEST_SIDE: Final = 120
_LONE_PICTURE: Final = 0.04  # seconds; a clip without a length still has a rate
_FRAME_RATE: Final = Fraction(25)  # of a clip that does not tell its own
_ENCODER_THREADS: Final = 2
_X264: Final = {"preset": "veryfast", "rc-lookahead": "10"}  # pictures looked ahead at are kept in memory


def remux_if_needed(source: Path, target: Path, limit_bytes: int) -> Clip | None:
    """Return the clip ready to be sent, with its pictures untouched: as it is, or remuxed to `target`.

    None if its pictures have to be encoded again. What an earlier call left at `target` is taken.

    Raises:
        ClipBroken: The source cannot be read to its end.
        ClipOversized: Its pictures take too much memory.
        OSError: A file cannot be read or written.
    """
    with suppress(FileNotFoundError, ClipBroken):
        earlier = probe(target)
        if earlier.treatment(limit_bytes) is Treatment.NONE:
            return earlier
    clip = probe(source)
    treatment = clip.treatment(limit_bytes)
    if treatment is Treatment.REMUX:
        clip = remux(clip, target)
        treatment = Treatment.NONE if clip.size_bytes <= limit_bytes else Treatment.REENCODE
    return clip if treatment is Treatment.NONE else None


def remux(clip: Clip, target: Path) -> Clip:
    """Copy the pictures as they are into a streamable MP4, with sound as AAC, or silence where there is none."""
    with _conversion(clip.path, target) as (reader, writer):
        video = video_of(reader)
        copied = writer.add_stream_from_template(video)
        for packet in _packets(reader, writer, video):
            if packet.dts is None:
                continue  # the reader's sign that a stream has ended
            if packet.stream is video:
                packet.stream = copied
            writer.mux(packet)
    return probe(target)


def reencode(source: Path, target: Path, limit_bytes: int) -> Clip:
    """Encode the pictures again, as H.264 that plays everywhere, in at most `limit_bytes`; smaller ones if need be.

    Raises:
        ClipBroken: The source cannot be decoded to its end.
        ClipNotShrinkable: Even small pictures would not fit.
        ClipOversized: Its pictures take too much memory.
        OSError: A file cannot be read or written.
    """
    clip = probe(source)
    aim, size_bytes = limit_bytes * _HEADROOM, clip.size_bytes
    for _ in range(_ATTEMPTS):
        _encode(clip, target, aim)
        size_bytes = target.stat().st_size
        if size_bytes <= limit_bytes:
            return probe(target)
        aim *= limit_bytes / size_bytes * _SECOND_HEADROOM
    target.unlink()
    raise ClipNotShrinkable(size_bytes)


def _encode(clip: Clip, target: Path, aim_bytes: float) -> None:
    with _conversion(clip.path, target) as (reader, writer):
        video = video_of(reader)
        plan = _plan(clip, reader, video, aim_bytes)
        encoder = _encoder(writer, video, plan)
        if clip.rotation:
            encoder.set_display_rotation(clip.rotation)
        for packet in _packets(reader, writer, video):
            if packet.stream is not video:
                writer.mux(packet)
                continue
            for frame in video.decode(packet):
                picture = frame.reformat(width=plan.width, height=plan.height, format="yuv420p")
                picture.pict_type = PictureType.NONE  # the encoder places its own key frames
                writer.mux(encoder.encode(picture))
        writer.mux(encoder.encode(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    width: int
    height: int
    bits_per_second: int
    frame_rate: Fraction


def _plan(clip: Clip, reader: InputContainer, video: VideoStream, aim_bytes: float) -> _Plan:
    """Spread the bytes over the clip's seconds, and choose how many pixels they make presentable: square ones."""
    seconds = max(clip.duration, _LONE_PICTURE)
    bits = min(aim_bytes * 8 / seconds - _audio_bits(reader), clip.size_bytes * 8 / seconds * _NEWER_CODECS)
    frame_rate = video.average_rate or _FRAME_RATE
    pixels = bits / (float(frame_rate) * _BITS_PER_PIXEL)
    if pixels < _SMALLEST_SIDE**2:
        raise ClipNotShrinkable(clip.size_bytes)
    width, height = square(video)
    scale = min(1, math.sqrt(min(pixels, MAX_CLIP_PIXELS) / (width * height)))
    return _Plan(
        width=_even(width * scale),
        height=_even(height * scale),
        bits_per_second=round(bits),
        frame_rate=frame_rate,
    )


def _even(pixels: float) -> int:
    """H.264 with colour at half resolution has no odd sides."""
    return max(2, round(pixels / 2) * 2)


def _audio_bits(reader: InputContainer) -> int:
    """Bits per second that the sound track of the result will take."""
    audio = sound_of(reader)
    if audio is None:
        return _SILENCE_BITS
    if audio.codec_context.name != _AAC:
        return _SOUND_BITS
    return audio.codec_context.bit_rate or _UNKNOWN_AUDIO_BITS


def _encoder(writer: OutputContainer, video: VideoStream, plan: _Plan) -> VideoStream:
    rate = str(plan.bits_per_second)
    encoder = writer.add_stream(
        "libx264", rate=plan.frame_rate, options=_X264 | {"maxrate": rate, "bufsize": rate}
    )
    encoder.width, encoder.height, encoder.pix_fmt = plan.width, plan.height, "yuv420p"
    encoder.bit_rate = plan.bits_per_second
    if video.time_base:
        encoder.codec_context.time_base = (
            video.time_base
        )  # keeps every picture's moment, at an uneven rate too
    encoder.codec_context.thread_count = _ENCODER_THREADS
    return encoder


@contextmanager
def _conversion(source: Path, target: Path) -> Iterator[tuple[InputContainer, OutputContainer]]:
    """Write to a file beside `target`, and rename it when it is whole and its index comes first."""
    part = target.with_name(f"{target.name}.part")
    try:
        with (
            opened(source) as reader,
            av.open(part, "w", format="mp4", options={"movflags": "+faststart"}) as writer,
        ):
            yield reader, writer
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _packets(reader: InputContainer, writer: OutputContainer, video: VideoStream) -> Iterator[Packet[Any]]:
    """The pictures' packets as they are read, between them those of the sound, which are ready to be written."""
    audio = sound_of(reader)
    if audio is None:
        yield from _with_silence(reader, writer, video)
        return
    if audio.codec_context.name != _AAC:
        yield from _with_aac(reader, writer, video, audio)
        return
    copied = writer.add_stream_from_template(audio)
    for packet in reader.demux(video, audio):
        if packet.stream is video:
            yield packet
        elif packet.dts is not None:
            packet.stream = copied
            yield packet


def _with_aac(
    reader: InputContainer, writer: OutputContainer, video: VideoStream, audio: AudioStream
) -> Iterator[Packet[Any]]:
    """Encode the sound again, for few players know another than AAC in an MP4."""
    rate = audio.rate if audio.rate in _SOUND_RATES else _SOUND_RATES[0]
    encoder = writer.add_stream(_AAC, rate=rate, layout="stereo")
    encoder.bit_rate = _SOUND_BITS
    for packet in reader.demux(video, audio):
        if packet.stream is video:
            yield packet
            continue
        with suppress(av.InvalidDataError):  # a moment without sound is no reason to lose the pictures
            for frame in audio.decode(packet):
                yield from encoder.encode(frame)
    yield from encoder.encode(None)


def _with_silence(
    reader: InputContainer, writer: OutputContainer, video: VideoStream
) -> Iterator[Packet[Any]]:
    silence = writer.add_stream("aac", rate=_SILENCE_RATE, layout="stereo")
    silence.bit_rate = _SILENCE_BITS
    samples = 0
    for packet in reader.demux(video):
        end = _end(packet)
        yield packet
        while (samples + _SILENCE_SAMPLES) / _SILENCE_RATE <= end:
            yield from silence.encode(_silent_frame(samples))
            samples += _SILENCE_SAMPLES
    yield from silence.encode(None)


def _end(packet: Packet[Any]) -> float:
    """Seconds from the clip's beginning to the end of the packet's picture; 0 if it has none."""
    if packet.pts is None or packet.time_base is None:
        return 0
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def _silent_frame(at_sample: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="fltp", layout="stereo", samples=_SILENCE_SAMPLES)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts, frame.time_base = _SILENCE_RATE, at_sample, Fraction(1, _SILENCE_RATE)
    return frame
