"""`/broadcast`: a card that shows how many people the message replied to would reach, and sends it once pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup, Poll

from domain.deed import Action
from handlers import button_texts, texts
from handlers.accepting import answer
from handlers.admin import broadcasts_texts
from handlers.admin.deeds import deed_of_press
from handlers.buttons import Press, button
from handlers.incoming import origin_of
from handlers.language import spoken

if TYPE_CHECKING:
    from telegram import Message, Update

    from domain.broadcast import Broadcast
    from handlers.context import Context
    from handlers.pressing import Pressing

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


async def on_broadcast(update: Update, context: Context) -> None:
    """Show how many people the message replied to would reach, and ask; nothing is sent yet."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    original = message.reply_to_message
    # In a topic, what replies to nothing replies to the topic's opening (Bot API: Message).
    if original is None or original.forum_topic_created is not None:
        await answer(message, broadcasts_texts.how())
        return
    if not is_copyable(original):
        await answer(message, broadcasts_texts.cannot_be_copied())
        return
    await _open_card(context, message, original, message.from_user.id)


async def on_send(pressing: Pressing) -> None:
    """[Send to … people]: once for each card, however often it is pressed."""
    broadcast = await _found(pressing)
    if broadcast is None:
        return
    services = pressing.context.services
    await services.accounts.write_met()
    current = await services.broadcasts.find_current()
    if not await services.broadcasts.confirm(deed_of_press(pressing, Action.BROADCAST), broadcast.id):
        await pressing.say(broadcasts_texts.goes_out_already())
        return
    try:
        await pressing.say()
        if current is None:
            text = broadcasts_texts.sending(await services.broadcasts.find_progress(broadcast.id))
        else:
            text = broadcasts_texts.waiting()
        await pressing.edit(text, stop_button(broadcast))
    finally:
        # Only now: the sender's first words about it have to come after ours.
        services.send_broadcasts()


async def on_cancel(pressing: Pressing) -> None:
    """[Cancel] on a card: nothing is sent."""
    broadcast = await _found(pressing)
    if broadcast is None:
        return
    if not await pressing.context.services.broadcasts.cancel(broadcast.id):
        await pressing.say(broadcasts_texts.goes_out_already())
        return
    await pressing.say()
    await pressing.edit(broadcasts_texts.cancelled())


async def on_stop(pressing: Pressing) -> None:
    """[Stop]: whoever has not got it does not get it. The sender shows the report."""
    broadcast = await _found(pressing)
    if broadcast is None:
        return
    services = pressing.context.services
    if not await services.broadcasts.stop(deed_of_press(pressing, Action.BROADCAST_STOP), broadcast.id):
        await pressing.say(broadcasts_texts.over())
        return
    services.send_broadcasts()
    await pressing.say(broadcasts_texts.stopping())


def stop_button(broadcast: Broadcast) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button(broadcasts_texts.stop(), Press.BROADCAST_STOP, broadcast.id)]])


def is_copyable(message: Message) -> bool:
    """Tell whether Telegram lets the message be copied (Bot API: copyMessage); of a quiz we do not know the answer."""
    if message.has_protected_content or (message.poll is not None and message.poll.type == Poll.QUIZ):
        return False
    return any(getattr(message, kind) for kind in _COPYABLE)


async def _open_card(context: Context, message: Message, original: Message, admin_id: int) -> None:
    """Answer the original with the card, so that it is the preview; once, also if the command comes again."""
    services = context.services
    now = services.clock()
    broadcast = await services.broadcasts.add(
        origin=origin_of(message),
        admin_id=admin_id,
        chat_id=original.chat_id,
        message_id=original.message_id,
        language=spoken(),
        now=now,
    )
    if broadcast.card_message_id is not None:
        return
    await services.accounts.write_met()
    people = await services.broadcasts.count_people(admin_id=admin_id, now=now)
    text = broadcasts_texts.card(people, is_of_album=original.media_group_id is not None)
    shown = await answer(original, text, _question(broadcast, people))
    await services.broadcasts.show(broadcast.id, card_message_id=shown.message_id)


def _question(broadcast: Broadcast, people: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [button(broadcasts_texts.send(people), Press.BROADCAST, broadcast.id)],
            [button(button_texts.cancel(), Press.BROADCAST_CANCEL, broadcast.id)],
        ]
    )


async def _found(pressing: Pressing) -> Broadcast | None:
    """Return the broadcast that the button is about; None, and say so, if it was cancelled or forgotten."""
    broadcast = await pressing.context.services.broadcasts.find(pressing.pressed.row_id)
    if broadcast is None:
        await pressing.say(texts.too_old())
    return broadcast
