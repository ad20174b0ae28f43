"""Hills, mountains, woods, dunes and beaches, one behind the other and paler the farther they are."""

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from sandbox.video_api.scenery.brush import Colour, Point, cut_out, gradient, mask, mixed, open_curve, swell
from sandbox.video_api.scenery.moving import Moving, Strip
from sandbox.video_api.scenery.stage import Stage
from sandbox.video_api.scenery.words import Place, Weather

#: What is laid over the dark side of dunes.
SHADE: Colour = (112, 66, 62)
FIR: Colour = (58, 84, 112)
#: Given the drawing and its scale.
Extra = Callable[[ImageDraw.ImageDraw, int], None]


def ridge(
    stage: Stage,
    line: Sequence[Point],
    *,
    top: int,
    depth: float,
    colours: Sequence[Colour],
    extra: Extra | None = None,
) -> Strip:
    """Return the land under a line (points in pixels below `top`, from left to right), down to the picture's foot.

    What `extra` draws stands out where snow lies.
    """
    size = (stage.span(depth), stage.height - top)

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        corners = [(0, size[1]), *line, (size[0], size[1])]
        draw.polygon([(x * scale, y * scale) for x, y in corners], fill=255)
        if extra is not None:
            extra(draw, scale)

    piece = cut_out(gradient(size, colours), mask(size, paint))
    if extra is not None and stage.plan.weather is Weather.SNOW:
        piece.paste(mixed(colours[0], FIR, 0.42), (0, 0, *size), mask(size, extra))
    return Strip(piece=piece, top=top, depth=depth)


def rolling(stage: Stage, depth: float, level: float, *heights: float, longest: float = 1.6) -> list[Point]:
    """Return a line of soft hills, `level` pixels below its band's top in the middle."""
    waves = stage.waves(*heights, longest=longest)
    step = max(2, stage.width // 90)
    return [(x, level + swell(x, waves)) for x in range(-step, stage.span(depth) + 2 * step, step)]


def hazy(stage: Stage, nearness: float, haze: float = 0.5) -> tuple[Colour, Colour]:
    """Return the colours of a layer of land, its foot lost in the haze."""
    tone = stage.tone(nearness)
    return tone, mixed(tone, stage.palette.haze, haze * (1 - nearness))


def hills(stage: Stage) -> list[Moving]:
    """Rolling hills with woods on some of them."""
    layers: list[Moving] = list(mountains(stage, ranges=1)) if stage.plan.light_side > 0.5 else []  # noqa: PLR2004 - half of all scenes
    space = stage.height - stage.horizon
    for number, nearness in enumerate((0.18, 0.42, 0.68, 0.94)):
        depth = 0.12 + nearness * 0.5
        rise = stage.unit * 0.16
        level = stage.horizon + space * (0.0, 0.1, 0.26, 0.5)[number]
        top = max(0, round(level - rise))
        line = rolling(stage, depth, rise, 0.055, 0.02, longest=1.3 + 0.25 * number)
        woods = firs(stage, line, (0.028, 0.04, 0.06, 0)[number], 14) if number < 3 else None  # noqa: PLR2004 - none in front
        layers.append(
            ridge(stage, line, top=top, depth=depth, colours=hazy(stage, nearness, 0.75), extra=woods)
        )
    return layers


def firs(stage: Stage, line: Sequence[Point], size: float, count: int) -> Extra:
    """Return fir trees that stand in groups along the line; `size` in units."""
    groups = [stage.between(0, 1) for _ in range(3)]
    trees = []
    for _ in range(count):
        at = groups[stage.chance.randrange(3)] + stage.chance.gauss(0, 0.07)
        x, y = line[min(len(line) - 1, max(0, round(at * len(line))))]
        trees.append((x + stage.between(-2, 2), y, size * stage.unit * stage.between(0.7, 1.35)))

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for x, y, height in trees:
            fir(draw, (x * scale, y * scale), height * scale, 255)

    return paint


def fir(draw: ImageDraw.ImageDraw, foot: Point, height: float, fill: int | Colour) -> None:
    """Draw a fir tree of four tiers."""
    x, y = foot
    draw.rectangle((x - height * 0.03, y - height * 0.2, x + height * 0.03, y + height * 0.1), fill=fill)
    for tier in range(4):
        base = y - height * (0.1 + 0.2 * tier)
        half = height * (0.25 - 0.05 * tier)
        tip = base - height * (0.36 - 0.02 * tier)
        draw.polygon([(x - half, base), (x, tip), (x + half, base), (x, base - height * 0.035)], fill=fill)


def mountains(stage: Stage, *, ranges: int = 3) -> list[Moving]:
    """Ranges of peaks with a dark and a light side, the highest with snow."""
    layers: list[Moving] = []
    for number in range(ranges):
        nearness = 0.1 + 0.25 * number
        depth = 0.06 + 0.13 * number
        rise = stage.unit * (0.5 - 0.12 * number)
        top = max(0, round(stage.horizon - rise + stage.unit * 0.1 * number))
        layers.append(_range(stage, top=top, depth=depth, rise=rise, nearness=nearness))
    if ranges > 1:
        level = stage.horizon + (stage.height - stage.horizon) * 0.42
        line = rolling(stage, 0.62, stage.unit * 0.2, 0.05, 0.02)
        top = round(level - stage.unit * 0.2)
        woods = firs(stage, line, 0.12, 26)
        layers.append(ridge(stage, line, top=top, depth=0.62, colours=hazy(stage, 0.9), extra=woods))
    return layers


def _peaks(stage: Stage, width: int, rise: float) -> list[Point]:
    """Return valleys and peaks in turn, beginning and ending with a valley."""
    points: list[Point] = [(-rise * 0.4, rise)]
    while points[-1][0] < width:
        half = rise * stage.between(0.45, 0.85)
        x = points[-1][0]
        points += [
            (x + half, rise * stage.between(0.04, 0.42)),
            (x + half * 1.9, rise * stage.between(0.62, 0.9)),
        ]
    return points


def _range(stage: Stage, *, top: int, depth: float, rise: float, nearness: float) -> Strip:
    width, height = stage.span(depth), stage.height - top
    points = _peaks(stage, width, rise)
    layer = ridge(
        stage,
        points,
        top=top,
        depth=depth,
        colours=(*hazy(stage, nearness, 0.2), hazy(stage, nearness, 1.1)[1]),
    )
    piece = layer.piece
    dark = mixed(stage.tone(nearness), stage.palette.sky[0], 0.24)
    shade = mask((width, height), lambda draw, scale: _sides(stage, draw, points, rise, scale))
    faces = cut_out(gradient((width, height), (dark, dark, stage.palette.haze)), shade)
    piece.paste(faces, (0, 0), _within(piece, shade, 0.55))
    if (nearness < 0.3 and stage.plan.place is not Place.DESERT) or stage.plan.weather is Weather.SNOW:  # noqa: PLR2004 - the farthest are the highest
        caps = mask((width, height), lambda draw, scale: _caps(draw, points, rise, scale))
        snow = mixed((250, 250, 255), stage.palette.sky[3], 0.3 + (0.3 if stage.is_night else 0))
        piece.paste(snow, (0, 0, width, height), _within(piece, caps, 0.9))
    return layer


def _within(piece: Image.Image, shape: Image.Image, strength: float) -> Image.Image:
    """Return the mask, as strong as that, where the piece is."""
    inside = Image.new("L", shape.size)
    inside.paste(
        shape.point([round(value * strength) for value in range(256)]), (0, 0), piece.getchannel("A")
    )
    return inside


def _sides(stage: Stage, draw: ImageDraw.ImageDraw, points: Sequence[Point], rise: float, scale: int) -> None:
    """The sides of the peaks that look away from the light."""
    away = 1 if stage.plan.light_side < 0.5 else -1  # noqa: PLR2004 - the middle
    for index in range(1, len(points) - 1, 2):
        x, y = points[index]
        valley = points[index + away]
        reach = rise * 1.25
        spine = [
            (x, y),
            (x - away * rise * 0.05, y + reach * 0.16),
            (x + away * rise * 0.07, y + reach * 0.3),
        ]
        spine += [(x - away * rise * 0.02, y + reach * 0.5), (x + away * rise * 0.16, y + reach)]
        corners = [*spine, (valley[0], y + reach), valley]
        draw.polygon([(a * scale, b * scale) for a, b in corners], fill=255)


def _caps(draw: ImageDraw.ImageDraw, points: Sequence[Point], rise: float, scale: int) -> None:
    for index in range(1, len(points) - 1, 2):
        (x, y), left, right = points[index], points[index - 1], points[index + 1]
        deep = rise * 0.2
        slopes = [(x - (x - side[0]) * deep / (side[1] - y), y + deep) for side in (left, right)]
        (lx, ly), (rx, _) = slopes
        zigzag = [(rx, ly), (x + (rx - x) * 0.5, ly - deep * 0.3), (x + (rx - x) * 0.15, ly + deep * 0.15)]
        zigzag += [(x - (x - lx) * 0.35, ly - deep * 0.25), (x - (x - lx) * 0.65, ly + deep * 0.1), (lx, ly)]
        draw.polygon([(a * scale, b * scale) for a, b in [(x, y - 2), *zigzag]], fill=255)


def forest(stage: Stage) -> list[Moving]:
    """Rows of firs in the mist, the nearest taller than the picture's middle."""
    layers: list[Moving] = list(mountains(stage, ranges=1))
    for number, nearness in enumerate((0.15, 0.38, 0.62, 0.9)):
        depth = 0.12 + nearness * 0.6
        size = (0.16, 0.26, 0.42, 0.68)[number]
        level = stage.horizon + (stage.height - stage.horizon) * (-0.12, 0.08, 0.3, 0.62)[number]
        top = max(0, round(level - stage.unit * size * 1.35))
        line = rolling(stage, depth, level - top, 0.03, 0.012)
        gap = number == 3  # noqa: PLR2004 - the nearest leave the middle free
        woods = _wood(stage, line, size, gap=gap)
        layers.append(
            ridge(stage, line, top=top, depth=depth, colours=hazy(stage, nearness, 0.9), extra=woods)
        )
    return layers


def _wood(stage: Stage, line: Sequence[Point], size: float, *, gap: bool) -> Extra:
    trees = []
    width = line[-1][0]
    x = -size * stage.unit * 0.2
    while x < width:
        x += size * stage.unit * stage.between(0.16, 0.42)
        near_middle = abs(x / width - 0.5) < 0.3  # noqa: PLR2004 - the part left free
        if not (gap and near_middle):
            y = line[min(len(line) - 1, max(0, round(x / width * (len(line) - 1))))][1]
            trees.append((x, y + stage.unit * 0.02, size * stage.unit * stage.between(0.75, 1.25)))

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        for at, y, height in trees:
            fir(draw, (at * scale, y * scale), height * scale, 255)

    return paint


def desert(stage: Stage) -> list[Moving]:
    """Dunes with a lit and a dark side."""
    layers: list[Moving] = list(mountains(stage, ranges=1))
    space = stage.height - stage.horizon
    for number, nearness in enumerate((0.1, 0.4, 0.75)):
        depth = 0.15 + nearness * 0.6
        rise = stage.unit * (0.08 + 0.05 * number)
        top = round(stage.horizon + space * (0, 0.16, 0.42)[number] - rise)
        crest = _crests(stage, stage.span(depth), rise)
        light = mixed(stage.palette.haze, stage.palette.sand, 0.45 + 0.55 * nearness)
        layer = ridge(
            stage, crest, top=top, depth=depth, colours=(light, mixed(light, stage.shaded(SHADE), 0.3))
        )
        dark = mixed(light, stage.shaded(SHADE), 0.4)
        _shade_dunes(layer.piece, crest, rise, dark)
        layers.append(layer)
    return layers


def _crests(stage: Stage, width: int, rise: float) -> list[Point]:
    """Return a line of dunes: slow up, steep down."""
    line: list[Point] = []
    x = -rise * stage.between(1, 4)
    while x < width + rise * 6:
        height, length = stage.between(0.45, 1) * rise, rise * stage.between(4, 7)
        for step in range(20):
            part = step / 20
            up = part / 0.68 if part < 0.68 else 1 - (part - 0.68) / 0.32  # noqa: PLR2004 - where the crest is
            line.append((x + length * part, rise - height * up * up * (3 - 2 * up)))
        x += length
    return line


def _shade_dunes(piece: Image.Image, crest: Sequence[Point], rise: float, dark: Colour) -> None:
    """The steep sides, down to the foot along a bent line."""

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        tops = [i for i in range(1, len(crest) - 7) if crest[i - 1][1] >= crest[i][1] < crest[i + 1][1]]
        for index in tops:
            x, y = crest[index]
            lee = crest[index : index + 7]
            bends = ((-0.5, 0.5), (0.3, 1.2), (-0.9, 2.2), (0.4, 3.6))
            edge = open_curve([(x, y), *((x + dx * rise, y + dy * rise) for dx, dy in bends)])
            corners = [*lee, (lee[-1][0] + rise, y + rise * 3.6), *reversed(edge)]
            draw.polygon([(a * scale, b * scale) for a, b in corners], fill=255)

    shape = mask(piece.size, paint)
    fade = gradient(piece.size, ((255, 255, 255), (200, 200, 200), (0, 0, 0))).convert("L")
    soft = Image.new("L", piece.size)
    soft.paste(fade, (0, 0), shape)
    piece.paste(dark, (0, 0, *piece.size), _within(piece, soft, 0.75))


def _snowbank(stage: Stage) -> Strip:
    rise = stage.unit * 0.09
    line = rolling(stage, 1.0, rise, 0.035, 0.012, longest=1.1)
    white = mixed(stage.tone(1), (255, 255, 255), 0.35)
    return ridge(stage, line, top=round(stage.height - rise * 2), depth=1.0, colours=(white, stage.tone(0.8)))


def meadow(stage: Stage) -> list[Moving]:
    """The foreground: grass, dark against the light, or a bank of snow."""
    depth = 1.0
    if stage.plan.weather is Weather.SNOW:
        return [_snowbank(stage)]
    size = (stage.span(depth), round(stage.unit * 0.2))
    tone = mixed(stage.tone(1), (10, 14, 30), 0.3)
    blades = []
    for _ in range(90 if stage.unit > 200 else 40):  # noqa: PLR2004 - small pictures show fewer
        x = stage.between(0, size[0])
        blades.append((x, stage.between(0.25, 0.9) * size[1], stage.between(-0.3, 0.3) * size[1]))

    def paint(draw: ImageDraw.ImageDraw, scale: int) -> None:
        thick = size[1] * 0.03 * scale
        for x, height, bend in blades:
            foot, tip = size[1] * scale, (size[1] - height) * scale
            middle = x * scale + bend * 0.3 * scale, (foot + tip) / 2
            left = [
                (x * scale - thick, foot),
                (middle[0] - thick * 0.7, middle[1]),
                ((x + bend) * scale, tip),
            ]
            draw.polygon([*left, (middle[0] + thick * 0.7, middle[1]), (x * scale + thick, foot)], fill=255)

    shape = mask(size, paint)
    return [
        Strip(piece=cut_out(Image.new("RGB", size, tone), shape), top=stage.height - size[1], depth=depth)
    ]
