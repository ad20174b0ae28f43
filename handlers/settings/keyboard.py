"""The buttons under the settings: pages of choices, and what is on or off."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind
from chat.formatting import drawn_shape, told_from
from chat.language import LANGUAGES
from domain.catalogue import Catalogue
from domain.preferences import Preferences
from domain.request import VideoRequest
from handlers import choice_texts, choices
from handlers.choices import Choice, Keys
from handlers.settings import texts as settings_texts


def of_settings(
    person_id: int, preferred: VideoRequest, preferences: Preferences, catalogue: Catalogue
) -> InlineKeyboardMarkup:
    """Return the buttons of the settings; `preferred` is a request that leaves everything open."""
    keys = Keys(ButtonKind.SET, person_id)
    model = catalogue.models[preferred.model]
    return InlineKeyboardMarkup(
        [
            [keys.opening(settings_texts.model_button(model), "model")],
            [
                keys.opening(settings_texts.length_button(preferred.seconds), "seconds"),
                keys.opening(drawn_shape(preferred.size, told_from(preferred.size, model.sizes)), "size"),
            ],
            *keys.of(_switches(preferences, catalogue), in_row=2),
            [keys.opening(settings_texts.language_button(), "language")],
        ]
    )


def of_page(
    page: str, person_id: int, preferred: VideoRequest, preferences: Preferences, catalogue: Catalogue
) -> InlineKeyboardMarkup | None:
    """Return the buttons of one page of choices; None if there is no such page."""
    keys, model = Keys(ButtonKind.SET, person_id), catalogue.models[preferred.model]
    match page:
        case "model":
            rows = keys.of(
                choices.models(catalogue.to_choose_from(preferred.model), preferred.model), in_row=1
            )
        case "seconds":
            rows = keys.of(choices.lengths(model, preferred.seconds, preferred.size), in_row=2)
        case "size":
            rows = keys.of(choices.shapes(model, preferred.size, preferred.seconds), in_row=2)
        case "language":
            rows = keys.of(_languages(preferences), in_row=2)
        case _:
            return None
    return InlineKeyboardMarkup([*rows, keys.back()])


def _switches(preferences: Preferences, catalogue: Catalogue) -> Sequence[Choice]:
    switches = []
    if any(model.private for model in catalogue.models.values()):
        switches.append(choices.switch(choice_texts.private(), "private", is_on=preferences.private))
    if any(model.watermark for model in catalogue.models.values()):
        switches.append(choices.switch(choice_texts.watermark(), "watermark", is_on=preferences.watermark))
    return [
        *switches,
        choices.switch(settings_texts.ask_first_button(), "ask_first", is_on=preferences.ask_first),
    ]


def _languages(preferences: Preferences) -> Sequence[Choice]:
    chosen = preferences.language
    telegram = Choice(words=settings_texts.as_in_telegram(), value="language=", is_chosen=chosen is None)
    ours = [
        Choice(words=name, value=f"language={code}", is_chosen=chosen == code)
        for code, name in LANGUAGES.items()
    ]
    return [telegram, *ours]
