"""Water: the sea with its glitter and waves, a beach before it, and what is under it."""

import math

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from sandbox.video_api.scenery.brush import WHITE, Colour, cut_out, gradient, mask, mixed, polygon_mask, swell
from sandbox.video_api.scenery.lands import hazy, ridge, rolling
from sandbox.video_api.scenery.moving import Glitter, Moving, Strip
from sandbox.video_api.scenery.skies import OVERCAST, light_of
from sandbox.video_api.scenery.stage import Stage

#: What sand is mixed with where it is wet or in the shade.
EARTH: Colour = (92, 60, 58)


def sea(stage: Stage) -> list[Moving]:
    """A far coast, and the water with light on it."""
    return [_coast(stage), _water(stage), *waves(stage, (0.14, 0.3)), *_glitter(stage)]


def surf(stage: Stage) -> list[Moving]:
    """The waves before whoever is on the water."""
    return waves(stage, (0.52, 0.78))


def _coast(stage: Stage) -> Moving:
    rise = stage.unit * 0.07
    line = [
        (x, y if y < rise * 1.15 else rise * 1.4)
        for x, y in rolling(stage, 0.08, rise, 0.05, 0.015, longest=1.1)
    ]
    return ridge(stage, line, top=round(stage.horizon - rise), depth=0.08, colours=hazy(stage, 0.22, 1.2))


def _water(stage: Stage) -> Moving:
    palette = stage.palette
    middle = mixed(palette.sea_far, palette.sea_near, 0.5)
    piece = gradient(
        (stage.span(0.1), stage.height - stage.horizon), (palette.sea_far, middle, palette.sea_near)
    )
    return Strip(piece=piece.convert("RGBA"), top=stage.horizon, depth=0.1)


def _glitter(stage: Stage) -> list[Moving]:
    """A road of light under the sun, and a little everywhere."""
    width, height = stage.width, round((stage.height - stage.horizon) * 0.62)
    road = Image.new("L", (width, height), 60)
    if stage.plan.weather not in OVERCAST:
        x, half = light_of(stage)[0], stage.unit * 0.1
        corners = [
            (x - half * 0.7, 0),
            (x + half * 0.7, 0),
            (x + half * 2.4, height),
            (x - half * 2.4, height),
        ]
        strips = polygon_mask((width, height), corners).filter(ImageFilter.GaussianBlur(stage.unit * 0.035))
        road.paste(255, (0, 0, width, height), strips)
    fade = gradient((width, height), (WHITE, (200, 200, 200), (60, 60, 60))).convert("L")
    shape = Image.new("L", (width, height))
    shape.paste(road, (0, 0), fade)
    net = _dashes(stage, (round(width * 1.7), height))
    return [
        Glitter(
            one=net,
            other=ImageOps.mirror(net),
            shape=shape,
            colour=stage.palette.light,
            corner=(0, stage.horizon),
            depth=0.02,
            drift=stage.unit * 0.045,
        )
    ]


def _dashes(stage: Stage, size: tuple[int, int]) -> Image.Image:
    """Return lens-shaped dashes, larger the nearer they are."""
    dashes = []
    for _ in range(round(min(70, size[1]) * max(1, size[0] / size[1]))):
        nearness = stage.between(0, 1) ** 1.4
        half = stage.unit * (0.03 + 0.09 * nearness) * stage.between(0.6, 1.3)
        thick = max(0.6, stage.unit * (0.002 + 0.008 * nearness))
        dashes.append((stage.between(0, size[0]), nearness * size[1], half, thick))

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        draw.rectangle((0, 0, size[0] * scale, size[1] * scale), fill=70)
        for number, (x, y, half, thick) in enumerate(dashes):
            box = (x - half, y - thick, x + half, y + thick)
            draw.ellipse([edge * scale for edge in box], fill=150 + number % 7 * 15)

    return mask(size, paint)


def waves(stage: Stage, levels: tuple[float, ...]) -> list[Moving]:
    """Rows of waves that roll sideways, each with a light crest; levels from the horizon (0) to the foot (1)."""
    rows: list[Moving] = []
    for number, level in enumerate(levels):
        depth = 0.15 + 0.75 * level
        length = round(stage.unit * (0.16 + 0.36 * level))
        height = stage.unit * (0.006 + 0.035 * level)
        tone = mixed(stage.palette.sea_far, stage.palette.sea_near, 0.3 + 0.75 * min(0.93, level))
        crest = mixed(tone, stage.palette.sky[-1], 0.28)
        rows.append(
            Strip(
                piece=_wave(
                    stage, stage.span(depth) + length, length, height, (crest, tone, stage.palette.sea_near)
                ),
                top=round(stage.horizon + (stage.height - stage.horizon) * level - height),
                depth=depth,
                drift=stage.unit * (0.03 + 0.1 * level) * (1 if number % 2 else -1),
                period=length,
                bob=height * 0.5,
                bob_seconds=3.4 + number * 0.7,
                begin=number * 1.9,
            )
        )
    return rows


def _wave(
    stage: Stage, width: int, length: int, height: float, colours: tuple[tuple[int, int, int], ...]
) -> Image.Image:
    """Return water under a line of pointed crests, which a lighter line follows."""
    crest, tone, deep = colours
    depth = round((stage.height - stage.horizon) * 0.34 + height * 3)
    step = max(1, length // 24)
    line = [
        (x, height * (0.3 + 1.5 * abs(math.sin(math.pi * x / length)) ** 0.8))
        for x in range(0, width + step, step)
    ]
    shape = polygon_mask((width, depth), [(0, depth), *line, (width, depth)])
    fade = gradient((width, depth), (WHITE, WHITE, (190, 190, 190), (0, 0, 0))).convert("L")
    faded = Image.new("L", (width, depth))
    faded.paste(fade, (0, 0), shape)
    piece = cut_out(gradient((width, depth), (tone, mixed(tone, deep, 0.5), deep)), faded)
    thick = max(1.0, height * 0.32)
    band = [
        *line,
        *((x, y + thick * (0.4 + 0.6 * math.cos(math.pi * x / length) ** 2)) for x, y in reversed(line)),
    ]
    piece.paste(crest, (0, 0, width, depth), polygon_mask((width, depth), band))
    return piece


def beach(stage: Stage) -> list[Moving]:
    """The sea, and sand in front of it with a line of foam."""
    level = (stage.height - stage.horizon) * 0.5
    top = round(stage.horizon + level - stage.unit * 0.06)
    line = rolling(stage, 0.6, stage.unit * 0.06, 0.02, 0.006, longest=2.2)
    sand = stage.palette.sand
    shore = ridge(stage, line, top=top, depth=0.6, colours=(sand, mixed(sand, EARTH, 0.3)))
    foam = ridge(
        stage,
        [(x, y - stage.unit * 0.016) for x, y in line],
        top=top,
        depth=0.6,
        colours=(mixed(stage.palette.sea_far, WHITE, 0.55),) * 2,
    )
    lapping = Strip(piece=foam.piece, top=top, depth=0.6, bob=stage.unit * 0.009, bob_seconds=4.5)
    return [*sea(stage), lapping, shore]


def reef(stage: Stage) -> list[Moving]:
    """Rays of light, far rocks and swaying weeds."""
    layers: list[Moving] = [_rays(stage, number) for number in range(2)]
    for number, nearness in enumerate((0.2, 0.55, 0.95)):
        depth = 0.15 + 0.6 * nearness
        level = stage.height * (0.7, 0.8, 0.9)[number]
        rise = stage.unit * 0.2
        line = rolling(stage, depth, rise, 0.07, 0.03, 0.02, longest=0.9)
        tone = mixed(
            stage.palette.sky[2], mixed(stage.palette.sea_near, (4, 30, 62), 0.6), 0.25 + 0.7 * nearness
        )
        layers.append(
            ridge(
                stage,
                line,
                top=round(level - rise),
                depth=depth,
                colours=(tone, mixed(tone, (4, 22, 50), 0.4)),
            )
        )
        layers += _weeds(stage, depth, level, tone)
    return layers


def _rays(stage: Stage, number: int) -> Moving:
    smaller = 5
    width, height = stage.span(0.4) // smaller + 40, stage.height // smaller
    light = Image.new("L", (width, height))
    draw = ImageDraw.Draw(light)
    for _ in range(4):
        x, half = stage.between(0, width), stage.between(0.02, 0.07) * width
        slant = width * 0.18
        draw.polygon(
            [
                (x - half * 0.4, 0),
                (x + half * 0.4, 0),
                (x + half - slant, height),
                (x - half - slant, height),
            ],
            fill=90,
        )
    fade = gradient((width, height), (WHITE, (110, 110, 110), (0, 0, 0), (0, 0, 0))).convert("L")
    faded = Image.new("L", light.size)
    faded.paste(light.filter(ImageFilter.GaussianBlur(2)), (0, 0), fade)
    shape = faded.resize((width * smaller, height * smaller), Image.Resampling.BILINEAR)
    piece = cut_out(Image.new("RGB", shape.size, mixed(stage.palette.light, (200, 255, 250), 0.5)), shape)
    return Strip(piece=piece, top=0, depth=0.1, drift=stage.unit * (0.03 if number else -0.02))


def _weeds(stage: Stage, depth: float, level: float, tone: tuple[int, int, int]) -> list[Moving]:
    size = (stage.span(depth), round(stage.unit * 0.42))
    stalks = [(stage.between(0, size[0]), stage.between(0.3, 0.95)) for _ in range(9)]
    waves = stage.waves(0.018, longest=0.3)

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for x, part in stalks:
            tall = part * size[1]
            for step in range(60):
                y = size[1] - tall * step / 60
                radius = stage.unit * 0.014 * (1 - step / 64)
                middle = x + swell(y + x, waves)
                draw.circle((middle * scale, y * scale), radius * scale, fill=255)

    colour = mixed(tone, (30, 140, 110), 0.28)
    piece = cut_out(Image.new("RGB", size, colour), mask(size, paint))
    top = round(level - size[1] + stage.unit * 0.06)
    return [Strip(piece=piece, top=top, depth=depth, bob=stage.unit * 0.006, bob_seconds=3)]
