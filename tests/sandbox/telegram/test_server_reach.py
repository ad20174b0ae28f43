"""Whom the local Telegram lets the bot write to: blocked, gone, kicked, forbidden, moved."""

from collections.abc import Callable

import pytest
from telegram import (
    Bot,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox


@pytest.mark.parametrize(
    ("befall", "complaint"),
    [
        pytest.param(
            lambda telegram, chat: telegram.block(chat.user),
            "Forbidden: bot was blocked by the user",
            id="blocked",
        ),
        pytest.param(
            lambda telegram, chat: telegram.deactivate(chat.user),
            "Forbidden: user is deactivated",
            id="deleted",
        ),
    ],
)
async def test_a_person_may_be_out_of_reach(
    bot: Bot,
    telegram: TelegramSandbox,
    chat: Chat,
    befall: Callable[[TelegramSandbox, Chat], None],
    complaint: str,
) -> None:
    befall(telegram, chat)
    for call in (bot.send_message(chat.id, "x"), bot.send_chat_action(chat.id, ChatAction.TYPING)):
        with pytest.raises(Forbidden, match=complaint):
            await call


async def test_a_person_who_never_wrote_cannot_be_written_to(bot: Bot, telegram: TelegramSandbox) -> None:
    stranger = telegram.add_user("Zoe")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "x")


async def test_who_unblocks_the_bot_is_in_reach_again(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.block(anna)
    telegram.unblock(anna)
    assert (await bot.send_message(chat.id, "x")).text == "x"
    members = [update.my_chat_member for update in await bot.get_updates()]
    assert [member.new_chat_member.status for member in members if member] == ["kicked", "member"]


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_that_kicked_the_bot_is_closed(
    bot: Bot, telegram: TelegramSandbox, anna: User, kind: str
) -> None:
    group = telegram.add_group("Friends", [anna], kind=kind)
    telegram.kick(group)
    with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
        await bot.send_message(group.id, "x")
    telegram.say(group, anna, "/video")
    assert [update.message for update in await bot.get_updates()] == [None, None]


async def test_a_group_may_forbid_writing(
    bot: Bot, telegram: TelegramSandbox, group: Chat, photo: bytes
) -> None:
    telegram.restrict(group)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Not enough rights to send photos to the chat"):
        await bot.send_photo(group.id, photo)


async def test_a_group_that_became_a_supergroup_names_its_heir(
    bot: Bot, telegram: TelegramSandbox, anna: User
) -> None:
    group = telegram.add_group("Friends", [anna], kind="group")
    new = telegram.migrate(group)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert moved.value.new_chat_id == new.id
    assert [message.migrate_to_chat_id for message in messages] == [new.id, None]
    assert [message.migrate_from_chat_id for message in messages] == [None, group.id]
    assert (await bot.send_message(new.id, "x")).message_id == 2
