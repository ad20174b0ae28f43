"""Membership: comings and goings, appointments, closed topics, as the bot is told of them."""

from collections.abc import Callable

import pytest
from telegram import Bot, ChatMemberUpdated, Update
from telegram.error import BadRequest

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.events import EventKind
from sandbox.telegram.server import TelegramSandbox


@pytest.fixture
async def all_ears(bot: Bot) -> Bot:
    """The bot, after it has asked for every kind of update."""
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    return bot


@pytest.mark.parametrize(
    ("befall", "expected"),
    [
        pytest.param(lambda telegram, group: telegram.kick(group), ("member", "kicked"), id="kicked"),
        pytest.param(
            lambda telegram, group: telegram.promote(group), ("member", "administrator"), id="promoted"
        ),
        pytest.param(
            lambda telegram, group: telegram.restrict(group), ("member", "restricted"), id="restricted"
        ),
        pytest.param(
            lambda telegram, group: (telegram.promote(group), telegram.demote(group)),
            ("administrator", "member"),
            id="dismissed",
        ),
        pytest.param(lambda _telegram, _group: None, ("left", "member"), id="added"),
    ],
)
async def test_the_bot_is_told_how_it_stands_in_a_group(
    bot: Bot,
    telegram: TelegramSandbox,
    group: Chat,
    befall: Callable[[TelegramSandbox, Chat], object],
    expected: tuple[str, str],
) -> None:
    befall(telegram, group)
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == expected


async def test_a_bot_that_comes_back_is_told_so_twice(
    bot: Bot, telegram: TelegramSandbox, group: Chat
) -> None:
    telegram.kick(group)
    telegram.add_bot(group)
    change, greeting = (await bot.get_updates())[-2:]
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == "member"
    assert greeting.message is not None
    assert [user.id for user in greeting.message.new_chat_members] == [telegram.bot.id]
    await bot.send_message(group.id, "x")


def change_of(update: Update) -> tuple[str, str, int] | None:
    change: ChatMemberUpdated | None = update.chat_member
    if change is None:
        return None
    return change.old_chat_member.status, change.new_chat_member.status, change.from_user.id


async def test_comings_and_goings_are_told_to_a_bot_that_is_administrator(
    all_ears: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    zoe = telegram.add_user("Zoe")
    telegram.join(group, zoe)
    telegram.promote(group)
    telegram.leave(group, zoe)
    telegram.join(group, zoe)
    telegram.appoint(group, zoe)
    telegram.dismiss(group, zoe)
    telegram.remove(group, zoe)
    updates = await all_ears.get_updates()
    changes = [change for change in map(change_of, updates) if change]
    assert changes == [
        ("member", "left", zoe.id),
        ("left", "member", zoe.id),
        ("member", "administrator", anna.id),
        ("administrator", "member", anna.id),
        ("member", "kicked", anna.id),
    ]
    services = [update.message for update in updates if update.message]
    came = [[user.id for user in message.new_chat_members] for message in services]
    left = [message.left_chat_member and message.left_chat_member.id for message in services]
    assert (came, left) == ([[zoe.id], [], [zoe.id], []], [None, zoe.id, None, zoe.id])
    assert [m.from_user.id for m in services if m.from_user] == [zoe.id, zoe.id, zoe.id, anna.id]


async def test_who_was_thrown_out_can_come_back(bot: Bot, telegram: TelegramSandbox, group: Chat) -> None:
    boris = group.members[1]
    telegram.appoint(group, boris, is_anonymous=True)
    anonymous = await bot.get_chat_member(group.id, boris.id)
    telegram.remove(group, boris)
    banned = await bot.get_chat_member(group.id, boris.id)
    telegram.join(group, boris)
    back = await bot.get_chat_member(group.id, boris.id)
    assert [anonymous.status, banned.status, back.status] == ["administrator", "kicked", "member"]
    assert getattr(anonymous, "is_anonymous", None) is True


async def test_a_closed_topic_takes_nothing_until_it_is_open_again(
    bot: Bot, telegram: TelegramSandbox, anna: User
) -> None:
    forum = telegram.add_group("Forum", [anna], forum=True)
    topic = telegram.add_topic(forum, "Cats")
    telegram.close_topic(forum, topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "x", message_thread_id=topic)
    await bot.send_message(forum.id, "in General")
    telegram.close_topic(forum, 1)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "x")
    telegram.reopen_topic(forum, topic)
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic)
    told = [update.message for update in await bot.get_updates() if update.message]
    services = [(m.message_thread_id, m.forum_topic_closed, m.forum_topic_reopened) for m in told[-3:]]
    assert [(thread, closed is not None, opened is not None) for thread, closed, opened in services] == [
        (topic, True, False),
        (None, True, False),
        (topic, False, True),
    ]
    assert sent.message_thread_id == topic


async def test_a_group_that_moved_keeps_its_people_and_their_rights(
    bot: Bot, telegram: TelegramSandbox, anna: User
) -> None:
    old = telegram.add_group("Friends", [anna, telegram.add_user("Boris")], kind="group")
    telegram.appoint(old, old.members[1])
    new = telegram.migrate(old)
    statuses = [(await bot.get_chat_member(new.id, user.id)).status for user in old.members]
    assert statuses == ["creator", "administrator"]


async def test_whoever_watches_learns_that_a_chats_people_are_others(
    telegram: TelegramSandbox, group: Chat
) -> None:
    events = telegram.events()
    telegram.join(group, telegram.add_user("Zoe"))
    told = [await anext(events) for _ in range(2)]
    assert [event.kind for event in told] == [EventKind.OPENED, EventKind.SENT]
