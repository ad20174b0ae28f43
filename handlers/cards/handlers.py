"""The buttons on a card: make the video, or choose something else first."""

from __future__ import annotations

from dataclasses import replace

from domain.options import with_option
from domain.refusals import ModelNotOnOffer, Refusal
from domain.request import VideoRequest, fitted_to
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.request import card_texts
from handlers.request.card import by_nearest_model, face, settled
from handlers.request.make import request_of
from handlers.request.once import next_idempotency_key
from storage.drafts import Draft


async def on_make(press: ButtonPress) -> None:
    """[Make the video]: once for each card, however often it is pressed, unless that came to nothing."""
    draft = await press.their_draft()
    await press.say()
    try:
        request = await request_of(press.context, draft.place, draft.options, draft.photos)
    except ModelNotOnOffer as refused:
        await _show_nearest_model(press, draft, refused)
        return
    except Refusal as refused:
        await press.refuse(refused)
        return
    idempotency_key = await _idempotency_key(press.context, draft)
    job = await press.accept(idempotency_key=idempotency_key, place=draft.place, request=request)
    if job is not None:
        await _remember(press, draft)


async def _show_nearest_model(press: ButtonPress, draft: Draft, refused: ModelNotOnOffer) -> None:
    """The card's model has ended since it was shown: let the card show what can make the same, for another press."""
    context = press.context
    try:
        request, missing = await by_nearest_model(context, draft.place, draft.options, draft.photos, refused)
    except Refusal as why:
        await press.refuse(why)
        return
    options = settled(draft.options, request)
    await context.services.storage.drafts.choose(draft.id, options, chosen=draft.chosen - {"model"})
    card, offer = await face(context, draft, request)
    note = card_texts.not_to_be_had(missing, context.services.catalogue.models[request.model])
    await press.edit(f"{note}\n\n{card}", offer)


async def on_pick(press: ButtonPress) -> None:
    """A choice on the card, or a page of choices: the card changes in place, and nothing is spent."""
    draft = await press.their_draft()
    context, picked = press.context, press.pressed.value
    if (
        await context.services.storage.jobs.find_by_idempotency_key(await _idempotency_key(context, draft))
        is not None
    ):
        # The card is a status message by now.
        await press.say()
        return
    try:
        request = await request_of(context, draft.place, draft.options, draft.photos)
        if "=" in picked:
            await _choose(press, draft, request, picked)
        else:
            await press.say()
            await press.edit(*await face(context, draft, request, page=picked))
    except Refusal:
        # The catalogue has changed since the card was shown.
        await press.say(texts.too_old())


async def _choose(press: ButtonPress, draft: Draft, shown: VideoRequest, picked: str) -> None:
    """Write a choice into the draft, and what the model lacks as near as it comes; raises a Refusal."""
    context, (name, _, value) = press.context, picked.partition("=")
    catalogue = context.services.catalogue
    options = with_option(draft.options, name, value)
    model = catalogue.find(value) if name == "model" else None
    if model is not None:
        near = fitted_to(shown, model)
        options = settled(options, replace(near, private=near.private and model.private))
    request = await request_of(context, draft.place, options, draft.photos)
    await context.services.storage.drafts.choose(draft.id, options, chosen=draft.chosen | {name})
    is_exposed = model is not None and shown.private and not request.private
    await press.say(card_texts.not_kept_private(model) if model and is_exposed else None, is_alert=is_exposed)
    await press.edit(*await face(context, draft, request))


async def _remember(press: ButtonPress, draft: Draft) -> None:
    """Let what a person chose by buttons be chosen on their next card."""
    known = press.context.preferences
    preferred = known.remembering(draft.options, draft.chosen)
    if preferred != known and not draft.place.asked_as_chat:
        await press.context.services.storage.preferences.prefer(press.presser_id, preferred)


async def _idempotency_key(context: Context, draft: Draft) -> str:
    return await next_idempotency_key(context.services.storage.jobs, f"draft:{draft.id}")
