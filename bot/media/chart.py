"""Draws what came of a period's requests: videos by day and outcome above, people by day below.

There are no words in the picture, for it is looked at in every language. Its colours are those of the squares
🟩 delivered, 🟥 failed, 🟨 under way, ⬜ called off, 🟦 people; its dates are the numbers of days, and below them those of
months.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from domain.statistics import Day

#: In pixels; larger ones Telegram makes smaller.
WIDTH, HEIGHT = 1280, 720

GREEN, RED, YELLOW = (83, 171, 92), (222, 68, 76), (246, 193, 74)
GREY, BLUE = (206, 211, 218), (74, 148, 222)

_PAPER, _GRID, _AXIS = (255, 255, 255), (234, 237, 241), (172, 180, 190)
_INK, _FAINT = (36, 42, 50), (105, 114, 126)

#: So much larger it is drawn first, and then averaged: round corners get smooth edges.
_ENLARGED: Final = 2
_LEFT, _RIGHT = 28, 1252
_WIDEST_BAR, _BAR_OF_ITS_DAY = 150, 0.66
_THINNEST: Final = 4  # pixels of a part, however few videos it stands for
_BETWEEN_PARTS: Final = 2
_ROUNDING: Final = 7
_TEXT: Final = 28
_BESIDE_TEXT, _BETWEEN_TEXTS = 16, 8
_DAYS_OF_WEEK: Final = 7

Colour = tuple[int, int, int]
Part = tuple[int, Colour]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An axis that begins at 0 and has a line at each multiple of `step` up to `top`."""

    top: int
    step: int

    @classmethod
    def up_to(cls, highest: int, *, lines: int) -> Scale:
        """Return the axis with at most so many lines above 0 and round numbers beside them that `highest` fits on."""
        step = next(step for step in _round_numbers() if step * lines >= highest)
        return cls(top=step * max(1, -(-highest // step)), step=step)

    @property
    def lines(self) -> Sequence[int]:
        return range(0, self.top + 1, self.step)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """One of the two charts: a bar for each day, made of parts from the bottom up."""

    top: int
    bottom: int
    scale: Scale
    bars: Sequence[Sequence[Part]]

    def height_of(self, number: int) -> int:
        return round(number / self.scale.top * (self.bottom - self.top))

    def heights(self, parts: Sequence[Part]) -> Sequence[int]:
        """Return how high each part of a bar is: whatever there is can be seen."""
        return [max(_THINNEST, self.height_of(number)) if number else 0 for number, _ in parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where the days stand side by side, `left` being the end of the numbers beside them."""

    left: int
    number: int

    @property
    def pitch(self) -> float:
        return (_RIGHT - self.left) / self.number

    @property
    def bar(self) -> int:
        return round(min(_WIDEST_BAR, self.pitch * _BAR_OF_ITS_DAY))

    def middle(self, index: int) -> float:
        return self.left + self.pitch * (index + 0.5)


def draw(days: Sequence[Day]) -> bytes:
    """Return the chart of these days, one at least and without a gap between them, as a PNG."""
    panels = _panel_of_videos(days), _panel_of_people(days)
    beside = max(_font().getlength(_grouped(panel.scale.top)) for panel in panels)
    columns = _Columns(left=round(_LEFT + beside + _BESIDE_TEXT), number=len(days))
    large = Image.new("RGB", (WIDTH * _ENLARGED, HEIGHT * _ENLARGED), _PAPER)
    for panel in panels:
        _draw_grid(large, panel, columns.left)
        _draw_bars(large, panel, columns)
    picture = large.reduce(_ENLARGED)
    pen = ImageDraw.Draw(picture)
    for panel in panels:
        _write_axis(pen, panel, columns.left - _BESIDE_TEXT)
        _write_numbers(pen, panel, columns)
    _write_dates(pen, days, columns, panels[-1].bottom)
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue()


def _panel_of_videos(days: Sequence[Day]) -> _Panel:
    scale = Scale.up_to(max(day.outcomes.total for day in days), lines=6)
    return _Panel(top=64, bottom=432, scale=scale, bars=[_parts(day) for day in days])


def _panel_of_people(days: Sequence[Day]) -> _Panel:
    scale = Scale.up_to(max(day.people for day in days), lines=2)
    return _Panel(top=512, bottom=616, scale=scale, bars=[[(day.people, BLUE)] for day in days])


def _parts(day: Day) -> Sequence[Part]:
    came = day.outcomes
    return [
        (came.delivered, GREEN),
        (came.failed, RED),
        (came.under_way, YELLOW),
        (came.cancelled, GREY),
    ]


def _draw_grid(large: Image.Image, panel: _Panel, left: int) -> None:
    pen = ImageDraw.Draw(large)
    for number in panel.scale.lines:
        y = panel.bottom - panel.height_of(number)
        line = [_enlarged(left), _enlarged(y), _enlarged(_RIGHT), _enlarged(y + 2) - 1]
        pen.rectangle(line, fill=_GRID if number else _AXIS)


def _draw_bars(large: Image.Image, panel: _Panel, columns: _Columns) -> None:
    for index, parts in enumerate(panel.bars):
        bar = _bar(panel, parts, _enlarged(columns.bar))
        left = _enlarged(columns.middle(index)) - bar.width // 2
        large.paste(bar, (left, _enlarged(panel.bottom) - bar.height), _rounded_at_the_top(bar.size))


def _bar(panel: _Panel, parts: Sequence[Part], width: int) -> Image.Image:
    """Draw a bar with a gap between two parts; one of nothing has no height."""
    heights = panel.heights(parts)
    bar = Image.new("RGB", (width, _enlarged(sum(heights))), _PAPER)
    pen = ImageDraw.Draw(bar)
    top = bar.height
    for height, (number, colour) in zip(heights, parts, strict=True):
        bottom, top = top, top - _enlarged(height)
        if number:
            gap = _enlarged(_BETWEEN_PARTS) if top else 0
            pen.rectangle([0, top + gap, width, bottom - 1], fill=colour)
    return bar


def _rounded_at_the_top(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size)
    width, height = size
    radius = min(_enlarged(_ROUNDING), width // 3)
    # It goes on below the bar, where nothing is seen of its other two corners.
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, width - 1, height + 2 * radius], radius, fill=255)
    return mask


def _write_axis(pen: ImageDraw.ImageDraw, panel: _Panel, right: int) -> None:
    for number in panel.scale.lines:
        y = panel.bottom - panel.height_of(number)
        pen.text((right, y), _grouped(number), _FAINT, _font(), anchor="rm")


def _write_numbers(pen: ImageDraw.ImageDraw, panel: _Panel, columns: _Columns) -> None:
    """Write each day's number above its bar, or only the highest where there is no room for all of them."""
    sums = [sum(number for number, _ in parts) for parts in panel.bars]
    widest = max(_font().getlength(_grouped(number)) for number in sums)
    peak = max(range(len(sums)), key=sums.__getitem__)
    for index, number in enumerate(sums):
        if number and (index == peak or widest + _BETWEEN_TEXTS <= columns.pitch):
            height = sum(panel.heights(panel.bars[index]))
            at = columns.middle(index), panel.bottom - height - 8
            pen.text(at, _grouped(number), _INK, _font(), "mb", stroke_width=4, stroke_fill=_PAPER)


def _write_dates(pen: ImageDraw.ImageDraw, days: Sequence[Day], columns: _Columns, top: int) -> None:
    """Write the days' numbers, of one a week where they stand close, and below each month's first one the month."""
    font = _font()
    step = 1 if font.getlength("00") + _BETWEEN_TEXTS <= columns.pitch else _DAYS_OF_WEEK
    months: dict[str, float] = {}
    for index in range((len(days) - 1) % step, len(days), step):  # the last day among them
        date, x = days[index].date, columns.middle(index)
        pen.text((x, top + 14), str(date.day), _INK, font, "mt")
        months.setdefault(f"{date:%Y-%m}", x)
    free_from = float(WIDTH)
    for month, x in reversed(months.items()):
        width = font.getlength(month)
        if x + width / 2 + _BETWEEN_TEXTS <= free_from:
            pen.text((x, top + 54), month, _FAINT, font, "mt")
            free_from = x - width / 2


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _enlarged(pixels: float) -> int:
    return round(pixels * _ENLARGED)


@cache
def _font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """Return Pillow's own font: it is on every machine, and has the figures."""
    return ImageFont.load_default(_TEXT)


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    for power in count():
        yield from (figure * 10**power for figure in (1, 2, 5))
