"""[Again], [Delete] and [Keep] under a finished video, and what else may do under what failed, waits or was called off."""

from __future__ import annotations

from contextlib import suppress

from telegram import InlineKeyboardMarkup, MaybeInaccessibleMessage
from telegram.error import BadRequest, Forbidden

from chat import job_keyboards, result_keyboard
from chat.callback_data import read_priced
from chat.result_keyboard import SURELY
from chat.send import delete
from domain.job import OVER, Job, State
from domain.refusals import Refusal
from domain.request import VideoRequest, fitted_to, is_able, renew
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.request import alternative_texts
from handlers.request.cancel import make_instead
from handlers.request.once import next_idempotency_key
from handlers.results import texts as results_texts


async def on_again(press: ButtonPress) -> None:
    """The same once more, at today's price, for whoever pressed; the video stays where it is."""
    job = await press.shown_job()
    request = renew(job.request, press.context.services.catalogue)
    await press.accept_once_more(place=press.place_of_presser(job), request=request)


async def on_result(press: ButtonPress) -> None:
    """[Back] and [Keep]: show the video's own buttons again."""
    job = await press.their_job()
    await press.say()
    context = press.context
    await press.offer(result_keyboard.of_video(job, context.services.catalogue, context.bot))


async def on_delete(press: ButtonPress) -> None:
    """Ask once; then delete the message, and take the video out of the history."""
    job = await press.their_job()
    if press.pressed.value != SURELY:
        await press.say()
        await press.offer(result_keyboard.of_deletion(job))
        return
    services = press.context.services
    await services.storage.videos.remove(job.id, now=services.clock())
    if press.query.message is not None:
        await _take_away(press, press.query.message)
    await press.say(results_texts.deleted())


async def _take_away(press: ButtonPress, message: MaybeInaccessibleMessage) -> None:
    """Delete a message; of one that is too old for that (Bot API: deleteMessage) say so in its caption."""
    bot, chat_id = press.context.bot, message.chat.id
    if not await delete(bot, chat_id, message.message_id):
        with suppress(BadRequest, Forbidden):
            await bot.edit_message_caption(
                chat_id, message.message_id, caption=results_texts.only_forgotten(), reply_markup=None
            )


async def on_retry(press: ButtonPress) -> None:
    """Ask for the same once more, once for each failure however often and wherever it is pressed.

    What was called off can be had after all, too; what came of an earlier press, and was called off, does not count.
    """
    job = await press.their_job()
    if job.failure is None and job.state is not State.CANCELLED:
        await press.say()
        return
    request = renew(job.request, press.context.services.catalogue)
    place = press.place_for(job)
    idempotency_key = await next_idempotency_key(press.context.services.storage.jobs, f"retry:{job.id}")
    retried = await press.accept(idempotency_key=idempotency_key, place=place, request=request)
    await press.say(_notice(press, retried))


async def on_instead(press: ButtonPress) -> None:
    """[🎬 another model]: make by that what waits for one that is gone, failed of that, or is asked for again."""
    job = await press.their_job()
    name, price = read_priced(press.pressed.value)
    request = _by_other_model(press, job, name)
    if request is None:
        await press.say(texts.not_on_offer())
        return
    if price is not None and request.price > price:
        await press.say(alternative_texts.prices_changed(), is_alert=True)
        await press.offer(InlineKeyboardMarkup(job_keyboards.instead(job, press.context.services.catalogue)))
        return
    await make_instead(press, job, request, button=f"retry:{job.id}")


def _by_other_model(press: ButtonPress, job: Job, name: str) -> VideoRequest | None:
    """Return the request for the model of this name; None if that is not to be had either by now."""
    catalogue = press.context.services.catalogue
    model = catalogue.models.get(name)
    if model is None or job.request.original is not None or not is_able(model, job.request):
        return None
    try:
        return renew(fitted_to(job.request, model), catalogue)
    except Refusal:
        return None


def _notice(press: ButtonPress, retried: Job | None) -> str | None:
    """Say what the pressed message does not show: that this was tried again already, elsewhere."""
    shown = press.query.message
    if retried is None or shown is None:
        return None
    if (retried.place.chat_id, retried.status_message_id) == (shown.chat.id, shown.message_id):
        return None
    return texts.retried(retried) if retried.state in OVER else texts.pressed_already()
