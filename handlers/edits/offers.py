"""What a change comes to before anything is spent: the edit and its price, or where there can be none, a new video."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message

from chat import result_keyboard
from chat.send import answer
from domain.edits import make_anew, make_edit, whole_prompt
from domain.job import Job, Place
from domain.options import NOTHING_SAID, PromptOptions
from domain.refusals import EditRefusal, Refusal
from domain.request import VideoRequest
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context, Services
from handlers.edits import texts as edits_texts
from handlers.message import idempotency_key_of, place_of
from handlers.request.accept import refuse
from handlers.request.cancel import make_instead
from handlers.request.find_character import cast
from handlers.request.lineage import find_whole
from handlers.request.once import next_idempotency_key
from storage.drafts import Draft, DraftKind


async def offer_edit(
    context: Context, message: Message, source: Job, change: PromptOptions, edit: VideoRequest
) -> None:
    """Show who prefers to be asked first what the edit costs, and keep the change for one tap."""
    draft = await _keep(context, message, source, change)
    if draft.message_id is None:
        model = context.services.catalogue.models[edit.model]
        said = edits_texts.edit_card(edit, model)
        await _show(context, message, draft, said, result_keyboard.of_edit_card(draft.id))


async def offer_anew(
    context: Context, message: Message, source: Job, change: PromptOptions, refused: EditRefusal
) -> None:
    """Say why the video cannot be changed, and keep the change for one tap that makes it new."""
    try:
        request = await _anew(context.services, place_of(message), source, change)
    except Refusal as hopeless:
        await refuse(message, hopeless)
        return
    draft = await _keep(context, message, source, change)
    if draft.message_id is None:
        said = edits_texts.cannot_be_edited(refused, request.price)
        await _show(context, message, draft, said, result_keyboard.of_refused_edit(draft.id))


async def on_edit_of_draft(press: ButtonPress) -> None:
    """[Make the video] on the card of an edit: once, however often it is pressed."""
    draft, source = await _their_change(press)
    if draft is None or source is None:
        return
    services = press.context.services
    try:
        change, character = await cast(services.storage.characters, draft.place.requester_id, draft.options)
        edit = make_edit(source, change, services.catalogue, character=character)
    except Refusal as refused:
        await press.refuse(refused)
        return
    idempotency_key = await next_idempotency_key(services.storage.jobs, f"draft:{draft.id}")
    await press.accept(idempotency_key=idempotency_key, place=draft.place, request=edit)


async def on_anew_of_draft(press: ButtonPress) -> None:
    """[Make it new] under our word that a video cannot be changed: once, however often it is pressed."""
    draft, source = await _their_change(press)
    if draft is None or source is None:
        return
    services = press.context.services
    try:
        request = await _anew(services, draft.place, source, draft.options)
    except Refusal as refused:
        await press.refuse(refused)
        return
    idempotency_key = await next_idempotency_key(services.storage.jobs, f"draft:{draft.id}")
    await press.accept(idempotency_key=idempotency_key, place=draft.place, request=request)


async def on_anew(press: ButtonPress) -> None:
    """[Make it new] under an edit that failed, or whose model is gone: once, however often it is pressed."""
    job = await press.their_job()
    request = await _anew(press.context.services, job.place, job, NOTHING_SAID)
    await make_instead(press, job, request, button=f"anew:{job.id}")


async def _keep(context: Context, message: Message, source: Job, change: PromptOptions) -> Draft:
    services = context.services
    return await services.storage.drafts.add(
        idempotency_key=idempotency_key_of(message),
        kind=DraftKind.CARD,
        place=place_of(message),
        options=change,
        job_id=source.id,
        now=services.clock(),
    )


async def _show(
    context: Context, message: Message, draft: Draft, said: str, offer: InlineKeyboardMarkup
) -> None:
    shown = await answer(message, said, offer)
    await context.services.storage.drafts.show(draft.id, message_id=shown.message_id)


async def _their_change(press: ButtonPress) -> tuple[Draft | None, Job | None]:
    """Return the change that the button is about, and the job that it changes; None, and say so, without either."""
    draft = await press.their_draft()
    jobs = press.context.services.storage.jobs
    source = await jobs.find(draft.job_id) if draft.job_id is not None else None
    await press.say(texts.too_old() if source is None else None)
    return draft, source


async def _anew(services: Services, asker: Place, source: Job, change: PromptOptions) -> VideoRequest:
    """Return the request for a new video of all that led to the source, and this change; raises a Refusal."""
    change, character = await cast(services.storage.characters, asker.requester_id, change)
    whole = await find_whole(services.storage.jobs, source, asker_id=asker.requester_id)
    prompt = whole_prompt([whole.prompt, change.prompt])
    return make_anew(whole, prompt, services.catalogue, change, character=character)
