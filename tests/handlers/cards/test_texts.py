"""What stands on a card: all that is to know before a press, within Telegram's limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chat.formatting import utf16_length
from chat.job_texts import caption as caption_of
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue
from domain.preferences import Preferences
from domain.quota import Funds
from domain.request import Original, Photo, VideoRequest
from domain.size import Size
from handlers.request import card_texts

PROMPTS = {
    "plain": "x" * 4000,
    "outside the basic plane": "🐈" * 4000,
    "marks of HTML": "<b>&\"'" * 800,
    "lines": "a cat\n" * 600,
}
PAGES = {
    "model": "Which model? /models compares them.",
    "seconds": "How long?",
    "size": "Which shape?",
    "": "",
    "prompt": "",
}
CAT = VideoRequest(prompt='a "cat" <3', model="sora-2", seconds=10, size=Size(1280, 720), price=1)


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_card_fits_and_says_what_it_costs(
    prompt: str,
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
    defaults = Preferences(seconds=600, private=True, watermark=True)
    card = card_texts.card(request, model, funds(3, (1,)), photos=10, preferences=defaults)
    said = read(f"{card}\n\n{card_texts.question('more', model, can_keep=True)}")
    assert utf16_length(said) <= 4096  # Bot API: sendMessage
    assert "· 999 credits (2 left)\n" in said


def test_a_card_says_all_that_is_to_know(
    catalogue: Catalogue, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    said = [
        read(card_texts.card(CAT, catalogue.default_model, funds(*allowance), photos=0))
        for allowance in ((None,), (3, (1,)))
    ]
    assert said == [
        'a "cat" <3\n\nSora 2 · 10 s · Landscape · 1 credit',
        'a "cat" <3\n\nSora 2 · 10 s · Landscape · 1 credit (2 left)',
    ]


DEFAULTS = {
    "nothing": ({}, Preferences(), ""),
    "a length that costs more": (
        {"seconds": 15},
        Preferences(seconds=15),
        "⚙️ Your default: 15 s · /settings",
    ),
    "the length of the catalogue": ({}, Preferences(seconds=10), ""),
    "another length than theirs": ({"seconds": 15}, Preferences(seconds=10), ""),
    "privacy": ({"private": True}, Preferences(private=True), "⚙️ Your default: private · /settings"),
    "privacy that was asked for": ({"private": True}, Preferences(), ""),
    "privacy that was not wanted this time": ({}, Preferences(private=True), ""),
    "everything": (
        {"seconds": 15, "private": True, "watermark": True},
        Preferences(seconds=15, private=True, watermark=True, model="veo", shape=Size(1, 1)),
        "⚙️ Your default: 15 s · private · with watermark · /settings",
    ),
    "an edit": (
        {"seconds": 15, "original": Original(job_id=1, video_id="v")},
        Preferences(seconds=15),
        "",
    ),
}


@pytest.mark.parametrize(("changes", "preferences", "line"), DEFAULTS.values(), ids=DEFAULTS)
def test_card_and_caption_say_what_costs_more_or_makes_less_by_default(
    changes: dict[str, Any],
    preferences: Preferences,
    line: str,
    catalogue: Catalogue,
    funds: Callable[..., Funds],
) -> None:
    request, model = replace(CAT, **changes), catalogue.default_model
    card = card_texts.card(request, model, funds(None), photos=0, preferences=preferences)
    caption = caption_of(request, model, preferences=preferences)
    assert [words.partition("\n\n")[2].partition("\n")[2] for words in (card, caption)] == [line, line]


RESOLUTIONS = {
    "one that costs more": (Size(1080, 1920), Size(1080, 1920), "⚙️ Your default: 1080p · /settings"),
    "the usual one": (Size(720, 1280), Size(720, 1280), ""),
    "one that was asked for": (Size(1080, 1920), Size(720, 1280), ""),
}


@pytest.mark.parametrize(("size", "preferred", "line"), RESOLUTIONS.values(), ids=RESOLUTIONS)
def test_card_and_caption_say_that_a_resolution_is_a_default(size: Size, preferred: Size, line: str) -> None:
    model = packaged_catalogue().models["gemini-omni"]
    request = replace(CAT, model=model.name, seconds=5, size=size)
    said = caption_of(request, model, preferences=Preferences(shape=preferred))
    assert said.partition("\n\n")[2].partition("\n")[2] == line


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_choices_asks_its_question(
    page: str, catalogue: Catalogue, read: Callable[[str], str]
) -> None:
    assert read(card_texts.question(page, catalogue.default_model, can_keep=True)) == PAGES[page]


def test_what_is_behind_more_is_explained(catalogue: Catalogue, read: Callable[[str], str]) -> None:
    explained = {
        (model.name, can_keep): [
            line.partition(":")[0]
            for line in read(card_texts.question("more", model, can_keep=can_keep)).splitlines()
        ]
        for model in (catalogue.models["sora-2"], catalogue.models["veo"])
        for can_keep in (True, False)
    }
    assert explained == {
        ("sora-2", True): ["🔒 Private", "💧 Watermark", "☆ Keep as my default"],
        ("sora-2", False): ["🔒 Private", "💧 Watermark"],
        ("veo", True): ["☆ Keep as my default"],
        ("veo", False): [],
    }


def test_a_warning_fits_into_a_notice(catalogue: Catalogue) -> None:
    model = catalogue.default_model.model_copy(update={"title": "A" * 40})
    assert len(card_texts.not_kept_private(model)) <= 200  # Bot API: answerCallbackQuery
