"""[Again] and [Delete] under a finished video, and the way back to its buttons."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden

from chat import result_keyboard as result_buttons
from chat.result_keyboard import SURELY
from domain.refusals import Refusal
from domain.request import renew
from handlers.results import texts as result_texts

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage

    from handlers.button_press import Pressing


async def on_again(pressing: Pressing) -> None:
    """The same once more, at today's price, for whoever pressed; the video stays where it is."""
    job = await pressing.shown_job()
    if job is None:
        return
    try:
        request = renew(job.request, pressing.context.services.catalogue)
    except Refusal as refused:
        await pressing.say()
        await pressing.refuse(refused)
        return
    await pressing.accept_once_more(place=pressing.place_of_presser(job), request=request)


async def on_result(pressing: Pressing) -> None:
    """[Back] and [Keep]: show the video's own buttons again."""
    job = await pressing.their_job()
    if job is None:
        return
    await pressing.say()
    context = pressing.context
    await pressing.offer(result_buttons.of_video(job, context.services.catalogue, context.bot))


async def on_delete(pressing: Pressing) -> None:
    """Ask once; then delete the message, and take the video out of the history."""
    job = await pressing.their_job()
    if job is None:
        return
    if pressing.pressed.value != SURELY:
        await pressing.say()
        await pressing.offer(result_buttons.of_deletion(job))
        return
    services = pressing.context.services
    await services.videos.remove(job.id, now=services.clock())
    if pressing.query.message is not None:
        await _take_away(pressing, pressing.query.message)
    await pressing.say(result_texts.deleted())


async def _take_away(pressing: Pressing, message: MaybeInaccessibleMessage) -> None:
    """Delete a message; of one that is too old for that (Bot API: deleteMessage) say so in its caption."""
    bot, chat_id = pressing.context.bot, message.chat.id
    try:
        await bot.delete_message(chat_id, message.message_id)
    except (BadRequest, Forbidden):
        with suppress(BadRequest, Forbidden):
            await bot.edit_message_caption(
                chat_id, message.message_id, caption=result_texts.only_forgotten(), reply_markup=None
            )
