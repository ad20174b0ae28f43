"""Looks into MP4s: what they are, whether they can be decoded, and a picture of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import ImageStat
from PIL.Image import Image

from bot.media.clip import MAX_CLIP_PIXELS, Clip
from bot.media.errors import ClipBroken, ClipOversized
from domain.size import Size
from upstream.http import mp4

_BOUNDS: Final = {"max_pixels": str(MAX_CLIP_PIXELS)}  # FFmpeg's own check, of each picture
_DECODER_THREADS: Final = 2  # each keeps pictures of its own
_MOST_OBLONG: Final = 4  # how much wider than tall, or taller than wide, a pixel may be to be believed
_THUMBNAIL_SIDE: Final = 320  # Bot API: sendVideo, thumbnail
_THUMBNAIL_QUALITY: Final = 85
_FRAMES_LOOKED_AT: Final = 48  # about two seconds
_DARK: Final = 24  # mean brightness of 0 to 255; a fade-in begins below


def probe(path: Path) -> Clip:
    """Read what a clip is; decodes one picture, to know that it can be done.

    Raises:
        ClipBroken: It is no MP4, is cut short, or holds no picture that can be decoded.
        ClipOversized: It has more than `MAX_CLIP_PIXELS`, or needs more memory than there is.
        OSError: The file cannot be read.
    """
    size_bytes = path.stat().st_size
    with path.open("rb") as file:
        layout = mp4.read_layout(file, size_bytes)
    with opened(path) as container:
        video = video_of(container)
        if layout.is_cut_short and (b"moof" in layout.kinds or _reaches_beyond(container, size_bytes)):
            raise ClipBroken("it is cut short")
        frame = next(container.decode(video), None)
        if frame is None:
            raise ClipBroken("it holds no picture")
        sound = sound_of(container)
        rotation = round(frame.rotation / 90) * 90 % 360
        width, height = square(video) if rotation % 180 == 0 else reversed(square(video))
        return Clip(
            path=path,
            width=width,
            height=height,
            duration=_duration(container, video),
            audio_codec=sound.codec_context.name if sound is not None else None,
            index_first=_index_first(layout.kinds),
            video_codec=video.codec_context.name,
            pixel_format=video.codec_context.pix_fmt or "unknown",
            size_bytes=size_bytes,
            padding_bytes=layout.padding_bytes + layout.trailing_bytes,
            trailing_bytes=layout.trailing_bytes,
            rotation=rotation,
        )


def thumbnail(source: Path, target: Path) -> None:
    """Write a JPEG of an early picture that is not black, within Telegram's 320 pixels a side and 200 kB.

    Raises:
        ClipBroken: It is no MP4 or holds no picture that can be decoded.
        ClipOversized: It has too many pixels.
        OSError: A file cannot be read or written.
    """
    with opened(source) as container:
        picture = _early_picture(container, video_of(container))
    part = target.with_name(f"{target.name}.part")
    try:
        picture.save(part, "JPEG", quality=_THUMBNAIL_QUALITY)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """Open an MP4 for reading, as nothing but an MP4: FFmpeg's other readers follow addresses written in the file.

    Raises:
        ClipBroken: It is no MP4, or decoding it fails inside the `with`.
        ClipOversized: Decoding it takes more memory than there is.
        OSError: The file cannot be read, or another one written inside the `with`.
    """
    try:
        with av.open(path, format="mp4", options=_BOUNDS) as container:
            yield container
    except MemoryError as exc:
        raise ClipOversized from exc
    except OSError as exc:
        raise OSError(exc.errno, exc.strerror, exc.filename) from exc  # FFmpeg's own subclasses stay in here
    except av.FFmpegError as exc:
        raise ClipBroken(str(exc.strerror)) from exc


def video_of(container: InputContainer) -> VideoStream:
    """Find the pictures' stream, set to decode frame by frame; raises ClipBroken, or ClipOversized."""
    video = container.streams.best("video")
    if not isinstance(video, VideoStream) or not _has_decoder(video):
        raise ClipBroken("it holds no pictures that can be decoded")
    context = video.codec_context
    pixels = context.width * context.height
    if not pixels:
        # FFmpeg had to decode a picture to learn its size, and did not, for it is beyond the bounds.
        raise ClipOversized
    if pixels > MAX_CLIP_PIXELS:
        raise ClipOversized(Size(context.width, context.height))
    context.options = _BOUNDS  # pictures may grow on the way
    context.thread_count = _DECODER_THREADS
    video.thread_type = "SLICE"  # threads that work ahead would decode a dozen frames to show the first
    return video


def sound_of(container: InputContainer) -> AudioStream | None:
    """Find the sound's stream; one that nothing here can decode is none."""
    audio = container.streams.best("audio")
    return audio if isinstance(audio, AudioStream) and _has_decoder(audio) else None


def _has_decoder(stream: Stream) -> bool:
    return getattr(stream, "codec_context", None) is not None  # PyAV's types do not tell that it may be None


def _index_first(kinds: Sequence[bytes]) -> bool:
    """Say whether the whole index lies before the pictures (ISO 14496-12, 4.2)."""
    before_pictures = kinds[: kinds.index(b"mdat")] if b"mdat" in kinds else kinds
    return b"moov" in before_pictures and b"moof" not in kinds


def _reaches_beyond(container: InputContainer, size_bytes: int) -> bool:
    """Say whether the index speaks of pictures or sound behind the file's end; of fragments it knows too little."""
    return any(
        entry.pos + entry.size > size_bytes
        for stream in (*container.streams.video, *container.streams.audio)
        for entry in stream.index_entries
    )


def square(video: VideoStream) -> tuple[int, int]:
    """Return the width and height that the stream's pictures have in square pixels, before they are turned."""
    context = video.codec_context
    aspect = video.sample_aspect_ratio
    if not aspect or aspect == 1 or not 1 / _MOST_OBLONG <= aspect <= _MOST_OBLONG:
        return context.width, context.height
    return round(context.width * aspect / 2) * 2, context.height


def _duration(container: InputContainer, video: VideoStream) -> float:
    if container.duration:
        return container.duration / av.time_base
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return 0.0


def _early_picture(container: InputContainer, video: VideoStream) -> Image:
    """The first picture that is not dark, small and upright; if all of the first seconds are, the brightest of them."""
    brightest: tuple[float, Image] | None = None
    width, height = square(video)
    scale = min(1, _THUMBNAIL_SIDE / max(width, height))
    small = max(1, round(width * scale)), max(1, round(height * scale))
    for frame in islice(container.decode(video), _FRAMES_LOOKED_AT):
        picture = _small(frame, *small)
        light = ImageStat.Stat(picture.convert("L")).mean[0]
        if brightest is None or light > brightest[0]:
            brightest = light, picture
        if light >= _DARK:
            break
    if brightest is None:
        raise ClipBroken("it holds no picture")
    return brightest[1]


def _small(frame: VideoFrame, width: int, height: int) -> Image:
    picture: Image = frame.to_image(width=width, height=height)  # type: ignore[no-untyped-call] # PyAV leaves it untyped
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture
