"""Shows what would be made and what it costs, before anything is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message

from chat.send import answer
from domain.job import Place
from domain.options import PromptOptions
from domain.request import Photo, VideoRequest, options_of
from handlers.context import Context
from handlers.request import card_keyboard, card_texts
from handlers.request.make import request_of
from storage.drafts import Draft, DraftKind


async def open_card(
    context: Context,
    message: Message,
    *,
    idempotency_key: str,
    place: Place,
    options: PromptOptions,
    photos: Sequence[Photo],
    note: str = "",
) -> None:
    """Answer a message with the card of what the options and the photos ask for, once per idempotency key; raises a Refusal.

    A note stands above the card until something is chosen on it.
    The draft says everything that the card shows: its press makes just that, whatever is preferred by then.
    """
    request = await request_of(context, place, options, photos)
    drafts = context.services.storage.drafts
    draft = await drafts.add(
        idempotency_key=idempotency_key,
        kind=DraftKind.CARD,
        place=place,
        options=settled(options, request),
        photos=photos,
        now=context.services.clock(),
    )
    if draft.message_id is not None:
        return
    card, offer = await face(context, draft, request)
    shown = await answer(message, f"{note}\n\n{card}" if note else card, offer)
    await drafts.show(draft.id, message_id=shown.message_id)


async def face(
    context: Context, draft: Draft, request: VideoRequest, *, page: str = ""
) -> tuple[str, InlineKeyboardMarkup]:
    """Return what stands on the card, and the buttons under it: its own, or those of a page of choices."""
    services = context.services
    funds = await services.find_funds(draft.place)
    model = services.catalogue.models[request.model]
    offer = card_keyboard.of_page(page, draft.id, request, services.catalogue) or card_keyboard.of_card(
        draft.id, request, services.catalogue
    )
    return card_texts.card(request, model, funds, photos=len(draft.photos), page=page), offer


def settled(options: PromptOptions, request: VideoRequest) -> PromptOptions:
    """Return the options with nothing left open; who is named in the words is found anew at each press."""
    return replace(options_of(request), prompt=options.prompt).over(options)
