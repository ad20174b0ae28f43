"""Looks into MP4s: what they are, whether they can be decoded, and a picture of them."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

import av
from av.video.stream import VideoStream
from PIL import ImageStat

from bot.clip import Clip
from bot.media_errors import ClipBroken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from PIL.Image import Image

_MICROSECONDS: Final = 1_000_000
_PADDING: Final = frozenset({b"free", b"skip"})
_THUMBNAIL_SIDE: Final = 320  # Bot API: sendVideo, thumbnail
_THUMBNAIL_QUALITY: Final = 85
_FRAMES_LOOKED_AT: Final = 48  # about two seconds
_DARK: Final = 24  # mean brightness of 0 to 255; a fade-in begins below


def probe(path: Path) -> Clip:
    """Read what a clip is; decodes one picture, to know that it can be done.

    Raises:
        ClipBroken: It is no MP4, is cut short, or holds no picture that can be decoded.
        OSError: The file cannot be read.
    """
    index_first, padding = _layout(path)
    with opened(path) as container:
        video = video_of(container)
        frame = next(container.decode(video), None)
        if frame is None:
            raise ClipBroken("it holds no picture")
        rotation = round(frame.rotation / 90) * 90 % 360
        width, height = (frame.width, frame.height) if rotation % 180 == 0 else (frame.height, frame.width)
        return Clip(
            path=path,
            width=width,
            height=height,
            duration=_duration(container, video),
            has_audio=bool(container.streams.audio),
            index_first=index_first,
            video_codec=video.codec_context.name,
            pixel_format=video.codec_context.pix_fmt or "unknown",
            size_bytes=path.stat().st_size,
            padding_bytes=padding,
            rotation=rotation,
        )


def thumbnail(source: Path, target: Path) -> None:
    """Write a JPEG of an early picture that is not black, within Telegram's 320 pixels a side and 200 kB.

    Raises:
        ClipBroken: It is no MP4 or holds no picture that can be decoded.
        OSError: A file cannot be read or written.
    """
    with opened(source) as container:
        picture = _early_picture(container)
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
        OSError: The file cannot be read, or another one written inside the `with`.
    """
    try:
        with av.open(path, format="mp4") as container:
            yield container
    except OSError as exc:
        raise OSError(exc.errno, exc.strerror, exc.filename) from exc  # FFmpeg's own subclasses stay in here
    except av.FFmpegError as exc:
        raise ClipBroken(str(exc.strerror)) from exc


def video_of(container: InputContainer) -> VideoStream:
    """Find the pictures' stream, set to decode frame by frame; raises ClipBroken when there is none."""
    video = container.streams.best("video")
    if not isinstance(video, VideoStream):
        raise ClipBroken("it holds no pictures")
    video.thread_type = "SLICE"  # threads that work ahead would decode a dozen frames to show the first
    return video


def _layout(path: Path) -> tuple[bool, int]:
    """Say whether the whole index lies before the pictures, and how many bytes are padding (ISO 14496-12, 4.2)."""
    kinds = []
    padding = 0
    for kind, size in _boxes(path):
        kinds.append(kind)
        padding += size if kind in _PADDING else 0
    if b"moov" not in kinds:
        raise ClipBroken("it has no index")
    before_pictures = kinds[: kinds.index(b"mdat")] if b"mdat" in kinds else kinds
    return b"moov" in before_pictures and b"moof" not in kinds, padding


def _boxes(path: Path) -> Iterator[tuple[bytes, int]]:
    """Walk the boxes of the file itself: kind and size in bytes (ISO 14496-12, 4.2)."""
    end = path.stat().st_size
    start = 0
    with path.open("rb") as file:
        while start + 8 <= end:
            file.seek(start)
            head = file.read(16)
            size = int.from_bytes(head[:4], "big")
            if size == 1:
                size = int.from_bytes(head[8:], "big")
            elif size == 0:
                size = end - start
            if size < 8 or start + size > end:  # noqa: PLR2004 - a box has a head of eight bytes
                raise ClipBroken("it is cut short, or no MP4")
            yield head[4:8], size
            start += size


def _duration(container: InputContainer, video: VideoStream) -> float:
    if container.duration:
        return container.duration / av.time_base
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return 0.0


def _early_picture(container: InputContainer) -> Image:
    """The first picture that is not dark, small and upright; if all of the first seconds are, the brightest of them."""
    brightest: tuple[float, Image] | None = None
    for frame in islice(container.decode(video_of(container)), _FRAMES_LOOKED_AT):
        picture = _small(frame)
        light = ImageStat.Stat(picture.convert("L")).mean[0]
        if brightest is None or light > brightest[0]:
            brightest = light, picture
        if light >= _DARK:
            break
    if brightest is None:
        raise ClipBroken("it holds no picture")
    return brightest[1]


def _small(frame: VideoFrame) -> Image:
    scale = min(1, _THUMBNAIL_SIDE / max(frame.width, frame.height))
    width, height = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    picture: Image = frame.to_image(width=width, height=height)  # type: ignore[no-untyped-call] # PyAV leaves it untyped
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture
