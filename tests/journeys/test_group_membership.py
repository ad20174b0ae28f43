"""The bot is let into groups and thrown out of them: one greeting, and no video that nobody gets to see."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.chats import Standing
from tests.journeys.rows import let_pay, query
from tests.journeys.talk import loud, next_answer, said_in, serving
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, Message, User
    from tests.journeys.town import Town

WELCOME = (
    "👋 Hi! I turn words and photos into videos. Send /video@reelbot_bot a cat surfing, or write @reelbot_bot and "
    "your words. In reply to anybody's photo, that makes it come alive.\n\n"
)
PRIVATE = (
    "My privacy mode is on: of what you write here, Telegram shows me only commands, mentions of me and replies to me. "
    "As an administrator I would see everything, and still act on nothing else."
)
PUBLIC = (
    "My privacy mode is switched off, so I can see every message here. I act only on commands, on mentions of me and on "
    "replies to me, and keep nothing of the rest."
)
AS_ADMIN = (
    "As an administrator I can see every message here. I act only on commands, on mentions of me and on replies to me, "
    "and keep nothing of the rest."
)


@pytest.fixture
def friend(town: Town) -> User:
    return town.telegram.add_user("Bo")


def greetings(town: Town, group: Chat) -> list[str]:
    return [message.words for message in town.bot_messages(group) if message.words.startswith("👋")]


async def until_greeted(town: Town, group: Chat, times: int = 1) -> None:
    await town.telegram.until(lambda: len(greetings(town, group)) >= times)


async def until_made(town: Town, status: Message) -> None:
    await town.telegram.until(lambda: "being made" in status.words)


async def test_a_group_is_greeted_once_until_the_bot_is_let_in_again(town: Town, friend: User) -> None:
    people = town.telegram
    people.repeat_updates = True
    async with serving(town):
        group = people.add_group("Friends", [town.person, friend])
        await until_greeted(town, group)
        people.promote(group)
        people.demote(group)
        await next_answer(town, town.ask(group, "/quota@reelbot_bot"))
    people.repeat_last_update()
    async with serving(town):
        await next_answer(town, town.ask(group, "/jobs@reelbot_bot"))
        once = greetings(town, group)
        people.kick(group)
        people.add_bot(group)
        await until_greeted(town, group, 2)
        await next_answer(town, town.ask(group, "/jobs@reelbot_bot"))
    assert once == [WELCOME + PRIVATE]
    assert greetings(town, group) == [WELCOME + PRIVATE] * 2


async def test_the_greeting_says_what_the_bot_gets_to_see_in_this_group(town: Town, friend: User) -> None:
    people = town.telegram
    async with serving(town):
        people.state.privacy_mode = False
        public = people.add_group("Public", [town.person])
        await until_greeted(town, public)
        people.kick(public)
        people.state.privacy_mode = True
        people.promote(public)
        await until_greeted(town, public, 2)
        german = people.add_user("Uli", language_code="de")
        forum = people.add_group("Forum", [german, friend], forum=True)
        await until_greeted(town, forum)
        channel = people.add_channel("News")
        people.state.change_standing(channel, Standing.ADMINISTRATOR, by=town.person)
        await next_answer(town, town.ask(town.chat, "/jobs"))
    assert greetings(town, public) == [WELCOME + PUBLIC, WELCOME + AS_ADMIN]
    assert [message.thread_id for message in town.bot_messages(forum)] == [None]
    assert town.bot_messages(channel) == []


async def test_a_group_that_lets_the_bot_say_nothing_makes_no_noise(town: Town, friend: User) -> None:
    with capture_logs() as notes:
        async with serving(town):
            group = town.telegram.add_group("Friends", [town.person, friend])
            town.telegram.restrict(group)
            town.telegram.say(group, friend, "/quota@reelbot_bot")
            await next_answer(town, town.ask(town.chat, "/jobs"))
            await town.telegram.until(
                lambda: [call for call in town.telegram.calls if call.chat_id == group.id][1:]
            )
    assert (town.bot_messages(group), loud(notes)) == ([], [])


async def test_thrown_out_of_a_group_it_sends_nothing_there_and_what_is_ordered_to_who_asked(
    town: Town, friend: User
) -> None:
    people, group = town.telegram, town.telegram.add_group("Friends", [town.person, friend])
    anonymous = people.add_user("Ann")
    people.join(group, anonymous)
    people.appoint(group, anonymous, is_anonymous=True)
    town.video_api.hold = True
    await let_pay(town, group.id, 1)
    with capture_logs() as notes:
        async with serving(town, max_rendering=3):
            for asker in (anonymous, town.person, friend):
                status = await next_answer(
                    town, people.say(group, asker, f"/video@reelbot_bot {asker.first_name}")
                )
                await until_made(town, status)
            queued = await next_answer(town, people.say(group, town.person, "/video@reelbot_bot too late"))
            seen = len(people.calls)
            people.kick(group)
            await _until_called_off(town, 4)
            for order in town.video_api.orders:
                town.video_api.finish(order.video_id)
            video = await town.until_video()
            jobs = await town.until_over(4)
    assert video.words == "Mina\n\nSora 2 · 10 s · 720×1280"
    assert [(job.request.prompt, job.state, job.is_kept) for job in jobs] == [
        ("Ann", State.DONE, True),
        ("Mina", State.DONE, False),
        ("Bo", State.DONE, True),
        ("too late", State.CANCELLED, False),
    ]
    assert await town.left(town.chat) == ALLOWANCE - 1
    assert queued.words.startswith("⏳")
    assert [order.fields["prompt"] for order in town.video_api.orders] == ["Ann", "Mina", "Bo"]
    to_group = [
        call.method for call in people.calls[seen:] if call.chat_id == group.id and call.status == 200
    ]
    assert (to_group, loud(notes)) == ([], [])


async def test_whose_request_waits_when_the_bot_is_thrown_out_is_told_and_may_have_it_in_private(
    town: Town, friend: User
) -> None:
    people, group = town.telegram, town.telegram.add_group("Friends <3", [town.person, friend])
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        await until_made(town, await next_answer(town, people.say(group, friend, "/video@reelbot_bot a cat")))
        # Bo has no private chat with the bot.
        for asker in (friend, town.person):
            await next_answer(town, people.say(group, asker, "/video@reelbot_bot a & b"))
        people.kick(group)
        told = await town.until_said("I was removed from")
        words = told.words
        town.video_api.finish(town.video_api.orders[0].video_id)
        town.video_api.hold = False
        people.press(town.person, told, "Make it here")
        await town.until_video()
        jobs = await town.until_over(4)
    assert words == (
        "I was removed from “Friends <3”, so what you asked for there was called off: a & b\n"
        "It did not count. I can make it here instead."
    )
    assert [job.state for job in jobs] == [State.DONE, State.CANCELLED, State.CANCELLED, State.DONE]
    assert [job.is_kept for job in jobs] == [True, False, False, False]
    assert jobs[-1].place.account_id == jobs[-1].place.chat_id == town.person.id


async def test_a_bot_that_was_thrown_out_while_it_was_away_finds_out_and_brings_the_video_to_who_asked(
    town: Town, friend: User
) -> None:
    group = town.telegram.add_group("Friends", [town.person, friend])
    town.video_api.hold = True
    async with serving(town):
        status = await next_answer(town, town.ask(group, "/video@reelbot_bot a cat"))
        await until_made(town, status)
    town.telegram.kick(group)
    town.telegram.state.updates.forget()
    town.video_api.finish(town.video_api.orders[0].video_id)
    with capture_logs() as notes:
        async with serving(town):
            await town.until_video()
            [job] = await town.until_over(1)
    assert (job.state, len(town.video_api.orders), loud(notes)) == (State.DONE, 1, [])
    assert said_in(town, group) == [status]


async def _until_called_off(town: Town, job_id: int) -> None:
    """Wait until the bot has noticed that it is out: nobody is told of it."""
    async with asyncio.timeout(20):
        while (await town.jobs())[job_id - 1].state is not State.CANCELLED:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)


async def test_who_blocks_the_bot_is_known_not_to_be_reached_until_they_write_again(
    town: Town, friend: User
) -> None:
    async with serving(town):
        group = town.telegram.add_group("Friends", [town.person, friend])
        await next_answer(town, town.ask(town.chat, "/jobs"))
        town.telegram.block(town.person)
        town.telegram.kick(group)
        gone = await _until_unreachable(town, [group.id, town.person.id])
        town.telegram.unblock(town.person)
        await next_answer(town, town.ask(town.chat, "/jobs"))
    back = await _unreachable(town)
    assert (gone, back) == ([group.id, town.person.id], [group.id])


async def _unreachable(town: Town) -> list[int]:
    rows = await query(town, "SELECT id FROM accounts WHERE unreachable_since IS NOT NULL ORDER BY id")
    return [account_id for (account_id,) in rows]


async def _until_unreachable(town: Town, accounts: list[int]) -> list[int]:
    async with asyncio.timeout(20):
        while (found := await _unreachable(town)) != accounts:  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.05)
    return found
