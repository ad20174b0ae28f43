"""Deleting: whose messages, for how long, several at once."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal


async def test_the_bot_deletes_in_a_private_chat_and_its_own_in_a_group(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    asked = telegram.say(chat, anna, "x")
    await bot.delete_message(chat.id, asked.id)
    own, theirs = await bot.send_message(group.id, "x"), telegram.say(group, anna, "/x")
    await bot.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    telegram.promote(group)
    await bot.delete_message(group.id, theirs.id)
    assert (telegram.messages(chat), telegram.messages(group)) == ([], [])
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat.id, asked.id)


async def test_several_are_deleted_at_once_and_missing_ones_passed_over(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    ids = [telegram.say(chat, anna, str(number)).id for number in range(3)]
    await bot.delete_messages(chat.id, [*ids[:2], 999_999])
    assert [message.text for message in telegram.messages(chat)] == ["2"]


@pytest.mark.parametrize(
    ("ids", "complaint"),
    [
        pytest.param([], "Message identifiers are not specified", id="none"),
        pytest.param([1] * 101, "Too many message identifiers specified", id="101"),
        pytest.param([0], "Invalid message identifier specified", id="no identifier"),
    ],
)
async def test_identifiers_are_checked(bot: Bot, chat: Chat, ids: list[int], complaint: str) -> None:
    assert await refusal(bot.delete_messages(chat.id, ids)) == complaint


async def test_of_several_none_goes_when_one_may_not(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    own, theirs = await bot.send_message(group.id, "x"), telegram.say(group, anna, "/x")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_messages(group.id, [own.message_id, theirs.id])
    assert len(telegram.messages(group)) == 2


async def test_a_bot_that_was_kicked_deletes_nothing(
    bot: Bot, telegram: TelegramSandbox, group: Chat
) -> None:
    sent = await bot.send_message(group.id, "x")
    telegram.kick(group)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.delete_message(group.id, sent.message_id)


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        pytest.param("private", "Message can't be deleted for everyone", id="private chat"),
        pytest.param("group", "Message can't be deleted for everyone", id="basic group"),
        pytest.param("supergroup", "Message can't be deleted", id="supergroup"),
    ],
)
async def test_a_message_can_be_deleted_for_two_days(kind: str, complaint: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    telegram = TelegramSandbox(clock=lambda: now)
    anna = telegram.add_user("Anna")
    chat = (
        telegram.private_chat(anna) if kind == "private" else telegram.add_group("Friends", [anna], kind=kind)
    )
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        sent = [await bot.send_message(chat.id, "x") for _ in range(2)]
        now += timedelta(hours=47)
        await bot.delete_message(chat.id, sent[0].message_id)
        now += timedelta(hours=1)
        assert await refusal(bot.delete_message(chat.id, sent[1].message_id)) == complaint
