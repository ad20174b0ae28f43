"""Presses of our buttons: only by the person they are for, and as often as they like to the same effect."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from domain.job import State
from domain.options import parse_wishes
from domain.refusals import Refusal
from domain.request import make_request, renew
from handlers import buttons, texts
from handlers.accepting import accept, refuse
from handlers.buttons import Press, Pressed

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from domain.job import Job, Place
    from domain.request import VideoRequest
    from handlers.context import Context


async def on_press(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    pressed = buttons.read(query.data)
    match pressed:
        case Pressed(Press.MAKE, draft_id):
            await _make(query, context, draft_id)
        case Pressed(Press.RETRY, job_id):
            await _retry(query, context, job_id)
        case Pressed(Press.CANCEL, job_id):
            await _cancel(query, context, job_id)
        case None:
            await _say(query, texts.too_old())


async def _make(query: CallbackQuery, context: Context, draft_id: int) -> None:
    services = context.services
    draft = await services.drafts.find(draft_id)
    if draft is None or draft.text is None:
        await _say(query, texts.too_old())
        return
    if not _is_theirs(query, draft.place):
        await _say(query, texts.not_yours())
        return
    await _say(query)
    try:
        request = make_request(parse_wishes(draft.text), services.catalogue, photo=draft.photo)
    except Refusal as refused:
        await _refuse(query, refused)
        return
    await _accept(query, context, origin=f"draft:{draft.id}", place=draft.place, request=request)


async def _retry(query: CallbackQuery, context: Context, job_id: int) -> None:
    job = await _their_job(query, context, job_id)
    if job is None:
        return
    await _say(query)
    if job.state is not State.FAILED:
        return
    try:
        request = renew(job.request, context.services.catalogue)
    except Refusal as refused:
        await _refuse(query, refused)
        return
    await _accept(query, context, origin=f"retry:{job.id}", place=job.place, request=request)


async def _accept(
    query: CallbackQuery, context: Context, *, origin: str, place: Place, request: VideoRequest
) -> None:
    """Accept a pressed request: the message with the button becomes its status message."""
    message_id = query.message.message_id if query.message is not None else None
    try:
        await accept(context, origin=origin, place=place, request=request, status_message_id=message_id)
    except Refusal as refused:
        await _refuse(query, refused)


async def _cancel(query: CallbackQuery, context: Context, job_id: int) -> None:
    job = await _their_job(query, context, job_id)
    if job is None:
        return
    services = context.services
    gone = await services.jobs.cancel(job.id, job.place.requester_id, now=services.clock())
    if gone is None:
        await _say(query, texts.nothing_left_to_cancel(job))
        return
    await _say(query)
    await _show_cancelled(context, query, gone)


async def _show_cancelled(context: Context, query: CallbackQuery, gone: Job) -> None:
    """Say so in the job's status message, and where the button was if that is another one."""
    pressed_id = query.message.message_id if query.message is not None else None
    for message_id in {gone.status_message_id, pressed_id} - {None}:
        with suppress(BadRequest):
            await context.bot.edit_message_text(
                texts.cancelled(gone),
                chat_id=gone.place.chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
            )


async def _their_job(query: CallbackQuery, context: Context, job_id: int) -> Job | None:
    job = await context.services.jobs.find(job_id)
    if job is None:
        await _say(query, texts.too_old())
        return None
    if not _is_theirs(query, job.place):
        await _say(query, texts.not_yours())
        return None
    return job


def _is_theirs(query: CallbackQuery, place: Place) -> bool:
    return query.from_user.id == place.requester_id


async def _say(query: CallbackQuery, text: str | None = None) -> None:
    """Answer the press; one that Telegram no longer waits for needs no answer."""
    with suppress(BadRequest):
        await query.answer(text)


async def _refuse(query: CallbackQuery, refused: Refusal) -> None:
    if isinstance(query.message, Message):
        await refuse(query.message, refused)
