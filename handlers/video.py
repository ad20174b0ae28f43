"""Requests for videos: the command, photos, answers to a question, and plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ForceReply
from telegram.constants import ChatType

from domain.options import parse_wishes
from domain.refusals import PromptMissing, QuotaRefusal, Refusal
from domain.request import make_request
from handlers import album_texts, buttons, refusal_texts, texts
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
from storage.drafts import DraftKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message, Update

    from domain.request import Photo, VideoRequest
    from handlers.context import Context
    from storage.drafts import Draft


async def on_video(update: Update, context: Context) -> None:
    """`/video PROMPT`, alone or as a reply to a photo or to our question about one."""
    message = update.effective_message
    if message is None or (command := command_of(message, context.bot.username)) is None:
        return
    if asked := await _asked_of(context, message):
        await _order_asked(context, message, command.words, asked)
    else:
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
    if message is None:
        return
    if asked := await _asked_of(context, message):
        await _order_asked(context, message, message.text or "", asked)
    else:
        await on_words(update, context)


async def on_words(update: Update, context: Context) -> None:
    """Plain words in a private chat: show what would be made and its price, and spend nothing."""
    message = update.effective_message
    if message is None or message.text is None or message.chat.type != ChatType.PRIVATE:
        return
    services = context.services
    try:
        request = make_request(
            parse_wishes(message.text), services.catalogue, preferences=context.preferences
        )
    except Refusal as refused:
        await refuse(message, refused)
        return
    place, now = place_of(message), services.clock()
    draft = await services.drafts.add(
        origin=origin_of(message), kind=DraftKind.CARD, place=place, text=message.text, now=now
    )
    if draft.message_id is not None:
        return
    quota = await services.jobs.find_quota(
        place.account_id, allowance=services.rules.allowance_of(place.account_id), now=now
    )
    shown = await answer(
        message,
        texts.card(request, services.catalogue.models[request.model], quota),
        buttons.make(draft.id),
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
        await order(context, message, words, (photo,) if photo else ())


async def _asked_of(context: Context, message: Message) -> Draft | None:
    """Return the photo that waits for its words, if this is the reply of the person whom we asked for them."""
    if message.reply_to_message is None:
        return None
    asked = await context.services.drafts.find_asked(
        message.chat_id, message.reply_to_message.message_id, now=context.services.clock()
    )
    if asked is None or asked.place.requester_id != place_of(message).requester_id:
        return None
    return asked


async def _order_asked(context: Context, message: Message, words: str, asked: Draft) -> None:
    """Take the options that came with the photo along; those said later win."""
    await order(context, message, f"{asked.text or ''} {words}".strip(), asked.photos)


async def order(context: Context, message: Message, words: str, photos: Sequence[Photo]) -> None:
    """Make a video of the words, options included, and the photos; or say why not, and keep the photos."""
    try:
        request = make_request(
            parse_wishes(words), context.services.catalogue, photos=photos, preferences=context.preferences
        )
        if len(request.photos) < len(photos):
            await _accept_some(context, message, request, len(photos))
        else:
            await accept(context, origin=origin_of(message), place=place_of(message), request=request)
    except Refusal as refused:
        if not photos:
            await refuse(message, refused)
        else:
            await _keep_photos(context, message, photos, words, refused)


async def _accept_some(context: Context, message: Message, request: VideoRequest, sent: int) -> None:
    """Accept a request that leaves some of the photos out, and say so once."""
    services, origin = context.services, origin_of(message)
    is_known = await services.jobs.find_by_origin(origin) is not None
    await accept(context, origin=origin, place=place_of(message), request=request)
    if not is_known:
        model = services.catalogue.models[request.model]
        await answer(message, album_texts.left_out(model, sent, services.catalogue))


async def _keep_photos(
    context: Context, message: Message, photos: Sequence[Photo], words: str, refused: Refusal
) -> None:
    """Say why photos are not made into a video yet; a reply can still do it."""
    services, origin = context.services, origin_of(message)
    if await services.jobs.find_by_origin(origin) is not None:
        return
    only_words_missing = isinstance(refused, PromptMissing)
    draft = await services.drafts.add(
        origin=origin,
        kind=DraftKind.WORDS,
        place=place_of(message),
        text=words if only_words_missing else None,
        photos=photos,
        now=services.clock(),
    )
    if draft.message_id is not None:
        return
    said = (
        texts.ask_for_words(len(photos))
        if only_words_missing
        else refusal_texts.refusal_of_photo(refused, len(photos))
    )
    offer = None if isinstance(refused, QuotaRefusal) else _words_wanted()
    shown = await answer(message, said, offer)
    await services.drafts.show(draft.id, message_id=shown.message_id)


def _words_wanted() -> ForceReply:
    return ForceReply(selective=True, input_field_placeholder=texts.words_wanted())
