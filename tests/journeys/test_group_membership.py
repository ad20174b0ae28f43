"""The bot is let into groups and thrown out of them: one greeting, and no video that nobody gets to see."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.chats import Chat, Message, Standing, User
from tests.journeys.rows import let_pay, query
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import loud, next_answer, said_in, serving

WELCOME = (
    "👋 Hi! I make videos from prompts and photos. Send /video@reelbot_bot a cat surfing, or reply to a photo with "
    "/video and what should happen in it."
)


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


def greetings(sandbox: Sandbox, group: Chat) -> list[str]:
    return [message.words for message in sandbox.bot_messages(group) if message.words.startswith("👋")]


async def until_greeted(sandbox: Sandbox, group: Chat, times: int = 1) -> None:
    await sandbox.telegram.until(lambda: len(greetings(sandbox, group)) >= times)


async def until_made(sandbox: Sandbox, status: Message) -> None:
    await sandbox.telegram.until(lambda: "being made" in status.words)


async def test_a_group_is_greeted_once_until_the_bot_is_let_in_again(sandbox: Sandbox, friend: User) -> None:
    people = sandbox.telegram
    people.repeat_updates = True
    async with serving(sandbox):
        group = people.add_group("Friends", [sandbox.person, friend])
        await until_greeted(sandbox, group)
        people.promote(group)
        people.demote(group)
        await next_answer(sandbox, sandbox.ask(group, "/quota@reelbot_bot"))
    people.repeat_last_update()
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(group, "/jobs@reelbot_bot"))
        once = greetings(sandbox, group)
        people.kick(group)
        people.add_bot(group)
        await until_greeted(sandbox, group, 2)
        await next_answer(sandbox, sandbox.ask(group, "/jobs@reelbot_bot"))
    assert once == [WELCOME]
    assert greetings(sandbox, group) == [WELCOME] * 2


async def test_what_the_bot_gets_to_see_is_told_under_the_settings_and_a_channel_is_not_greeted(
    sandbox: Sandbox, friend: User
) -> None:
    people = sandbox.telegram
    async with serving(sandbox):
        german = people.add_user("Uli", language_code="de")
        forum = people.add_group("Forum", [sandbox.person, german, friend], forum=True)
        await until_greeted(sandbox, forum)
        private = await next_answer(sandbox, sandbox.ask(forum, "/groupsettings@reelbot_bot"))
        people.state.privacy_mode = False
        public = await next_answer(sandbox, sandbox.ask(forum, "/groupsettings@reelbot_bot"))
        people.state.change_standing(
            channel := people.add_channel("News"), Standing.ADMINISTRATOR, by=sandbox.person
        )
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    assert [one.words.splitlines()[-1].partition(",")[0] for one in (private, public)] == [
        "👁 My privacy mode is on: Telegram shows me only commands",
        "👁 My privacy mode is off",
    ]
    assert sandbox.bot_messages(forum)[0].thread_id is None
    assert sandbox.bot_messages(channel) == []


async def test_a_group_that_lets_the_bot_say_nothing_makes_no_noise(sandbox: Sandbox, friend: User) -> None:
    with capture_logs() as notes:
        async with serving(sandbox):
            group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
            sandbox.telegram.restrict(group)
            sandbox.telegram.say(group, friend, "/quota@reelbot_bot")
            await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
            await sandbox.telegram.until(
                lambda: [call for call in sandbox.telegram.calls if call.chat_id == group.id][1:]
            )
    assert (sandbox.bot_messages(group), loud(notes)) == ([], [])


async def test_thrown_out_of_a_group_it_sends_nothing_there_and_what_is_ordered_to_who_asked(
    sandbox: Sandbox, friend: User
) -> None:
    people, group = sandbox.telegram, sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    anonymous = people.add_user("Ann")
    people.join(group, anonymous)
    people.appoint(group, anonymous, is_anonymous=True)
    sandbox.video_api.hold = True
    await let_pay(sandbox, group.id, 1)
    with capture_logs() as notes:
        async with serving(sandbox, max_rendering=3):
            for asker in (anonymous, sandbox.person, friend):
                status = await next_answer(
                    sandbox, people.say(group, asker, f"/video@reelbot_bot {asker.first_name}")
                )
                await until_made(sandbox, status)
            queued = await next_answer(
                sandbox, people.say(group, sandbox.person, "/video@reelbot_bot too late")
            )
            seen = len(people.calls)
            people.kick(group)
            await _until_called_off(sandbox, 4)
            for order in sandbox.video_api.orders:
                sandbox.video_api.finish(order.video_id)
            video = await sandbox.until_video()
            jobs = await sandbox.until_over(4)
    assert video.words == "Mina\n\nSora 2 · 10 s · Portrait"
    assert [(job.request.prompt, job.state, job.is_kept) for job in jobs] == [
        ("Ann", State.DONE, True),
        ("Mina", State.DONE, False),
        ("Bo", State.DONE, True),
        ("too late", State.CANCELLED, False),
    ]
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1
    assert queued.words.startswith("⏳")
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["Ann", "Mina", "Bo"]
    to_group = [
        call.method for call in people.calls[seen:] if call.chat_id == group.id and call.status == 200
    ]
    assert (to_group, loud(notes)) == ([], [])


async def test_whose_request_waits_when_the_bot_is_thrown_out_is_told_and_may_have_it_in_private(
    sandbox: Sandbox, friend: User
) -> None:
    people, group = sandbox.telegram, sandbox.telegram.add_group("Friends <3", [sandbox.person, friend])
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        await until_made(
            sandbox, await next_answer(sandbox, people.say(group, friend, "/video@reelbot_bot a cat"))
        )
        # Bo has no private chat with the bot.
        for asker in (friend, sandbox.person):
            await next_answer(sandbox, people.say(group, asker, "/video@reelbot_bot a & b"))
        people.kick(group)
        told = await sandbox.until_said("I was removed from")
        words = told.words
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        sandbox.video_api.hold = False
        people.press(sandbox.person, told, "Make it here")
        await sandbox.until_video()
        jobs = await sandbox.until_over(4)
    assert words == (
        "I was removed from “Friends <3”, so your video was cancelled: a & b\n"
        "No charge. I can make it here instead."
    )
    assert [job.state for job in jobs] == [State.DONE, State.CANCELLED, State.CANCELLED, State.DONE]
    assert [job.is_kept for job in jobs] == [True, False, False, False]
    assert jobs[-1].place.account_id == jobs[-1].place.chat_id == sandbox.person.id


async def test_a_bot_that_was_thrown_out_while_it_was_away_finds_out_and_brings_the_video_to_who_asked(
    sandbox: Sandbox, friend: User
) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.video_api.hold = True
    async with serving(sandbox):
        status = await next_answer(sandbox, sandbox.ask(group, "/video@reelbot_bot a cat"))
        await until_made(sandbox, status)
    sandbox.telegram.kick(group)
    sandbox.telegram.state.updates.forget()
    sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
    with capture_logs() as notes:
        async with serving(sandbox):
            await sandbox.until_video()
            [job] = await sandbox.until_over(1)
    assert (job.state, len(sandbox.video_api.orders), loud(notes)) == (State.DONE, 1, [])
    assert said_in(sandbox, group) == [status]


async def _until_called_off(sandbox: Sandbox, job_id: int) -> None:
    """Wait until the bot has noticed that it is out: nobody is told of it."""
    async with asyncio.timeout(20):
        while (await sandbox.jobs())[job_id - 1].state is not State.CANCELLED:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)


async def test_who_blocks_the_bot_is_known_not_to_be_reached_until_they_write_again(
    sandbox: Sandbox, friend: User
) -> None:
    async with serving(sandbox):
        group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        sandbox.telegram.block(sandbox.person)
        sandbox.telegram.kick(group)
        gone = await _until_unreachable(sandbox, [group.id, sandbox.person.id])
        sandbox.telegram.unblock(sandbox.person)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    back = await _unreachable(sandbox)
    assert (gone, back) == ([group.id, sandbox.person.id], [group.id])


async def _unreachable(sandbox: Sandbox) -> list[int]:
    rows = await query(sandbox, "SELECT id FROM accounts WHERE unreachable_since IS NOT NULL ORDER BY id")
    return [account_id for (account_id,) in rows]


async def _until_unreachable(sandbox: Sandbox, accounts: list[int]) -> list[int]:
    async with asyncio.timeout(20):
        while (found := await _unreachable(sandbox)) != accounts:  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.05)
    return found
