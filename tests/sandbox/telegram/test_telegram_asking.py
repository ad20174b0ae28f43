"""Answers to presses, chats and members."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from sandbox.chats import Chat, User
from sandbox.presses import Answer
from sandbox.serving import serving
from sandbox.telegram import TelegramSandbox

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Try again", callback_data="again"),
            InlineKeyboardButton("Cancel", callback_data="c"),
        ]
    ]
)


async def test_a_press_reaches_the_bot_and_its_answer_the_person(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    press = telegram.press(anna, telegram.messages(chat)[0], "again")
    assert press.answer is None
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.id) == ("again", anna.id, press.id)
    await query.answer("On its way", show_alert=True)
    assert await press.answered(timeout=5) == Answer(text="On its way", is_alert=True)


async def test_a_press_is_answered_once_and_in_time() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    telegram = TelegramSandbox(clock=lambda: now, press_lifetime=timedelta(seconds=15))
    anna = telegram.add_user("Anna")
    chat = telegram.private_chat(anna)
    late = "Query is too old and response timeout expired or query id is invalid"
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
        first, second = (telegram.press(anna, telegram.messages(chat)[0], "Cancel") for _ in range(2))
        with pytest.raises(BadRequest, match="Message_too_long"):
            await bot.answer_callback_query(first.id, "x" * 201)
        await bot.answer_callback_query(first.id, "x" * 200)
        now += timedelta(seconds=16)
        for press_id in (first.id, second.id, "nonsense"):
            with pytest.raises(BadRequest, match=late):
                await bot.answer_callback_query(press_id)
    assert second.answer is None


async def test_only_buttons_that_are_there_can_be_pressed(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    [message] = telegram.messages(chat)
    with pytest.raises(LookupError, match=r"0 buttons named 'Delete' under 'x': \['Try again', 'Cancel'\]"):
        telegram.press(anna, message, "Delete")
    with pytest.raises(LookupError, match="2 buttons named 'a'"):
        telegram.press(anna, message, "a")


async def test_chats_and_members_are_told(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    boris, zoe = group.members[1], telegram.add_user("Zoe")
    shown = [await bot.get_chat(chat.id), await bot.get_chat(group.id)]
    assert [(chat.type, chat.title, chat.first_name) for chat in shown] == [
        ("private", None, "Anna"),
        ("supergroup", "Friends", None),
    ]
    members = [await bot.get_chat_member(group.id, user.id) for user in (anna, boris, zoe, telegram.bot)]
    assert [member.status for member in members] == ["administrator", "member", "left", "member"]
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [anna.id]
    telegram.promote(group)
    assert (await bot.get_chat_member(group.id, telegram.bot.id)).status == "administrator"
    telegram.restrict(group)
    assert (await bot.get_chat_member(group.id, telegram.bot.id)).status == "restricted"
    telegram.kick(group)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.get_chat(group.id)
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(chat.id)
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(group.id, 5)


async def test_a_bot_may_log_out(bot: Bot) -> None:
    assert (await bot.log_out(), await bot.close()) == (True, True)
