"""Presses of our buttons: only by the person they are for, and as often as they like to the same effect."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import LinkPreviewOptions, Message
from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import BadRequest, TelegramError

from domain.options import parse_wishes
from domain.refusals import Refusal
from domain.request import make_request, renew
from handlers import buttons, texts
from handlers.accepting import accept, refuse
from handlers.buttons import Press, Pressed
from handlers.calling_off import call_off
from handlers.listing import describe, find_listed

if TYPE_CHECKING:
    from telegram import CallbackQuery, MaybeInaccessibleMessage, Update

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
    if not await _is_theirs(query, context, draft.place):
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
    if job.failure is None:
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
    gone = await call_off(context, job)
    await _say(query, None if gone else texts.nothing_left_to_cancel(job))
    if query.message is not None and not _is_status(query.message, job):
        await _renew_list(query.message, context, job)


async def _renew_list(message: MaybeInaccessibleMessage, context: Context, job: Job) -> None:
    """Show in a list of jobs what is left of it."""
    asker = replace(job.place, chat_id=message.chat.id)
    text, offer = await describe(context.services, await find_listed(context.services, asker))
    with suppress(BadRequest):
        await context.bot.edit_message_text(
            text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=offer,
        )


def _is_status(message: MaybeInaccessibleMessage, job: Job) -> bool:
    return (message.chat.id, message.message_id) == (job.place.chat_id, job.status_message_id)


async def _their_job(query: CallbackQuery, context: Context, job_id: int) -> Job | None:
    job = await context.services.jobs.find(job_id)
    if job is None:
        await _say(query, texts.too_old())
        return None
    if not await _is_theirs(query, context, job.place):
        await _say(query, texts.not_yours())
        return None
    return job


async def _is_theirs(query: CallbackQuery, context: Context, place: Place) -> bool:
    """Tell whether the person who pressed is the one who asked.

    Anonymous administrators and channels ask in the name of a chat, but press in their own (Bot API:
    CallbackQuery): what was asked so belongs to the administrators of the group.
    """
    presser = query.from_user.id
    if not place.asked_as_chat:
        return presser == place.requester_id
    try:
        member = await context.bot.get_chat_member(place.chat_id, presser)
    except TelegramError:
        return False
    return member.status in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


async def _say(query: CallbackQuery, text: str | None = None) -> None:
    """Answer the press; one that Telegram no longer waits for needs no answer."""
    with suppress(BadRequest):
        await query.answer(text)


async def _refuse(query: CallbackQuery, refused: Refusal) -> None:
    if isinstance(query.message, Message):
        await refuse(query.message, refused)
