"""What a clip shall be: its size, its length, what it shows, and how it deviates from a well-made one."""

from dataclasses import dataclass, field
from enum import StrEnum

#: Enough to see that it moves.
FRAMES_PER_SECOND = 8


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
    """What to draw: sizes in pixels, length in seconds, photos as encoded image files, and how smoothly it moves.

    `edited`: the prompts of the videos that this one changes, the first first. With `enlarged` it is drawn so many
    times smaller and made large, which is coarse and cheap.
    """

    width: int
    height: int
    seconds: int
    prompt: str = ""
    photos: tuple[bytes, ...] = field(default=(), repr=False)
    edited: tuple[str, ...] = ()
    variant: Variant = Variant()
    enlarged: int = 1
    frames_per_second: int = FRAMES_PER_SECOND
