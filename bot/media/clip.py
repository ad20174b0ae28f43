"""What a clip is, and how it has to be treated before it is sent; imports no decoder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

#: The most pixels of a clip that is opened: 4096 by 4096, twice 4K. Decoders keep a dozen such pictures in memory.
MAX_CLIP_PIXELS: Final = 4096 * 4096

_PLAYABLE_PIXELS: Final = frozenset({"yuv420p", "yuvj420p"})  # what phones decode in hardware


class Treatment(StrEnum):
    """What it takes to make a clip sendable."""

    #: It can be sent byte for byte.
    NONE = "none"
    #: The picture is fine; the container is written anew, with the index first and a sound track that all can hear.
    REMUX = "remux"
    #: The picture has to be encoded again: too many bytes, or a codec that not everyone can play.
    REENCODE = "reencode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """An MP4 on disk; `width` and `height` in pixels as it is shown: made square, and after `rotation`."""

    path: Path
    width: int
    height: int
    #: Seconds.
    duration: float
    #: FFmpeg's name of the sound's codec, such as aac; None without a sound that can be decoded.
    audio_codec: str | None
    #: The whole index lies before the pictures, so that playing can begin before the end has arrived.
    index_first: bool
    video_codec: str
    pixel_format: str
    size_bytes: int
    #: Bytes of the file that hold nothing and go away when it is remuxed; of these, bytes behind the last box.
    padding_bytes: int
    trailing_bytes: int
    #: Degrees counter-clockwise by which players turn the pictures: 0, 90, 180 or 270.
    rotation: int

    def treatment(self, limit_bytes: int) -> Treatment:
        """Say what it takes to send this clip in at most `limit_bytes`."""
        if self.video_codec != "h264" or self.pixel_format not in _PLAYABLE_PIXELS:
            return Treatment.REENCODE
        if self.size_bytes - self.padding_bytes > limit_bytes:
            return Treatment.REENCODE
        is_neat = self.index_first and not self.trailing_bytes
        if is_neat and self.audio_codec == "aac" and self.size_bytes <= limit_bytes:
            return Treatment.NONE
        return Treatment.REMUX
