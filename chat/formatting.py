"""How lengths, times, shapes and amounts are written for people."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from chat.direction import in_a_row
from chat.language import gettext as _
from chat.language import is_right_to_left, locale, mark, ngettext, spoken
from domain.api_status import BalanceUnit
from domain.money import Money
from domain.size import Orientation, Size, resolution

_BAR = 10
#: Languages that write no blanks between sentences.
_UNSPACED = frozenset({"zh_Hans", "ja"})
#: What CLDR 47 abbreviates wrongly: one hour, in the plural.
_WRITTEN_OUT = frozenset({("es", "hour", 1), ("pt_BR", "hour", 1)})
_BETWEEN = " · "
_MEBIBYTE = 1024 * 1024
#: Of what is older the day says more than how many weeks it is ago.
_RECENT = timedelta(days=7)
_SECONDS_PER_HOUR, _SECONDS_PER_MINUTE = 3600, 60
#: How exactly a wait is foreseen: less than a minute, less than ten, and more.
_SHORT_STEP_SECONDS, _STEP_SECONDS, _LONG_SECONDS = 5, 10, 600
_ORIENTATIONS = {
    Orientation.PORTRAIT: ("📱", mark("Portrait")),
    Orientation.LANDSCAPE: ("🖥", mark("Landscape")),
    Orientation.SQUARE: ("◻️", mark("Square")),
}


def duration(span: timedelta) -> str:
    """Write a wait in hours and minutes, rounded up: `3 hr 12 min`; less than a minute in seconds."""
    seconds = max(1, -int(-span.total_seconds() // 1))
    if seconds < _SECONDS_PER_MINUTE:
        return _unit(seconds, "second")
    hours, minutes = divmod(-(-seconds // _SECONDS_PER_MINUTE), _SECONDS_PER_MINUTE)
    parts = [_unit(hours, "hour")] if hours else []
    return " ".join([*parts, _unit(minutes, "minute")] if minutes else parts)


def about(span: timedelta) -> str:
    """Write a wait that is only foreseen, rounded down: in steps of five seconds, from a minute on of ten.

    From ten minutes on it is whole minutes.
    """
    seconds = int(span.total_seconds())
    if seconds >= _LONG_SECONDS:
        return duration(timedelta(minutes=seconds // _SECONDS_PER_MINUTE))
    minutes, rest = divmod(seconds, _SECONDS_PER_MINUTE)
    step = _STEP_SECONDS if minutes else _SHORT_STEP_SECONDS
    parts = [_unit(minutes, "minute")] if minutes else []
    rest = rest // step * step
    return " ".join([*parts, _unit(rest, "second")] if rest or not parts else parts)


def day(on: date) -> str:
    return format_date(on, locale=locale())


def when(at: datetime, now: datetime) -> str:
    """Write when something was: nobody tells us the hour of their clock, but how long ago it was is alike for all."""
    passed = now - at
    if passed >= _RECENT:
        return day(at)
    return format_timedelta(-passed, granularity="minute", add_direction=True, locale=locale())


def moment(at: datetime, now: datetime) -> str:
    """Write a date with its time of day as people say it: `today 17:30 UTC`, `Nov 27, 17:30 UTC`.

    In UTC, for nobody tells us where the reader lives; the year stands only where it is another one.
    """
    time = format_skeleton("Hm", at, locale=locale())
    match (at.date() - now.date()).days:
        case -1:
            return _("yesterday {time} UTC").format(time=time)
        case 0:
            return _("today {time} UTC").format(time=time)
        case 1:
            return _("tomorrow {time} UTC").format(time=time)
    written = format_skeleton("MMMd" if at.year == now.year else "yMMMd", at, locale=locale())
    return _("{day}, {time} UTC").format(day=written, time=time)


def clock_time(span: timedelta) -> str:
    """Write a span as `2:30` or `1:02:30`."""
    minutes, seconds = divmod(max(0, round(span.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def per_cent(progress: int) -> str:
    return format_percent(progress / 100, locale=locale())


def bar(progress: int) -> str:
    full = progress * _BAR // 100
    return "▰" * full + "▱" * (_BAR - full)


def shape(size: Size) -> str:
    return f"{size.width}×{size.height}"


def shape_name(size: Size, among: Iterable[Size] = ()) -> str:
    """Name a shape: `Portrait`, and `Portrait 1080p` or by its pixels where others `among` those to choose from are that, too."""
    name = _(_ORIENTATIONS[size.orientation][1])
    alike = [other for other in among if other != size and other.orientation is size.orientation]
    if not alike:
        return name
    has_own = resolution(size) not in map(resolution, alike)
    return f"{name} {resolution(size) if has_own else shape(size)}"


def told_from(size: Size, sizes: Iterable[Size]) -> Iterable[Size]:
    """Return those of a model's sizes that a name has to tell this one from: none for the first of an orientation."""
    offered = tuple(sizes)
    first = next((other for other in offered if other.orientation is size.orientation), size)
    return () if first == size else offered


def drawn_shape(size: Size, among: Iterable[Size] = ()) -> str:
    """Draw a shape and name it, as `shape_name` does."""
    return f"{_ORIENTATIONS[size.orientation][0]} {shape_name(size, among)}"


def side_by_side(*facts: str) -> str:
    """Put short facts into one line, in the direction of the language that is spoken now."""
    return in_a_row(facts, _BETWEEN) if is_right_to_left(spoken()) else _BETWEEN.join(facts)


def one_of(possible: Iterable[str]) -> str:
    """Write what can be chosen from: `5, 8, or 10`."""
    return format_list(list(possible), style="or", locale=locale())


def in_sequence(sentences: Iterable[str]) -> str:
    """Put whole sentences one behind the other, as the language that is spoken now does: Chinese without blanks."""
    return ("" if spoken() in _UNSPACED else " ").join(sentences)


def credits_of(number: int) -> str:
    return ngettext("{n} credit", "{n} credits", number).format(n=number)


def megabytes(size_bytes: int) -> str:
    megabytes = round(size_bytes / _MEBIBYTE, 1)
    return format_unit(megabytes, "digital-megabyte", length="short", locale=locale())


def fitted(words: str, limit: int) -> str:
    """Cut words to `limit` UTF-16 units, as Telegram counts; what was cut ends in an ellipsis."""
    if utf16_length(words) <= limit:
        return words
    kept = words.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept.rstrip()}…"


def escaped(words: str | None, limit: int | None = None) -> str:
    """Return words, if there are any, for a text in Telegram's HTML, cut to `limit` UTF-16 units if it is given."""
    shown = words or ""
    return html.escape(shown if limit is None else fitted(shown, limit), quote=False)


def utf16_length(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def counted(number: int | Decimal) -> str:
    """Write a number as the language that is spoken now groups its digits."""
    return format_decimal(number, locale=locale())


def _unit(number: int, unit: str) -> str:
    # Some languages abbreviate with a dot, which would stand twice at a sentence's end.
    length: Literal["short", "long"] = "long" if (spoken(), unit, number) in _WRITTEN_OUT else "short"
    return format_unit(number, unit, length=length, locale=locale()).rstrip(".")


def quoted(words: str, limit: int) -> str:
    return f"<blockquote>{escaped(words, limit)}</blockquote>"


def folded(words: str, limit: int) -> str:
    """Quote words so that Telegram folds them where they are long."""
    return f"<blockquote expandable>{escaped(words, limit)}</blockquote>"


def money(amount: Decimal, unit: BalanceUnit) -> str:
    if unit is BalanceUnit.POINTS:
        return _("{number} points").format(number=counted(amount))
    return format_currency(amount, unit, locale=locale())


def cost(money: Money) -> str:
    """Tell an amount of money whose currency is known."""
    return format_currency(money.amount, money.currency or "", locale=locale())
