"""The buttons and words of the settings: they fit, and offer only what some model of the catalogue has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telegram import InlineKeyboardMarkup

from chat import callback_data
from chat.formatting import utf16_length
from chat.language import LANGUAGES, speaking
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.size import Size
from handlers.request.make import preferred_request
from handlers.settings import keyboard as settings_menu
from handlers.settings import texts as settings_texts

#: More than Telegram has numbered so far, by a factor of ten.
LARGEST_ID, LONGEST_NAME = 99_999_999_999, "m" * 40
LONGEST = f"""
default = "{LONGEST_NAME}"
[models.{LONGEST_NAME}]
title = "{"A" * 39}&"
price = {{ 600 = 999, 599 = 998 }}
sizes = ["10240x10240", "64x64"]
private = true
watermark = true
"""
PLAIN = 'default = "tiny"\n[models.tiny]\ntitle = "Tiny"\nprice = { 4 = 1 }\nsizes = ["512x512"]'
PAGES = ("model", "seconds", "size", "language")


def carried(markup: InlineKeyboardMarkup | None) -> list[str]:
    assert markup is not None
    return [str(one.callback_data) for row in markup.inline_keyboard for one in row]


@pytest.mark.parametrize("text", [LONGEST, PLAIN], ids=["longest", "plain"])
def test_every_button_fits_and_is_read_back(text: str) -> None:
    catalogue = parse_catalogue(text)
    shown = LARGEST_ID, preferred_request(catalogue, NOTHING_CHOSEN), NOTHING_CHOSEN, catalogue
    every = carried(settings_menu.of_settings(*shown))
    for page in PAGES:
        every += carried(settings_menu.of_page(page, *shown))
    assert [data for data in every if callback_data.read(data) is None] == []
    assert max(len(data.encode()) for data in every) <= 64  # Bot API: InlineKeyboardButton


def test_what_no_model_has_is_not_asked() -> None:
    catalogue = parse_catalogue(PLAIN)
    markup = settings_menu.of_settings(
        1, preferred_request(catalogue, NOTHING_CHOSEN), NOTHING_CHOSEN, catalogue
    )
    assert carried(markup) == [
        "1:set:1:model",
        "1:set:1:seconds",
        "1:set:1:size",
        "1:set:1:ask_first=yes",
        "1:set:1:language",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_fit_into_a_message_in_every_language(language: str, read: Callable[[str], str]) -> None:
    catalogue = parse_catalogue(LONGEST)
    preferences = Preferences(language=language, private=True, watermark=True, ask_first=True)
    with speaking(language):
        preferred = preferred_request(catalogue, preferences)
        said = read(settings_texts.settings(preferred, catalogue.default_model, preferences))
        notices = (settings_texts.not_yours(),)
    assert utf16_length(said) <= 4096  # Bot API: sendMessage
    assert LANGUAGES[language] in said
    assert max(len(notice) for notice in notices) <= 200  # Bot API: answerCallbackQuery


PREFERRED = {
    "nothing": (NOTHING_CHOSEN, ("sora-2", 10, "720x1280")),
    "another model": (Preferences(model="veo"), ("veo", 8, "1280x720")),
    "a model that is gone": (Preferences(model="sora-1"), ("sora-2", 10, "720x1280")),
    "a length the model has": (Preferences(seconds=15), ("sora-2", 15, "720x1280")),
    "a length it lacks": (Preferences(seconds=25), ("sora-2", 10, "720x1280")),
    "a shape": (Preferences(shape=Size(1280, 720)), ("sora-2", 10, "1280x720")),
    "a finer size of the same shape": (Preferences(shape=Size(1792, 1024)), ("sora-2", 10, "1280x720")),
    "a shape it lacks": (Preferences(shape=Size(512, 512)), ("sora-2", 10, "720x1280")),
    "private by a model that cannot": (Preferences(model="veo", private=True), ("veo", 8, "1280x720")),
}


@pytest.mark.parametrize(("preferences", "made"), PREFERRED.values(), ids=PREFERRED)
def test_what_is_preferred_holds_as_far_as_the_model_goes(
    preferences: Preferences, made: tuple[str, int, str], catalogue: Catalogue
) -> None:
    request = preferred_request(catalogue, preferences)
    assert (request.model, request.seconds, str(request.size)) == made
