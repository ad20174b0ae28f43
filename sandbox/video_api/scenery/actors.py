"""Who and what is seen in a scene: where each stands, how large it is and how it moves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFilter

from sandbox.video_api.scenery import animals, things
from sandbox.video_api.scenery.brush import Colour, Point, cut_out, glow, mixed, put
from sandbox.video_api.scenery.moving import Beam, Moving, Sprite, leaning
from sandbox.video_api.scenery.outlines import drawn
from sandbox.video_api.scenery.palettes import BRIGHT
from sandbox.video_api.scenery.roles import ROLES, Role, Spot
from sandbox.video_api.scenery.stage import FIGURE_DEPTH, Stage
from sandbox.video_api.scenery.travellers import birds, butterflies, car, flock_afar, train
from sandbox.video_api.scenery.words import Figure, Manner, Place, Time, Weather

#: Where hulls are, from the horizon (0) to the picture's foot (1).
WATERLINE = 0.53
PASSENGERS = (Figure.CAT, Figure.DOG, Figure.FOX, Figure.PERSON)
#: How much larger somebody alone is in a tall picture.
ALONE = 1.22


def actors(stage: Stage) -> list[Moving]:
    """Return everybody in the scene, from far to near."""
    figures = _aboard(stage)
    slots = _slots(len([one for one in figures if one in ROLES]))
    cast = flock_afar(stage)
    for figure in sorted(figures, key=_farthest_first):
        special = SPECIAL.get(figure)
        cast += special(stage) if special else _played(stage, figure, next(slots))
    return cast


def _aboard(stage: Stage) -> tuple[Figure, ...]:
    """Who is there; who is at sea sits in a boat, so that there is no second one."""
    figures = stage.plan.figures
    if stage.plan.place is Place.SEA and not {*PASSENGERS}.isdisjoint(figures):
        return tuple(one for one in figures if one not in (Figure.PAPER_BOAT, Figure.SAILBOAT))
    return figures


def _farthest_first(figure: Figure) -> int:
    order = (Figure.LIGHTHOUSE, Figure.TREE, Figure.HOUSE, Figure.AIRSHIP, Figure.PLANE, Figure.BIRDS)
    return order.index(figure) if figure in order else len(order) + (figure is Figure.FLOWERS)


def _slots(count: int) -> Iterator[float]:
    """Yield where figures are, from left (0) to right (1), the first most in the middle."""
    yield from ((0.5,), (0.5,), (0.32, 0.68), (0.2, 0.72, 0.47), (0.18, 0.8, 0.4, 0.6))[count]


def _played(stage: Stage, figure: Figure, across: float) -> list[Moving]:
    role = _role(stage, figure)
    grounded = role.spot is Spot.GROUND and figure is not Figure.FLOWERS
    if figure is Figure.LIGHTHOUSE:
        return _lighthouse(stage, role, across)
    if role.count > 1:
        return list(_crowd(stage, role))
    if stage.plan.has(Manner.SURFING) and grounded:
        return _surfer(stage, figure, role, across)
    if stage.plan.place is Place.SEA and grounded:
        return _in_a_boat(stage, role, across)
    return _alone(stage, role, _place(stage, role, across))


def _role(stage: Stage, figure: Figure) -> Role:
    """The figure's part in this scene: its colour, its size, and how many it is."""
    role = ROLES[figure]
    accent = stage.plan.colour or role.accent
    count = (
        3
        if stage.plan.has(Manner.MANY) and role.count == 1 and figure is not Figure.LIGHTHOUSE
        else role.count
    )
    larger = ALONE if stage.height > stage.width and count == 1 and len(stage.plan.figures) == 1 else 1
    return replace(role, accent=accent, count=count, size=role.size * larger)


def _place(stage: Stage, role: Role, across: float) -> Point:
    """Return where the figure's square has its middle."""
    half = role.size * stage.unit / 2
    x, space = stage.width * across, stage.height - stage.horizon
    match role.spot:
        case Spot.AIR:
            return x, stage.height * role.level
        case Spot.WATER if stage.plan.place in (Place.SEA, Place.BEACH):
            level = WATERLINE if stage.plan.place is Place.SEA else 0.3
            return x, stage.horizon + space * level - half * 0.8
        case Spot.DEEP if stage.plan.place is Place.REEF:
            return x, stage.height * 0.5
        case Spot.DEEP:
            return x, stage.horizon + space * 0.5
        case _:
            return x, stage.ground - half


def _figure(stage: Stage, role: Role) -> Image.Image:
    """Return the figure as it looks in this light."""
    picture = drawn(role.outline, role.size * stage.unit, role.accent, stage.shaded)
    return picture.rotate(role.tilt, Image.Resampling.BICUBIC) if role.tilt else picture


def _sprite(
    stage: Stage, role: Role, centre: Point, *, begin: float = 0, depth: float = FIGURE_DEPTH
) -> Sprite:
    unit = stage.unit
    return Sprite(
        poses=leaning(_figure(stage, role), role.lean),
        centre=centre,
        depth=depth,
        drift=(role.drift[0] * unit, role.drift[1] * unit),
        bob=role.bob * unit,
        bob_seconds=role.seconds,
        begin=begin,
    )


def _alone(stage: Stage, role: Role, centre: Point) -> list[Moving]:
    figure = _sprite(stage, role, centre)
    foot = centre[1] + role.size * stage.unit * 0.49
    match role.spot:
        case Spot.GROUND:
            return [_shadow(stage, role, (centre[0], foot), (12, 12, 34), 0.34), figure]
        case Spot.WATER:
            return [
                _shadow(
                    stage,
                    role,
                    (centre[0], foot - role.size * stage.unit * 0.05),
                    stage.palette.sea_near,
                    0.5,
                ),
                figure,
            ]
        case _:
            return [figure]


def _shadow(stage: Stage, role: Role, centre: Point, colour: Colour, strength: float) -> Sprite:
    """What a figure stands on: a soft, flat patch that goes where it goes."""
    half = round(role.size * stage.unit * 0.36)
    shape = Image.new("L", (half * 3, max(4, half)))
    draw = ImageDraw.Draw(shape)
    draw.ellipse((half * 0.5, half * 0.36, half * 2.5, half * 0.64), fill=round(255 * strength))
    soft = shape.filter(ImageFilter.GaussianBlur(half * 0.06))
    patch = cut_out(Image.new("RGB", soft.size, colour), soft)
    return Sprite(poses=[patch], centre=centre, depth=FIGURE_DEPTH, drift=(role.drift[0] * stage.unit, 0))


def _crowd(stage: Stage, role: Role) -> Iterator[Moving]:
    """Several of them, the small ones farther away, in different colours unless one was asked for."""
    for number in range(role.count):
        part = number / (role.count - 1)
        one = replace(role, size=role.size * (0.62 + 0.38 * part) * stage.between(0.85, 1.1))
        if stage.plan.colour is None and role.bright:
            one = replace(one, accent=BRIGHT[(number + len(stage.plan.seed)) % len(BRIGHT)])
        x, y = _place(stage, one, _spread(stage, role, number))
        if role.spot in (Spot.AIR, Spot.DEEP):
            reach = 0.22 if role.spot is Spot.AIR or stage.plan.place is Place.REEF else 0.05
            y += stage.height * stage.between(-reach, reach)
        else:
            y -= (1 - part) * (stage.height - stage.horizon) * 0.16
        figure = _sprite(stage, one, (x, y), begin=number * 1.3, depth=FIGURE_DEPTH * (0.7 + 0.3 * part))
        if role.shines:
            light = glow(round(one.size * stage.unit * 1.1), (255, 190, 100), strength=0.6)
            yield replace(figure, poses=[light])
        yield figure


def _spread(stage: Stage, role: Role, number: int) -> float:
    few = (0.74, 0.26, 0.54)
    if role.count <= len(few):
        return few[number] + stage.between(-0.04, 0.04)
    return (number * 0.618 + 0.1) % 1 * 1.1 - 0.05


def _lighthouse(stage: Stage, role: Role, across: float) -> list[Moving]:
    """On a rock at the side; its beam is seen whenever it is not bright day."""
    side = 0.27 if stage.plan.light_side > 0.5 else 0.73  # noqa: PLR2004 - away from the light
    x = stage.width * (side if len(stage.plan.figures) == 1 else across)
    depth, unit = 0.35, stage.unit
    in_sea = stage.plan.place in (Place.SEA, Place.BEACH)
    foot = stage.horizon + (stage.height - stage.horizon) * 0.2 if in_sea else stage.ground * 0.97
    tower = _sprite(stage, role, (x, foot - role.size * unit * (0.66 if in_sea else 0.5)), depth=depth)
    cast: list[Moving] = [tower]
    if in_sea:
        dark = mixed(stage.tone(0.8), (92, 90, 104), 0.35)
        rock = replace(role, outline=things.ROCK, size=role.size * 0.6, accent=dark)
        cast.insert(0, _sprite(stage, rock, (x, foot - rock.size * unit * 0.42), depth=depth))
    if stage.plan.time is not Time.DAY or stage.plan.weather in (Weather.FOG, Weather.STORM):
        lamp, colour = (x, tower.centre[1] - 0.32 * role.size * unit), (255, 240, 190)
        cast.insert(0, Beam(lamp=lamp, reach=unit * 1.25, colour=colour, depth=depth))
        cast.append(Sprite(poses=[glow(round(unit * 0.14), colour, strength=0.9)], centre=lamp, depth=depth))
    return cast


def _surfer(stage: Stage, figure: Figure, role: Role, across: float) -> list[Moving]:
    """On a board, before a wave that breaks."""
    side = role.size * stage.unit
    outline = animals.SURFING_CAT if figure is Figure.CAT else role.outline
    board = next(one for one in BRIGHT if one != role.accent)
    rider = _figure(stage, replace(role, outline=outline, size=role.size * 1.05))
    plank = drawn(things.SURFBOARD, side * 1.15, board, stage.shaded)
    whole = Image.new("RGBA", (plank.width, plank.height + rider.height // 2), (*stage.shaded(board), 0))
    middle, deck = whole.width / 2, whole.height - plank.height / 2
    put(whole, plank, (middle, deck + side * 0.15))
    put(whole, rider, (middle, deck - rider.height * 0.27))
    x, y = stage.width * across, stage.horizon + (stage.height - stage.horizon) * 0.46
    water = mixed(stage.palette.sea_near, stage.palette.sea_far, 0.3)
    wave = drawn(things.SWELL, side * 2, water, stage.in_light)
    return [
        Sprite(
            poses=[wave],
            centre=(x, y - side * 0.26),
            depth=FIGURE_DEPTH,
            bob=side * 0.07,
            bob_seconds=3,
        ),
        Sprite(
            poses=leaning(whole, 7),
            centre=(x, y - whole.height * 0.36),
            depth=FIGURE_DEPTH,
            bob=side * 0.07,
            bob_seconds=3,
        ),
    ]


def _in_a_boat(stage: Stage, role: Role, across: float) -> list[Moving]:
    """Who cannot swim sits in a paper boat."""
    side = role.size * stage.unit
    hull = drawn(things.HULL, side * 1.5, (255, 255, 255), stage.shaded)
    whole = Image.new("RGBA", (hull.width, round(hull.height * 1.1)), (255, 255, 255, 0))
    put(whole, _figure(stage, role), (whole.width / 2, hull.height * 0.52))
    put(whole, hull, (whole.width / 2, whole.height - hull.height * 0.5))
    y = stage.horizon + (stage.height - stage.horizon) * WATERLINE - side * 0.62
    bob, drift = stage.unit * 0.014, (stage.unit * 0.01, 0)
    return [
        Sprite(
            poses=leaning(whole, 4),
            centre=(stage.width * across, y),
            depth=FIGURE_DEPTH,
            bob=bob,
            drift=drift,
        )
    ]


SPECIAL: dict[Figure, Callable[[Stage], Sequence[Moving]]] = {
    Figure.BIRDS: birds,
    Figure.BUTTERFLY: butterflies,
    Figure.TRAIN: train,
    Figure.CAR: car,
}
