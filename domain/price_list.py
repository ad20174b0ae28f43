"""Price lists: what a video costs by its length, by its size, by both, by the second, or at all."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from domain.size import Size

_PER_SECOND = re.compile(r"\s*(\d+(?:\.\d+)?)\s*/\s*s\s*")
_NUMBER = re.compile(r"\s*(?=\.?\d)\d*\.?\d*\s*")
_NO_RATE = 'is neither a number nor a price per second such as "0.1/s"'
_RESOLUTION = re.compile(r"(\d{3,4})p", re.IGNORECASE)
_LARGEST = Decimal(1_000_000)
_LONGEST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount for a whole video, or for each of its seconds."""

    amount: Decimal
    is_per_second: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it can be paid in whole credits; what is counted by the second is rounded up in the end."""
        return self.is_per_second or self.amount == self.amount.to_integral_value()

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{'/s' if self.is_per_second else ''}"

    def of(self, seconds: int) -> Decimal:
        return self.amount * seconds if self.is_per_second else self.amount


@dataclass(frozen=True, slots=True)
class PriceList:
    """The rates by what a size is called (`1080p`, `1280x720`; None: any size) and by length in seconds (None: any)."""

    rates: Mapping[str | None, Mapping[int | None, Rate]]

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths that it names, in its order."""
        named = [seconds for rates in self.rates.values() for seconds in rates if seconds is not None]
        return tuple(dict.fromkeys(named))

    def every_rate(self) -> Iterable[Rate]:
        return (rate for rates in self.rates.values() for rate in rates.values())

    @property
    def written(self) -> object:
        """The same as a catalogue writes it, for `parse_price_list` to read."""
        by_size = {
            size: str(rates[None])
            if None in rates
            else {str(seconds): str(rate) for seconds, rate in rates.items()}
            for size, rates in self.rates.items()
        }
        return by_size.get(None, by_size)

    def find(self, seconds: int, size: Size) -> Decimal | None:
        """Return what a video of this length and size costs; None if the list does not say."""
        rate = _rate_of(self._rates_of(size), seconds)
        return None if rate is None else rate.of(seconds)

    def credits(self, seconds: int, size: Size) -> int:
        """Return what it costs in whole credits, rounded up; raises KeyError if the list does not say."""
        found = self.find(seconds, size)
        if found is None:
            raise KeyError(f"no price for {seconds} s of {size}")
        return math.ceil(found)

    def gap(self, lengths: Iterable[int], sizes: Iterable[Size]) -> str:
        """Return the first length and size that it says nothing of, for people to read; empty if there is none."""
        by_size = [(size, self._rates_of(size)) for size in sizes]
        for seconds, (size, rates) in product(lengths, by_size):
            if _rate_of(rates, seconds) is None:
                return f"{seconds} s at {size}"
        return ""

    def _rates_of(self, size: Size) -> Mapping[int | None, Rate]:
        return next((self.rates[name] for name in _names_of(size) if name in self.rates), {})


def _rate_of(rates: Mapping[int | None, Rate], seconds: int) -> Rate | None:
    return rates.get(seconds, rates.get(None))


def parse_price_list(written: object) -> PriceList:
    """Read `2`, `"0.1/s"`, `{ 5 = 1, 10 = 2 }`, `{ 720p = 1, 1080p = 2 }` or `{ 720p = { 5 = 1, 10 = 2 } }`.

    Raises ValueError, which says what is wrong where.
    """
    if isinstance(written, PriceList):
        return written
    if not isinstance(written, dict):
        return PriceList({None: {None: _rate(written, "")}})
    if not written:
        raise ValueError("it is empty: write a price, or one for each length")
    if any(isinstance(value, dict) for value in written.values()) or not any(map(_is_length, written)):
        return PriceList({_size_name(name): _by_length(value, f"{name}.") for name, value in written.items()})
    return PriceList({None: _by_length(written, "")})


def _by_length(written: object, where: str) -> Mapping[int | None, Rate]:
    if not isinstance(written, dict):
        return {None: _rate(written, where.removesuffix("."))}
    if not written:
        raise ValueError(f"{where.removesuffix('.')}: it is empty")
    return {_length(name, where): _rate(value, f"{where}{name}") for name, value in written.items()}


def _rate(written: Any, where: str) -> Rate:  # noqa: ANN401 - whatever stands in the file
    told = f"{where}: " if where else ""
    if isinstance(written, bool) or not isinstance(written, str | int | float | Decimal):
        raise ValueError(f"{told}{written!r} {_NO_RATE}")  # noqa: TRY004 - pydantic tells only ValueErrors of a validator
    per_second = _PER_SECOND.fullmatch(str(written))
    if isinstance(written, str) and per_second is None and not _NUMBER.fullmatch(written):
        raise ValueError(f"{told}{written!r} {_NO_RATE}")
    amount = Decimal(per_second[1] if per_second else str(written))
    if not amount.is_finite() or not 0 <= amount <= _LARGEST:
        raise ValueError(f"{told}{written} is no price: it has to be from 0 to {_LARGEST}")
    return Rate(amount, is_per_second=per_second is not None)


def _is_length(name: object) -> bool:
    return str(name).isdecimal()


def _length(name: object, where: str) -> int:
    if not _is_length(name) or not 1 <= int(str(name)) <= _LONGEST_SECONDS:
        raise ValueError(f"{where}{name} is no length in seconds from 1 to {_LONGEST_SECONDS}")
    return int(str(name))


def _size_name(name: object) -> str:
    text = str(name).strip().lower()
    if _RESOLUTION.fullmatch(text):
        return text
    try:
        return str(Size.parse(text))
    except ValueError as error:
        raise ValueError(
            f"{name} is neither a length in seconds nor a size such as 1080p or 1280x720"
        ) from error


def _names_of(size: Size) -> tuple[str | None, ...]:
    return str(size), f"{min(size.width, size.height)}p", None
