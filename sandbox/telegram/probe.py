"""Looks into an uploaded clip: what an MP4 really holds, whatever its sender says."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
from av.error import FFmpegError


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a video file holds: pixels, seconds, and whether its index comes before its pictures."""

    width: int
    height: int
    duration: float
    codec: str
    has_audio: bool
    faststart: bool


def probe(path: Path) -> Probe | None:
    """Opens a file and reads its streams' headers; None unless it is an MP4 with a picture track."""
    try:
        with av.open(path) as container:
            if "mp4" not in container.format.name or not container.streams.video:
                return None
            video = container.streams.video[0]
            return Probe(
                width=video.width,
                height=video.height,
                duration=(container.duration or 0) / av.time_base,
                codec=video.codec_context.name,
                has_audio=bool(container.streams.audio),
                faststart=_index_comes_first(path),
            )
    except FFmpegError:
        return None


def _index_comes_first(path: Path) -> bool:
    with path.open("rb") as file:
        while box := _next_box(file):
            if box in {b"moov", b"mdat"}:
                return box == b"moov"
    return False


def _next_box(file: BinaryIO) -> bytes:
    """Reads one top-level box's header and skips its body; empty at the end (ISO/IEC 14496-12: boxes)."""
    header = file.read(8)
    if len(header) < 8:  # noqa: PLR2004 (size and type, four bytes each)
        return b""
    size, kind = int.from_bytes(header[:4], "big"), header[4:]
    if size == 1:
        size = int.from_bytes(file.read(8), "big") - 8
    if size >= 8:  # noqa: PLR2004
        file.seek(size - 8, 1)
    else:
        file.seek(0, 2)
    return kind
