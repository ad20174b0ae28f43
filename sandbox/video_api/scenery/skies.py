"""The sky: its colours, sun or moon, stars, clouds and northern lights."""

import math

from PIL import Image, ImageDraw, ImageFilter

from sandbox.video_api.scenery.brush import (
    WHITE,
    Colour,
    Point,
    cut_out,
    disc,
    glow,
    gradient,
    mask,
    mixed,
    put,
    swell,
)
from sandbox.video_api.scenery.moving import Moving, Sprite, Strip, Twinkle
from sandbox.video_api.scenery.stage import Stage
from sandbox.video_api.scenery.words import Manner, Place, Time, Weather

#: In these the sun is not seen.
OVERCAST = {Weather.RAIN, Weather.STORM}


def sky_of(stage: Stage) -> Image.Image:
    """Return what does not move of the sky, as large as the picture."""
    size = (stage.width, stage.height)
    if stage.plan.place is Place.REEF:
        return gradient(
            size,
            (
                stage.palette.sea_far,
                mixed(stage.palette.sea_far, stage.palette.sea_near, 0.6),
                stage.palette.sea_near,
            ),
        )
    if stage.plan.place is Place.SPACE:
        return _outer_space(stage)
    sky = Image.new("RGB", size, stage.palette.haze)
    sky.paste(gradient((stage.width, stage.horizon), stage.palette.sky), (0, 0))
    if stage.is_night and stage.plan.weather is not Weather.STORM:
        _strew_stars(stage, sky, reach=stage.horizon)
    if stage.plan.weather not in OVERCAST:
        _put_light(stage, sky)
    return sky


def _outer_space(stage: Stage) -> Image.Image:
    """Stars in the glow of nebulae, drawn small and made large."""
    small = Image.new("RGB", (max(8, stage.width // 8), max(8, stage.height // 8)), (8, 8, 26))
    for colour in ((92, 40, 140), (30, 70, 160), (170, 50, 110), (20, 110, 130), (60, 40, 150)):
        for _ in range(3):
            centre = stage.between(0, small.width), stage.between(0, small.height)
            put(small, glow(round(stage.between(0.2, 0.5) * max(small.size)), colour, strength=0.34), centre)
    sky = small.resize((stage.width, stage.height), Image.Resampling.BICUBIC)
    _strew_stars(stage, sky, reach=stage.height)
    return sky


def light_of(stage: Stage) -> Point:
    """Return where the sun or moon stands."""
    side = 0.34 + 0.36 * stage.plan.light_side
    return stage.width * side, stage.horizon * (1 - stage.palette.height)


def _put_light(stage: Stage, sky: Image.Image) -> None:
    x, y = light_of(stage)
    veiled = 0.45 if stage.plan.weather is Weather.FOG else 1.0
    light, unit = stage.palette.light, stage.unit
    low = stage.plan.time in (Time.DAWN, Time.SUNSET)
    warm = mixed(light, stage.palette.sky[-1], 0.6)
    put(sky, glow(round(unit * (1.0 if low else 0.7)), warm, strength=0.75 * veiled, falloff=2.2), (x, y))
    put(sky, glow(round(unit * 0.26), light, strength=0.8 * veiled, falloff=1.8), (x, y))
    radius = round(unit * (0.105 if low else 0.07))
    if stage.plan.time is Time.NIGHT:
        _put_moon(stage, sky, (x, y), radius)
    else:
        put(sky, disc(radius, mixed(light, stage.palette.haze, 0.4 * (1 - veiled))), (x, y))


def _put_moon(stage: Stage, sky: Image.Image, centre: Point, radius: int) -> None:
    """A full moon with its seas."""
    moon = disc(radius, stage.palette.light)
    grey = mixed(stage.palette.light, stage.palette.sky[2], 0.22)
    for dx, dy, part in ((-0.3, -0.25, 0.3), (0.25, 0.1, 0.24), (-0.1, 0.42, 0.17), (0.4, -0.42, 0.12)):
        spot = disc(max(1, round(radius * part)), grey)
        put(moon, spot, (moon.width / 2 + dx * radius, moon.height / 2 + dy * radius))
    put(sky, moon, centre)


def _strew_stars(stage: Stage, sky: Image.Image, *, reach: float) -> None:
    draw = ImageDraw.Draw(sky)
    count = 40 + round(180 * min(1, stage.width * stage.height / 600_000))
    for _ in range(count):
        x, y = stage.between(0, stage.width), reach * stage.between(0, 0.97) ** 1.3
        colour = mixed(stage.palette.sky[1], WHITE, stage.between(0.2, 0.9))
        radius = stage.between(0.2, 1.0) * stage.unit / 640
        draw.circle((x, y), radius, fill=colour) if radius > 0.6 else draw.point((x, y), fill=colour)  # noqa: PLR2004 - less is a pixel


def overhead(stage: Stage) -> list[Moving]:
    """Return what moves in the sky."""
    if stage.plan.place is Place.SPACE:
        return [_twinkling(stage)]
    if stage.plan.place is Place.REEF:
        return []
    moving: list[Moving] = []
    if stage.is_night and stage.plan.weather is Weather.CLEAR:
        moving.append(_twinkling(stage))
    if stage.plan.has(Manner.AURORA):
        moving += _aurora(stage)
    return [*moving, *_clouds(stage)]


def _twinkling(stage: Stage) -> Twinkle:
    count = 14
    stars = [(stage.between(0, stage.width), stage.horizon * stage.between(0.02, 0.7)) for _ in range(count)]
    dark = mixed(stage.palette.sky[1], WHITE, 0.3)
    return Twinkle(stars=stars, dark=dark, bright=WHITE, size=max(1, round(stage.unit / 400)))


def _aurora(stage: Stage) -> list[Moving]:
    """Green curtains, drawn small: light has no edges."""
    curtains: list[Moving] = []
    for number, colour in enumerate(((90, 255, 170), (120, 150, 255), (80, 240, 200))):
        width, height = stage.span(0.3) // 6, max(8, stage.horizon // 6)
        light = Image.new("L", (width, height))
        draw = ImageDraw.Draw(light)
        lines = stage.waves(0.02, 0.012, longest=0.9)
        for x in range(width):
            foot = height * (0.62 + 0.1 * number) + swell(x * 6, lines) * 0.6
            for row in range(12):
                y = foot - height * 0.045 * row
                draw.line((x, y, x, y - height * 0.05), fill=round(150 * (1 - row / 12) ** 1.6))
        soft = light.filter(ImageFilter.GaussianBlur(1.6)).resize(
            (width * 6, height * 6), Image.Resampling.BICUBIC
        )
        piece = cut_out(Image.new("RGB", soft.size, colour), soft)
        curtains.append(
            Strip(
                piece=piece,
                top=0,
                depth=0.1,
                bob=stage.unit * 0.02,
                bob_seconds=5 + number * 2,
                drift=stage.unit * 0.008 * (number - 1),
            )
        )
    return curtains


def _clouds(stage: Stage) -> list[Moving]:
    """Two banks, the lower one nearer; more of them the worse the weather is."""
    thick = {Weather.CLEAR: 1.0, Weather.FOG: 0.6, Weather.SNOW: 1.5}.get(stage.plan.weather, 2.4)
    banks: list[Moving] = []
    for depth, count, size in ((0.05, 3, 0.16), (0.1, 3, 0.26)):
        width, height = stage.span(depth + 0.3), round(stage.horizon * 0.8)
        shape = Image.new("L", (width, height))
        for _ in range(max(1, round(count * thick * max(1, stage.width / stage.height * 0.7)))):
            cloud = _cloud(stage, stage.unit * size * stage.between(0.7, 1.3))
            corner = (round(stage.between(-0.1, 0.95) * width), round(stage.between(0.08, 0.78) * height))
            shape.paste(255, (*corner, corner[0] + cloud.width, corner[1] + cloud.height), cloud)
        strength = 0.5 if stage.is_night else 0.72
        shape = shape.point([round(value * strength) for value in range(256)])
        colours = gradient(
            (width, height), (stage.palette.cloud_shade, stage.palette.cloud, stage.palette.cloud)
        )
        banks.append(
            Strip(piece=cut_out(colours, shape), top=0, depth=depth, drift=stage.unit * (0.006 + depth * 0.1))
        )
    return banks


def _cloud(stage: Stage, radius: float) -> Image.Image:
    """Return a mask of bumps on a flat foot, fading downwards."""
    bumps = [(stage.between(-1.5, 1.5), stage.between(0.35, 0.75)) for _ in range(6)]
    width, height = math.ceil(radius * 4.6), math.ceil(radius * 1.2)

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for middle, part in bumps:
            size = part * radius * (1.15 - abs(middle) * 0.4) * scale
            x, y = (width / 2 + middle * radius) * scale, (height - radius * 0.18) * scale
            draw.ellipse((x - size * 1.15, y - size, x + size * 1.15, y + size), fill=255)
        foot = (height - radius * 0.2) * scale
        draw.rectangle((0, foot, width * scale, height * scale), fill=0)
        left, right = width / 2 - radius * 2, width / 2 + radius * 2
        draw.rounded_rectangle(
            (left * scale, foot - radius * 0.22 * scale, right * scale, foot), radius * 0.11 * scale, fill=255
        )

    shape = mask((width, height), paint)
    fade = gradient(shape.size, (WHITE, WHITE, (96, 96, 96))).convert("L")
    faded = Image.new("L", shape.size)
    faded.paste(fade, (0, 0), shape)
    return faded


def space(stage: Stage) -> list[Moving]:
    """A planet with a ring, and a moon nearer by."""
    large, small = round(stage.unit * 0.24), round(stage.unit * 0.1)
    left = stage.plan.light_side
    planet = _planet(
        stage, large, stage.chance.choice(((236, 160, 104), (120, 150, 230), (220, 120, 150))), ring=True
    )
    moon = _planet(stage, small, (170, 176, 200), ring=False)
    places = ((0.24 + 0.5 * left, 0.26), (0.8 - 0.6 * left, 0.56))
    return [
        Sprite(poses=[piece], centre=(stage.width * x, stage.height * y), depth=depth)
        for piece, (x, y), depth in ((planet, places[0], 0.2), (moon, places[1], 0.5))
    ]


def _planet(stage: Stage, radius: int, colour: Colour, *, ring: bool) -> Image.Image:
    """A ball in bands of colour with a night side."""
    side = radius * 5
    ball = Image.new("RGBA", (side, side), (*colour, 0))
    bands = [mixed(colour, WHITE, stage.between(0, 0.4)) for _ in range(7)]
    surface = gradient((radius * 2, radius * 2), bands).rotate(20, Image.Resampling.BICUBIC, fillcolor=colour)
    round_shape = disc(radius, WHITE).resize(surface.size).getchannel("A")
    corner = side // 2 - radius
    ball.paste(surface, (corner, corner), round_shape)
    night = Image.new("L", surface.size)
    shade = mask(
        surface.size,
        lambda draw, scale: draw.ellipse([n * radius * scale for n in (-0.7, -0.6, 1.5, 1.6)], fill=255),
    )
    night.paste(
        170, (0, 0), Image.eval(shade, lambda value: 255 - value).filter(ImageFilter.GaussianBlur(radius / 6))
    )
    inside = Image.new("L", surface.size)
    inside.paste(night, (0, 0), round_shape)
    ball.paste((10, 8, 30), (corner, corner, corner + radius * 2, corner + radius * 2), inside)
    if ring:
        _put_ring(ball, radius, mixed(colour, WHITE, 0.5))
    return ball


def _put_ring(ball: Image.Image, radius: int, colour: Colour) -> None:
    """Its far half is behind the planet."""
    side, middle = ball.width, ball.width / 2

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for part, fill in ((2.1, 120), (1.82, 210), (1.5, 0)):
            half = radius * part
            draw.ellipse(
                [n * scale for n in (middle - half, middle - half * 0.3, middle + half, middle + half * 0.3)],
                fill=fill,
            )
        top = [n * scale for n in (middle - radius * 1.02, 0, middle + radius * 1.02, middle)]
        draw.rectangle(top, fill=0)

    shape = mask((side, side), paint).rotate(18, Image.Resampling.BICUBIC)
    ball.paste(colour, (0, 0, side, side), shape)
