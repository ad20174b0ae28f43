"""The colours of a landscape at each time of day, and what weather makes of them."""

from dataclasses import dataclass, replace

from sandbox.video_api.scenery.brush import Colour, mixed
from sandbox.video_api.scenery.words import Time, Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours from far to near; `shade` is laid over whatever stands in the scene, as strongly as `shading`."""

    sky: tuple[Colour, ...]
    light: Colour
    haze: Colour
    far: Colour
    near: Colour
    sea_far: Colour
    sea_near: Colour
    cloud: Colour
    cloud_shade: Colour
    sand: Colour
    shade: Colour
    shading: float
    #: How high the sun or moon stands: 0 at the horizon, 1 at the top.
    height: float
    #: How many windows are lit.
    windows: float


PALETTES = {
    Time.DAWN: Palette(
        sky=((74, 104, 168), (142, 148, 204), (222, 172, 200), (255, 196, 172), (255, 228, 190)),
        light=(255, 246, 220),
        haze=(255, 218, 198),
        far=(196, 164, 190),
        near=(62, 70, 108),
        sea_far=(250, 204, 190),
        sea_near=(78, 104, 158),
        cloud=(255, 232, 226),
        cloud_shade=(206, 160, 196),
        sand=(226, 186, 170),
        shade=(196, 138, 172),
        shading=0.2,
        height=0.16,
        windows=0.3,
    ),
    Time.DAY: Palette(
        sky=((42, 118, 210), (86, 158, 232), (142, 198, 244), (196, 228, 250), (234, 246, 250)),
        light=(255, 252, 232),
        haze=(216, 236, 244),
        far=(142, 184, 196),
        near=(58, 128, 78),
        sea_far=(134, 204, 222),
        sea_near=(14, 92, 150),
        cloud=(255, 255, 255),
        cloud_shade=(190, 214, 236),
        sand=(240, 216, 166),
        shade=(120, 170, 220),
        shading=0.04,
        height=0.66,
        windows=0.12,
    ),
    Time.SUNSET: Palette(
        sky=((44, 30, 96), (110, 48, 124), (206, 76, 112), (250, 134, 88), (255, 200, 112)),
        light=(255, 238, 186),
        haze=(255, 180, 116),
        far=(192, 92, 112),
        near=(46, 24, 62),
        sea_far=(255, 176, 108),
        sea_near=(78, 36, 98),
        cloud=(255, 176, 140),
        cloud_shade=(160, 66, 122),
        sand=(196, 124, 100),
        shade=(120, 40, 90),
        shading=0.26,
        height=0.1,
        windows=0.45,
    ),
    Time.NIGHT: Palette(
        sky=((6, 9, 30), (11, 21, 56), (22, 40, 88), (40, 66, 122), (70, 98, 152)),
        light=(246, 244, 226),
        haze=(60, 88, 140),
        far=(44, 66, 114),
        near=(9, 15, 36),
        sea_far=(62, 92, 146),
        sea_near=(8, 17, 46),
        cloud=(82, 104, 152),
        cloud_shade=(34, 50, 94),
        sand=(64, 74, 112),
        shade=(16, 28, 74),
        shading=0.42,
        height=0.62,
        windows=0.62,
    ),
}
#: What toys and boats are painted in.
BRIGHT: tuple[Colour, ...] = (
    (228, 58, 62),
    (250, 190, 60),
    (64, 130, 220),
    (240, 120, 170),
    (110, 180, 90),
    (250, 140, 60),
)
NEON_HAZE: Colour = (150, 60, 170)
RAIN_GREY: Colour = (98, 112, 132)
STORM_GREY: Colour = (40, 47, 70)
MIST: Colour = (196, 200, 214)
SNOW_WHITE: Colour = (240, 245, 252)


def palette_of(time: Time, weather: Weather, *, neon: bool = False) -> Palette:
    """Return the colours at that time in that weather, or in the shine of signs."""
    colours = _neon(PALETTES[time]) if neon else PALETTES[time]
    match weather:
        case Weather.CLEAR:
            return colours
        case Weather.RAIN:
            return _greyed(colours, mixed(RAIN_GREY, colours.sky[1], 0.25), 0.72)
        case Weather.STORM:
            return _greyed(colours, mixed(STORM_GREY, colours.sky[0], 0.15), 0.94)
        case Weather.SNOW:
            return _snowed(_greyed(colours, mixed(SNOW_WHITE, colours.sky[2], 0.6), 0.35))
        case Weather.FOG:
            return _misty(colours)


def _neon(colours: Palette) -> Palette:
    """A sky that is violet above and magenta at its foot."""
    shine = ((70, 20, 120), (90, 30, 140), (130, 40, 150), (190, 50, 150), (236, 80, 150))
    sky = tuple(
        mixed(colour, light, 0.12 * row)
        for row, (colour, light) in enumerate(zip(colours.sky, shine, strict=True))
    )
    return replace(
        colours, sky=sky, haze=mixed(colours.haze, NEON_HAZE, 0.5), far=mixed(colours.far, NEON_HAZE, 0.3)
    )


def _greyed(colours: Palette, grey: Colour, part: float) -> Palette:
    """Everything nearer to one grey, the sky most."""
    light = mixed(grey, colours.haze, 0.9 - 0.7 * part)
    return replace(
        colours,
        sky=tuple(mixed(colour, mixed(grey, light, row / 4), part) for row, colour in enumerate(colours.sky)),
        haze=mixed(colours.haze, light, part),
        far=mixed(colours.far, grey, part * 0.7),
        near=mixed(colours.near, grey, part * 0.25),
        sea_far=mixed(colours.sea_far, light, part),
        sea_near=mixed(colours.sea_near, mixed(grey, (10, 16, 34), 0.45), part * 0.75),
        cloud=mixed(colours.cloud, light, part),
        cloud_shade=mixed(colours.cloud_shade, grey, part),
        sand=mixed(colours.sand, grey, part * 0.5),
    )


def _snowed(colours: Palette) -> Palette:
    """White ground, as light as the sky over it lets it be."""
    white = mixed(SNOW_WHITE, colours.sky[2], 0.45 if colours.windows > 0.5 else 0.12)  # noqa: PLR2004 - at night
    return replace(
        colours,
        far=mixed(white, colours.far, 0.5),
        near=mixed(white, mixed(colours.near, colours.sky[0], 0.5), 0.26),
        sand=white,
        cloud_shade=mixed(colours.cloud_shade, colours.sky[1], 0.5),
    )


def _misty(colours: Palette) -> Palette:
    mist = mixed(mixed(colours.haze, colours.sky[2], 0.35), MIST, 0.4)
    return replace(
        colours,
        sky=tuple(mixed(colour, mist, 0.25 + 0.13 * row) for row, colour in enumerate(colours.sky)),
        haze=mist,
        far=mixed(colours.far, mist, 0.6),
        near=mixed(colours.near, mist, 0.12),
        sea_far=mixed(colours.sea_far, mist, 0.7),
        sea_near=mixed(colours.sea_near, mist, 0.25),
    )
