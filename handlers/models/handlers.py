"""`/models`: what each model can do and costs, page by page, and which one is somebody's own default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button, number_in
from domain.catalogue import Model
from domain.refusals import NoModelOnOffer
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context
from handlers.message_call import MessageCall
from handlers.models import texts as model_texts
from handlers.request import refusal_texts
from handlers.request.make import preferred_request

#: So many models fit into one message, whatever they can do.
ON_PAGE = 6
#: Whose buttons they are when a chat asked: everybody's.
_ANYBODY = 0
_IN_ROW = 2


async def on_models(call: MessageCall) -> None:
    message = call.message
    if call.services.catalogue.is_empty:
        await call.answer(refusal_texts.refusal(NoModelOnOffer([])))
        return
    is_person = message.from_user is not None and message.sender_chat is None
    person_id = message.from_user.id if is_person and message.from_user else _ANYBODY
    await call.answer(
        *_face(call.context, person_id, _page_of_default(call.context), is_private=message.chat_id > 0)
    )


async def on_page(press: ButtonPress) -> None:
    """[‹] and [›]."""
    _check_whose(press)
    await press.say()
    page = number_in(press.pressed.value) or 0
    await press.edit(*_face(press.context, press.pressed.row_id, page, is_private=not press.is_in_group))


async def on_use(press: ButtonPress) -> None:
    """[Use as my default]."""
    _check_whose(press)
    context = press.context
    model = context.services.catalogue.models.get(press.pressed.value)
    if model is None:
        raise PressRefused(texts.not_on_offer())
    if context.preferences.model != model.name:
        context.preferences = replace(context.preferences, model=model.name)
        await context.services.storage.preferences.prefer(press.presser_id, context.preferences)
    await press.say(model_texts.is_default_now(model))
    await press.edit(
        *_face(context, press.pressed.row_id, _page_of_default(context), is_private=not press.is_in_group)
    )


def _check_whose(press: ButtonPress) -> None:
    if press.pressed.row_id not in {_ANYBODY, press.presser_id}:
        raise PressRefused(texts.not_yours())


def _page_of_default(context: Context) -> int:
    """Return the page with the reader's default, from 0."""
    catalogue = context.services.catalogue
    default = preferred_request(catalogue, context.preferences).model
    return list(catalogue.models).index(default) // ON_PAGE


def _face(
    context: Context, person_id: int, page: int, *, is_private: bool
) -> tuple[str, InlineKeyboardMarkup | None]:
    catalogue = context.services.catalogue
    models = list(catalogue.models.values())
    pages = -(-len(models) // ON_PAGE)
    page = min(page, pages - 1)
    shown = models[page * ON_PAGE : (page + 1) * ON_PAGE]
    default = preferred_request(catalogue, context.preferences).model
    rows = [
        [button(model_texts.use_as_default(model), ButtonKind.USE, person_id, model.name)]
        for model in shown
        if model.name != default
    ]
    if is_private and context.services.rules.is_admin(person_id):
        rows += _of_admin(context, shown, is_last=page == pages - 1)
    turning = [
        button(words, ButtonKind.MODELS, person_id, str(other))
        for words, other in (("‹", page - 1), ("›", page + 1))
        if 0 <= other < pages
    ]
    if turning:
        rows.append(turning)
    offer = InlineKeyboardMarkup(rows) if rows else None
    unlisted = {model.name for model in shown if not catalogue.is_listed(model)}
    return model_texts.models(shown, default, page + 1, pages, unlisted=unlisted), offer


def _of_admin(context: Context, shown: Sequence[Model], *, is_last: bool) -> list[list[InlineKeyboardButton]]:
    """Return a button for each model that is shown, and on the last page for those that admins have switched off."""
    changes, known = context.services.storage.model_changes, context.services.catalogue.known.models.values()
    managed = [*shown, *(model for model in known if is_last and changes.find(model.name).is_off)]
    buttons = [button(model_texts.manage(model), ButtonKind.MODEL, 0, model.name) for model in managed]
    return [buttons[start : start + _IN_ROW] for start in range(0, len(buttons), _IN_ROW)]
