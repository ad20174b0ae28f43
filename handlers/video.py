"""Requests for videos: the command, photos, answers to a question, and plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from domain.refusals import Refusal
from handlers import album_texts, question_texts, texts
from handlers.accepting import accept, answer
from handlers.addressing import words_to
from handlers.cards import open_card
from handlers.incoming import (
    HEAVIEST_PHOTO,
    NoPicture,
    PhotoTooHeavy,
    command_of,
    origin_of,
    photo_of,
    place_of,
)
from handlers.questions import (
    ask,
    find_asked,
    find_last_asked,
    find_question,
    is_whom_we_asked,
    with_words,
)
from handlers.requests import request_of
from storage.drafts import DraftKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message, Update

    from domain.request import Photo, VideoRequest
    from handlers.context import Context


async def on_video(update: Update, context: Context) -> None:
    """`/video PROMPT`, alone or as a reply to a photo or to our question about one."""
    message = update.effective_message
    if message is not None and (command := command_of(message, context.bot.username)) is not None:
        await on_request(context, message, command.words)


async def on_request(context: Context, message: Message, words: str) -> None:
    """Words that ask for a video by themselves, be it of a photo that they reply to or that we asked about."""
    asked = await find_asked(context, message)
    if asked is not None and asked.kind is DraftKind.WORDS:
        await order(context, message, with_words(asked, words), asked.photos)
    else:
        await _order_with_picture(context, message, words, message.reply_to_message)


async def on_picture(update: Update, context: Context) -> None:
    """A photo, or a picture sent as a file; in a group only if its caption is meant for us."""
    message = update.effective_message
    if message is None:
        return
    is_private = message.chat.type == ChatType.PRIVATE
    command = command_of(message, context.bot.username)
    if command is not None and command.name == "video":
        await _order_with_picture(context, message, command.words, message)
    elif command is not None:
        if is_private:
            await answer(message, texts.unknown_command())
    elif (
        words := (message.caption or "").strip() if is_private else words_to(context.bot, message)
    ) is not None:
        await _order_with_picture(context, message, words, message)


async def on_answer(update: Update, context: Context) -> None:
    """A reply, in a group to one of our messages: the words that we asked for, or plain words, be it about a photo.

    Who was not asked does not answer for others.
    """
    message = update.effective_message
    if message is None:
        return
    words, is_private = message.text or "", message.chat.type == ChatType.PRIVATE
    asked = await find_asked(context, message)
    question = asked if asked is not None or is_private else await find_question(context, message)
    if asked is not None and asked.kind is DraftKind.WORDS:
        await order(context, message, with_words(asked, words), asked.photos)
    elif question is None or is_private:
        await _show(context, message, words, _picture_in(message.reply_to_message))
    elif is_whom_we_asked(message, question):
        await answer(message, question_texts.too_old())


async def on_words(update: Update, context: Context) -> None:
    """Plain words in a private chat: show what would be made and its price, and spend nothing.

    Right after our question they are taken for its answer, although people forget to reply.
    """
    message = update.effective_message
    if message is None or message.text is None:
        return
    asked = await find_last_asked(context, message)
    if asked is None:
        await _show(context, message, message.text, ())
    else:
        await _show(context, message, with_words(asked, message.text), asked.photos)


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
        await order(context, message, words, (photo,) if photo else ())


def _picture_in(pictured: Message | None) -> Sequence[Photo]:
    """Return the picture of a message that somebody replied to, if it is one for a video."""
    try:
        photo = photo_of(pictured)
    except (NoPicture, PhotoTooHeavy):
        return ()
    return (photo,) if photo else ()


async def order(context: Context, message: Message, words: str, photos: Sequence[Photo]) -> None:
    """Make a video of the words, options included, and the photos; or say why not, and keep the photos.

    Who prefers to be asked first is shown the card instead.
    """
    if context.preferences.ask_first:
        await _show(context, message, words, photos)
        return
    try:
        request = await request_of(context, place_of(message), words, photos)
        if len(request.photos) < len(photos):
            await _accept_some(context, message, request, len(photos))
        else:
            await accept(context, origin=origin_of(message), place=place_of(message), request=request)
    except Refusal as refused:
        await ask(context, message, words, photos, refused)


async def _show(context: Context, message: Message, words: str, photos: Sequence[Photo]) -> None:
    """Show the card of the words and the photos, or say why not, and keep the photos."""
    try:
        await open_card(
            context, message, origin=origin_of(message), place=place_of(message), text=words, photos=photos
        )
    except Refusal as refused:
        await ask(context, message, words, photos, refused)


async def _accept_some(context: Context, message: Message, request: VideoRequest, sent: int) -> None:
    """Accept a request that leaves some of the photos out, and say so once."""
    services, origin = context.services, origin_of(message)
    is_known = await services.jobs.find_by_origin(origin) is not None
    await accept(context, origin=origin, place=place_of(message), request=request)
    if not is_known:
        model = services.catalogue.models[request.model]
        await answer(message, album_texts.left_out(model, sent, services.catalogue))
