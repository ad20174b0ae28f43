"""The buttons under a card: making the video first, then all that the chosen model leaves to choose."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat import button_texts
from chat.callback_data import ButtonKind, button, in_rows
from chat.formatting import drawn_shape, told_from
from domain.catalogue import Catalogue, Model
from domain.request import VideoRequest
from handlers import choice_texts, choices
from handlers.choices import Choice, Keys
from handlers.request import card_texts, ideas

#: Keep what the card shows as one's default: a press, and no page.
KEEP = "keep"
#: What a press takes another idea by.
IDEA = "idea"
#: The page with what is on or off.
MORE = "more"
#: Three buttons fit beside each other on a phone if none has more characters.
_SHORT = 14


def of_card(
    draft_id: int, request: VideoRequest, catalogue: Catalogue, *, can_keep: bool = False
) -> InlineKeyboardMarkup:
    """Return the buttons of the card; a choice without an alternative has none.

    `can_keep` says that what is chosen can become somebody's default.
    """
    model, keys = catalogue.models[request.model], Keys(ButtonKind.PICK, draft_id)
    make = button(button_texts.make_for(request.price), ButtonKind.MAKE, draft_id, str(request.price))
    pages = (
        ("size", drawn_shape(request.size, told_from(request.size, model.sizes)), model.sizes),
        ("seconds", choice_texts.length_alone(request.seconds), model.lengths),
        ("model", model.title, _able(request, catalogue)),
    )
    opening = [keys.opening(words, page) for page, words, offered in pages if len(offered) > 1]
    last = _other_idea(keys, request)
    if can_keep or _switches(request, model):
        last.append(keys.key(card_texts.more(), MORE))
    return InlineKeyboardMarkup([[make], *_in_rows(opening), *([last] if last else [])])


def of_page(
    page: str,
    draft_id: int,
    request: VideoRequest,
    catalogue: Catalogue,
    *,
    can_keep: bool = False,
    is_kept: bool = False,
) -> InlineKeyboardMarkup | None:
    """Return the buttons of one page of choices; None if there is no such page.

    `can_keep` is as in `of_card`, `is_kept` says that what is chosen is somebody's default already.
    """
    keys, model = Keys(ButtonKind.PICK, draft_id), catalogue.models[request.model]
    match page:
        case "model":
            rows = keys.of(choices.models(_able(request, catalogue), request.model), in_row=1)
        case "seconds":
            rows = keys.of(choices.lengths(model, request.seconds, request.size), in_row=2)
        case "size":
            rows = keys.of(choices.shapes(model, request.size, request.seconds), in_row=2)
        case "more":
            rows = keys.of(_switches(request, model), in_row=2)
            if can_keep:
                rows.append([keys.key(card_texts.is_default() if is_kept else card_texts.keep(), KEEP)])
        case _:
            return None
    return InlineKeyboardMarkup([*rows, keys.back()])


def page_of(name: str) -> str:
    """Return the page that is shown after a choice of this name: what is on or off is shown beside the others."""
    return MORE if name in {"private", "watermark"} else ""


def _in_rows(opening: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    is_short = all(len(one.text) <= _SHORT for one in opening)
    return in_rows(opening, 3 if is_short else 2)


def _other_idea(keys: Keys, request: VideoRequest) -> list[InlineKeyboardButton]:
    """Return the button to the next idea, on a card that shows one."""
    shown = ideas.name_of(request.prompt)
    return [] if shown is None else [keys.key(card_texts.another(), f"{IDEA}={ideas.after(shown)}")]


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
