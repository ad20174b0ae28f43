"""The buttons under the settings of a group: pages of choices, and what is on or off."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind
from chat.language import LANGUAGES
from domain.catalogue import Catalogue
from domain.group import GroupRules
from handlers import choices
from handlers.choices import Choice, Keys
from handlers.groups import texts as group_texts

#: They are about the group that they stand in, whatever its id becomes.
_HERE = 0


def of_settings(rules: GroupRules, catalogue: Catalogue) -> InlineKeyboardMarkup:
    keys = Keys(ButtonKind.GROUP, _HERE)
    model = catalogue.find(rules.model) if rules.model is not None else None
    return InlineKeyboardMarkup(
        [
            [keys.opening(group_texts.model_button(model), "model")],
            [
                keys.opening(group_texts.shape_button(rules), "size"),
                keys.opening(group_texts.language_button(rules), "language"),
            ],
            *keys.of(_switches(rules), in_row=2),
        ]
    )


def of_page(page: str, rules: GroupRules, catalogue: Catalogue) -> InlineKeyboardMarkup | None:
    """Return the buttons of one page of choices; None if there is no such page."""
    keys = Keys(ButtonKind.GROUP, _HERE)
    match page:
        case "model":
            offered = choices.models(catalogue.models.values(), rules.model)
            rows = keys.of([_each_ones_own("model", is_chosen=rules.model is None), *offered], in_row=1)
        case "size":
            model = catalogue.find(rules.model) if rules.model is not None else None
            shapes = choices.shapes(model or catalogue.default_model, rules.shape)
            rows = keys.of([_each_ones_own("size", is_chosen=rules.shape is None), *shapes], in_row=2)
        case "language":
            rows = keys.of(_languages(rules), in_row=2)
        case _:
            return None
    return InlineKeyboardMarkup([*rows, keys.back()])


def _switches(rules: GroupRules) -> Sequence[Choice]:
    return [
        choices.switch(group_texts.admins_only_button(), "admins_only", is_on=rules.admins_only),
        choices.switch(group_texts.on_button(), "on", is_on=rules.is_on),
    ]


def _languages(rules: GroupRules) -> Sequence[Choice]:
    ours = [
        Choice(words=name, value=f"language={code}", is_chosen=rules.language == code)
        for code, name in LANGUAGES.items()
    ]
    return [_each_ones_own("language", is_chosen=rules.language is None), *ours]


def _each_ones_own(option: str, *, is_chosen: bool) -> Choice:
    return Choice(words=group_texts.each_ones_own_button(), value=f"{option}=", is_chosen=is_chosen)
