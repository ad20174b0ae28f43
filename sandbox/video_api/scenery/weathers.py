"""Rain, snow, mist and lightning, over a landscape as over a photo; and the light of an hour over a photo."""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from sandbox.video_api.scenery.brush import WHITE, Colour, Point, Size, cut_out, dice, gradient, mask
from sandbox.video_api.scenery.moving import Drops, Flash, Moving, Strip
from sandbox.video_api.scenery.words import Weather

RAIN: Colour = (212, 226, 242)
BOLT: Colour = (255, 250, 225)


def falling(weather: Weather, size: tuple[int, int], haze: Colour) -> list[Moving]:
    """Return what is between the camera and everything else; `haze` colours the mist."""
    unit = min(size[0], size[1] * 0.8)
    match weather:
        case Weather.CLEAR:
            return []
        case Weather.RAIN:
            return _rain(size, unit)
        case Weather.STORM:
            return [_lightning(size, unit), *_rain(size, unit)]
        case Weather.SNOW:
            return [_flakes(size, unit, layer) for layer in range(3)]
        case Weather.FOG:
            return [mist(size, haze, level, number) for number, level in enumerate((0.5, 0.74))]


def _rain(size: Size, unit: float) -> list[Moving]:
    layers: list[Moving] = []
    for layer, (count, length, strength) in enumerate(((110, 0.05, 85), (60, 0.09, 135))):
        chance = dice(f"rain {layer}")
        wide = max(1, round(unit * (0.0022 + 0.0014 * layer)))
        drops = [
            (_drop(unit * length * chance.uniform(0.6, 1.4), wide, strength), _anywhere(chance, size))
            for _ in range(count)
        ]
        speed = unit * (1.5 + 0.8 * layer)
        layers.append(Drops(drops=drops, colour=RAIN, fall=(-speed * 0.22, speed)))
    return layers


def _drop(long: float, wide: int, strength: int) -> Image.Image:
    drawn = Image.new("L", (round(long * 0.22) + wide + 1, round(long) + wide + 1))
    line = (drawn.width - wide, 0, 0, drawn.height - wide)
    ImageDraw.Draw(drawn).line(line, fill=strength, width=wide)
    return drawn


def _flakes(size: Size, unit: float, layer: int) -> Moving:
    chance = dice(f"snow {layer}")
    count, radius = ((120, 0.0032), (60, 0.0058), (20, 0.011))[layer]
    drops = [
        (_flake(chance.uniform(0.6, 1.4) * radius * unit, layer), _anywhere(chance, size))
        for _ in range(count)
    ]
    speed = unit * (0.09 + 0.08 * layer)
    return Drops(drops=drops, colour=WHITE, fall=(speed * 0.15, speed), sway=unit * 0.03, begin=layer * 2.0)


def _flake(radius: float, layer: int) -> Image.Image:
    """Return one flake; the nearest are out of focus."""
    radius, blur = max(0.6, radius), radius * 0.35 if layer > 1 else 0
    side = math.ceil((radius + blur * 2) * 2) + 2
    strength = (190, 225, 205)[layer]
    flake = mask(
        (side, side),
        lambda draw, scale: draw.circle([side * scale / 2] * 2, radius * scale, fill=strength),
    )
    return flake.filter(ImageFilter.GaussianBlur(blur)) if blur else flake


def _anywhere(chance: random.Random, size: Size) -> Point:
    return chance.random() * size[0], chance.random() * size[1]


def mist(size: tuple[int, int], colour: Colour, level: float, number: int) -> Moving:
    """Return a bank of mist that drifts by, its middle at that part of the picture's height."""
    smaller = 8
    chance = dice(f"mist {number}")
    width, height = round(size[0] * 1.6) // smaller + 2, max(8, round(size[1] * 0.5) // smaller)
    shape = Image.new("L", (width, height))
    draw = ImageDraw.Draw(shape)
    for _ in range(9):
        x, y = chance.uniform(0, width), height * chance.uniform(0.38, 0.62)
        half, thick = width * chance.uniform(0.1, 0.28), height * chance.uniform(0.05, 0.16)
        draw.ellipse((x - half, y - thick, x + half, y + thick), fill=round(chance.uniform(130, 225)))
    soft = shape.filter(ImageFilter.GaussianBlur(height * 0.12))
    large = soft.resize((width * smaller, height * smaller), Image.Resampling.BICUBIC)
    piece = cut_out(Image.new("RGB", large.size, colour), large)
    drift = min(size) * 0.035 * (1 if number % 2 else -1)
    return Strip(
        piece=piece, top=round(size[1] * level - large.height / 2), depth=0.3 + 0.3 * number, drift=drift
    )


def _lightning(size: tuple[int, int], unit: float) -> Moving:
    chance = dice("lightning")
    wide, high = round(unit * 0.4), round(size[1] * 0.5)
    points = [(wide / 2, 0.0)]
    while points[-1][1] < high:
        x, y = points[-1]
        points.append((x + chance.uniform(-0.06, 0.055) * unit, y + chance.uniform(0.03, 0.08) * unit))

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        branch = [points[len(points) // 2]]
        branch += [
            (branch[0][0] + unit * 0.04 * (n + 1), branch[0][1] + unit * 0.05 * (n + 1) ** 1.1)
            for n in range(3)
        ]
        for line, part in ((points, 0.007), (branch, 0.004)):
            draw.line(
                [(a * scale, b * scale) for a, b in line],
                fill=255,
                width=max(1, round(unit * part * scale)),
                joint="curve",
            )

    shape = mask((wide, high), paint)
    bolt = cut_out(Image.new("RGB", shape.size, BOLT), shape)
    return Flash(bolt=bolt, corner=(round(size[0] * 0.52), 0), colour=(225, 232, 255))


def dimmed(size: tuple[int, int], colours: tuple[Colour, ...], strength: float) -> Image.Image:
    """Return a veil of colours from top to foot, RGBA."""
    veil = gradient(size, colours)
    veil.putalpha(round(255 * strength))
    return veil
