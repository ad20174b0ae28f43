"""`/job` and `/retry`: an admin looks at one job, and has one made again that ended badly."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat import status_texts
from chat.callback_data import ButtonKind, button
from chat.language import speaking
from chat.send import answer
from domain.admin_action import AdminAction, AdminActionKind
from domain.job import Job, State
from domain.refusals import Refusal
from domain.request import renew
from handlers.admin import jobs_texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.message import number_in
from handlers.message_call import MessageCall
from handlers.request import refusal_texts
from handlers.request.accept import accept
from handlers.request.once import next_idempotency_key
from storage.job_history import JobHistory


async def on_job(call: MessageCall) -> None:
    """`/job ID`."""
    number = number_in(call.words)
    if number is None:
        await call.answer(jobs_texts.which_job())
        return
    job_history = await call.services.storage.job_histories.find(number)
    if job_history is None:
        await call.answer(jobs_texts.no_such_job())
        return
    await call.answer(await _told(call.context, job_history), _offer(job_history.job))


async def on_retry(call: MessageCall) -> None:
    """`/retry ID`."""
    number = number_in(call.words)
    if number is None:
        await call.answer(jobs_texts.which_retry())
        return
    action = action_of(call, AdminActionKind.RETRY, detail=str(number))
    await call.answer(await _retried(call.context, number, action))


async def on_retry_press(press: ButtonPress) -> None:
    """The button under what `/job` says."""
    number = press.pressed.row_id
    action = action_of(press, AdminActionKind.RETRY, detail=str(number))
    await press.say()
    if press.message is not None:
        await answer(press.message, await _retried(press.context, number, action))


async def _retried(context: Context, number: int, action: AdminAction) -> str:
    """Have a job made again as its person's own [Try again] would, and return what came of that."""
    services = context.services
    job = await services.storage.jobs.find(number)
    if job is None:
        return jobs_texts.no_such_job()
    if job.failure is None:
        return jobs_texts.ended_well(job)
    idempotency_key = await next_idempotency_key(services.storage.jobs, f"retry:{job.id}")
    before = await services.storage.jobs.find_by_idempotency_key(idempotency_key)
    if before is not None:
        return jobs_texts.retried_before(before)
    try:
        request = renew(job.request, services.catalogue)
        with speaking(job.place.language):
            again = await accept(
                context, idempotency_key=idempotency_key, place=job.place, request=request, action=action
            )
    except Refusal as refused:
        return refusal_texts.refusal(refused)
    return jobs_texts.retried(again)


async def _told(context: Context, job_history: JobHistory) -> str:
    services, job = context.services, job_history.job
    found = [
        await services.storage.accounts.find(account_id)
        for account_id in {job.place.requester_id, job.place.account_id, job.place.chat_id}
    ]
    people = [account for account in found if account is not None]
    hold = services.storage.holds.find_for(job) if job.state is State.QUEUED else None
    held = status_texts.held(hold) if hold is not None else ""
    return jobs_texts.job_history(job_history, people, services.catalogue, services.clock(), held=held)


def _offer(job: Job) -> InlineKeyboardMarkup | None:
    if job.failure is None:
        return None
    return InlineKeyboardMarkup([[button(jobs_texts.retry(), ButtonKind.RETRY_FOR, job.id)]])
