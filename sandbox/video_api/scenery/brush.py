"""How things are drawn: smooth edges, gradients, glows and curves."""

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]
Size = tuple[int, int]

WHITE: Colour = (255, 255, 255)
#: Masks are drawn this many times larger than they are used, so that their edges are smooth.
FINENESS = 3
#: What Pillow's radial gradient has reached where it meets its picture's edge; 255 is in the corners.
GRADIENT_EDGE = 179
#: Straight pieces between two points of a curve.
CURVE_STEPS = 6


def dice(seed: str) -> random.Random:
    """Return chance that falls the same way for the same seed."""
    return random.Random(seed.encode(errors="replace"))  # noqa: S311 - pictures, not secrets


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Return the colour on the way from one (0) to the other (1)."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def mask(size: Size, paint: Callable[[ImageDraw.ImageDraw, int], None]) -> Image.Image:
    """Return what `paint` draws on black, with smooth edges; it is given the scale to draw at."""
    drawn = Image.new("L", (size[0] * FINENESS, size[1] * FINENESS))
    paint(ImageDraw.Draw(drawn), FINENESS)
    return drawn.reduce(FINENESS)


def polygon_mask(size: Size, points: Sequence[Point]) -> Image.Image:
    """Return the mask of an area, its corners in pixels."""
    return mask(size, lambda draw, scale: draw.polygon([(x * scale, y * scale) for x, y in points], fill=255))


def gradient(size: Size, colours: Sequence[Colour]) -> Image.Image:
    """Return an RGB picture that goes from the first colour, above, to the last."""
    column = Image.frombytes("RGB", (1, len(colours)), bytes(part for colour in colours for part in colour))
    box = (0, 0.5, 1, len(colours) - 0.5) if len(colours) > 1 else None
    return column.resize((1, size[1]), Image.Resampling.BILINEAR, box=box).resize(size)


def cut_out(picture: Image.Image, shape: Image.Image) -> Image.Image:
    """Return the RGB picture as RGBA, to be seen where the mask is white."""
    cut = picture.copy()
    cut.putalpha(shape)
    return cut


def glow(radius: int, colour: Colour, *, strength: float = 1.0, falloff: float = 2.0) -> Image.Image:
    """Return light around a point: RGBA, twice the radius wide, fading to nothing at its edge."""
    table = [round(255 * strength * max(0, 1 - value / GRADIENT_EDGE) ** falloff) for value in range(256)]
    shape = (
        Image.radial_gradient("L").point(table).resize((radius * 2, radius * 2), Image.Resampling.BILINEAR)
    )
    return cut_out(Image.new("RGB", shape.size, colour), shape)


def disc(radius: int, colour: Colour) -> Image.Image:
    """Return a round area, RGBA."""
    side = radius * 2 + 2
    shape = mask(
        (side, side), lambda draw, scale: draw.circle([side * scale / 2] * 2, radius * scale, fill=255)
    )
    return cut_out(Image.new("RGB", (side, side), colour), shape)


def put(picture: Image.Image, piece: Image.Image, centre: Point) -> None:
    """Lay the RGBA piece over the picture, its middle at the point."""
    corner = (round(centre[0] - piece.width / 2), round(centre[1] - piece.height / 2))
    picture.paste(piece, corner, piece)


def curve(points: Sequence[Point]) -> list[Point]:
    """Return a closed curve through the points (Catmull and Rom's)."""
    count = len(points)
    rounded = []
    for index in range(count):
        four = [points[(index + step) % count] for step in (-1, 0, 1, 2)]
        rounded += [_between(four, step / CURVE_STEPS) for step in range(CURVE_STEPS)]
    return rounded


def open_curve(points: Sequence[Point]) -> list[Point]:
    """Return a curve from the first point through the others to the last."""
    padded = [points[0], *points, points[-1]]
    smooth = []
    for index in range(len(points) - 1):
        smooth += [_between(padded[index : index + 4], step / CURVE_STEPS) for step in range(CURVE_STEPS)]
    return [*smooth, points[-1]]


def _between(four: Sequence[Point], part: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    return _blend(ax, bx, cx, dx, part), _blend(ay, by, cy, dy, part)


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def swell(x: float, waves: Sequence[tuple[float, float, float]]) -> float:
    """Return the height of waves laid over each other at x; each is its height, its length and its beginning."""
    return sum(height * math.sin(math.tau * (x / length) + begin) for height, length, begin in waves)
