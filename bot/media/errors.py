"""What can be wrong with a picture or a clip, and with the child process that looks at them.

MediaError
├── PictureBroken             no picture that can be opened
│   └── PictureUnsupported    a picture, but of a format that is not opened here
├── PictureTooLarge           more pixels than can be opened safely
├── ClipBroken                no MP4 that can be played
├── ClipNotShrinkable              cannot be made small enough to send
├── ClipOversized             more pixels than can be opened safely
└── MediaInterrupted          says nothing about the file: another try may succeed
    ├── MediaCrashed          the child process died over it
    └── MediaTimedOut         it took longer than it was given

Each is built from its facts alone, in order, so that it can be pickled across the process border.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.failures import FailureReason
from domain.size import Size


class MediaError(Exception):
    """The picture or the clip cannot be used, or not now; `reason` is what a job ended by it failed of."""

    reason: ClassVar[FailureReason] = FailureReason.INTERNAL


@dataclass(eq=False)
class PictureBroken(MediaError):
    """No picture that can be opened; `problem` is the decoder's word for it."""

    reason = FailureReason.PHOTO_BROKEN
    problem: str

    def __str__(self) -> str:
        return f"the picture cannot be opened: {self.problem}"


class PictureUnsupported(PictureBroken):
    """A file of a known format that is not opened here; `problem` is the format's name, such as HEIC."""

    def __str__(self) -> str:
        return f"{self.problem} is not opened here; send a JPEG or PNG instead"


@dataclass(eq=False)
class PictureTooLarge(MediaError):
    """A picture would not fit into memory; at most `limit_pixels` of its kind do. `size` is what it claims, if known."""

    reason = FailureReason.PHOTO_TOO_LARGE
    limit_pixels: int
    size: Size | None = None

    def __str__(self) -> str:
        claimed = f" of {self.size}" if self.size else ""
        return f"a picture{claimed} has more than {self.limit_pixels:,} pixels; send a smaller one"


@dataclass(eq=False)
class ClipBroken(MediaError):
    """No MP4 that can be played; `problem` is what is wrong with it."""

    reason = FailureReason.CLIP_MISSING
    problem: str

    def __str__(self) -> str:
        return f"the clip cannot be played: {self.problem}"


@dataclass(eq=False)
class ClipNotShrinkable(MediaError):
    """A clip of `size_bytes` could not be made small enough to send."""

    reason = FailureReason.CLIP_TOO_LARGE
    size_bytes: int

    def __str__(self) -> str:
        return f"the clip of {self.size_bytes:,} bytes cannot be made small enough to send"


@dataclass(eq=False)
class ClipOversized(MediaError):
    """A clip's pictures would not fit into memory; `size` is what they claim, if that alone tells it."""

    reason = FailureReason.CLIP_TOO_LARGE
    size: Size | None = None

    def __str__(self) -> str:
        return f"the clip has pictures{f' of {self.size}' if self.size else ''} that take too much memory"


class MediaInterrupted(MediaError):
    """The work on a file ended early; that says nothing about the file, and another try may succeed."""


@dataclass(eq=False)
class MediaCrashed(MediaInterrupted):
    """The child process died over the work; `exit_code` is negative for a signal, as in `subprocess`."""

    exit_code: int | None

    def __str__(self) -> str:
        return f"the media process ended with {self.exit_code}; try again"


@dataclass(eq=False)
class MediaTimedOut(MediaInterrupted):
    """The work took longer than `seconds`, and was stopped."""

    seconds: float

    def __str__(self) -> str:
        return f"the media process took more than {self.seconds:g} s and was stopped; try again"
