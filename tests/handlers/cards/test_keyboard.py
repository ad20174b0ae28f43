"""The buttons under a card: what they carry fits, and they offer what the catalogue has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from telegram import InlineKeyboardMarkup

from chat import callback_data
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.request import Photo, VideoRequest
from domain.size import Size
from handlers.request import card_keyboard, ideas

#: More cards than anybody will ever see; the longest name that a catalogue takes.
LARGEST_ID, LONGEST_NAME = 9_999_999_999, "m" * 40
PAGES = ("model", "seconds", "size", "more")


@cache
def many() -> Catalogue:
    """Return a catalogue with more of everything than a keyboard holds."""
    names = [LONGEST_NAME, *(f"model-{number}" for number in range(120))]
    prices = ", ".join(f"{seconds} = {seconds}" for seconds in range(1, 121))
    sizes = ", ".join(f'"{side}x1280"' for side in range(64, 184))
    tables = (
        f'[models.{name}]\ntitle = "{"A" * 40}"\nprice = {{ {prices} }}\nsizes = [{sizes}]\nprivate = true\n'
        for name in names
    )
    return parse_catalogue(f'default = "{LONGEST_NAME}"\n' + "\n".join(tables))


def asked(catalogue: Catalogue, *photos: Photo) -> VideoRequest:
    model = catalogue.default_model
    return VideoRequest(
        prompt="a cat",
        model=model.name,
        seconds=model.lengths[0],
        size=model.sizes[0],
        price=1,
        photos=photos,
    )


def under(markup: InlineKeyboardMarkup | None) -> Iterator[tuple[str, str]]:
    """Yield what stands on each button and what it carries."""
    assert markup is not None
    for row in markup.inline_keyboard:
        for one in row:
            assert isinstance(one.callback_data, str)
            yield one.text, one.callback_data


@pytest.mark.parametrize("page", ["", *PAGES])
def test_every_button_of_the_largest_catalogue_fits_and_is_read_back(page: str) -> None:
    catalogue = many()
    request = asked(catalogue)
    markup = (
        card_keyboard.of_page(page, LARGEST_ID, request, catalogue, can_keep=True)
        if page
        else card_keyboard.of_card(LARGEST_ID, request, catalogue, can_keep=True)
    )
    carried = [data for _, data in under(markup)]
    assert [data for data in carried if callback_data.read(data) is None] == []
    assert max(len(data.encode()) for data in carried) <= 64  # Bot API: InlineKeyboardButton
    assert len(carried) <= 100


def test_there_is_no_page_of_anything_else(catalogue: Catalogue) -> None:
    pages = [
        card_keyboard.of_page(page, 1, asked(catalogue), catalogue) for page in ("", "prompt", "private")
    ]
    assert pages == [None, None, None]


def test_with_a_photo_only_models_that_take_one_are_offered() -> None:
    catalogue = parse_catalogue(
        'default = "sees"\n'
        '[models.sees]\ntitle = "Sees"\nprice = { 5 = 1 }\nsizes = ["1280x720"]\nphotos = 1\n'
        '[models.blind]\ntitle = "Blind"\nprice = { 5 = 1 }\nsizes = ["1280x720"]\n'
        '[models.sees-too]\ntitle = "Sees too"\nprice = { 5 = 2 }\nsizes = ["1280x720"]\nphotos = 2\n'
    )
    photo = Photo(file_id="photo", size=Size(720, 1280))
    offered = [
        [words for words, _ in under(card_keyboard.of_page("model", 1, request, catalogue))]
        for request in (asked(catalogue), asked(catalogue, photo))
    ]
    assert offered == [
        ["✓ Sees · 1 credit", "Blind · 1 credit", "Sees too · 2 credits", "‹ Back"],
        ["✓ Sees · 1 credit", "Sees too · 2 credits", "‹ Back"],
    ]


def test_a_model_that_leaves_nothing_to_choose_leaves_the_main_button_alone() -> None:
    catalogue = parse_catalogue(
        'default = "tiny"\n[models.tiny]\ntitle = "Tiny"\nprice = { 4 = 1 }\nsizes = ["512x512"]'
    )
    assert list(under(card_keyboard.of_card(7, asked(catalogue), catalogue))) == [
        ("🎬 Make it · 1 credit", "1:make:7:1")
    ]


TITLES = {
    "short": ("Sora 2", [["📱 Portrait ▾", "4 s ▾", "Sora 2 ▾"]]),
    "long": ("Veo 3.1 Components", [["📱 Portrait ▾", "4 s ▾"], ["Veo 3.1 Components ▾"]]),
}


@pytest.mark.parametrize(("title", "rows"), TITLES.values(), ids=TITLES)
def test_the_choices_stand_beside_each_other_as_far_as_a_phone_shows_them(
    title: str, rows: list[list[str]]
) -> None:
    one = 'price = { 4 = 1, 8 = 2 }\nsizes = ["720x1280", "1280x720"]\n'
    catalogue = parse_catalogue(
        f'default = "a"\n[models.a]\ntitle = "{title}"\n{one}[models.b]\ntitle = "B"\n{one}'
    )
    keyboard = card_keyboard.of_card(7, asked(catalogue), catalogue, can_keep=True).inline_keyboard
    shown = [[key.text for key in row] for row in keyboard]
    assert shown == [["🎬 Make it · 1 credit"], *rows, ["⋯ More"]]


def test_a_card_of_a_surprise_leads_to_each_other_one_before_it_comes_again(catalogue: Catalogue) -> None:
    name, seen = ideas.names()[0], list[str]()
    while name not in seen:
        seen.append(name)
        request = replace(asked(catalogue), prompt=ideas.surprise(name) or "")
        [data] = [
            data
            for words, data in under(card_keyboard.of_card(7, request, catalogue))
            if words == "🎲 Another"
        ]
        name = data.partition("=")[2]
    assert sorted(seen) == sorted(ideas.names())
    assert len(seen) >= 12
