"""The prompt at a clip's foot: small, on a shadow, in whatever script it is."""

from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sandbox.video_api.scenery.brush import Size

#: More of a prompt is not read.
LONGEST_CAPTION = 300
MOST_LINES = 2
MORE = "…"
#: What the letters are of the shorter side, and the least they are in pixels.
LETTERS, LEAST_LETTERS = 1 / 26, 9
SHADOW = 150


def caption_of(text: str, size: Size) -> tuple[Image.Image, tuple[int, int]] | None:
    """Return the text in white on a shadow (RGBA) and its upper left corner; None if there is nothing to read."""
    font = font_for(text, max(LEAST_LETTERS, round(min(size) * LETTERS)))
    lines = _wrapped(_drawable(text, font), font, size[0] * 0.84)
    if not lines:
        return None
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], _shortened(lines[MOST_LINES - 1], font, size[0] * 0.84)]
    line_height = font.size * 1.35
    band = round(min(size[1], line_height * len(lines) + font.size * 3.6))
    letters = Image.new("L", (size[0], band))
    middle = size[0] / 2, band - font.size * 1.5 - line_height * len(lines) / 2
    ImageDraw.Draw(letters).multiline_text(
        middle, "\n".join(lines), fill=255, font=font, anchor="mm", align="center", spacing=font.size * 0.3
    )
    shade = (
        Image.linear_gradient("L")
        .resize((size[0], band))
        .point([round((n / 255) ** 1.5 * SHADOW) for n in range(256)])
    )
    around = letters.filter(ImageFilter.GaussianBlur(font.size / 5))
    shade.paste(200, (0, 0, *shade.size), around)
    piece = Image.new("RGB", shade.size, (8, 10, 18))
    piece.putalpha(shade)
    piece.paste("white", (0, 0), letters)
    return piece, (0, size[1] - band)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider (or a script without spaces) is broken."""
    lines: list[str] = [""]
    for word in text.split():
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


def _shortened(line: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    while line and font.getlength(line + MORE) > width:
        line = line[:-1]
    return line.rstrip() + MORE


def _drawable(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text's beginning without what the font has no picture of."""
    readable = _printable(text[:LONGEST_CAPTION])
    undrawn = {letter for letter in readable if is_undrawn(letter, font)}
    return "".join(letter for letter in readable if letter not in undrawn)


def _printable(text: str) -> str:
    """Control characters as spaces, and no lone surrogates: neither can be drawn."""
    readable = text.encode("utf-8", errors="replace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in readable)


#: What systems have, the one with most scripts first; of those that draw a text equally well the first is taken.
FONTS = (
    *("NotoSansCJK-Regular.ttc", "DejaVuSans.ttf", "NotoSansArabic-Regular.ttf"),
    *("NotoSansDevanagari-Regular.ttf", "Arial Unicode.ttf", "Arial.ttf"),
)
#: No character, so that no font has a picture of it but the one for what is missing.
NO_CHARACTER = "\U0010ffff"
LONGEST_SAMPLE = 200


def font_for(text: str, size: int) -> ImageFont.FreeTypeFont:
    """The font that leaves the fewest of the text's letters undrawn; `size` in pixels."""
    return min(_installed(size), key=lambda font: count_undrawn(text, font))


def count_undrawn(text: str, font: ImageFont.FreeTypeFont) -> int:
    """How many different letters at the text's beginning the font has no picture of."""
    letters = {letter for letter in text[:LONGEST_SAMPLE] if letter.isalnum()}
    return sum(is_undrawn(letter, font) for letter in letters)


def is_undrawn(letter: str, font: ImageFont.FreeTypeFont) -> bool:
    """Whether the font has no picture of it."""
    return bytes(font.getmask(letter)) == _missing(font)


@lru_cache(maxsize=64)
def _missing(font: ImageFont.FreeTypeFont) -> bytes:
    return bytes(font.getmask(NO_CHARACTER))


@lru_cache(maxsize=8)
def _installed(size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    return tuple(_fonts(size))


def _fonts(size: int) -> Iterator[ImageFont.FreeTypeFont]:
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
