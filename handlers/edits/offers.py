"""What a change comes to before anything is spent: the edit and its price, or where there can be none, a new video."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message

from chat import result_keyboard
from chat.send import answer
from domain.edits import make_edit, whole_prompt
from domain.job import Job
from domain.options import NOTHING_SAID, PromptOptions
from domain.refusals import EditRefusal, OptionRefusal, OptionsInEdit, QuotaRefusal, Refusal
from domain.request import VideoRequest
from domain.request_spec import RequestSpec
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.edits import texts as edits_texts
from handlers.message import idempotency_key_of, number_in, place_of
from handlers.request.accept import accept
from handlers.request.cancel import make_instead
from handlers.request.find_character import cast, find_all_saved
from handlers.request.lineage import find_anew, find_whole
from handlers.request.once import next_idempotency_key
from handlers.request.refusal_card import show_refusal, show_refused_order
from storage.drafts import Draft, DraftKind


async def offer_edit(
    context: Context, message: Message, source: Job, change: PromptOptions, edit: VideoRequest
) -> None:
    """Show who prefers to be asked first what the edit costs, and keep the change for one tap."""
    draft = await _keep(context, message, source, change)
    if draft.message_id is None:
        model = context.services.catalogue.models[edit.model]
        said = edits_texts.edit_card(edit, model)
        await _show(context, message, draft, said, result_keyboard.of_edit_card(draft.id, edit.price))


async def offer_anew(
    context: Context, message: Message, source: Job, change: PromptOptions, refused: EditRefusal
) -> None:
    """Say why the video cannot be changed, and keep the change for one tap that makes it new."""
    try:
        request = await find_anew(context.services, place_of(message), source, change)
    except Refusal as hopeless:
        await offer_near(context, message, source, change, hopeless)
        return
    draft = await _keep(context, message, source, change)
    if draft.message_id is None:
        plain = _plain_edit(context, source, change) if isinstance(refused, OptionsInEdit) else None
        offer = result_keyboard.of_refused_edit(
            draft.id, request.price, without_options=None if plain is None else plain.price
        )
        await _show(context, message, draft, edits_texts.cannot_be_edited(refused, request.price), offer)


async def offer_near(
    context: Context, message: Message, source: Job, change: PromptOptions, refused: Refusal
) -> None:
    """Say why neither the change nor a new video with it can be made, and offer new videos that come near to it."""
    services, place = context.services, place_of(message)
    saved = await find_all_saved(services.storage.characters, place.requester_id)
    whole = await find_whole(services.storage.jobs, source, asker_id=place.requester_id)
    spec = RequestSpec.of(whole, saved)
    if isinstance(refused, OptionRefusal):
        refused.text = whole_prompt([whole.prompt, refused.text])
    else:
        prompt = whole_prompt([whole.prompt, change.prompt])
        spec = replace(spec, options=replace(change.over(spec.options), prompt=prompt))
    await show_refusal(
        context,
        message,
        idempotency_key=idempotency_key_of(message),
        place=place,
        spec=spec,
        refused=refused,
        instead=edits_texts.new_videos(),
    )


async def accept_edit(context: Context, message: Message, edit: VideoRequest) -> bool:
    """Accept a change; False, and say what can be made instead, if it cannot be paid now."""
    idempotency_key, place = idempotency_key_of(message), place_of(message)
    try:
        await accept(context, idempotency_key=idempotency_key, place=place, request=edit)
    except QuotaRefusal as refused:
        await show_refused_order(
            context, message, idempotency_key=idempotency_key, place=place, request=edit, refused=refused
        )
        return False
    return True


async def on_edit_of_draft(press: ButtonPress) -> None:
    """[Make the video] on the card of an edit: once, however often it is pressed."""
    draft, source = await _their_change(press)
    if draft is None or source is None:
        return
    services = press.context.services
    is_plain = press.pressed.value.startswith(result_keyboard.PLAIN)
    said = PromptOptions(prompt=draft.options.prompt) if is_plain else draft.options
    try:
        change, character = await cast(services.storage.characters, draft.place.requester_id, said)
        edit = make_edit(source, change, services.catalogue, character=character)
    except Refusal as refused:
        await press.refuse(refused)
        return
    idempotency_key = await next_idempotency_key(services.storage.jobs, f"draft:{draft.id}")
    if await _is_dearer(press, edit, idempotency_key):
        if is_plain:
            await services.storage.drafts.choose(draft.id, said, chosen=())
        card = edits_texts.edit_card(edit, services.catalogue.models[edit.model])
        await press.edit(card, result_keyboard.of_edit_card(draft.id, edit.price))
        return
    await press.accept(idempotency_key=idempotency_key, place=draft.place, request=edit)


async def on_anew_of_draft(press: ButtonPress) -> None:
    """[Make it new] under our word that a video cannot be changed: once, however often it is pressed."""
    draft, source = await _their_change(press)
    if draft is None or source is None:
        return
    services = press.context.services
    try:
        request = await find_anew(services, draft.place, source, draft.options)
    except Refusal as refused:
        await press.refuse(refused)
        return
    idempotency_key = await next_idempotency_key(services.storage.jobs, f"draft:{draft.id}")
    if await _is_dearer(press, request, idempotency_key):
        await press.edit(
            edits_texts.anew_costs(request.price), result_keyboard.of_refused_edit(draft.id, request.price)
        )
        return
    await press.accept(idempotency_key=idempotency_key, place=draft.place, request=request)


async def on_anew(press: ButtonPress) -> None:
    """[Make it new] under an edit that failed, or whose model is gone: once, however often it is pressed."""
    job = await press.their_job()
    request = await find_anew(press.context.services, job.place, job, NOTHING_SAID)
    await make_instead(press, job, request, button=f"anew:{job.id}")


def _plain_edit(context: Context, source: Job, change: PromptOptions) -> VideoRequest | None:
    """Return the edit of the words alone, without options; None if that cannot be made either."""
    try:
        return make_edit(source, PromptOptions(prompt=change.prompt), context.services.catalogue)
    except Refusal:
        return None


async def _is_dearer(press: ButtonPress, request: VideoRequest, idempotency_key: str) -> bool:
    """Tell whether a request that was not made yet costs more than its button said; earlier versions' said nothing."""
    said = number_in(press.pressed.value.removeprefix(result_keyboard.PLAIN))
    if said is None or request.price <= said:
        return False
    jobs = press.context.services.storage.jobs
    return await jobs.find_by_idempotency_key(idempotency_key) is None


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
