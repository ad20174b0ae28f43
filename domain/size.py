"""Width and height of a picture or a video, and which of a model's sizes comes nearest to a shape."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_WRITTEN = re.compile(r"(\d{1,5})\s*([x×:*])\s*(\d{1,5})", re.IGNORECASE)
_LINES = re.compile(r"([1-9]\d{2,3})p", re.IGNORECASE)
_SAME_SHAPE = 0.02
#: No video has a side of fewer pixels; smaller numbers are a ratio such as 16:9.
SMALLEST_SIDE = 64


class Orientation(StrEnum):
    """How a picture lies."""

    #: It is higher than wide.
    PORTRAIT = "portrait"
    #: It is wider than high.
    LANDSCAPE = "landscape"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels; of a ratio such as 16:9, in any unit."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"{self.width}x{self.height} has no area")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1280x720`, `1280×720` or `16:9`; raises ValueError for anything else."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"{text!r} is not a size such as 1280x720 or 16:9")
        return cls(int(written[1]), int(written[3]))

    @property
    def shape(self) -> float:
        """How wide it is for its height, on a scale where 2:1 and 1:2 are equally far from a square."""
        return math.log(self.width / self.height)

    @property
    def orientation(self) -> Orientation:
        if self.width == self.height:
            return Orientation.SQUARE
        return Orientation.LANDSCAPE if self.width > self.height else Orientation.PORTRAIT

    @property
    def ratio(self) -> str:
        divisor = math.gcd(self.width, self.height)
        return f"{self.width // divisor}:{self.height // divisor}"

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


#: Resolutions with a name of their own, by the shorter side in pixels; all others are written like 720p.
_TIERS = {1440: "2K", 2160: "4K"}
#: What models have names for.
NAMED_RATIOS = tuple(
    map(Size.parse, ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21")),
)


def named_ratio(size: Size) -> str | None:
    """Return the name of the ratio that a size nearly has, such as 16:9 for 854x480; None if it has none of a name."""
    ratio = alike(size, NAMED_RATIOS)
    return f"{ratio.width}:{ratio.height}" if ratio else None


def resolution(size: Size) -> str:
    """Return what the resolution of a size is called, such as 720p or 4K."""
    shorter = min(size.width, size.height)
    return _TIERS.get(shorter, f"{shorter}p")


def sizes_of(resolutions: Iterable[str], ratios: Iterable[Size]) -> Iterator[Size]:
    """Yield the sizes that each of these resolutions has in each of these ratios; what is no resolution is passed over."""
    shapes = list(ratios)
    for told in resolutions:
        short = _shorter_side(told)
        if short is None:
            continue
        for ratio in shapes:
            long = 2 * round(short * max(ratio.width, ratio.height) / min(ratio.width, ratio.height) / 2)
            yield Size(long, short) if ratio.width >= ratio.height else Size(short, long)


def _shorter_side(told: str) -> int | None:
    named = {name.casefold(): shorter for shorter, name in _TIERS.items()}
    written = _LINES.fullmatch(told.strip())
    return named.get(told.strip().casefold(), int(written[1]) if written else None)


def nearest(shape: Size, sizes: Iterable[Size]) -> Size:
    """Return the first of `sizes` whose shape is closest to `shape`'s."""
    return min(sizes, key=lambda size: abs(size.shape - shape.shape))


def of_shape(wanted: Size, sizes: Iterable[Size]) -> Size | None:
    """Return the first of `sizes` that is `wanted`, or has its ratio if `wanted` is one; None if there is none."""
    offered = tuple(sizes)
    if wanted in offered:
        return wanted
    if max(wanted.width, wanted.height) >= SMALLEST_SIDE:
        return None
    return alike(wanted, offered)


def alike(wanted: Size, sizes: Iterable[Size]) -> Size | None:
    """Return the first of `sizes` that has the shape of `wanted`, however many pixels; None if there is none."""
    return next((size for size in sizes if abs(size.shape - wanted.shape) < _SAME_SHAPE), None)
