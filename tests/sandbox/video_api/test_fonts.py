"""Which font draws a text."""

import pytest
from PIL import ImageFont

from sandbox.video_api.scenery.caption import count_undrawn, font_for


@pytest.mark.parametrize(
    ("text", "undrawn"),
    [("A cat, surfing!", 0), ("Кот и cat", 4), ("猫 cat 猫", 1), ("مرحبا", 5), ("🎬 …", 0)],
)
def test_letters_without_a_picture_are_counted_once(text: str, undrawn: int) -> None:
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert count_undrawn(text, font) == undrawn


@pytest.mark.parametrize("text", ["a cat", "кот", "قطة تركب الأمواج", "雨中的纸船"])
def test_a_text_is_drawn_with_the_font_that_has_most_of_its_letters(text: str) -> None:
    fallback = ImageFont.load_default(20)
    assert isinstance(fallback, ImageFont.FreeTypeFont)
    chosen = font_for(text, 20)
    assert count_undrawn(text, chosen) <= count_undrawn(text, fallback)
    try:
        known = ImageFont.truetype("DejaVuSans.ttf", 20)
    except OSError:
        return
    assert count_undrawn(text, chosen) <= count_undrawn(text, known)


def test_letters_that_all_have_are_drawn_with_the_first_font() -> None:
    assert font_for("a cat", 20).getname() == font_for("", 20).getname()
