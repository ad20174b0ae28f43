"""Finds, among the fonts that are installed, the one that has a text's letters."""

from collections.abc import Iterator

from PIL import ImageFont

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
