"""Rain, snow, mist and lightning, over a landscape as over a photo; and the light of an hour over a photo."""

from PIL import Image, ImageDraw, ImageFilter

from sandbox.video_api.scenery.brush import Colour, cut_out, dice, gradient, mask
from sandbox.video_api.scenery.moving import Falling, Flash, Moving, Strip
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


def _rain(size: tuple[int, int], unit: float) -> list[Moving]:
    layers: list[Moving] = []
    for layer, (count, length, strength) in enumerate(((110, 0.05, 85), (60, 0.09, 135))):
        chance = dice(f"rain {layer}")
        tile = Image.new("L", size)
        draw = ImageDraw.Draw(tile)
        for _ in range(count):
            x, y = chance.uniform(-0.1, 1.1) * size[0], chance.uniform(0, 1) * size[1]
            long = unit * length * chance.uniform(0.6, 1.4)
            wide = max(1, round(unit * (0.0022 + 0.0014 * layer)))
            for lift in (0, size[1]):
                draw.line((x, y - lift, x - long * 0.22, y + long - lift), fill=strength, width=wide)
        speed = unit * (1.5 + 0.8 * layer)
        layers.append(Falling(tile=tile, colour=RAIN, fall=(-speed * 0.22, speed)))
    return layers


def _flakes(size: tuple[int, int], unit: float, layer: int) -> Moving:
    chance = dice(f"snow {layer}")
    count, radius = ((120, 0.0032), (60, 0.0058), (20, 0.011))[layer]
    flakes = [
        (chance.random(), chance.random(), chance.uniform(0.6, 1.4) * radius * unit) for _ in range(count)
    ]

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for x, y, r in flakes:
            draw.circle(
                (x * size[0] * scale, y * size[1] * scale), max(0.6, r) * scale, fill=(190, 225, 205)[layer]
            )

    tile = mask(size, paint)
    if layer > 1:
        tile = tile.filter(ImageFilter.GaussianBlur(radius * unit * 0.35))
    speed = unit * (0.09 + 0.08 * layer)
    return Falling(
        tile=tile, colour=(255, 255, 255), fall=(speed * 0.15, speed), sway=unit * 0.03, begin=layer * 2.0
    )


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
