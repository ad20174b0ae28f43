"""What a clip shall be: its size, its length, what it shows, and how it deviates from a well-made one."""

from dataclasses import dataclass, field
from enum import StrEnum


class Filler(StrEnum):
    """What makes a clip as big as was asked for."""

    #: An MP4 `free` box after the index: costs nothing, holds nothing, goes away when remuxed.
    FREE_BOX = "free_box"
    #: Pictures of noise at a high bit rate: big in earnest, only encoding again makes it smaller.
    NOISE = "noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """How a clip deviates from a well-made one; `megabytes` (10^6 bytes) is the least size of the file."""

    sound: bool = True
    index_first: bool = True
    megabytes: float | None = None
    filler: Filler = Filler.FREE_BOX

    @property
    def noisy(self) -> bool:
        return self.megabytes is not None and self.filler is Filler.NOISE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSpec:
    """What to draw: sizes in pixels, length in seconds, a photo as an encoded image file, and how smoothly it moves."""

    width: int
    height: int
    seconds: int
    prompt: str = ""
    photo: bytes | None = field(default=None, repr=False)
    variant: Variant = Variant()
    frames_per_second: int = 8
