"""Answers to presses, and the bot's own leave."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.serving import serving
from sandbox.telegram.button_presses import Answer
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal

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


async def test_of_a_press_under_a_message_that_is_gone_only_the_place_is_told(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    sent = await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    [message] = telegram.messages(chat)
    telegram.delete_message(message)
    telegram.press_data(anna, message, "c")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.message.message_id, query.message.chat.id) == (sent.message_id, chat.id)
    assert (query.message.is_accessible, getattr(query.message, "text", None)) == (False, None)


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        pytest.param("https://t.me/reelbot_bot?start=v_7", None, id="the bot"),
        pytest.param("https://example.org/", "Url_invalid", id="elsewhere"),
    ],
)
async def test_a_press_opens_nothing_but_a_bot(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, *, url: str, complaint: str | None
) -> None:
    await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    press = telegram.press(anna, telegram.messages(chat)[0], "Cancel")
    assert await refusal(bot.answer_callback_query(press.id, url=url)) == complaint


async def test_only_buttons_that_are_there_can_be_pressed(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    [message] = telegram.messages(chat)
    with pytest.raises(LookupError, match=r"0 buttons named 'Delete' under 'x': \['Try again', 'Cancel'\]"):
        telegram.press(anna, message, "Delete")
    with pytest.raises(LookupError, match="2 buttons named 'a'"):
        telegram.press(anna, message, "a")


async def test_a_bot_may_log_out(bot: Bot) -> None:
    assert (await bot.log_out(), await bot.close()) == (True, True)
