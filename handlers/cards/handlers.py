"""The card that shows what would be made and what it costs, before anything is spent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.options import parse_wishes, written
from domain.refusals import Refusal
from domain.variants import fitted_to
from handlers import texts
from handlers.cards import keyboard as card_menu
from handlers.cards import texts as card_texts
from handlers.request.accept import answer
from handlers.request.make import request_of, wishes_in
from handlers.request.once import origin_of_next
from storage.drafts import DraftKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup, Message

    from domain.job import Place
    from domain.options import Wishes
    from domain.request import Photo, VideoRequest
    from handlers.button_press import Pressing
    from handlers.context import Context
    from storage.drafts import Draft


async def open_card(
    context: Context,
    message: Message,
    *,
    origin: str,
    place: Place,
    text: str,
    photos: Sequence[Photo],
    note: str = "",
) -> None:
    """Answer a message with the card of what `text` and the photos ask for, once per origin; raises a Refusal.

    A note stands above the card until something is chosen on it.
    The draft says everything that the card shows: its press makes just that, whatever is preferred by then.
    """
    request = await request_of(context, place, text, photos)
    drafts = context.services.drafts
    draft = await drafts.add(
        origin=origin,
        kind=DraftKind.CARD,
        place=place,
        text=written(_settled(wishes_in(context.services.catalogue, text), request)),
        photos=photos,
        now=context.services.clock(),
    )
    if draft.message_id is not None:
        return
    card, offer = await _face(context, draft, request)
    shown = await answer(message, f"{note}\n\n{card}" if note else card, offer)
    await drafts.show(draft.id, message_id=shown.message_id)


async def on_make(pressing: Pressing) -> None:
    """[Make the video]: once for each card, however often it is pressed, unless that came to nothing."""
    draft = await pressing.their_draft()
    if draft is None:
        return
    if draft.text is None:
        await pressing.say(texts.too_old())
        return
    await pressing.say()
    try:
        request = await request_of(pressing.context, draft.place, draft.text, draft.photos)
    except Refusal as refused:
        await pressing.refuse(refused)
        return
    origin = await _origin(pressing.context, draft)
    job = await pressing.accept(origin=origin, place=draft.place, request=request)
    if job is not None:
        await _remember(pressing, draft, parse_wishes(draft.text))


async def on_pick(pressing: Pressing) -> None:
    """A choice on the card, or a page of choices: the card changes in place, and nothing is spent."""
    draft = await pressing.their_draft()
    if draft is None:
        return
    context, picked = pressing.context, pressing.pressed.value
    if await context.services.jobs.find_by_origin(await _origin(context, draft)) is not None:
        # The card is a status message by now.
        await pressing.say()
        return
    try:
        request = await request_of(context, draft.place, draft.text or "", draft.photos)
        if "=" in picked:
            await _choose(pressing, draft, request, picked)
        else:
            await pressing.say()
            await pressing.edit(*await _face(context, draft, request, page=picked))
    except Refusal:
        # The catalogue has changed since the card was shown.
        await pressing.say(texts.too_old())


async def _choose(pressing: Pressing, draft: Draft, shown: VideoRequest, picked: str) -> None:
    """Write a choice into the draft, and what the model lacks as near as it comes; raises a Refusal."""
    context, (name, _, value) = pressing.context, picked.partition("=")
    catalogue = context.services.catalogue
    wishes = parse_wishes(f"{draft.text} --{picked}")
    model = catalogue.find(value) if name == "model" else None
    if model is not None:
        near = fitted_to(shown, model)
        wishes = _settled(wishes, replace(near, private=near.private and model.private))
    text = written(wishes)
    request = await request_of(context, draft.place, text, draft.photos)
    await context.services.drafts.rewrite(draft.id, text, chosen=draft.chosen | {name})
    is_exposed = model is not None and shown.private and not request.private
    await pressing.say(
        card_texts.not_kept_private(model) if model and is_exposed else None, is_alert=is_exposed
    )
    await pressing.edit(*await _face(context, draft, request))


async def _face(
    context: Context, draft: Draft, request: VideoRequest, *, page: str = ""
) -> tuple[str, InlineKeyboardMarkup]:
    """Return what stands on the card, and the buttons under it: its own, or those of a page of choices."""
    services = context.services
    funds = await services.find_funds(draft.place)
    model = services.catalogue.models[request.model]
    offer = card_menu.of_page(page, draft.id, request, services.catalogue) or card_menu.of_card(
        draft.id, request, services.catalogue
    )
    return card_texts.card(request, model, funds, photos=len(draft.photos), page=page), offer


async def _remember(pressing: Pressing, draft: Draft, wishes: Wishes) -> None:
    """Let what a person chose by buttons be chosen on their next card."""
    known = pressing.context.preferences
    preferred = known.remembering(wishes, draft.chosen)
    if preferred != known and not draft.place.asked_as_chat:
        await pressing.context.services.people.prefer(pressing.presser_id, preferred)


def _settled(wishes: Wishes, request: VideoRequest) -> Wishes:
    """Return the wishes with nothing left open."""
    return replace(
        wishes,
        model=request.model,
        seconds=request.seconds,
        shape=request.size,
        private=request.private,
        watermark=request.watermark,
    )


async def _origin(context: Context, draft: Draft) -> str:
    return await origin_of_next(context.services.jobs, f"draft:{draft.id}")
