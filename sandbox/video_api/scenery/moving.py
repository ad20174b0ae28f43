"""What moves in a scene, each drawn once and then only laid where it is at a moment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.video_api.scenery.brush import Colour, Point, mixed


@dataclass(frozen=True, slots=True)
class Moment:
    """`second` since the clip began; `part` of it that is over (0 to 1); `pan`: where the camera is, in pixels."""

    second: float
    part: float
    pan: float


class Moving(Protocol):
    """A part of a scene."""

    def paint(self, picture: Image.Image, now: Moment) -> None:
        """Lay it over the RGB picture as it is at the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A band as wide as the picture and more. The nearer it is (`depth`, 1 is the foreground), the faster it passes.

    `drift` in pixels a second goes round after `period` pixels, if it has one; `bob` in pixels, up and down in
    `bob_seconds`.
    """

    piece: Image.Image
    top: int
    depth: float
    drift: float = 0
    period: int = 0
    bob: float = 0
    bob_seconds: float = 4
    begin: float = 0

    def paint(self, picture: Image.Image, now: Moment) -> None:
        drifted = self.drift * now.second
        if self.period:
            drifted = drifted % self.period - self.period / 2
        left = (picture.width - self.piece.width) / 2 - now.pan * self.depth + drifted
        lift = self.bob * math.sin(math.tau * now.second / self.bob_seconds + self.begin)
        picture.paste(self.piece, (round(left), self.top + round(lift)), self.piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A figure at a point; `poses` change `poses_a_second` times, or lean to and fro with the bobbing.

    `drift` is its way in pixels a second, right and down; who leaves the picture comes back from the other side
    when `returns`.
    """

    poses: Sequence[Image.Image]
    centre: Point
    depth: float
    drift: Point = (0, 0)
    bob: float = 0
    bob_seconds: float = 3.2
    begin: float = 0
    poses_a_second: float = 0
    returns: bool = False

    def paint(self, picture: Image.Image, now: Moment) -> None:
        turn = math.tau * now.second / self.bob_seconds + self.begin
        pose = self._pose(now, turn)
        x = self.centre[0] + self.drift[0] * now.second - now.pan * self.depth
        y = self.centre[1] + self.drift[1] * now.second + self.bob * math.sin(turn)
        if self.returns:
            x = (x + pose.width) % (picture.width + 2 * pose.width) - pose.width
        picture.paste(pose, (round(x - pose.width / 2), round(y - pose.height / 2)), pose)

    def _pose(self, now: Moment, turn: float) -> Image.Image:
        if self.poses_a_second:
            return self.poses[int(now.second * self.poses_a_second + self.begin * 2) % len(self.poses)]
        return self.poses[round((math.cos(turn) + 1) / 2 * (len(self.poses) - 1))]


def leaning(figure: Image.Image, degrees: float, *, poses: int = 7) -> list[Image.Image]:
    """Return the figure from leaning left to leaning right."""
    if degrees == 0:
        return [figure]
    angles = [degrees * (2 * number / (poses - 1) - 1) for number in range(poses)]
    return [figure.rotate(angle, Image.Resampling.BICUBIC, expand=True) for angle in angles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glitter:
    """Light on water: two nets of dashes that pass each other, seen where both are, within a shape."""

    one: Image.Image
    other: Image.Image
    shape: Image.Image
    colour: Colour
    corner: tuple[int, int]
    depth: float
    drift: float

    def paint(self, picture: Image.Image, now: Moment) -> None:
        width, height = self.shape.size
        step = round(self.drift * now.second) % (self.one.width - width)
        back = self.other.width - width - step
        lights = ImageChops.multiply(
            self.one.crop((step, 0, step + width, height)), self.other.crop((back, 0, back + width, height))
        )
        lights = ImageChops.multiply(lights, self.shape)
        left = round(self.corner[0] - now.pan * self.depth)
        picture.paste(self.colour, (left, self.corner[1], left + width, self.corner[1] + height), lights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drops:
    """Rain or snow: small masks, each at a point, that go round in both directions, `fall` pixels a second.

    They sway `sway` pixels. Most of the picture has none: laying each where it is costs a tenth of one large mask.
    """

    drops: Sequence[tuple[Image.Image, Point]]
    colour: Colour
    fall: Point
    sway: float = 0
    begin: float = 0

    def paint(self, picture: Image.Image, now: Moment) -> None:
        right = self.fall[0] * now.second + self.sway * math.sin(now.second * 1.1 + self.begin) - now.pan
        down = self.fall[1] * now.second
        for drop, (x, y) in self.drops:
            left = round((x + right) % (picture.width + drop.width)) - drop.width
            top = round((y + down) % (picture.height + drop.height)) - drop.height
            picture.paste(self.colour, (left, top, left + drop.width, top + drop.height), drop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Falling:
    """Dust: a mask that goes round in both directions, `fall` pixels a second, swaying `sway` pixels."""

    tile: Image.Image
    colour: Colour
    fall: Point
    sway: float = 0
    begin: float = 0

    def paint(self, picture: Image.Image, now: Moment) -> None:
        sway = self.sway * math.sin(now.second * 1.1 + self.begin)
        moved = ImageChops.offset(
            self.tile, round(self.fall[0] * now.second + sway - now.pan), round(self.fall[1] * now.second)
        )
        picture.paste(self.colour, (0, 0), moved.crop((0, 0, *picture.size)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beam:
    """A lighthouse's light, which turns; drawn small, for light has no edges."""

    lamp: Point
    reach: float
    colour: Colour
    depth: float
    seconds: float = 6
    smaller: int = 6

    def paint(self, picture: Image.Image, now: Moment) -> None:
        turn = math.tau * now.second / self.seconds + 0.6
        lamp = (self.lamp[0] - now.pan * self.depth) / self.smaller, self.lamp[1] / self.smaller
        light = Image.new("L", (picture.width // self.smaller + 1, picture.height // self.smaller + 1))
        draw = ImageDraw.Draw(light)
        for angle in (turn, turn + math.pi):
            across, towards = math.cos(angle), math.sin(angle)
            length = self.reach / self.smaller * across
            spread = abs(length) * 0.09 + 2 + 5 * max(0, towards)
            rise = -length * 0.05 * (1 if across > 0 else -1)
            strength = round(70 + 70 * max(0, towards))
            for part, weight in ((1.0, 0.35), (0.7, 0.6), (0.42, 1.0)):
                end = lamp[0] + length * part, lamp[1] + rise * part
                corners = [lamp, (end[0], end[1] - spread * part), (end[0], end[1] + spread * part)]
                draw.polygon(corners, fill=round(strength * weight))
        soft = light.filter(ImageFilter.GaussianBlur(2)).resize(picture.size, Image.Resampling.BILINEAR)
        picture.paste(self.colour, (0, 0), soft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twinkle:
    """Stars of which now these, now those are brighter."""

    stars: Sequence[Point]
    dark: Colour
    bright: Colour
    size: int

    def paint(self, picture: Image.Image, now: Moment) -> None:
        draw = ImageDraw.Draw(picture)
        for number, (x, y) in enumerate(self.stars):
            strength = max(0.0, math.sin(now.second * (1.1 + number % 5 * 0.35) + number * 1.7))
            colour = mixed(self.dark, self.bright, strength)
            draw.line((x - self.size, y, x + self.size, y), fill=colour)
            draw.line((x, y - self.size, x, y + self.size), fill=colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """Lightning: twice in seven seconds everything is white for a moment, and a bolt is seen."""

    bolt: Image.Image
    corner: tuple[int, int]
    colour: Colour
    times: Sequence[float] = (1.0, 1.5, 4.75)
    lasts: float = 0.26
    every: float = 7

    def paint(self, picture: Image.Image, now: Moment) -> None:
        since = min((now.second % self.every - time) % self.every for time in self.times)
        if since >= self.lasts:
            return
        strength = 1 - since / self.lasts
        picture.paste(self.colour, (0, 0, *picture.size), Image.new("L", picture.size, round(90 * strength)))
        picture.paste(self.bolt, self.corner, self.bolt)
