"""Draws a clip's pictures: the prompt on a moving sky, a slow zoom into a photo, or noise."""

import colorsys
import io
import math
import os
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont, ImageOps

from sandbox.video_api.clip_spec import ClipSpec

#: How much of a photo the slow zoom has cut away by the end.
ZOOM = 0.12


def pictures(spec: ClipSpec) -> Iterator[Image.Image]:
    """Every frame in order, RGB, of the clip's size, `frames_per_second` for each second.

    Raises:
        PIL.UnidentifiedImageError: The photo is no picture.
    """
    if spec.variant.noisy:
        return _noise(spec)
    if spec.photo is not None:
        return _zoom(spec, spec.photo)
    return _titles(spec)


def _frame_count(spec: ClipSpec) -> int:
    return spec.seconds * spec.frames_per_second


def _noise(spec: ClipSpec) -> Iterator[Image.Image]:
    size = (spec.width, spec.height)
    for _ in range(_frame_count(spec)):
        yield Image.frombytes("L", size, os.urandom(spec.width * spec.height)).convert("RGB")


def _zoom(spec: ClipSpec, photo: bytes) -> Iterator[Image.Image]:
    """The photo as it is, then nearer and nearer."""
    size = (spec.width, spec.height)
    with Image.open(io.BytesIO(photo)) as opened:
        still = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGB"), size)
    count = _frame_count(spec)
    for number in range(count):
        cut = ZOOM / 2 * number / count
        box = (spec.width * cut, spec.height * cut, spec.width * (1 - cut), spec.height * (1 - cut))
        yield still.resize(size, Image.Resampling.BILINEAR, box=box)


def _titles(spec: ClipSpec) -> Iterator[Image.Image]:
    """The prompt over a sky that drifts by and a sun that crosses it."""
    hue = zlib.crc32(spec.prompt.encode(errors="replace")) % 360 / 360
    sky = _sky(spec.width * 2, spec.height, hue)
    title, corner = _title(spec)
    radius = min(spec.width, spec.height) // 8
    count = _frame_count(spec)
    for number in range(count):
        done = number / count
        left = int(spec.width * done)
        picture = sky.crop((left, 0, left + spec.width, spec.height))
        centre = (spec.width * done, spec.height * (0.6 - 0.4 * math.sin(math.pi * done)))
        ImageDraw.Draw(picture).circle(centre, radius, fill=_colour(hue + 0.5, 0.5, 1.0))
        picture.paste("white", corner, title)
        yield picture


def _sky(width: int, height: int, hue: float) -> Image.Image:
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    return ImageOps.colorize(across, _colour(hue, 0.7, 0.35), _colour(hue + 0.2, 0.6, 0.7))


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = (round(part * 255) for part in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue


def _title(spec: ClipSpec) -> tuple[Image.Image, tuple[int, int]]:
    """The prompt as a mask, white where letters are and no larger than they need, and where its corner goes."""
    mask = Image.new("L", (spec.width, spec.height), 0)
    draw = ImageDraw.Draw(mask)
    font = font_for(spec.prompt, max(12, min(spec.width, spec.height) // 14))
    lines = _wrapped(spec.prompt, font, spec.width * 0.86)
    fitting = max(1, int(spec.height * 0.8 / (font.size * 1.4)))
    text = "\n".join(lines[:fitting])
    centre = (spec.width / 2, spec.height / 2)
    draw.multiline_text(centre, text, fill=255, font=font, anchor="mm", align="center")
    left, upper, right, lower = mask.getbbox() or (0, 0, 1, 1)
    return mask.crop((left, upper, right, lower)), (left, upper)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider (or a script without spaces) is broken."""
    lines: list[str] = [""]
    words = _printable(text)[:1000].split()
    for word in words:
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        lines.extend(_broken(word, font, width))
    return [line for line in lines if line]


def _broken(word: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if font.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _printable(text: str) -> str:
    """Control characters as spaces, and no lone surrogates: neither can be drawn."""
    readable = text.encode("utf-8", errors="replace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in readable)


#: What systems have, the one with most scripts first; of those that draw a text equally well the first is taken.
FONTS = (
    *("NotoSansCJK-Regular.ttc", "DejaVuSans-Bold.ttf", "NotoSansArabic-Regular.ttf"),
    *("NotoSansDevanagari-Regular.ttf", "Arial Unicode.ttf", "arialbd.ttf", "Arial.ttf"),
)
#: No character, so that no font has a picture of it but the one for what is missing.
NO_CHARACTER = "\U0010ffff"
LONGEST_SAMPLE = 200


def font_for(text: str, size: int) -> ImageFont.FreeTypeFont:
    """The font that leaves the fewest of the text's letters undrawn; `size` in pixels."""
    return min(_installed(size), key=lambda font: count_undrawn(text, font))


def count_undrawn(text: str, font: ImageFont.FreeTypeFont) -> int:
    """How many different letters at the text's beginning the font has no picture of."""
    missing = bytes(font.getmask(NO_CHARACTER))
    letters = {letter for letter in text[:LONGEST_SAMPLE] if letter.isalnum()}
    return sum(bytes(font.getmask(letter)) == missing for letter in letters)


def _installed(size: int) -> Iterator[ImageFont.FreeTypeFont]:
    """The system's fonts, and Pillow's own, which is always there."""
    for name in FONTS:
        try:
            yield ImageFont.truetype(name, size)
        except OSError:
            continue
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType: install a wheel of it, they all have it.")
    yield font
