"""Answers to presses, commands and descriptions by audience, chats and members."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
)
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


async def test_commands_are_kept_for_each_audience(bot: Bot, chat: Chat) -> None:
    everyone, germans, groups, anna = (
        [BotCommand("video", text)] for text in ("Make a video", "Ein Video", "Together", "Admin")
    )
    await bot.set_my_commands(everyone)
    await bot.set_my_commands(germans, language_code="de")
    await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(anna, scope=BotCommandScopeChat(chat.id))
    assert await bot.get_my_commands() == tuple(everyone)
    assert await bot.get_my_commands(language_code="de") == tuple(germans)
    assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == tuple(groups)
    assert await bot.get_my_commands(scope=BotCommandScopeChat(chat.id)) == tuple(anna)
    await bot.delete_my_commands(language_code="de")
    assert await bot.get_my_commands(language_code="de") == ()


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        pytest.param([("Video", "x")], "Bot_command_invalid", id="capital letter"),
        pytest.param([("v" * 33, "x")], "Bot_command_invalid", id="long name"),
        pytest.param([("video", "")], "Bot_command_description_invalid", id="no description"),
        pytest.param([("video", "x" * 257)], "Bot_command_description_invalid", id="long description"),
        pytest.param([("video", "x")] * 101, "Bot_commands_too_much", id="101"),
    ],
)
async def test_commands_are_checked(bot: Bot, commands: list[tuple[str, str]], complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_my_commands(commands)


async def test_audiences_are_checked(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("video", "x")], scope=BotCommandScopeChat(404))
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.get_my_commands(language_code="german")
    with pytest.raises(BadRequest, match="Can't parse botcommandscope"):
        await bot.get_my_commands(api_kwargs={"scope": {"type": "everybody"}})


async def test_descriptions_fall_back_to_everyones(bot: Bot) -> None:
    await bot.set_my_description("Makes videos")
    await bot.set_my_short_description("Videos")
    await bot.set_my_short_description("Filme", "de")
    assert (await bot.get_my_description("de")).description == "Makes videos"
    assert (await bot.get_my_short_description("de")).short_description == "Filme"
    assert (await bot.get_my_short_description("fr")).short_description == "Videos"
    with pytest.raises(BadRequest, match="Bot_description_too_long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="Bot_short_description_too_long"):
        await bot.set_my_short_description("x" * 121)


async def test_menu_buttons_are_kept_for_a_chat_or_all(bot: Bot, chat: Chat) -> None:
    assert (await bot.get_chat_menu_button(chat.id)).type == "default"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat.id)).type == "commands"
    with pytest.raises(BadRequest, match="menubutton has unsupported type"):
        await bot.set_chat_menu_button(api_kwargs={"menu_button": {"type": "round"}})


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
