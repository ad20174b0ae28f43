"""Who is on the way: birds, butterflies, trains and cars."""

from PIL import Image

from sandbox.video_api.scenery import animals, things
from sandbox.video_api.scenery.brush import glow, mixed, put
from sandbox.video_api.scenery.moving import Moving, Sprite
from sandbox.video_api.scenery.outlines import MARGIN, SQUARE, drawn
from sandbox.video_api.scenery.palettes import BRIGHT
from sandbox.video_api.scenery.stage import FIGURE_DEPTH, Stage
from sandbox.video_api.scenery.words import Figure, Place, Time, Weather

#: How large birds far away are in units, and from how many pixels on one is seen.
AFAR, LEAST_BIRD = 0.038, 4


def birds(stage: Stage, *, count: int = 7, size: float = 0.1) -> list[Moving]:
    """A flock in a loose wedge, dark against the light; `size` of a bird in units."""
    dark = stage.plan.time is not Time.DAY or stage.plan.weather is not Weather.CLEAR
    colour = mixed(stage.wall(1), stage.palette.haze, 0.1) if dark else (252, 252, 254)
    poses = [drawn(pose, stage.unit * size, colour, stage.shaded) for pose in animals.BIRD_POSES]
    start = stage.width * stage.between(0.42, 0.6), stage.horizon * stage.between(0.38, 0.56)
    cast: list[Moving] = []
    for number in range(count):
        row, side = (number + 1) // 2, 1 if number % 2 else -1
        x = start[0] - row * stage.unit * size * stage.between(0.7, 1.0)
        y = start[1] + side * row * stage.unit * size * stage.between(0.3, 0.6)
        cast.append(
            Sprite(
                poses=poses,
                centre=(x, y),
                depth=0.2,
                drift=(stage.unit * size * 0.42, -stage.unit * size * 0.07),
                bob=stage.unit * size * 0.08,
                begin=number * 1.1,
                poses_a_second=7,
            )
        )
    return cast


def flock_afar(stage: Stage) -> list[Moving]:
    """What is in every sky where birds like to be."""
    at_home = stage.plan.place not in (Place.SPACE, Place.REEF) and Figure.BIRDS not in stage.plan.figures
    in_the_mood = not stage.is_night and stage.plan.weather in (Weather.CLEAR, Weather.FOG)
    large_enough = stage.unit * AFAR > LEAST_BIRD
    return birds(stage, count=5, size=AFAR) if at_home and in_the_mood and large_enough else []


def butterflies(stage: Stage) -> list[Moving]:
    cast: list[Moving] = []
    for number in range(5):
        colour = stage.plan.colour or BRIGHT[number % len(BRIGHT)]
        size = stage.unit * (0.17 - 0.02 * number)
        poses = [
            drawn(pose, size, colour, stage.shaded).rotate(20 - 12 * number)
            for pose in animals.BUTTERFLY_POSES
        ]
        cast.append(
            Sprite(
                poses=poses,
                centre=(stage.width * (0.2 + 0.17 * number), stage.height * stage.between(0.4, 0.68)),
                depth=FIGURE_DEPTH,
                drift=(stage.unit * 0.02 * (1 if number % 2 else -1), 0),
                bob=stage.unit * 0.05,
                bob_seconds=stage.between(2.4, 4),
                begin=number * 1.7,
                poses_a_second=9,
            )
        )
    return cast


def train(stage: Stage) -> list[Moving]:
    """An engine with its wagons and its steam, on its way across."""
    unit, side = stage.unit, stage.unit * 0.24
    accent = stage.plan.colour or (190, 58, 54)
    engine = drawn(things.ENGINE, side, accent, stage.shaded)
    wagon = drawn(things.WAGON, side, mixed(accent, (60, 50, 80), 0.3), stage.shaded)
    step = round(side * 1.1)
    whole = Image.new("RGBA", (step * 4 + engine.width, engine.height * 2), (255, 255, 255, 0))
    for number in range(4):
        put(whole, wagon, (step * number + engine.width / 2, engine.height * 1.5))
    put(whole, engine, (step * 4 + engine.width / 2, engine.height * 1.5))
    for number in range(9):
        puff = glow(
            round(side * (0.16 + 0.045 * number)),
            stage.shaded((244, 244, 248)),
            strength=0.85 - 0.08 * number,
            falloff=0.9,
        )
        x = step * 4 + engine.width * 0.7 - number * side * 0.26
        put(whole, puff, (x, engine.height * (1.08 - 0.028 * number**1.15)))
    return [_passing(stage, whole, stage.ground - engine.height * (50 - MARGIN + 4) / SQUARE, 0.11 * unit)]


def car(stage: Stage) -> list[Moving]:
    accent = stage.plan.colour or BRIGHT[len(stage.plan.seed) % len(BRIGHT)]
    side = stage.unit * 0.36
    picture = drawn(things.CAR, side, accent, stage.shaded)
    if stage.plan.time is not Time.DAY:
        put(
            picture,
            glow(round(side * 0.22), (255, 240, 190), strength=0.8),
            (picture.width * (MARGIN + 96) / SQUARE, picture.height * (MARGIN + 76) / SQUARE),
        )
    return [_passing(stage, picture, stage.ground - side * 0.47, 0.09 * stage.unit, bob=0.003)]


def _passing(stage: Stage, piece: Image.Image, middle: float, speed: float, *, bob: float = 0) -> Sprite:
    """On its way to the right; in the middle of the picture when half of the clip is over."""
    return Sprite(
        poses=[piece],
        centre=(stage.width / 2 - speed * stage.seconds / 2, middle),
        depth=FIGURE_DEPTH,
        drift=(speed, 0),
        bob=bob * stage.unit,
        bob_seconds=0.6,
    )
