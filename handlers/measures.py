"""How lengths, times, shapes and amounts are written for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from babel.units import format_unit

from handlers.language import locale, ngettext

if TYPE_CHECKING:
    from datetime import timedelta

    from domain.size import Size

_BAR = 10
_MEBIBYTE = 1024 * 1024
_SECONDS_PER_HOUR, _SECONDS_PER_MINUTE = 3600, 60


def duration(span: timedelta) -> str:
    """Write a wait in hours and minutes, rounded up: `3 hr 12 min`; less than a minute in seconds."""
    seconds = max(1, -int(-span.total_seconds() // 1))
    if seconds < _SECONDS_PER_MINUTE:
        return _unit(seconds, "second")
    hours, minutes = divmod(-(-seconds // _SECONDS_PER_MINUTE), _SECONDS_PER_MINUTE)
    parts = [_unit(hours, "hour")] if hours else []
    return " ".join([*parts, _unit(minutes, "minute")] if minutes else parts)


def clock_time(span: timedelta) -> str:
    """Write a span as `2:30` or `1:02:30`."""
    minutes, seconds = divmod(max(0, round(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def bar(per_cent: int) -> str:
    full = per_cent * _BAR // 100
    return "▰" * full + "▱" * (_BAR - full)


def shape(size: Size) -> str:
    return f"{size.width}×{size.height}"


def credits_of(number: int) -> str:
    return ngettext("{n} credit", "{n} credits", number).format(n=number)


def megabytes(size_bytes: int) -> str:
    return f"{format_decimal(size_bytes / _MEBIBYTE, format='#,##0.#', locale=locale())} MB"


def fitted(words: str, limit: int) -> str:
    """Cut words to `limit` UTF-16 units, as Telegram counts; what was cut ends in an ellipsis."""
    if utf16_length(words) <= limit:
        return words
    kept = words.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept.rstrip()}…"


def utf16_length(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _unit(number: int, unit: str) -> str:
    return format_unit(number, unit, length="short", locale=locale())
