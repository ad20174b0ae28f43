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

from typing import ClassVar

from domain.failures import FailureReason
from domain.size import Size


class MediaError(Exception):
    """The picture or the clip cannot be used, or not now; `reason` is what a job ended by it failed of."""

    reason: ClassVar[FailureReason] = FailureReason.INTERNAL


class PictureBroken(MediaError):
    """No picture that can be opened; `problem` is the decoder's word for it."""

    reason = FailureReason.PHOTO_BROKEN

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"the picture cannot be opened: {self.problem}"


class PictureUnsupported(PictureBroken):
    """A file of a known format that is not opened here; `format_name` such as HEIC."""

    def __init__(self, format_name: str) -> None:
        super().__init__(format_name)
        self.format_name = format_name

    def __str__(self) -> str:
        return f"{self.format_name} is not opened here; send a JPEG or PNG instead"


class PictureTooLarge(MediaError):
    """A picture would not fit into memory; at most `limit_pixels` of its kind do. `size` is what it claims, if known."""

    reason = FailureReason.PHOTO_TOO_LARGE

    def __init__(self, limit_pixels: int, size: Size | None = None) -> None:
        super().__init__(limit_pixels, size)
        self.limit_pixels = limit_pixels
        self.size = size

    def __str__(self) -> str:
        claimed = f" of {self.size}" if self.size else ""
        return f"a picture{claimed} has more than {self.limit_pixels:,} pixels; send a smaller one"


class ClipBroken(MediaError):
    """No MP4 that can be played; `problem` is what is wrong with it."""

    reason = FailureReason.CLIP_MISSING

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"the clip cannot be played: {self.problem}"


class ClipNotShrinkable(MediaError):
    """A clip of `size_bytes` could not be made small enough to send."""

    reason = FailureReason.CLIP_TOO_LARGE

    def __init__(self, size_bytes: int) -> None:
        super().__init__(size_bytes)
        self.size_bytes = size_bytes

    def __str__(self) -> str:
        return f"the clip of {self.size_bytes:,} bytes cannot be made small enough to send"


class ClipOversized(MediaError):
    """A clip's pictures would not fit into memory; `size` is what they claim, if that alone tells it."""

    reason = FailureReason.CLIP_TOO_LARGE

    def __init__(self, size: Size | None = None) -> None:
        super().__init__(size)
        self.size = size

    def __str__(self) -> str:
        return f"the clip has pictures{f' of {self.size}' if self.size else ''} that take too much memory"


class MediaInterrupted(MediaError):
    """The work on a file ended early; that says nothing about the file, and another try may succeed."""


class MediaCrashed(MediaInterrupted):
    """The child process died over the work; `exit_code` is negative for a signal, as in `subprocess`."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"the media process ended with {self.exit_code}; try again"


class MediaTimedOut(MediaInterrupted):
    """The work took longer than `seconds`, and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"the media process took more than {self.seconds:g} s and was stopped; try again"
