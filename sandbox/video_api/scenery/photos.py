"""Photos that come alive: what is in the middle comes nearer than what is around it, in drifting light and dust."""

import io
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from sandbox.video_api.scenery.brush import Colour, Point, Size, dice, glow, gradient
from sandbox.video_api.scenery.moving import Falling, Moment, Moving, Sprite
from sandbox.video_api.scenery.plan import Mood
from sandbox.video_api.scenery.scene import moments
from sandbox.video_api.scenery.weathers import falling
from sandbox.video_api.scenery.words import Time, Weather

#: How much of a photo is out of sight at the end, at its edges and more of it in its middle.
EDGE_ZOOM, MIDDLE_ZOOM = 0.05, 0.13
#: Where the subject of most photos is, and how far around it is near, in parts of the picture.
SUBJECT, NEAR = (0.5, 0.56), 0.34
#: How far the camera moves sideways, in parts of the width; the photo is bent in so many squares each way.
SIDEWAYS, SQUARES = 0.02, 8
#: How long one photo gives way to the next, as a part of the time it is seen.
FADING = 0.4
#: What light the hours have, above and below: a photo's colours are multiplied by it.
HOURS: dict[Time, tuple[Colour, ...]] = {
    Time.DAWN: ((214, 204, 240), (255, 214, 204), (214, 196, 224)),
    Time.DAY: ((240, 248, 255), (255, 255, 255), (255, 254, 246)),
    Time.SUNSET: ((208, 124, 176), (255, 184, 116), (196, 120, 140)),
    Time.NIGHT: ((62, 82, 158), (106, 130, 206), (62, 78, 144)),
}
#: What weather lays over it.
GREYS: dict[Weather, tuple[Colour, float]] = {
    Weather.RAIN: ((90, 106, 130), 0.32),
    Weather.STORM: ((36, 44, 66), 0.5),
    Weather.SNOW: ((224, 234, 248), 0.3),
    Weather.FOG: ((206, 210, 218), 0.4),
}


def animated(
    photos: Sequence[bytes], mood: Mood, size: Size, *, seconds: float, count: int
) -> Iterator[Image.Image]:
    """Yield the pictures in order, RGB; several photos follow each other.

    Raises:
        PIL.UnidentifiedImageError: A photo is no picture.
    """
    stills = [_still(photo, mood, size) for photo in photos]
    moving = _light_and_dust(size) + falling(mood.weather or Weather.CLEAR, size, (214, 218, 226))
    for now in moments(seconds, count, min(size) * 0.04):
        picture = _shown(stills, now)
        for part in moving:
            part.paint(picture, now)
        yield picture


def _still(photo: bytes, mood: Mood, size: Size) -> Image.Image:
    """The photo cut to the size, in the light that was asked for."""
    with Image.open(io.BytesIO(photo)) as opened:
        still = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGB"), size)
    if mood.time is not None:
        still = ImageChops.multiply(still, gradient(size, HOURS[mood.time]))
    if mood.weather in GREYS:
        grey, strength = GREYS[mood.weather]
        still = Image.blend(still, Image.new("RGB", size, grey), strength)
    still.paste((0, 0, 0), (0, 0, *size), _vignette(size))
    return still


def _shown(stills: Sequence[Image.Image], now: Moment) -> Image.Image:
    """The photo whose turn it is; towards its end, the next one over it."""
    turn = now.part * len(stills)
    number = min(len(stills) - 1, int(turn))
    picture = _nearer(stills[number], turn - number)
    fading = (turn - number - (1 - FADING)) / FADING
    if fading > 0 and number + 1 < len(stills):
        picture = Image.blend(picture, stills[number + 1], fading)
    return picture


def _nearer(still: Image.Image, part: float) -> Image.Image:
    """The photo as the camera goes into it and sideways, what is in its middle faster than what is around it."""
    width, height = still.size
    across = [round(width * number / SQUARES) for number in range(SQUARES + 1)]
    down = [round(height * number / SQUARES) for number in range(SQUARES + 1)]
    bent = {(x, y): _source(x / width, y / height, part, still.size) for x in across for y in down}
    mesh = [
        (
            (left, top, right, foot),
            (*bent[left, top], *bent[left, foot], *bent[right, foot], *bent[right, top]),
        )
        for left, right in pairwise(across)
        for top, foot in pairwise(down)
        if left < right and top < foot
    ]
    return still.transform(still.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _source(x: float, y: float, part: float, size: Size) -> Point:
    """Where in the photo that is which is seen at a point (0 to 1) when so much of the time is over."""
    dx, dy = x - SUBJECT[0], y - SUBJECT[1]
    nearness = math.exp(-(dx * dx + dy * dy) / (2 * NEAR * NEAR))
    kept = 1 - part * (EDGE_ZOOM + (MIDDLE_ZOOM - EDGE_ZOOM) * nearness)
    aside = SIDEWAYS * (nearness - 0.5) * part
    found = SUBJECT[0] + dx * kept + aside, SUBJECT[1] + dy * kept
    return min(1, max(0, found[0])) * size[0], min(1, max(0, found[1])) * size[1]


def _vignette(size: Size) -> Image.Image:
    shape = Image.radial_gradient("L").point([round(max(0, value - 120) * 0.55) for value in range(256)])
    return shape.resize(size, Image.Resampling.BILINEAR)


def _light_and_dust(size: Size) -> list[Moving]:
    """A warm light that passes, and motes in it."""
    unit = min(size)
    leak = glow(round(unit * 0.6), (255, 190, 120), strength=0.26, falloff=1.4)
    light = Sprite(
        poses=[leak], centre=(-unit * 0.1, size[1] * 0.14), depth=1, drift=(unit * 0.06, unit * 0.01)
    )
    chance = dice("dust")
    tile = Image.new("L", size)
    draw = ImageDraw.Draw(tile)
    for _ in range(46):
        x, y = chance.uniform(0, size[0]), chance.uniform(0, size[1])
        draw.circle((x, y), unit * chance.uniform(0.0012, 0.0042), fill=round(chance.uniform(60, 150)))
    soft = tile.filter(ImageFilter.GaussianBlur(unit * 0.0018))
    return [
        light,
        Falling(tile=soft, colour=(255, 244, 220), fall=(unit * 0.012, -unit * 0.02), sway=unit * 0.02),
    ]
