"""How each figure is played: its outline, its size, where it is and how it moves."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.video_api.scenery import animals, things
from sandbox.video_api.scenery.brush import Colour, Point
from sandbox.video_api.scenery.outlines import Outline
from sandbox.video_api.scenery.words import Figure


class Spot(StrEnum):
    """Where a figure is."""

    #: On its feet.
    GROUND = "ground"
    #: Half in the water.
    WATER = "water"
    #: In the sky.
    AIR = "air"
    #: Anywhere under water.
    DEEP = "deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """How a figure is played: sizes, ways and swings in units, `lean` in degrees, `level` of the picture's height."""

    outline: Outline
    spot: Spot
    size: float
    accent: Colour
    lean: float = 0
    bob: float = 0
    seconds: float = 3.4
    drift: Point = (0, 0)
    count: int = 1
    level: float = 0.34
    tilt: float = 0
    #: Several of them have different colours.
    bright: bool = False
    #: It lights what is around it.
    shines: bool = False


ROLES: dict[Figure, Role] = {
    Figure.CAT: Role(outline=animals.CAT, spot=Spot.GROUND, size=0.36, accent=(240, 150, 62), lean=1.3),
    Figure.DOG: Role(
        outline=animals.DOG, spot=Spot.GROUND, size=0.36, accent=(196, 140, 88), lean=1.3, seconds=2
    ),
    Figure.FOX: Role(outline=animals.FOX, spot=Spot.GROUND, size=0.36, accent=(226, 104, 44), lean=1.0),
    Figure.PERSON: Role(
        bright=True, outline=animals.PERSON, spot=Spot.GROUND, size=0.34, accent=(222, 84, 70), lean=0.8
    ),
    Figure.PAPER_BOAT: Role(
        outline=things.PAPER_BOAT,
        spot=Spot.WATER,
        size=0.34,
        accent=(255, 255, 255),
        lean=5,
        bob=0.014,
        drift=(0.012, 0),
    ),
    Figure.SAILBOAT: Role(
        bright=True,
        outline=things.SAILBOAT,
        spot=Spot.WATER,
        size=0.42,
        accent=(222, 74, 64),
        lean=4,
        bob=0.012,
        drift=(0.02, 0),
    ),
    Figure.LIGHTHOUSE: Role(outline=things.LIGHTHOUSE, spot=Spot.GROUND, size=0.7, accent=(92, 90, 104)),
    Figure.BALLOON: Role(
        bright=True,
        outline=things.BALLOON,
        spot=Spot.AIR,
        size=0.46,
        accent=(228, 58, 62),
        lean=4,
        bob=0.022,
        drift=(0.01, -0.012),
        level=0.36,
    ),
    Figure.AIRSHIP: Role(
        bright=True,
        outline=things.AIRSHIP,
        spot=Spot.AIR,
        size=0.42,
        accent=(226, 84, 70),
        lean=1.6,
        bob=0.014,
        drift=(0.014, -0.008),
        seconds=5,
        level=0.3,
    ),
    Figure.FISH: Role(
        bright=True,
        outline=animals.FISH,
        spot=Spot.DEEP,
        size=0.26,
        accent=(250, 130, 60),
        lean=5,
        bob=0.02,
        count=6,
        drift=(0.06, 0),
    ),
    Figure.WHALE: Role(
        outline=animals.WHALE,
        spot=Spot.WATER,
        size=0.56,
        accent=(72, 110, 156),
        lean=5,
        bob=0.03,
        seconds=5,
        drift=(0.02, 0),
    ),
    Figure.ROCKET: Role(
        outline=things.ROCKET,
        spot=Spot.AIR,
        size=0.44,
        accent=(226, 70, 64),
        lean=2,
        bob=0.012,
        drift=(0.02, -0.02),
        level=0.46,
        tilt=-24,
    ),
    Figure.PLANE: Role(
        outline=things.PLANE,
        spot=Spot.AIR,
        size=0.26,
        accent=(64, 120, 200),
        lean=1,
        bob=0.006,
        drift=(0.07, -0.012),
        level=0.24,
        tilt=6,
    ),
    Figure.TREE: Role(
        outline=things.TREE, spot=Spot.GROUND, size=0.62, accent=(80, 150, 84), lean=0.7, seconds=4
    ),
    Figure.FLOWERS: Role(
        bright=True,
        outline=things.FLOWER,
        spot=Spot.GROUND,
        size=0.2,
        accent=(240, 96, 120),
        lean=5,
        count=16,
    ),
    Figure.HOUSE: Role(bright=True, outline=things.HOUSE, spot=Spot.GROUND, size=0.36, accent=(196, 84, 66)),
    Figure.SNOWMAN: Role(outline=animals.SNOWMAN, spot=Spot.GROUND, size=0.4, accent=(214, 62, 62), lean=0.8),
    Figure.LANTERNS: Role(
        shines=True,
        outline=things.LANTERN,
        spot=Spot.AIR,
        size=0.12,
        accent=(250, 150, 60),
        lean=3,
        bob=0.012,
        count=14,
        drift=(0.004, -0.03),
    ),
}
