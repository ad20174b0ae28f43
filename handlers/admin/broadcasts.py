"""`/broadcast`: asks for the message to everybody, shows its preview with how many get it, and sends it once pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    Poll,
    Update,
)
from telegram.error import BadRequest, Forbidden
from telegram.ext import ApplicationHandlerStop

from chat import broadcast_texts, button_texts
from chat.albums import Album
from chat.broadcast_keyboard import stop_button
from chat.callback_data import ButtonKind, button
from chat.errors import ChatClosed
from chat.formatting import utf16_length
from chat.language import spoken
from chat.send import Destination, answer, send
from domain.admin_action import AdminActionKind
from domain.broadcast import Broadcast
from handlers import texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context, Services
from handlers.message import WrittenCommand, command_of, idempotency_key_of, place_of, words_of
from handlers.message_call import MessageCall
from handlers.request.questions import find_asked, find_last_asked, is_answered_by_another
from storage.drafts import Draft, DraftKind

#: UTF-16 units; apps cut what is longer than a message may be (Bot API: sendMessage), at a blank before that.
_LONGEST_UNCUT = 4000
_COPYABLE = (
    "text",
    "animation",
    "audio",
    "contact",
    "dice",
    "document",
    "live_photo",
    "location",
    "photo",
    "poll",
    "sticker",
    "venue",
    "video",
    "video_note",
    "voice",
)


async def on_broadcast(call: MessageCall) -> None:
    """Ask what everybody shall get, or show its preview: what the command replies to, or what it says or shows itself.

    Nothing is sent yet.
    """
    message = call.message
    original = await _find_original(call.context, message)
    admin_id = message.from_user.id if message.chat_id < 0 and message.from_user else message.chat_id
    if await _count_people(call.services, admin_id) <= 1:
        await call.answer(broadcast_texts.nobody())
    elif original is None:
        await _ask(call.context, message, broadcast_texts.what())
    elif refused := await _preview(call.context, message, original, admin_id):
        await call.answer(refused)


async def on_admins_message(update: Update | Album, context: Context) -> None:
    """Take what an admin sends in private for the answer, of whatever kind it is, if we asked what everybody shall get.

    A command ends the question; ours below a photo or a video is taken here, for others stand in texts alone.
    Raises ApplicationHandlerStop where nobody else has to look at the message.
    """
    message = _captioned(update.messages) if isinstance(update, Album) else update.message
    if message is None or not context.services.rules.is_admin(message.chat_id):
        return
    asked = await _find_asked(context, message)
    command = command_of(message, context.bot.username)
    if asked is not None and command is None:
        await _take(context, message, asked)
        raise ApplicationHandlerStop
    if asked is not None:
        await context.services.storage.drafts.answer(asked.id, message.message_id)
    match command:
        case WrittenCommand(name="cancel") if asked is not None:
            await answer(message, broadcast_texts.cancelled())
            raise ApplicationHandlerStop
        case WrittenCommand(name="broadcast") if message.caption is not None:
            await on_broadcast(MessageCall(message, context))
            raise ApplicationHandlerStop


async def _take(context: Context, message: Message, asked: Draft) -> None:
    """Show the preview of what answers our question, or ask again if it cannot be sent."""
    if is_answered_by_another(asked, message):
        await answer(message, broadcast_texts.answered_before())
    elif refused := await _preview(context, message, message, asked.place.requester_id):
        await _ask(context, message, refused)
    else:
        await context.services.storage.drafts.answer(asked.id, message.message_id)


async def on_send(press: ButtonPress) -> None:
    """[Send to … people]: once for each card, however often it is pressed."""
    broadcast = await _found(press)
    services = press.context.services
    await services.storage.accounts.write_profiles()
    current = await services.storage.broadcasts.find_current()
    if not await services.storage.broadcasts.confirm(
        action_of(press, AdminActionKind.BROADCAST), broadcast.id
    ):
        await press.say(broadcast_texts.goes_out_already())
        return
    try:
        await press.say()
        if current is None:
            text = broadcast_texts.sending(await services.storage.broadcasts.find_progress(broadcast.id))
        else:
            text = broadcast_texts.waiting()
        await press.edit(text, stop_button(broadcast))
    finally:
        # Only now: the sender's first words about it have to come after ours.
        services.send_broadcasts()


async def on_cancel(press: ButtonPress) -> None:
    """[Cancel] on a card: nothing is sent."""
    broadcast = await _found(press)
    if not await press.context.services.storage.broadcasts.cancel(broadcast.id):
        await press.say(broadcast_texts.goes_out_already())
        return
    await press.say()
    await press.edit(broadcast_texts.cancelled())


async def on_stop(press: ButtonPress) -> None:
    """[Stop]: whoever has not got it does not get it. The sender shows the report."""
    broadcast = await _found(press)
    services = press.context.services
    if not await services.storage.broadcasts.stop(
        action_of(press, AdminActionKind.BROADCAST_STOP), broadcast.id
    ):
        await press.say(broadcast_texts.over())
        return
    services.send_broadcasts()
    await press.say(broadcast_texts.stopping())


def is_copyable(message: Message) -> bool:
    """Tell whether Telegram lets the message be copied (Bot API: copyMessage); of a quiz we do not know the answer."""
    if message.has_protected_content or (message.poll is not None and message.poll.type == Poll.QUIZ):
        return False
    return any(getattr(message, kind) for kind in _COPYABLE)


def uncopyable(error: BadRequest) -> str | None:
    """Say why Telegram does not copy the message; None if it is not the message's fault."""
    words = error.message.lower()
    if "too long" in words:
        return broadcast_texts.too_long()
    is_kind = "can't be copied" in words or "to copy not found" in words
    return broadcast_texts.cannot_be_copied() if is_kind else None


async def _ask(context: Context, message: Message, words: str) -> None:
    """Ask an admin, in their own chat, for the message to everybody."""
    services, admin_id = context.services, message.chat_id
    wanted = ForceReply(input_field_placeholder=broadcast_texts.wanted())
    question = await answer(message, words, wanted)
    place = replace(place_of(message), account_id=admin_id, requester_id=admin_id)
    draft = await services.storage.drafts.add(
        idempotency_key=f"question:{admin_id}:{question.message_id}",
        kind=DraftKind.BROADCAST,
        place=place,
        now=services.clock(),
    )
    await services.storage.drafts.show(draft.id, message_id=question.message_id)


async def _find_original(context: Context, message: Message) -> Message | None:
    """Return the message that is meant: the command's own if it shows something, what it replies to, or its own words.

    Neither our own question, nor a topic's opening, is replied to.
    """
    if message.caption is not None:
        return message
    own, original = message if words_of(context, message) else None, message.reply_to_message
    # In a topic, what replies to nothing replies to the topic's opening (Bot API: Message).
    if original is None or original.forum_topic_created is not None:
        return own
    return original if await _find_asked(context, message) is None else own


async def _find_asked(context: Context, message: Message) -> Draft | None:
    """Return our question to which a message replies, answered or not, or which is open if it replies to nothing."""
    if message.reply_to_message is not None:
        asked = await find_asked(context, message)
        return asked if asked is not None and asked.kind is DraftKind.BROADCAST else None
    asked = await find_last_asked(context, message, kind=DraftKind.BROADCAST)
    return None if asked is None or is_answered_by_another(asked, message) else asked


def _captioned(messages: Sequence[Message]) -> Message:
    """Return the member of an album that stands for it."""
    return next((message for message in messages if message.caption), messages[0])


async def _preview(context: Context, message: Message, original: Message, admin_id: int) -> str | None:
    """Show the admin what everybody would get, and ask; return why it cannot be sent, None if it can."""
    if not is_copyable(original):
        return broadcast_texts.cannot_be_copied()
    try:
        await _open_card(context, message, original, admin_id)
    except (Forbidden, ChatClosed):
        return broadcast_texts.not_in_private()
    except BadRequest as error:
        refused = uncopyable(error)
        if refused is None:
            raise
        return refused
    if _may_be_cut(original):
        context.services.cut_off.note((original.chat_id, admin_id), original.date)
    return None


def _may_be_cut(message: Message) -> bool:
    """Tell whether an app may have cut a text in two, whose rest comes as a message of its own."""
    return utf16_length(message.text or "") > _LONGEST_UNCUT


async def _count_people(services: Services, admin_id: int) -> int:
    await services.storage.accounts.write_profiles()
    return await services.storage.broadcasts.count_people(admin_id=admin_id, now=services.clock())


async def _open_card(context: Context, message: Message, original: Message, admin_id: int) -> None:
    """Copy the original to the admin's own chat with the bot, and ask below it; once, also if the command comes again.

    The copy is the preview, and what goes out: whoever wrote the original may edit that until the last has got it.
    """
    services, now = context.services, context.services.clock()
    broadcast = await services.storage.broadcasts.find_by_idempotency_key(idempotency_key_of(message))
    if broadcast is None:
        broadcast = await services.storage.broadcasts.add(
            idempotency_key=idempotency_key_of(message),
            admin_id=admin_id,
            chat_id=admin_id,
            message_id=await _copy(context, original, admin_id, is_command=original is message),
            language=spoken(),
            now=now,
        )
    if broadcast.card_message_id is not None:
        return
    people = await _count_people(services, admin_id)
    shown = await send(
        context.bot,
        Destination(admin_id, reply_to=broadcast.message_id),
        broadcast_texts.card(
            people, is_of_album=original.media_group_id is not None, may_be_cut=_may_be_cut(original)
        ),
        _question(broadcast, people),
    )
    await services.storage.broadcasts.show(broadcast.id, card_message_id=shown.message_id)
    if message.chat_id != admin_id:
        await answer(message, broadcast_texts.shown_in_private())


async def _copy(context: Context, original: Message, admin_id: int, *, is_command: bool) -> int:
    """Copy a message, without our command at its beginning if it is the admin's own; return the copy's id."""
    command = command_of(original, context.bot.username) if is_command else None
    if command is None:
        return (await context.bot.copy_message(admin_id, original.chat_id, original.message_id)).message_id
    words, entities = _behind_command(original)
    if original.text is None:
        copied = await context.bot.copy_message(
            admin_id,
            original.chat_id,
            original.message_id,
            # Telegram trims it; of a caption that is empty python-telegram-bot makes an empty list.
            caption=words or " ",
            caption_entities=entities,
            parse_mode=None,
        )
        return copied.message_id
    sent = await context.bot.send_message(
        admin_id,
        words,
        entities=entities,
        parse_mode=None,
        link_preview_options=original.link_preview_options or LinkPreviewOptions(is_disabled=False),
    )
    return sent.message_id


def _behind_command(message: Message) -> tuple[str, Sequence[MessageEntity]]:
    """Return the words behind the command that opens a message, and how they are formatted."""
    said, (command, *entities) = (
        message.text or message.caption or "",
        message.entities or message.caption_entities,
    )
    words = said[command.length :].lstrip()
    # A command and blanks are ASCII, so they count alike in characters and in Telegram's UTF-16 units.
    shifted = MessageEntity.shift_entities(len(words) - len(said), entities)
    return words, [entity for entity in shifted if entity.offset >= 0]


def _question(broadcast: Broadcast, people: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [button(broadcast_texts.send(people), ButtonKind.BROADCAST, broadcast.id)],
            [button(button_texts.cancel(), ButtonKind.BROADCAST_CANCEL, broadcast.id)],
        ]
    )


async def _found(press: ButtonPress) -> Broadcast:
    """Return the broadcast that the button is about; raises PressRefused if it was cancelled or forgotten."""
    broadcast = await press.context.services.storage.broadcasts.find(press.pressed.row_id)
    if broadcast is None:
        raise PressRefused(texts.too_old())
    return broadcast
