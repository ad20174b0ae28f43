"""Chats and members as the bot is told of them when it asks, and its leave."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox


async def test_chats_are_told(bot: Bot, chat: Chat, group: Chat) -> None:
    shown = [await bot.get_chat(chat.id), await bot.get_chat(group.id)]
    assert [(chat.type, chat.title, chat.first_name) for chat in shown] == [
        ("private", None, "Anna"),
        ("supergroup", "Friends", None),
    ]


async def test_members_are_told(bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User) -> None:
    boris, zoe = group.members[1], telegram.add_user("Zoe")
    people = [await bot.get_chat_member(group.id, user.id) for user in (anna, boris, zoe, telegram.bot)]
    telegram.promote(group)
    promoted = await bot.get_chat_member(group.id, telegram.bot.id)
    telegram.restrict(group)
    restricted = await bot.get_chat_member(group.id, telegram.bot.id)
    statuses = [member.status for member in (*people, promoted, restricted)]
    assert statuses == ["creator", "member", "left", "member", "administrator", "restricted"]
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(group.id, 5)


async def test_a_bot_among_the_administrators_is_told_with_them(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    boris = group.members[1]
    telegram.appoint(group, boris)
    before = await bot.get_chat_administrators(group.id)
    telegram.promote(group)
    after = await bot.get_chat_administrators(group.id)
    assert [(member.user.id, member.status) for member in before] == [
        (anna.id, "creator"),
        (boris.id, "administrator"),
    ]
    assert [member.user.id for member in after] == [anna.id, boris.id, telegram.bot.id]
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(chat.id)


async def test_from_outside_a_supergroup_nothing_is_told(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    telegram.kick(group)
    for call in (
        bot.get_chat(group.id),
        bot.get_chat_member(group.id, anna.id),
        bot.get_chat_administrators(group.id),
    ):
        with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
            await call


async def test_a_bot_leaves_a_group_and_is_told_so(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat
) -> None:
    await bot.leave_chat(group.id)
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert (change.new_chat_member.status, change.from_user.id) == ("left", telegram.bot.id)
    assert telegram.transcript(group).endswith("Reelbot: <left_chat_member>")
    for call in (bot.send_message(group.id, "x"), bot.leave_chat(group.id)):
        with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
            await call
    with pytest.raises(BadRequest, match="Can't leave private chats"):
        await bot.leave_chat(chat.id)
