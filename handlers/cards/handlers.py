"""The buttons on a card: make the video, or choose something else first."""

from __future__ import annotations

from dataclasses import replace

from chat.callback_data import number_in
from domain.options import with_option
from domain.refusals import ModelNotOnOffer, Refusal
from domain.request import VideoRequest, fitted_to, remembering
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context
from handlers.request import card_keyboard, card_texts, ideas
from handlers.request.card import by_nearest_model, face, keeping, settled
from handlers.request.make import request_of
from handlers.request.once import next_idempotency_key
from storage.drafts import Draft

#: What a press on a card also chooses for the next one, unless that costs more; what keeps others out it does not.
_REMEMBERED = frozenset({"model", "size"})


async def on_make(press: ButtonPress) -> None:
    """[Make it]: once for each card, however often it is pressed, unless that came to nothing."""
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
    if await _is_dearer(press, draft, request, idempotency_key):
        return
    job = await press.accept(idempotency_key=idempotency_key, place=draft.place, request=request)
    if job is not None:
        await _remember(press, draft)


async def _is_dearer(press: ButtonPress, draft: Draft, request: VideoRequest, idempotency_key: str) -> bool:
    """Tell whether the video costs more by now than its button said; then the card shows that, for another press."""
    shown = number_in(press.pressed.value)
    if shown is None or request.price <= shown:
        return False
    if await press.context.services.storage.jobs.find_by_idempotency_key(idempotency_key) is not None:
        return False
    card, offer = await face(press.context, draft, request)
    await press.edit(f"{card_texts.dearer()}\n\n{card}", offer)
    return True


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
        if picked == card_keyboard.KEEP:
            await _keep(press, draft, request)
        elif "=" in picked:
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
    if name == card_keyboard.IDEA:
        await _take_idea(press, draft, value)
        return
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
    chosen = replace(draft, options=options, chosen=draft.chosen | {name})
    await press.edit(*await face(context, chosen, request, page=card_keyboard.page_of(name)))


async def _take_idea(press: ButtonPress, draft: Draft, name: str) -> None:
    """[Another]: show the next idea, with all else as it is."""
    words = ideas.surprise(name)
    if words is None:
        raise PressRefused(texts.too_old())
    context, options = press.context, replace(draft.options, prompt=words)
    request = await request_of(context, draft.place, options, draft.photos)
    await context.services.storage.drafts.choose(draft.id, options, chosen=draft.chosen)
    await press.say()
    await press.edit(*await face(context, draft, request))


async def _keep(press: ButtonPress, draft: Draft, request: VideoRequest) -> None:
    """[Keep as my default]: what the card shows is what a person's next requests begin with, in private chats."""
    context = press.context
    if draft.place.is_group:
        raise PressRefused(texts.too_old())
    preferred = keeping(context.preferences, draft, request, context.services.catalogue.models[request.model])
    if preferred != context.preferences:
        await context.services.storage.preferences.prefer(press.presser_id, preferred)
        context.preferences = preferred
    await press.say(card_texts.kept())
    await press.edit(*await face(context, draft, request, page=card_keyboard.MORE))


async def _remember(press: ButtonPress, draft: Draft) -> None:
    """Let the model and the shape that a person chose by buttons be chosen on their next card, if it costs no more."""
    known, catalogue = press.context.preferences, press.context.services.catalogue
    preferred = remembering(known, draft.options, draft.chosen & _REMEMBERED, catalogue)
    if preferred != known and not draft.place.asked_as_chat:
        await press.context.services.storage.preferences.prefer(press.presser_id, preferred)


async def _idempotency_key(context: Context, draft: Draft) -> str:
    return await next_idempotency_key(context.services.storage.jobs, f"draft:{draft.id}")
