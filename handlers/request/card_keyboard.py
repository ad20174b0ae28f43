"""The buttons under a card: making the video first, then all that the chosen model leaves to choose."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from chat import button_texts
from chat.callback_data import ButtonKind, button
from domain.catalogue import Catalogue, Model
from domain.request import VideoRequest
from handlers import choice_texts, choices
from handlers.choices import Choice, Keys

#: So few choices stand on the card itself, one tap away; more have a page of their own.
_AT_ONCE = 2


def of_card(draft_id: int, request: VideoRequest, catalogue: Catalogue) -> InlineKeyboardMarkup:
    """Return the buttons of the card; a choice without an alternative has none."""
    model, keys = catalogue.models[request.model], Keys(ButtonKind.PICK, draft_id)
    rows = [[button(button_texts.make(), ButtonKind.MAKE, draft_id)]]
    if len(_able(request, catalogue)) > 1:
        rows.append([keys.opening(model.title, "model")])
    pages = (
        (
            "seconds",
            choice_texts.length_alone(request.seconds),
            choices.lengths(model, request.seconds, request.size),
        ),
        ("size", choice_texts.shape_of(request.size), choices.shapes(model, request.size, request.seconds)),
    )
    for _, _, offered in pages:
        if 1 < len(offered) <= _AT_ONCE:
            rows += keys.of(offered, in_row=_AT_ONCE)
    opening = [keys.opening(words, page) for page, words, offered in pages if len(offered) > _AT_ONCE]
    if opening:
        rows.append(opening)
    return InlineKeyboardMarkup([*rows, *keys.of(_switches(request, model), in_row=2)])


def of_page(
    page: str, draft_id: int, request: VideoRequest, catalogue: Catalogue
) -> InlineKeyboardMarkup | None:
    """Return the buttons of one page of choices; None if there is no such page."""
    keys, model = Keys(ButtonKind.PICK, draft_id), catalogue.models[request.model]
    match page:
        case "model":
            rows = keys.of(choices.models(_able(request, catalogue), request.model), in_row=1)
        case "seconds":
            rows = keys.of(choices.lengths(model, request.seconds, request.size), in_row=2)
        case "size":
            rows = keys.of(choices.shapes(model, request.size, request.seconds), in_row=2)
        case _:
            return None
    return InlineKeyboardMarkup([*rows, keys.back()])


def _able(request: VideoRequest, catalogue: Catalogue) -> Sequence[Model]:
    """Return the models that take what cannot be chosen otherwise: photos and a character."""
    return [
        model
        for model in catalogue.to_choose_from(request.model)
        if (model.photos or not request.photos) and (model.characters or request.character is None)
    ]


def _switches(request: VideoRequest, model: Model) -> Sequence[Choice]:
    switches = []
    if model.private:
        switches.append(choices.switch(choice_texts.private(), "private", is_on=request.private))
    if model.watermark:
        switches.append(choices.switch(choice_texts.watermark(), "watermark", is_on=request.watermark))
    return switches
