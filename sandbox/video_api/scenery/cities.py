"""A city: rows of houses whose windows are lit, the more the later it is."""

from PIL import Image, ImageDraw, ImageFilter

from sandbox.video_api.scenery.brush import FINENESS, WHITE, Colour, cut_out, gradient, mixed
from sandbox.video_api.scenery.moving import Moving, Strip
from sandbox.video_api.scenery.stage import Stage
from sandbox.video_api.scenery.words import Manner, Weather

LAMPLIGHT: tuple[Colour, ...] = ((255, 214, 130), (255, 232, 178), (255, 190, 104))
NEON: tuple[Colour, ...] = ((255, 60, 160), (0, 240, 255), (170, 90, 255), (255, 220, 90))


def city(stage: Stage) -> list[Moving]:
    """Three rows of houses, and the street's light before them."""
    rows: list[Moving] = []
    for number, nearness in enumerate((0.22, 0.52, 0.86)):
        depth = 0.1 + 0.42 * nearness
        tall = stage.unit * (0.9, 0.72, 0.5)[number] * (1.15 if stage.height > stage.width else 0.62)
        foot = stage.horizon + round((stage.height - stage.horizon) * (0.1, 0.3, 0.55)[number])
        rows.append(_row(stage, depth=depth, tall=tall, foot=foot, nearness=nearness))
    return [*rows, _street(stage)]


def _row(stage: Stage, *, depth: float, tall: float, foot: int, nearness: float) -> Moving:
    size = (stage.span(depth), stage.height - round(foot - tall))
    tone = mixed(stage.wall(nearness), stage.palette.sky[1], 0.25)
    houses = _houses(stage, size[0], tall, nearness)
    shape = Image.new("L", size)
    walls = ImageDraw.Draw(shape)
    lights = Image.new("RGBA", size)
    for left, right, top in houses:
        walls.rectangle((left, top, right, size[1]), fill=255)
        _roof(stage, walls, (left, right, top))
        _windows(stage, ImageDraw.Draw(lights), (left, right, top, round(tall)), nearness)
    if stage.plan.has(Manner.NEON):
        _signs(stage, lights, houses, nearness)
    haze = mixed(tone, stage.palette.haze, 0.75 * (1 - nearness) + 0.1)
    piece = cut_out(gradient(size, (tone, mixed(tone, haze, 0.5), haze)), shape)
    if stage.plan.weather is Weather.SNOW:
        _put_snow(stage, ImageDraw.Draw(piece), houses)
    if stage.palette.windows > 0.4:  # noqa: PLR2004 - in the dark, lights shine
        shine = lights.filter(ImageFilter.GaussianBlur(stage.unit * 0.012))
        piece.paste(shine, (0, 0), shine)
    piece.paste(lights, (0, 0), lights)
    return Strip(piece=piece, top=round(foot - tall), depth=depth)


def _houses(stage: Stage, width: int, tall: float, nearness: float) -> list[tuple[int, int, int]]:
    """Return left, right and top of each, from behind the left edge to behind the right."""
    houses, x = [], -stage.unit * 0.05
    while x < width:
        wide = stage.unit * stage.between(0.08, 0.17) * (0.7 + 0.6 * nearness)
        high = tall * (0.35 + 0.65 * stage.between(0, 1) ** 1.7)
        houses.append((round(x), round(x + wide), round(tall - high)))
        x += wide + stage.unit * (0.006 if stage.between(0, 1) < 0.7 else 0.03)  # noqa: PLR2004 - some stand apart
    return houses


def _roof(stage: Stage, walls: ImageDraw.ImageDraw, house: tuple[int, int, int]) -> None:
    """A step, a mast, a slope or nothing."""
    left, right, top = house
    wide, middle = right - left, (left + right) / 2
    match stage.chance.randrange(5):
        case 0:
            walls.rectangle((left + wide * 0.2, top - wide * 0.22, right - wide * 0.2, top), fill=255)
        case 1:
            walls.rectangle((left + wide * 0.3, top - wide * 0.12, right - wide * 0.3, top), fill=255)
            mast = max(1, round(stage.unit * 0.004))
            walls.line((middle, top, middle, top - wide * 0.9), fill=255, width=mast)
        case 2:
            walls.polygon([(left, top), (right, top), (right, top - wide * 0.3)], fill=255)
        case _:
            pass


def _put_snow(stage: Stage, draw: ImageDraw.ImageDraw, houses: list[tuple[int, int, int]]) -> None:
    white = (*stage.shaded((244, 248, 255)), 255)
    for left, right, top in houses:
        deep = stage.unit * 0.012
        draw.rounded_rectangle((left, top - deep, right, top + deep * 0.6), deep, fill=white)


def _windows(
    stage: Stage, draw: ImageDraw.ImageDraw, house: tuple[int, int, int, int], nearness: float
) -> None:
    left, right, top, foot = house
    step = stage.unit * (0.016 + 0.014 * nearness)
    wide, high = step * 0.5, step * 0.62
    if wide < 1:
        return
    columns = max(1, int((right - left - step * 0.6) / step))
    margin = (right - left - columns * step + (step - wide)) / 2
    lamps = NEON if stage.plan.has(Manner.NEON) and stage.between(0, 1) < 0.45 else LAMPLIGHT  # noqa: PLR2004 - nearly half
    lit = stage.palette.windows * stage.between(0.5, 1.2)
    strength = round(150 + 100 * nearness) if stage.palette.windows > 0.2 else 110  # noqa: PLR2004 - by day they are pale
    for row in range(int((foot - top) / step / 1.25)):
        for column in range(columns):
            if stage.chance.random() < lit:
                x, y = left + margin + column * step, top + step * (0.8 + row * 1.25)
                draw.rectangle((x, y, x + wide, y + high), fill=(*stage.chance.choice(lamps), strength))


def _signs(stage: Stage, lights: Image.Image, houses: list[tuple[int, int, int]], nearness: float) -> None:
    """Tubes of neon on the walls, each with its shine."""
    draw = ImageDraw.Draw(lights)
    thick = max(1, round(stage.unit * 0.005 * (1 + nearness)))
    for left, right, top in houses:
        if stage.between(0, 1) < 0.5:  # noqa: PLR2004 - half of them
            continue
        colour = (*stage.chance.choice(NEON), 255)
        x, y = left + (right - left) * stage.between(0.12, 0.6), top + stage.unit * stage.between(0.05, 0.2)
        wide, high = (right - left) * 0.26, stage.unit * stage.between(0.08, 0.2)
        draw.rounded_rectangle((x, y, x + wide, y + high), wide * 0.3, outline=colour, width=thick)
        for bar in range(3):
            level = y + high * (0.25 + 0.25 * bar)
            draw.line((x + wide * 0.3, level, x + wide * 0.7, level), fill=colour, width=thick)


def _street(stage: Stage) -> Moving:
    """The wet road, with the lights of the houses drawn out on it."""
    top = stage.horizon + round((stage.height - stage.horizon) * 0.5)
    size = (stage.span(0.6), stage.height - top)
    dark = mixed(stage.wall(1), stage.palette.sky[1], 0.2)
    piece = gradient(size, (mixed(dark, stage.palette.haze, 0.35), dark))
    glints = Image.new("L", size)
    colours = Image.new("RGB", size, LAMPLIGHT[0])
    draw, paint = ImageDraw.Draw(glints), ImageDraw.Draw(colours)
    for _ in range(26):
        x, wide = stage.between(0, size[0]), stage.unit * stage.between(0.01, 0.03)
        lamps = NEON if stage.plan.has(Manner.NEON) else LAMPLIGHT
        paint.rectangle((x - wide * 2, 0, x + wide * 2, size[1]), fill=stage.chance.choice(lamps))
        draw.rectangle(
            (x - wide, 0, x + wide, size[1] * stage.between(0.3, 0.8)),
            fill=round(150 * stage.palette.windows),
        )
    fade = gradient(size, (WHITE, (120, 120, 120), (0, 0, 0))).convert("L")
    soft = Image.new("L", size)
    soft.paste(glints.filter(ImageFilter.GaussianBlur(stage.unit * 0.016)), (0, 0), fade)
    piece.paste(colours, (0, 0), soft)
    kerb = max(1, FINENESS * round(stage.unit * 0.002))
    ImageDraw.Draw(piece).rectangle((0, 0, size[0], kerb), fill=mixed(dark, stage.palette.haze, 0.6))
    return Strip(piece=piece.convert("RGBA"), top=top, depth=0.6)
