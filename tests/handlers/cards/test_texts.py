"""What stands on a card: all that is to know before a press, within Telegram's limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chat.formatting import utf16_length
from domain.catalogue import Catalogue
from domain.quota import Funds
from domain.request import Photo, VideoRequest
from domain.size import Size
from handlers.request import card_texts

PROMPTS = {
    "plain": "x" * 4000,
    "outside the basic plane": "🐈" * 4000,
    "marks of HTML": "<b>&\"'" * 800,
    "lines": "a cat\n" * 600,
}
PAGES = ("", "model", "seconds", "size")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_card_fits_and_says_what_it_costs(
    prompt: str,
    page: str,
    catalogue: Catalogue,
    funds: Callable[..., Funds],
    read: Callable[[str], str],
) -> None:
    request = VideoRequest(
        prompt=prompt,
        model="sora-2",
        seconds=600,
        size=Size(10240, 10240),
        price=999,
        photos=(Photo(file_id="photo"),) * 9,
        private=True,
        watermark=True,
    )
    model = catalogue.default_model.model_copy(update={"title": "A" * 39 + "&"})
    said = read(card_texts.card(request, model, funds(3, (1,)), photos=10, page=page))
    assert utf16_length(said) <= 4096  # Bot API: sendMessage
    assert "Costs 999 credits. Left today: 2 of 3 credits." in said


def test_a_card_says_all_that_is_to_know(
    catalogue: Catalogue, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    request = VideoRequest(prompt='a "cat" <3', model="sora-2", seconds=10, size=Size(1280, 720), price=1)
    assert read(card_texts.card(request, catalogue.default_model, funds(None), photos=0)) == (
        'a "cat" <3\n\n'
        "Sora 2 · 10 s · 1280×720\n\n"
        "Costs 1 credit. You may make as many videos as you like. A video that fails never counts.\n\n"
        "Tap to change it, or send other words."
    )


def test_each_page_of_choices_asks_its_question(
    catalogue: Catalogue, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    request = VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(1280, 720), price=1)
    said = [
        read(card_texts.card(request, catalogue.default_model, funds(3), photos=0, page=page))
        for page in PAGES[1:]
    ]
    assert [words.split("\n\n")[-1] for words in said] == [
        "Which model? /models tells them apart.",
        "How long?",
        "Which shape?",
    ]


def test_a_warning_fits_into_a_notice(catalogue: Catalogue) -> None:
    model = catalogue.default_model.model_copy(update={"title": "A" * 40})
    assert len(card_texts.not_kept_private(model)) <= 200  # Bot API: answerCallbackQuery
