"""Requests for videos: the command, photos, answers to a question, and plain words."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message
from telegram.constants import ChatType

from chat.send import answer
from domain.options import NOTHING_SAID, PromptOptions, doubtful_option
from domain.refusals import ModelNotOnOffer, Refusal
from domain.request import Photo, VideoRequest
from domain.small_talk import is_short_question, is_small_talk
from handlers import texts
from handlers.addressing import words_to
from handlers.context import Context
from handlers.create import texts as create_texts
from handlers.create.pictures import (
    NoPicture,
    Picture,
    PictureRefusal,
    photo_of,
    picture_replied_to,
    replies_to_link,
)
from handlers.message import (
    caption_of,
    command_of,
    command_written,
    idempotency_key_of,
    is_passed_on,
    place_of,
)
from handlers.message_call import MessageCall
from handlers.request import card_texts, question_texts
from handlers.request.accept import accept
from handlers.request.card import missed_preference, open_card
from handlers.request.make import check_permitted, check_understood, options_in, request_of
from handlers.request.questions import (
    ask,
    find_asked,
    find_last_asked,
    find_question,
    is_answered_by_another,
    is_tail,
    is_whom_we_asked,
)
from handlers.request.welcome import answer_small_talk
from storage.drafts import Draft, DraftKind


async def on_video(call: MessageCall) -> None:
    """`/video PROMPT`, alone or as a reply to a photo or to our question about one."""
    message, context = call.message, call.context
    if (command := command_of(message, context.bot.username)) is not None:
        await on_request(context, message, command.words)


async def on_request(context: Context, message: Message, words: str) -> None:
    """Words that ask for a video by themselves, be it of a photo that they reply to or that we asked about."""
    asked = await find_asked(context, message)
    if asked is not None and asked.kind is DraftKind.WORDS:
        await _order_answer(context, message, asked, words)
    else:
        await _order_of_what_is_replied_to(context, message, words)


async def on_picture(call: MessageCall) -> None:
    """A photo, or a picture sent as a file; in a group only if its caption is meant for us."""
    message, context = call.message, call.context
    is_private = message.chat.type == ChatType.PRIVATE
    command = command_of(message, context.bot.username)
    if command is not None and command.name == "video":
        await _order_with_own_picture(context, message, command.words)
    elif command is not None:
        if is_private:
            await answer(message, texts.unknown_command())
    elif (
        words := caption_of(message, context.bot.username) if is_private else words_to(context.bot, message)
    ) is not None:
        await _order_with_own_picture(context, message, words)


async def on_answer(call: MessageCall) -> None:
    """A reply, in a group to one of our messages: the words that we asked for, or plain words, be it about a photo.

    Who was not asked does not answer for others.
    """
    message, context = call.message, call.context
    words, is_private = message.text or "", message.chat.type == ChatType.PRIVATE
    asked = await find_asked(context, message)
    question = asked if asked is not None or is_private else await find_question(context, message)
    if asked is not None and asked.kind is DraftKind.WORDS:
        await _order_answer(context, message, asked, words)
    elif question is None or is_private:
        await _show_with_what_is_replied_to(context, message, words)
    elif is_whom_we_asked(message, question):
        await answer(message, question_texts.too_old())


async def on_words(call: MessageCall) -> None:
    """Plain words in a private chat: show what would be made and its price, and spend nothing.

    Right after our question they are taken for its answer, although people forget to reply. A greeting answers nothing.
    """
    message, context = call.message, call.context
    if message.text is None or is_tail(context, message):
        return
    asked = await find_last_asked(context, message)
    if is_small_talk(message.text):
        await answer_small_talk(context, message, message.text, offers_video=asked is None)
    elif asked is None and is_short_question(message.text):
        await answer_small_talk(context, message, message.text, offers_video=True)
    elif asked is None:
        await _show_with_what_is_replied_to(context, message, message.text)
    else:
        await _show(context, message, message.text, asked.photos, earlier=asked.options)


async def on_unknown_command(call: MessageCall) -> None:
    """A command in a private chat that nobody takes, or one that is passed on: of a request the card is shown."""
    message, context = call.message, call.context
    command = command_written(message, context.bot.username)
    if not is_passed_on(message):
        await answer(message, texts.unknown_command())
    elif command is not None and command.name == "video":
        await _show(context, message, command.words, ())
    else:
        await answer(message, texts.passed_on_command())


async def show_picture(context: Context, message: Message, words: str, picture: Picture) -> None:
    """Show the card of words that came with something that shows a picture: it may disappoint, so it is asked first."""
    await _show(context, message, words, (picture.photo,), note=_note_on(message, picture))


async def _order_with_own_picture(context: Context, message: Message, words: str) -> None:
    try:
        photo = photo_of(message)
    except PictureRefusal as refused:
        await answer(message, create_texts.refusal(refused))
    else:
        await order(context, message, words, (photo,) if photo else ())


async def _order_of_what_is_replied_to(context: Context, message: Message, words: str) -> None:
    """Order a video of the words and the picture that they reply to; one that may disappoint is asked about first."""
    try:
        picture = picture_replied_to(message)
    except PictureRefusal as refused:
        await answer(message, create_texts.refusal(refused))
        return
    photos = (picture.photo,) if picture else ()
    note = _note_on(message, picture)
    if note:
        await _show(context, message, words, photos, note=note)
    else:
        await order(context, message, words, photos)


async def _show_with_what_is_replied_to(context: Context, message: Message, words: str) -> None:
    """Show the card of the words and the picture that they reply to, if it is one for a video."""
    try:
        picture = picture_replied_to(message)
    except NoPicture:
        await _show(context, message, words, ())
    except PictureRefusal as refused:
        await _show(context, message, words, (), note=create_texts.refusal(refused))
    else:
        photos = (picture.photo,) if picture else ()
        await _show(context, message, words, photos, note=_note_on(message, picture))


def _note_on(message: Message, picture: Picture | None) -> str:
    """Say what a person may not expect of the picture that they reply to; empty if there is nothing."""
    if picture is not None:
        return create_texts.still(picture.photo) if picture.is_still else ""
    return create_texts.link() if replies_to_link(message) else ""


async def _order_answer(context: Context, message: Message, asked: Draft, words: str) -> None:
    """Make the video that we asked about; whoever replies a second time sees what that would cost first."""
    if is_answered_by_another(asked, message):
        await _show(context, message, words, asked.photos, earlier=asked.options)
    elif await order(context, message, words, asked.photos, earlier=asked.options):
        await context.services.storage.drafts.answer(asked.id, message.message_id)


async def order(
    context: Context,
    message: Message,
    words: str,
    photos: Sequence[Photo],
    *,
    earlier: PromptOptions = NOTHING_SAID,
) -> bool:
    """Make a video of the words, options included, and the photos; or say why not, and keep the photos: then False.

    Options that were said earlier hold, too; what is said now wins.
    Who prefers to be asked first is shown the card instead, and so is whoever passes on what others said, or has words
    that may have been meant for an option.
    """
    if context.preferences.ask_first or is_passed_on(message):
        await _show(context, message, words, photos, earlier=earlier)
        return False
    options = earlier
    try:
        options = await _said(context, message, words, earlier)
        request = await request_of(context, place_of(message), options, photos)
        await check_understood(context, place_of(message), options, photos)
        doubtful = doubtful_option(request.prompt)
        if doubtful is not None or missed_preference(context, place_of(message), options) is not None:
            note = "" if doubtful is None else card_texts.stays_in_words(doubtful)
            await _show(context, message, words, photos, earlier=earlier, note=note)
            return False
        await _accept(context, message, request, len(photos))
    except ModelNotOnOffer:
        await _show(context, message, words, photos, earlier=earlier)
        return False
    except Refusal as refused:
        await ask(context, message, options, photos, refused)
        return False
    return True


async def _said(context: Context, message: Message, words: str, earlier: PromptOptions) -> PromptOptions:
    """Return what somebody who may make a video here asks for; raises a GroupRefusal or an OptionRefusal."""
    await check_permitted(context, place_of(message))
    return options_in(context.services.catalogue, words).over(earlier)


async def _show(
    context: Context,
    message: Message,
    words: str,
    photos: Sequence[Photo],
    *,
    earlier: PromptOptions = NOTHING_SAID,
    note: str = "",
) -> None:
    """Show the card of the words and the photos, a note above it, or say why not, and keep the photos."""
    options = earlier
    try:
        options = await _said(context, message, words, earlier)
        await check_understood(context, place_of(message), options, photos)
        await open_card(
            context,
            message,
            idempotency_key=idempotency_key_of(message),
            place=place_of(message),
            options=options,
            photos=photos,
            note=note,
        )
    except Refusal as refused:
        await ask(context, message, options, photos, refused)


async def _accept(context: Context, message: Message, request: VideoRequest, sent: int) -> None:
    """Accept a request; of one that leaves some of the photos out say so once."""
    services, idempotency_key = context.services, idempotency_key_of(message)
    is_whole = len(request.photos) == sent
    is_known = is_whole or await services.storage.jobs.find_by_idempotency_key(idempotency_key) is not None
    await accept(context, idempotency_key=idempotency_key, place=place_of(message), request=request)
    if not is_known:
        model = services.catalogue.models[request.model]
        await answer(message, create_texts.left_out(model, sent))
