"""Copying: what a copy takes along, what it leaves, what cannot be copied."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])


async def test_a_copy_has_the_media_and_caption_but_not_the_buttons(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, *, video: Media
) -> None:
    sent = await bot.send_video(
        chat.id, video.file.id, caption="<b>a</b> cat", parse_mode="HTML", reply_markup=KEYBOARD
    )
    plain = await bot.copy_message(group.id, chat.id, sent.message_id)
    await bot.copy_message(
        group.id, chat.id, sent.message_id, caption="new", reply_markup=KEYBOARD, protect_content=True
    )
    first, second = telegram.messages(group)
    assert (first.id, first.video, first.caption, first.entities[0].type, first.buttons) == (
        plain.message_id,
        video,
        "a cat",
        "bold",
        [],
    )
    assert (
        second.video,
        second.caption,
        second.entities,
        second.buttons[0][0].text,
        second.is_protected,
    ) == (
        video,
        "new",
        [],
        "Again",
        True,
    )


async def test_several_are_copied_in_order_and_missing_ones_passed_over(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User, *, video: Media
) -> None:
    clip = telegram.messages(chat)[-1]
    words = telegram.say(chat, anna, "look")
    copies = await bot.copy_messages(group.id, chat.id, [clip.id, 99_999, words.id], remove_caption=True)
    posted = telegram.messages(group)
    assert [copy.message_id for copy in copies] == [message.id for message in posted]
    assert [(message.video, message.text, message.caption) for message in posted] == [
        (video, None, None),
        (None, "look", None),
    ]
    with pytest.raises(BadRequest, match="There are no messages to forward"):
        await bot.copy_messages(group.id, chat.id, [99_999])


async def test_what_is_gone_or_tells_of_an_event_is_not_copied(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    words, dice = (
        telegram.say(chat, anna, "look"),
        telegram.send_raw(chat, anna, {"group_chat_created": True}),
    )
    telegram.delete_message(words)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(chat.id, chat.id, words.id)
    with pytest.raises(BadRequest, match="The message can't be copied"):
        await bot.copy_message(chat.id, chat.id, dice.id)


async def test_a_bot_copies_only_from_where_it_is(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat
) -> None:
    sent = await bot.send_message(group.id, "x")
    telegram.kick(group)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.copy_message(chat.id, group.id, sent.message_id)
