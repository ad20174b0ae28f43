"""[🎬 another model] where the model that was wished for is not to be had: the same, made by that."""

from __future__ import annotations

from domain.job import Job, State
from domain.refusals import Refusal
from domain.request import VideoRequest, fitted_to, is_able, renew
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.request.cancel import call_off
from handlers.request.once import next_idempotency_key


async def on_instead(press: ButtonPress) -> None:
    """Make by another model what waits for one that is gone, failed of that, or is asked for again.

    What waits is called off first; once for each that waits or failed, however often it is pressed.
    """
    job = await press.their_job()
    request = _by_other_model(press, job)
    if request is None:
        await press.say(texts.not_on_offer())
        return
    if job.state is State.DONE:
        await press.accept_once_more(place=press.place_for(job), request=request)
        return
    is_off = job.state is State.CANCELLED or job.failure is not None
    if not is_off and await call_off(press.context, job) is None:
        await press.say(texts.nothing_left_to_cancel(job))
        return
    idempotency_key = await next_idempotency_key(press.context.services.storage.jobs, f"retry:{job.id}")
    await press.say()
    await press.accept(idempotency_key=idempotency_key, place=press.place_for(job), request=request)


def _by_other_model(press: ButtonPress, job: Job) -> VideoRequest | None:
    """Return the request for the model that the button names; None if that is not to be had either by now."""
    catalogue = press.context.services.catalogue
    model = catalogue.models.get(press.pressed.value)
    if model is None or job.request.original is not None or not is_able(model, job.request):
        return None
    try:
        return renew(fitted_to(job.request, model), catalogue)
    except Refusal:
        return None
