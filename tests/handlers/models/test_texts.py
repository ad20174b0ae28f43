"""What `/models` tells: the widest models fit into one message, in every language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chat.formatting import utf16_length
from chat.language import LANGUAGES, speaking
from domain.catalogue import Model
from domain.catalogue_file import parse_catalogue
from handlers.models import texts as model_texts
from handlers.models.handlers import ON_PAGE


@pytest.fixture
def widest() -> Model:
    """Return a model with the longest names and more lengths and sizes than are listed."""
    prices = ", ".join(f"{seconds} = 999" for seconds in range(500, 600))
    sizes = ", ".join(f'"{side}x10240"' for side in range(10100, 10200))
    return parse_catalogue(
        f'default = "{"m" * 40}"\n[models.{"m" * 40}]\ntitle = "{"&" * 40}"\nprice = {{ {prices} }}\n'
        f"sizes = [{sizes}]\nphotos = 10\nprivate = true\ncharacters = true\nedits = true\nwatermark = true"
    ).default_model


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_widest_models_fits(language: str, widest: Model, read: Callable[[str], str]) -> None:
    with speaking(language):
        said = read(model_texts.models([widest] * ON_PAGE, widest.name, 999, 999))
        notice = model_texts.is_default_now(widest)
    assert utf16_length(said) <= 4096  # Bot API: sendMessage
    assert len(notice) <= 200  # Bot API: answerCallbackQuery


def test_of_many_lengths_and_shapes_the_first_are_listed(widest: Model, read: Callable[[str], str]) -> None:
    lines = read(model_texts.models([widest], "another", 1, 1)).split("\n")
    [lengths] = [line for line in lines if line.startswith("⏱")]
    [shapes] = [line for line in lines if line.startswith("📐")]
    assert lengths.startswith("⏱ 500 s: 999 credits · 501 s: 999 credits · ")
    assert lengths.count("credits") == 8
    assert shapes.startswith("📐 Portrait · 10100p · 10101p · ")
    assert (shapes.count("·"), lengths.endswith(" · …"), shapes.endswith(" · …")) == (8, True, True)
