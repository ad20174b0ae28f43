"""Says what the bot does and how to begin: to who starts it, and to who greets it or asks what it is."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, button
from chat.formatting import credits_of, side_by_side
from chat.send import answer
from domain.job import Place
from domain.options import PromptOptions
from domain.quota import Funds
from domain.refusals import Refusal
from domain.request import VideoRequest, make_request
from handlers.context import Context
from handlers.message import idempotency_key_of, place_of
from handlers.request import ideas, refusal_texts, welcome_texts
from handlers.request.card import settled
from handlers.request.make import preferences_in, request_of
from storage.drafts import DraftKind


async def welcome(context: Context, place: Place) -> tuple[str, list[list[InlineKeyboardButton]]]:
    """Return what somebody has to know to begin, and the rows of buttons with which they can at once."""
    funds = await context.services.find_funds(place)
    beginning = welcome_texts.in_group() if place.is_group else welcome_texts.in_private()
    try:
        plain = _plain_request(context, place)
    except Refusal as refused:
        return f"{beginning}\n\n{refusal_texts.refusal(refused)}", []
    return f"{beginning}\n\n{welcome_texts.left(funds)}", _rows(plain, place, funds)


async def answer_small_talk(context: Context, message: Message, words: str, *, offers_video: bool) -> None:
    """Answer a greeting or a question as /start does; with `offers_video` a video of the words is one button away."""
    said, rows = await welcome(context, place_of(message))
    if offers_video and (offered := await _video_of(context, message, words)) is not None:
        rows = [*rows, [offered]]
    await answer(message, said, InlineKeyboardMarkup(rows) if rows else None)


def _plain_request(context: Context, place: Place) -> VideoRequest:
    """Return what becomes of a description that says nothing else; raises a Refusal."""
    options = PromptOptions(prompt="…")
    return make_request(options, context.services.catalogue, preferences=preferences_in(context, place))


def _rows(plain: VideoRequest, place: Place, funds: Funds) -> list[list[InlineKeyboardButton]]:
    """Return a row for each example, with its price, and one for other ways to begin; nothing that cannot be paid for."""
    if funds.left == 0:
        return []
    price, is_payable = credits_of(plain.price), funds.left is None or plain.price <= funds.left
    examples = [
        [button(side_by_side(words, price), ButtonKind.EXAMPLE, 0, f"{name}/{plain.price}")]
        for name, words in ideas.examples().items()
        if is_payable
    ]
    others = [button(welcome_texts.surprise(), ButtonKind.SURPRISE, 0)]
    if not place.is_group:
        others.append(button(welcome_texts.photo(), ButtonKind.PHOTO, 0))
    return [*examples, others]


async def _video_of(context: Context, message: Message, words: str) -> InlineKeyboardButton | None:
    """Keep the words for a card, and return the button that shows it; None if there can be no video of them."""
    place = place_of(message)
    try:
        request = await request_of(context, place, PromptOptions(prompt=words), ())
    except Refusal:
        return None
    draft = await context.services.storage.drafts.add(
        idempotency_key=idempotency_key_of(message),
        kind=DraftKind.CARD,
        place=place,
        options=settled(PromptOptions(prompt=words), request),
        now=context.services.clock(),
    )
    return button(welcome_texts.video_anyway(), ButtonKind.PICK, draft.id)
