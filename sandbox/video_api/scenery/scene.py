"""A landscape as a whole: what is in it, from the sky to the foreground, and its pictures in order."""

from collections.abc import Iterator

from PIL import Image

from sandbox.video_api.scenery.actors import actors
from sandbox.video_api.scenery.brush import Size, dice
from sandbox.video_api.scenery.cities import city
from sandbox.video_api.scenery.lands import desert, forest, hills, meadow, mountains
from sandbox.video_api.scenery.moving import Moment
from sandbox.video_api.scenery.plan import Plan
from sandbox.video_api.scenery.skies import overhead, sky_of, space
from sandbox.video_api.scenery.stage import stage_for
from sandbox.video_api.scenery.waters import beach, reef, sea, surf
from sandbox.video_api.scenery.weathers import falling
from sandbox.video_api.scenery.words import Place

LANDS = {
    Place.SEA: sea,
    Place.BEACH: beach,
    Place.HILLS: hills,
    Place.MOUNTAINS: mountains,
    Place.FOREST: forest,
    Place.CITY: city,
    Place.DESERT: desert,
    Place.REEF: reef,
    Place.SPACE: space,
}
FRONTS = {Place.SEA: surf, Place.HILLS: meadow, Place.MOUNTAINS: meadow, Place.FOREST: meadow}


def moments(seconds: float, count: int, travel: float) -> Iterator[Moment]:
    """Yield when each of the pictures is taken, and where the camera is by then."""
    for number in range(count):
        part = number / max(1, count)
        yield Moment(seconds * part, part, (part - 0.5) * travel)


def landscape(plan: Plan, size: Size, *, seconds: float, count: int) -> Iterator[Image.Image]:
    """Yield the pictures of the scene in order, RGB."""
    stage = stage_for(plan, *size, seconds, dice(plan.seed))
    backdrop = sky_of(stage)
    moving = [*overhead(stage), *LANDS[plan.place](stage), *actors(stage)]
    front = FRONTS.get(plan.place)
    moving += [*(front(stage) if front else ()), *falling(plan.weather, size, stage.palette.haze)]
    for now in moments(seconds, count, stage.travel):
        picture = backdrop.copy()
        for part in moving:
            part.paint(picture, now)
        yield picture
