"""[Again] and [Delete] under a finished video, and the way back to its buttons."""

from __future__ import annotations

from contextlib import suppress

from telegram import MaybeInaccessibleMessage
from telegram.error import BadRequest, Forbidden

from chat import result_keyboard
from chat.result_keyboard import SURELY
from chat.send import delete
from domain.refusals import Refusal
from domain.request import renew
from handlers.button_press import ButtonPress
from handlers.results import texts as results_texts


async def on_again(press: ButtonPress) -> None:
    """The same once more, at today's price, for whoever pressed; the video stays where it is."""
    job = await press.shown_job()
    if job is None:
        return
    try:
        request = renew(job.request, press.context.services.catalogue)
    except Refusal as refused:
        await press.say()
        await press.refuse(refused)
        return
    await press.accept_once_more(place=press.place_of_presser(job), request=request)


async def on_result(press: ButtonPress) -> None:
    """[Back] and [Keep]: show the video's own buttons again."""
    job = await press.their_job()
    if job is None:
        return
    await press.say()
    context = press.context
    await press.offer(result_keyboard.of_video(job, context.services.catalogue, context.bot))


async def on_delete(press: ButtonPress) -> None:
    """Ask once; then delete the message, and take the video out of the history."""
    job = await press.their_job()
    if job is None:
        return
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
