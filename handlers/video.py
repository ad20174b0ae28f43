"""Requests for videos: the command, photos, answers to a question, and plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ForceReply
from telegram.constants import ChatType, ParseMode

from domain.options import parse_wishes
from domain.refusals import PromptMissing, Refusal
from domain.request import make_request
from handlers import buttons, texts
from handlers.accepting import accept, answer, refuse
from handlers.incoming import (
    HEAVIEST_PHOTO,
    NoPicture,
    PhotoTooHeavy,
    command_of,
    origin_of,
    photo_of,
    place_of,
)

if TYPE_CHECKING:
    from telegram import Message, Update

    from domain.request import Photo
    from handlers.context import Context


async def on_video(update: Update, context: Context) -> None:
    """`/video PROMPT`, alone or as a reply to a photo."""
    message = update.effective_message
    if message is not None and (command := command_of(message, context.bot.username)):
        await _order_with_picture(context, message, command.words, message.reply_to_message)


async def on_picture(update: Update, context: Context) -> None:
    """A photo, or a picture sent as a file; in a group only with `/video` in its caption."""
    message = update.effective_message
    if message is None:
        return
    command = command_of(message, context.bot.username)
    if command is None:
        if message.chat.type == ChatType.PRIVATE:
            await _order_with_picture(context, message, (message.caption or "").strip(), message)
    elif command.name == "video":
        await _order_with_picture(context, message, command.words, message)
    elif message.chat.type == ChatType.PRIVATE:
        await answer(message, texts.unknown_command())


async def on_answer(update: Update, context: Context) -> None:
    """A reply to one of our messages: if that one asked what should happen in a photo, this is what."""
    message = update.effective_message
    if message is None or message.reply_to_message is None:
        return
    asked = await context.services.drafts.find_asked(message.chat_id, message.reply_to_message.message_id)
    if asked is None:
        await on_words(update, context)
    elif asked.place.requester_id != place_of(message).requester_id:
        return
    else:
        await _order(context, message, message.text or "", asked.photo)


async def on_words(update: Update, context: Context) -> None:
    """Plain words in a private chat: show what would be made and its price, and spend nothing."""
    message = update.effective_message
    if message is None or message.text is None or message.chat.type != ChatType.PRIVATE:
        return
    services = context.services
    try:
        request = make_request(parse_wishes(message.text), services.catalogue)
    except Refusal as refused:
        await refuse(message, refused)
        return
    place, now = place_of(message), services.clock()
    draft = await services.drafts.add(
        origin=origin_of(message), place=place, text=message.text, photo=None, now=now
    )
    if draft.message_id is not None:
        return
    quota = await services.jobs.find_quota(
        place.account_id, allowance=services.rules.allowance_of(place.account_id), now=now
    )
    shown = await message.reply_html(
        texts.card(request, services.catalogue.models[request.model], quota),
        reply_markup=buttons.make(draft.id),
    )
    await services.drafts.show(draft.id, message_id=shown.message_id)


async def on_anything_else(update: Update, _: Context) -> None:
    """A message in a private chat that is neither words nor a picture."""
    if update.effective_message is not None:
        await answer(update.effective_message, texts.not_understood())


async def on_unknown_command(update: Update, _: Context) -> None:
    if update.effective_message is not None:
        await answer(update.effective_message, texts.unknown_command())


async def _order_with_picture(
    context: Context, message: Message, words: str, pictured: Message | None
) -> None:
    try:
        photo = photo_of(pictured)
    except NoPicture:
        await answer(message, texts.no_picture())
    except PhotoTooHeavy as heavy:
        await answer(message, texts.photo_too_heavy(heavy.size_bytes, HEAVIEST_PHOTO))
    else:
        await _order(context, message, words, photo)


async def _order(context: Context, message: Message, words: str, photo: Photo | None) -> None:
    try:
        request = make_request(parse_wishes(words), context.services.catalogue, photo=photo)
        await accept(context, origin=origin_of(message), place=place_of(message), request=request)
    except PromptMissing as missing:
        if photo is None:
            await refuse(message, missing)
        else:
            await _ask_for_words(context, message, photo)
    except Refusal as refused:
        await refuse(message, refused)


async def _ask_for_words(context: Context, message: Message, photo: Photo) -> None:
    services, origin = context.services, origin_of(message)
    if await services.jobs.find_by_origin(origin) is not None:
        return
    draft = await services.drafts.add(
        origin=origin, place=place_of(message), text=None, photo=photo, now=services.clock()
    )
    if draft.message_id is not None:
        return
    question = await message.reply_text(
        texts.ask_for_words(),
        parse_mode=ParseMode.HTML,
        do_quote=True,
        allow_sending_without_reply=True,
        reply_markup=ForceReply(selective=True, input_field_placeholder=texts.words_wanted()),
    )
    await services.drafts.show(draft.id, message_id=question.message_id)
