"""The buttons under a refusal: one tap makes what they say, at the price that they say, or else shows what holds now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from chat.language import spoken
from domain.alternatives import Alternative, what_is_right
from domain.refusals import AccessRefusal, QuotaRefusal, Refusal
from domain.request import VideoRequest
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.message import number_in
from handlers.request import alternative_texts, refusal_texts
from handlers.request.accept import accept
from handlers.request.make import request_of, spec_of
from handlers.request.once import next_idempotency_key
from handlers.request.refusal_card import find_alternatives, rows_of
from storage.drafts import Draft


async def on_alternative(press: ButtonPress) -> None:
    """Make it once for each refusal, whichever button is pressed however often, unless that came to nothing."""
    draft = await press.their_draft()
    chosen = _chosen(draft, press.pressed.value)
    jobs = press.context.services.storage.jobs
    idempotency_key = await next_idempotency_key(jobs, f"draft:{draft.id}")
    if chosen is None or await jobs.find_by_idempotency_key(idempotency_key) is not None:
        await press.say(texts.too_old() if chosen is None else None)
        return
    try:
        request = await request_of(press.context, draft.place, chosen.options, draft.photos[: chosen.photos])
        if request.price > chosen.price:
            await _show_prices(press, draft)
            return
        await _make(press, draft, request, idempotency_key)
    except Refusal as refused:
        await _refuse(press, draft, chosen, refused)


def _chosen(draft: Draft, value: str) -> Alternative | None:
    number = number_in(value)
    is_one = number is not None and number < len(draft.alternatives)
    return draft.alternatives[number] if number is not None and is_one else None


async def _make(press: ButtonPress, draft: Draft, request: VideoRequest, idempotency_key: str) -> None:
    """Let the refusal become the status message, which is no question any more; raises a Refusal."""
    shown = press.query.message
    await accept(
        press.context,
        idempotency_key=idempotency_key,
        place=replace(draft.place, language=spoken()),
        request=request,
        status_message_id=None if shown is None else shown.message_id,
    )
    await press.say()
    if shown is not None:
        await press.context.services.storage.drafts.answer(draft.id, shown.message_id)


async def _show_prices(press: ButtonPress, draft: Draft) -> None:
    """Something costs more than its button says: nothing is made, and the buttons say what everything costs now."""
    offered = []
    for one in draft.alternatives:
        with suppress(Refusal):
            request = await request_of(press.context, draft.place, one.options, draft.photos[: one.photos])
            offered.append(replace(one, price=request.price))
    await press.say()
    await _show(press, replace(draft, alternatives=tuple(offered)), alternative_texts.prices_changed())


async def _refuse(press: ButtonPress, draft: Draft, chosen: Alternative, refused: Refusal) -> None:
    """Say why this cannot be made now; what only has to wait keeps its button, else others take its place."""
    if isinstance(refused, QuotaRefusal | AccessRefusal):
        await press.say(refusal_texts.note(refused), is_alert=True)
        return
    await press.say()
    context = press.context
    spec = await spec_of(context, draft.place, chosen.options, draft.photos[: chosen.photos])
    offered = await find_alternatives(context, draft.place, spec, refused)
    right = what_is_right(spec, refused, context.services.catalogue)
    anew = replace(draft, options=right.options, alternatives=tuple(offered))
    await _show(press, anew, refusal_texts.refusal(refused))


async def _show(press: ButtonPress, draft: Draft, reason: str) -> None:
    services = press.context.services
    await services.storage.drafts.offer(draft.id, draft.options, draft.alternatives, photos=draft.photos)
    rows = rows_of(draft, services.catalogue)
    await press.edit(reason, InlineKeyboardMarkup(rows) if rows else None)
