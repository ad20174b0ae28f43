"""Shows what would be made and what it costs, before anything is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message

from chat.send import Destination, send
from domain.catalogue import Model
from domain.job import Place
from domain.options import PromptOptions
from domain.preferences import Preferences
from domain.refusals import ChoiceRefusal, ModelNotOnOffer
from domain.request import Photo, VideoRequest, fitted_to, options_of
from handlers.context import Context
from handlers.request import card_keyboard, card_texts
from handlers.request.make import preferences_in, request_of
from storage.drafts import Draft, DraftKind


async def open_card(
    context: Context,
    message: Message | None,
    *,
    idempotency_key: str,
    place: Place,
    options: PromptOptions,
    photos: Sequence[Photo],
    note: str = "",
) -> None:
    """Answer a message with the card of what the options and the photos ask for, once per idempotency key; raises a Refusal.

    A note stands above the card until something is chosen on it. A card that answers no message stands by itself.
    The draft says everything that the card shows: its press makes just that, whatever is preferred by then.
    """
    request, missed = await _request_or_nearest(context, place, options, photos)
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
    if draft.message_id is None:
        card, offer = await face(context, draft, request)
        said = f"{note}\n\n{card}" if note else card
        destination = Destination.of(place) if message is None else Destination.answering(message)
        shown = await send(context.bot, destination, said, offer)
        await drafts.show(draft.id, message_id=shown.message_id)


async def _request_or_nearest(
    context: Context, place: Place, options: PromptOptions, photos: Sequence[Photo]
) -> tuple[VideoRequest, Model | None]:
    """Return what a card shows, and the model that was asked for or is preferred, if another one has to do."""
    try:
        request = await request_of(context, place, options, photos)
    except ModelNotOnOffer as refused:
        return await by_nearest_model(context, place, options, photos, refused)
    return request, missed_preference(context, place, options)


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
    services, can_keep = context.services, not draft.place.is_group
    funds = await services.find_funds(draft.place)
    model, preferences = services.catalogue.models[request.model], preferences_in(context, draft.place)
    is_kept = keeping(context.preferences, draft, request, model) == context.preferences
    offer = card_keyboard.of_page(
        page, draft.id, request, services.catalogue, can_keep=can_keep, is_kept=is_kept
    ) or card_keyboard.of_card(draft.id, request, services.catalogue, can_keep=can_keep)
    card = card_texts.card(request, model, funds, photos=len(draft.photos), preferences=preferences)
    asked = card_texts.question(page, model, can_keep=can_keep)
    return (f"{card}\n\n{asked}" if asked else card), offer


def keeping(known: Preferences, draft: Draft, request: VideoRequest, model: Model) -> Preferences:
    """Return the preferences with all that a card shows: a photo's shape and what the model lacks are not chosen."""
    chosen = {"model", "seconds"}
    if not draft.photos or "size" in draft.chosen:
        chosen.add("size")
    if model.private:
        chosen.add("private")
    if model.watermark:
        chosen.add("watermark")
    return known.remembering(options_of(request), chosen)


def settled(options: PromptOptions, request: VideoRequest) -> PromptOptions:
    """Return the options with nothing left open; who is named in the words is found anew at each press."""
    return replace(options_of(request), prompt=options.prompt).over(options)
