"""The way every request takes: checked, written down once, and answered at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import structlog
from telegram import InlineKeyboardMarkup, Message

from chat import job_keyboards, status_texts
from chat.errors import SendError, SendRefused, StatusGone
from chat.send import Destination, answer, delete, edit_status, send
from chat.urgency import Urgency
from domain.admin_action import AdminAction
from domain.hold import HoldCause
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
        with suppress(SendError):
            await delete(context.bot, job.place.chat_id, shown)
    return job


async def _announce(services: Services, job: Job, shown: int | None) -> Job:
    """Let the worker take the job at once; accepted it is in any case, and taken a little later if this fails."""
    try:
        return await services.storage.jobs.announce(job.id, status_message_id=shown, now=services.clock())
    except StorageError:
        log.exception("a job could not be announced; it goes on by itself", job=job.id)
        return job


async def refuse(message: Message, refused: Refusal, offer: InlineKeyboardMarkup | None = None) -> Message:
    return await answer(message, refusal_texts.refusal(refused), offer)


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
        rules=replace(services.rules.spending_rules_of(place), forgives_failures=action is not None),
        concurrency=services.rules.concurrency,
        now=services.clock(),
        button=button,
        held=services.storage.holds.models,
        action=action,
    )


async def _show_status(context: Context, added: Added, message_id: int | None) -> int | None:
    """Show the job's status and return the message's id; None if Telegram does not let us."""
    job, bot = replace(added.job, status_message_id=message_id), context.bot
    hold = context.services.storage.holds.find_for(job)
    text = status_texts.status(job, context.services.clock(), position=added.queue_position, hold=hold)
    is_of_model = hold is not None and hold.cause is HoldCause.MODEL
    keyboard = job_keyboards.of_status(job, without_model=context.services.catalogue if is_of_model else None)
    try:
        with suppress(StatusGone, SendRefused):
            return await edit_status(bot, job, text, keyboard, urgency=Urgency.ANSWER)
    except SendError as error:
        # The job is written down, and its next news go there.
        log.info("a status was not shown", job=job.id, problem=str(error))
        return message_id
    try:
        message = await send(bot, Destination.of(job.place), text, keyboard, urgency=Urgency.ANSWER)
    except SendError:
        # The job is written down: the video itself will be the answer.
        return None
    return message.message_id
