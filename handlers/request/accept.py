"""The way every request takes: checked, written down once, and answered at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import structlog
from telegram import ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from chat import job_keyboards, status_texts
from chat.errors import is_thread_gone
from chat.urgency import Urgency
from domain.admin_action import AdminAction
from domain.job import OVER, Job, Place, State
from domain.refusals import Refusal
from domain.request import VideoRequest
from handlers.context import Context, Services
from handlers.request import refusal_texts
from handlers.request.make import check_permitted
from storage.errors import StorageError
from storage.jobs import Added

log = structlog.get_logger(__name__)


async def accept(
    context: Context,
    *,
    idempotency_key: str,
    place: Place,
    request: VideoRequest,
    status_message_id: int | None = None,
    button: str | None = None,
    action: AdminAction | None = None,
) -> Job:
    """Add the job, show its status message, and hand it to the worker; raises a QuotaRefusal or a GroupRefusal.

    A request that comes a second time changes nothing; `button` and `action` are as in `Jobs.add`. The message of ours
    `status_message_id` becomes the status message; without it a new one answers the request.
    """
    services = context.services
    if action is None:
        await check_permitted(context, place)
    added = await _add(services, idempotency_key, place, request, button, action)
    job = added.job
    if not added.is_new and job.status_message_id is not None:
        return job
    shown = status_message_id
    try:
        # If it is not, a worker took the job before we could write down, the first time, which message shows it.
        if job.state is State.QUEUED:
            shown = await _show_status(context, added, status_message_id)
    finally:
        job = await _announce(services, job, shown)
        services.wake()
    if added.is_new and status_message_id is None and button is None:
        services.react(place)
    if shown is not None and job.state in OVER:
        # The answer had to wait so long that the ending came before it.
        with suppress(TelegramError):
            await context.bot.delete_message(job.place.chat_id, shown)
    return job


async def _announce(services: Services, job: Job, shown: int | None) -> Job:
    """Let the worker take the job at once; accepted it is in any case, and taken a little later if this fails."""
    try:
        return await services.storage.jobs.announce(job.id, status_message_id=shown, now=services.clock())
    except StorageError:
        log.exception("a job could not be announced; it goes on by itself", job=job.id)
        return job


async def answer(
    message: Message, text: str, offer: InlineKeyboardMarkup | ForceReply | None = None
) -> Message:
    """Answer a message; the answer stands even if the message is gone, and outside its topic if that is closed."""
    no_preview = LinkPreviewOptions(is_disabled=True)
    try:
        return await message.reply_text(
            text,
            parse_mode=ParseMode.HTML,
            do_quote=True,
            allow_sending_without_reply=True,
            link_preview_options=no_preview,
            reply_markup=offer,
        )
    except BadRequest as error:
        if not (message.is_topic_message and is_thread_gone(error)):
            raise
    return await message.get_bot().send_message(
        message.chat_id,
        text,
        parse_mode=ParseMode.HTML,
        link_preview_options=no_preview,
        reply_markup=offer,
    )


async def refuse(message: Message, refused: Refusal) -> Message:
    return await answer(message, refusal_texts.refusal(refused))


async def _add(  # noqa: PLR0917 - as they come
    services: Services,
    idempotency_key: str,
    place: Place,
    request: VideoRequest,
    button: str | None,
    action: AdminAction | None,
) -> Added:
    return await services.storage.jobs.add(
        idempotency_key=idempotency_key,
        place=place,
        request=request,
        terms=replace(services.rules.terms_of(place), forgives_failures=action is not None),
        concurrency=services.rules.concurrency,
        now=services.clock(),
        button=button,
        held=services.storage.holds.models,
        action=action,
    )


async def _show_status(context: Context, added: Added, message_id: int | None) -> int | None:
    """Show the job's status and return the message's id; None if Telegram does not let us."""
    job = added.job
    hold = context.services.storage.holds.find(job.request.model)
    text = status_texts.status(job, context.services.clock(), place=added.queue_place, hold=hold)
    if message_id is not None:
        try:
            await context.bot.edit_message_text(
                text,
                chat_id=job.place.chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=job_keyboards.of_status(job),
                rate_limit_args=Urgency.ANSWER,
            )
        except BadRequest as error:
            # Shown already when the same press came a first time, and then we were cut short.
            if "message is not modified" not in error.message.lower():
                return await _send_status(context, job, text)
        except TelegramError as error:
            # The job is written down, and its next news go there.
            log.info("a status was not shown", job=job.id, problem=error.message)
        return message_id
    return await _send_status(context, job, text)


async def _send_status(context: Context, job: Job, text: str) -> int | None:
    place = job.place
    reply_to = (
        ReplyParameters(place.request_message_id, allow_sending_without_reply=True)
        if place.request_message_id is not None
        else None
    )
    try:
        message = await context.bot.send_message(
            place.chat_id,
            text,
            message_thread_id=place.thread_id,
            reply_parameters=reply_to,
            parse_mode=ParseMode.HTML,
            reply_markup=job_keyboards.of_status(job),
            rate_limit_args=Urgency.ANSWER,
        )
    except TelegramError:
        # The job is written down: the video itself will be the answer.
        return None
    return message.message_id
