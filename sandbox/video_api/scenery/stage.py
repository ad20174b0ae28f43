"""What everything in a scene is drawn by: its size, its colours, its chance, and where the horizon is."""

import random
from dataclasses import dataclass

from sandbox.video_api.scenery.brush import Colour, mixed
from sandbox.video_api.scenery.palettes import PALETTES, Palette, palette_of
from sandbox.video_api.scenery.plan import Plan
from sandbox.video_api.scenery.words import Manner, Place, Time

#: Where the horizon is, from the top, unless named below.
HORIZON = 0.62
#: How near to the camera those are whom the clip is about.
FIGURE_DEPTH = 0.6
#: Where feet are, from the horizon (0) to the picture's foot (1).
GROUND = 0.6
GROUNDS = {
    Place.HILLS: 0.68,
    Place.FOREST: 0.72,
    Place.MOUNTAINS: 0.62,
    Place.CITY: 0.68,
    Place.BEACH: 0.72,
    Place.DESERT: 0.62,
}
HORIZONS = {Place.CITY: 0.74, Place.MOUNTAINS: 0.66, Place.FOREST: 0.72, Place.DESERT: 0.64}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Sizes in pixels. `unit` is what figures are measured by; `travel`: how far the camera pans in all."""

    width: int
    height: int
    seconds: float
    plan: Plan
    palette: Palette
    chance: random.Random
    horizon: int
    unit: float
    travel: float

    @property
    def is_night(self) -> bool:
        return self.plan.time is Time.NIGHT

    @property
    def ground(self) -> float:
        """Return where feet are, in pixels from the top."""
        level = GROUNDS.get(self.plan.place, GROUND)
        return self.horizon + (self.height - self.horizon) * level

    def span(self, depth: float) -> int:
        """Return how wide a band at that depth has to be."""
        return self.width + int(self.travel * depth) + 4

    def tone(self, nearness: float) -> Colour:
        """Return the land's colour, from 0 at the horizon to 1 in the foreground."""
        return mixed(self.palette.far, self.palette.near, nearness)

    def wall(self, nearness: float) -> Colour:
        """Return the colour of what is built, on which no snow lies."""
        bare = PALETTES[self.plan.time]
        tone = mixed(mixed(bare.far, bare.near, nearness), self.palette.haze, 0.1)
        return mixed(tone, bare.sky[0], 0.5) if self.plan.time is Time.DAY else tone

    def shaded(self, colour: Colour, more: float = 0) -> Colour:
        """Return the colour as it looks in this light."""
        return mixed(colour, self.palette.shade, min(1, self.palette.shading + more))

    def in_light(self, colour: Colour) -> Colour:
        """Return the colour as it is, a little nearer to that of the haze: water has the sky's colours already."""
        return mixed(colour, self.palette.haze, 0.06)

    def between(self, least: float, most: float) -> float:
        """Return a number by chance."""
        return self.chance.uniform(least, most)

    def waves(self, *heights: float, longest: float = 1.6) -> list[tuple[float, float, float]]:
        """Return swells for a line of hills, each shorter than the one before; heights in units."""
        return [
            (
                height * self.unit,
                longest * self.unit * self.between(0.8, 1.2) * 0.5**number,
                self.between(0, 6.28),
            )
            for number, height in enumerate(heights)
        ]


def stage_for(plan: Plan, width: int, height: int, seconds: float, chance: random.Random) -> Stage:
    """Set the stage for a clip of that size and length."""
    unit = min(width, height * 0.8)
    return Stage(
        width=width,
        height=height,
        seconds=seconds,
        plan=plan,
        palette=palette_of(_hour(plan), plan.weather, neon=plan.has(Manner.NEON)),
        chance=chance,
        horizon=round(height * HORIZONS.get(plan.place, HORIZON)),
        unit=unit,
        travel=unit * min(0.6, 0.14 + 0.028 * seconds),
    )


def _hour(plan: Plan) -> Time:
    """Under water it is day or night."""
    return Time.DAY if plan.place is Place.REEF and plan.time is not Time.NIGHT else plan.time
