"""Shared videos: shown to whoever has the link, and made once more, in their own way, by whoever likes one."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button
from chat.send import answer
from chat.share_links import SharedLink, read_link, read_payload, sign
from domain.edits import make_anew
from domain.job import Job, State
from domain.options import PromptOptions
from domain.refusals import Refusal
from domain.request import VideoRequest, options_of
from handlers import texts as handlers_texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request.accept import refuse
from handlers.request.card import open_card
from handlers.request.lineage import find_whole
from handlers.sharing import texts as sharing_texts
from handlers.videos import send_again
from storage.videos import Videos


async def on_link(call: MessageCall) -> None:
    """`/start video_ID…`: the video, and a way to one's own like it; who made it is not told."""
    message, context = call.message, call.context
    token = context.bot.token
    link = read_payload(call.words.partition(" ")[0], token)
    job = link and await find_linked(context.services.storage.videos, link, place_of(message).requester_id)
    if not job:
        await answer(message, sharing_texts.not_shared())
        return
    alike = button(sharing_texts.make_alike(), ButtonKind.LIKE, job.id, sign(job.id, token))
    if not await send_again(context, message, job, InlineKeyboardMarkup([[alike]])):
        await answer(message, handlers_texts.lost(job), InlineKeyboardMarkup([[alike]]))


async def on_like(press: ButtonPress) -> None:
    """[Make one like it]: a card of the same words and options for whoever pressed; nothing is spent yet."""
    context, message, pressed = press.context, press.message, press.pressed
    link = read_link(pressed.row_id, pressed.value, context.bot.token)
    job = await find_linked(context.services.storage.videos, link, press.presser_id)
    if job is None or message is None:
        await press.say(sharing_texts.not_shared(), is_alert=True)
        return
    await press.say()
    place = replace(
        place_of(message),
        account_id=press.presser_id,
        requester_id=press.presser_id,
        request_message_id=None,
    )
    try:
        await open_card(
            context,
            message,
            idempotency_key=f"like:{press.query.id}",
            place=place,
            options=_options_of(await find_whole(context.services.storage.jobs, job), context),
            photos=(),
        )
    except Refusal as refused:
        await refuse(message, refused)


async def find_linked(videos: Videos, link: SharedLink, asker_id: int) -> Job | None:
    """Return what the asker may see: their own, or what somebody who may gave them the link of."""
    own = await videos.find_own(asker_id, link.job_id)
    if own is not None:
        return own if own.state is State.DONE else None
    return await videos.find_shared(link.job_id) if link.is_signed else None


def _options_of(request: VideoRequest, context: Context) -> PromptOptions:
    """Return what makes one like it, as near as today's catalogue comes.

    Its maker's photos, character and wish for a watermark are not given away.
    """
    bare = replace(request, photos=(), character=None, original=None)
    try:
        options = options_of(make_anew(bare, request.prompt, context.services.catalogue))
    except Refusal:
        options = PromptOptions(prompt=request.prompt)
    return replace(options, private=None, watermark=None)
