"""Shows what would be made and what it costs, before anything is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message

from chat.send import answer
from domain.catalogue import Model
from domain.job import Place
from domain.options import PromptOptions
from domain.refusals import ChoiceRefusal, ModelNotOnOffer
from domain.request import Photo, VideoRequest, fitted_to, options_of
from handlers.context import Context
from handlers.request import card_keyboard, card_texts
from handlers.request.make import preferences_in, request_of
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
    missed: Model | None
    try:
        request = await request_of(context, place, options, photos)
    except ModelNotOnOffer as refused:
        request, missed = await by_nearest_model(context, place, options, photos, refused)
        options = settled(options, request)
    else:
        missed = missed_preference(context, place, options)
    if missed is not None:
        said = card_texts.not_to_be_had(missed, context.services.catalogue.models[request.model])
        note = f"{note}\n\n{said}" if note else said
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


async def by_nearest_model(
    context: Context,
    place: Place,
    options: PromptOptions,
    photos: Sequence[Photo],
    refused: ModelNotOnOffer,
) -> tuple[VideoRequest, Model]:
    """Return the same as the model that is nearest to one not to be had makes it, and the one that is not to be had.

    Raises the refusal where there is no such model, and what else is wrong with the request.
    """
    if not refused.instead:
        raise refused
    nearest = refused.instead[0]
    try:
        same = await request_of(context, place, options, photos, catalogue=context.services.catalogue.known)
    except ChoiceRefusal:
        # The one that has ended could not have made it: the one that would be asked says whether it can.
        return await request_of(context, place, replace(options, model=nearest.name), photos), refused.model
    return fitted_to(same, nearest), refused.model


def missed_preference(context: Context, place: Place, options: PromptOptions) -> Model | None:
    """Return the model that who asks prefers, if another one has to do because it is not to be had."""
    catalogue = context.services.catalogue
    preferred = preferences_in(context, place).model
    if options.model is not None or preferred is None or catalogue.find(preferred) is not None:
        return None
    return catalogue.known.find(preferred)


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
