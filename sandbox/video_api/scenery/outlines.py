"""How figures are written down, and drawn in the light of a scene."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw

from sandbox.video_api.scenery.brush import FINENESS, WHITE, Colour, Point, curve, mixed, open_curve

#: A figure's square is this wide with its margin, in which tails and wings may be.
MARGIN = 14
SQUARE = 100 + 2 * MARGIN

#: Colours by name; `accent` is the figure's own, and those of lamps shine by themselves.
COLOURS: Mapping[str, Colour] = {
    "cream": (252, 236, 212),
    "white": (255, 255, 255),
    "paper_light": (250, 250, 252),
    "paper_mid": (226, 231, 242),
    "paper_dark": (188, 198, 220),
    "ink": (44, 36, 48),
    "pink": (242, 150, 150),
    "red": (222, 66, 60),
    "yellow": (250, 204, 80),
    "orange": (242, 140, 50),
    "brown": (120, 80, 56),
    "skin": (240, 196, 164),
    "trousers": (52, 58, 92),
    "steel": (150, 160, 176),
    "dark_steel": (82, 90, 108),
    "glass": (150, 210, 236),
    "leaf": (88, 150, 84),
    "leaf_dark": (58, 116, 72),
    "leaf_light": (128, 184, 98),
    "stone": (196, 190, 186),
    "spray": (236, 246, 255),
}
LAMPS: Mapping[str, Colour] = {
    "lamp": (255, 224, 140),
    "lamp_core": (255, 250, 214),
    "flame": (255, 170, 60),
    "tail_lamp": (255, 80, 70),
}
ACCENT_DARK = 0.24


@dataclass(frozen=True, slots=True)
class Blob:
    """An area with a smooth edge through the points."""

    colour: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Polygon:
    """An area with corners."""

    colour: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse by its middle and its half axes."""

    colour: str
    x: float
    y: float
    half_width: float
    half_height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A smooth stroke with round ends."""

    colour: str
    width: float
    points: Sequence[Point]


Part: TypeAlias = Blob | Polygon | Oval | Line
Outline: TypeAlias = Sequence[Part]


def drawn(outline: Outline, side: float, accent: Colour, shaded: Callable[[Colour], Colour]) -> Image.Image:
    """Return the figure, RGBA, its square `side` pixels wide without the margin."""
    scale = side * FINENESS / 100
    large = max(FINENESS, round(SQUARE * scale))
    picture = Image.new("RGBA", (large, large), (*shaded(accent), 0))
    draw = ImageDraw.Draw(picture)
    own = {
        "accent": accent,
        "accent_dark": mixed(accent, COLOURS["ink"], ACCENT_DARK),
        "accent_light": mixed(accent, WHITE, ACCENT_DARK),
    }
    for part in outline:
        colour = LAMPS.get(part.colour) or shaded(own.get(part.colour) or COLOURS[part.colour])
        _draw_part(draw, part, colour, scale)
    return picture.reduce(FINENESS)


def _draw_part(draw: ImageDraw.ImageDraw, part: Part, colour: Colour, scale: float) -> None:
    match part:
        case Blob(points=points):
            draw.polygon(_scaled(curve(points), scale), fill=colour)
        case Polygon(points=points):
            draw.polygon(_scaled(points, scale), fill=colour)
        case Oval(x=x, y=y, half_width=width, half_height=height):
            box = _scaled([(x - width, y - height), (x + width, y + height)], scale)
            draw.ellipse([*box[0], *box[1]], fill=colour)
        case Line(width=width, points=points):
            _draw_line(draw, _scaled(open_curve(points), scale), width * scale, colour)


def _draw_line(draw: ImageDraw.ImageDraw, points: Sequence[Point], width: float, colour: Colour) -> None:
    draw.line(points, fill=colour, width=max(1, round(width)), joint="curve")
    if width > FINENESS:
        for end in (points[0], points[-1]):
            draw.circle(end, width / 2, fill=colour)


def _scaled(points: Sequence[Point], scale: float) -> list[Point]:
    return [((x + MARGIN) * scale, (y + MARGIN) * scale) for x, y in points]
