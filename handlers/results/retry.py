"""[Try again] under the reason why there is no video, and its like under what was called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.job import OVER, State
from domain.refusals import Refusal
from domain.request import renew
from handlers import texts
from handlers.history import texts as history_texts
from handlers.request.once import origin_of_next

if TYPE_CHECKING:
    from domain.job import Job
    from handlers.button_press import Pressing


async def on_retry(pressing: Pressing) -> None:
    """Ask for the same once more, once for each failure however often and wherever it is pressed.

    What was called off can be had after all, too; what came of an earlier press, and was called off, does not count.
    """
    job = await pressing.their_job()
    if job is None:
        return
    if job.failure is None and job.state is not State.CANCELLED:
        await pressing.say()
        return
    try:
        request = renew(job.request, pressing.context.services.catalogue)
    except Refusal as refused:
        await pressing.say()
        await pressing.refuse(refused)
        return
    place = pressing.place_for(job)
    origin = await origin_of_next(pressing.context.services.jobs, f"retry:{job.id}")
    retried = await pressing.accept(origin=origin, place=place, request=request)
    await pressing.say(_notice(pressing, retried))


def _notice(pressing: Pressing, retried: Job | None) -> str | None:
    """Say what the pressed message does not show: that this was tried again already, elsewhere."""
    shown = pressing.query.message
    if retried is None or shown is None:
        return None
    if (retried.place.chat_id, retried.status_message_id) == (shown.chat.id, shown.message_id):
        return None
    return history_texts.retried(retried) if retried.state in OVER else texts.pressed_already()
