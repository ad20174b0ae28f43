"""`/broadcast`: a card that shows how many people the message replied to would reach, and sends it once pressed."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message, Poll
from telegram.error import BadRequest, Forbidden

from chat import broadcast_texts, button_texts
from chat.broadcast_keyboard import stop_button
from chat.callback_data import ButtonKind, button
from chat.errors import ChatClosed
from chat.language import spoken
from chat.send import Destination, answer, send
from domain.admin_action import AdminActionKind
from domain.broadcast import Broadcast
from handlers import texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context
from handlers.message import idempotency_key_of
from handlers.message_call import MessageCall

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
    """Show how many people the message replied to would reach, and ask; nothing is sent yet."""
    message = call.message
    if message.from_user is None:
        return
    original = message.reply_to_message
    # In a topic, what replies to nothing replies to the topic's opening (Bot API: Message).
    if original is None or original.forum_topic_created is not None:
        await call.answer(broadcast_texts.how())
        return
    if not is_copyable(original):
        await call.answer(broadcast_texts.cannot_be_copied())
        return
    try:
        await _open_card(call.context, message, original, message.from_user.id)
    except (Forbidden, ChatClosed):
        await call.answer(broadcast_texts.not_in_private())
    except BadRequest as error:
        if not is_uncopyable(error):
            raise
        await call.answer(broadcast_texts.cannot_be_copied())


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


def is_uncopyable(error: BadRequest) -> bool:
    """Tell whether it is the message that Telegram does not copy, be it gone by now."""
    words = error.message.lower()
    return "can't be copied" in words or "to copy not found" in words


async def _open_card(context: Context, message: Message, original: Message, admin_id: int) -> None:
    """Copy the original to the admin's own chat with the bot, and ask below it; once, also if the command comes again.

    The copy is the preview, and what goes out: whoever wrote the original may edit that until the last has got it.
    """
    services, now = context.services, context.services.clock()
    broadcast = await services.storage.broadcasts.find_by_idempotency_key(idempotency_key_of(message))
    if broadcast is None:
        copy = await context.bot.copy_message(admin_id, original.chat_id, original.message_id)
        broadcast = await services.storage.broadcasts.add(
            idempotency_key=idempotency_key_of(message),
            admin_id=admin_id,
            chat_id=admin_id,
            message_id=copy.message_id,
            language=spoken(),
            now=now,
        )
    if broadcast.card_message_id is not None:
        return
    await services.storage.accounts.write_profiles()
    people = await services.storage.broadcasts.count_people(admin_id=admin_id, now=now)
    shown = await send(
        context.bot,
        Destination(admin_id, reply_to=broadcast.message_id),
        broadcast_texts.card(people, is_of_album=original.media_group_id is not None),
        _question(broadcast, people),
    )
    await services.storage.broadcasts.show(broadcast.id, card_message_id=shown.message_id)
    if message.chat_id != admin_id:
        await answer(message, broadcast_texts.shown_in_private())


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
