"""What people send in private that is neither words nor a photo: each kind is told what can be done with it."""

from __future__ import annotations

from contextlib import suppress

from telegram import ForceReply, InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, button
from chat.send import answer
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.create import other_kind_texts
from handlers.create.handlers import show_picture
from handlers.create.other_kind_texts import WITH_PICTURE, WITHOUT_PICTURE
from handlers.create.pictures import Picture, PictureRefusal, picture_in
from handlers.message import caption_of, command_of, idempotency_key_of, place_of
from handlers.message_call import MessageCall
from storage.drafts import DraftKind

#: The fields of a message by which its kind is known; a venue comes with its location.
_KINDS = (*WITH_PICTURE, *WITHOUT_PICTURE)


async def on_other_kind(call: MessageCall) -> None:
    """Say what can be done with a clip, a sticker, a voice message …; with words, show the card of its picture."""
    message, context = call.message, call.context
    kind = next((kind for kind in _KINDS if getattr(message, kind) is not None), "")
    picture = _picture(message) if kind in WITH_PICTURE else None
    if picture is None:
        await call.answer(other_kind_texts.without_picture(kind))
    elif words := _words(context, message):
        await show_picture(context, message, words, picture)
    else:
        await _offer(context, message, kind, picture)


async def on_use_picture(press: ButtonPress) -> None:
    """[Use its picture]: ask what should happen in it, once however often it is pressed."""
    draft = await press.their_draft()
    await press.say()
    drafts = press.context.services.storage.drafts
    asked = await drafts.add(
        idempotency_key=f"picture:{draft.id}",
        kind=DraftKind.WORDS,
        place=draft.place,
        photos=draft.photos,
        now=press.context.services.clock(),
    )
    if asked.message_id is None and press.message is not None:
        wanted = ForceReply(selective=True, input_field_placeholder=texts.words_wanted())
        question = await answer(press.message, texts.ask_for_words(), wanted)
        await drafts.show(asked.id, message_id=question.message_id)


async def _offer(context: Context, message: Message, kind: str, picture: Picture) -> None:
    """Offer the picture, which is kept for a press, once for each message."""
    drafts = context.services.storage.drafts
    draft = await drafts.add(
        idempotency_key=idempotency_key_of(message),
        kind=DraftKind.CARD,
        place=place_of(message),
        photos=(picture.photo,),
        now=context.services.clock(),
    )
    if draft.message_id is None:
        use = button(other_kind_texts.use_picture(), ButtonKind.PICTURE, draft.id)
        said = other_kind_texts.with_picture(kind, is_still=picture.is_still)
        shown = await answer(message, said, InlineKeyboardMarkup([[use]]))
        await drafts.show(draft.id, message_id=shown.message_id)


def _picture(message: Message) -> Picture | None:
    with suppress(PictureRefusal):
        return picture_in(message)
    return None


def _words(context: Context, message: Message) -> str:
    """Return what is said with it, without the command that asks for a video."""
    command = command_of(message, context.bot.username)
    if command is not None and command.name == "video":
        return command.words
    return caption_of(message, context.bot.username)
