"""A picture with four differently coloured quarters, and helpers that tell where they are."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
WHITE = (255, 255, 255)
ORIENTATION = 0x0112


def quarters(width: int = 64, height: int = 48) -> Image.Image:
    """Red and green above blue and yellow."""
    picture = Image.new("RGB", (2, 2))
    for place, colour in zip(((0, 0), (1, 0), (0, 1), (1, 1)), (RED, GREEN, BLUE, YELLOW), strict=True):
        picture.putpixel(place, colour)
    return picture.resize((width, height), Image.Resampling.NEAREST)


def corners(path: Path) -> tuple[str, ...]:
    """The colours of the corners by name: top left, top right, bottom left, bottom right."""
    with Image.open(path) as picture:
        right, bottom = picture.width - 3, picture.height - 3
        return tuple(_name(picture, place) for place in ((2, 2), (right, 2), (2, bottom), (right, bottom)))


def _name(picture: Image.Image, place: tuple[int, int]) -> str:
    names = {RED: "red", GREEN: "green", BLUE: "blue", YELLOW: "yellow", WHITE: "white"}
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return next(
        (
            name
            for colour, name in names.items()
            if max(abs(a - b) for a, b in zip(colour, found, strict=True)) < 60
        ),
        str(found),
    )
