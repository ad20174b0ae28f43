"""[Try again] under the reason why there is no video, and its like under what was called off."""

from __future__ import annotations

from domain.job import OVER, Job, State
from domain.refusals import Refusal
from domain.request import renew
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.request.once import next_idempotency_key


async def on_retry(press: ButtonPress) -> None:
    """Ask for the same once more, once for each failure however often and wherever it is pressed.

    What was called off can be had after all, too; what came of an earlier press, and was called off, does not count.
    """
    job = await press.their_job()
    if job is None:
        return
    if job.failure is None and job.state is not State.CANCELLED:
        await press.say()
        return
    try:
        request = renew(job.request, press.context.services.catalogue)
    except Refusal as refused:
        await press.say()
        await press.refuse(refused)
        return
    place = press.place_for(job)
    idempotency_key = await next_idempotency_key(press.context.services.storage.jobs, f"retry:{job.id}")
    retried = await press.accept(idempotency_key=idempotency_key, place=place, request=request)
    await press.say(_notice(press, retried))


def _notice(press: ButtonPress, retried: Job | None) -> str | None:
    """Say what the pressed message does not show: that this was tried again already, elsewhere."""
    shown = press.query.message
    if retried is None or shown is None:
        return None
    if (retried.place.chat_id, retried.status_message_id) == (shown.chat.id, shown.message_id):
        return None
    return texts.retried(retried) if retried.state in OVER else texts.pressed_already()
