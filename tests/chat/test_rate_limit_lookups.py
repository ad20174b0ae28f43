"""Look-ups among a chat's other calls: they wait behind requests, and nobody's hold up the others'."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_limit import Dropped, RateLimiter
from chat.rate_windows import Limit, RateLimits
from chat.turns import Turn, Turns, current_turn
from chat.urgency import Urgency
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox

WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
#: A group that takes a call now, and the next soon.
SLOW = RateLimits(overall=WIDE, chat=WIDE, group=Limit(calls=1, seconds=0.3, for_progress=1))
#: A group that takes a call now, and the next never.
SHUT = RateLimits(overall=WIDE, chat=WIDE, group=Limit(calls=1, seconds=3600, for_progress=1))
MINA, BORIS = 1, 2
MOST = 20


@pytest.fixture
def group(telegram: TelegramSandbox) -> Chat:
    return telegram.add_group("Friends", [telegram.add_user("Boris")])


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, limiter=RateLimiter(SLOW)) as bot:
        yield bot


async def look_up(
    bot: ExtBot[int], group: Chat, turn: Turn, words: str, urgency: Urgency | None = None
) -> None:
    """Answer as a handler does in this turn."""
    current_turn.set(turn)
    async with turn:
        await turn.enter()
        await bot.send_message(group.id, words, rate_limit_args=urgency)


async def waits(*turns: Turn) -> None:
    """Wait until all of these wait for room in the chat."""
    async with asyncio.timeout(10):
        while not all(turn.is_away for turn in turns):  # noqa: ASYNC110 - a turn tells nobody
            await asyncio.sleep(0)


def said(telegram: TelegramSandbox, group: Chat) -> list[str]:
    return [message.words for message in telegram.messages(group) if message.sender_is_bot]


async def test_a_request_goes_before_look_ups_that_came_earlier(
    bot: ExtBot[int], telegram: TelegramSandbox, group: Chat
) -> None:
    turns = Turns()
    async with asyncio.TaskGroup() as tasks:
        await bot.send_message(group.id, "the first")
        turn = turns.turn(group.id, MINA, question=1)
        tasks.create_task(look_up(bot, group, turn, "a look-up"))
        await waits(turn)
        tasks.create_task(bot.send_message(group.id, "accepted", rate_limit_args=Urgency.ANSWER))
        tasks.create_task(bot.send_message(group.id, "a clip", rate_limit_args=Urgency.CLIP))

    assert said(telegram, group) == ["the first", "accepted", "a clip", "a look-up"]


async def test_everybodys_first_look_up_goes_before_anybodys_second(
    bot: ExtBot[int], telegram: TelegramSandbox, group: Chat
) -> None:
    turns = Turns()
    await bot.send_message(group.id, "the first")
    async with asyncio.TaskGroup() as tasks:
        for number in range(3):
            turn = turns.turn(group.id, MINA, question=number)
            tasks.create_task(look_up(bot, group, turn, f"Mina's {number}"))
            await waits(turn)
        tasks.create_task(look_up(bot, group, turns.turn(group.id, BORIS, question=0), "Boris'"))

    assert said(telegram, group) == ["the first", "Mina's 0", "Boris'", "Mina's 1", "Mina's 2"]


async def test_an_update_that_waits_lets_the_next_in_its_chat_go_on(settings: Settings, group: Chat) -> None:
    turns = Turns()
    async with build_bot(settings, limiter=RateLimiter(SHUT)) as bot, asyncio.TaskGroup() as tasks:
        await bot.send_message(group.id, "the first")
        waiting = turns.turn(group.id, MINA, question=1)
        task = tasks.create_task(look_up(bot, group, waiting, "waits for an hour"))
        await waits(waiting)
        async with asyncio.timeout(10), turns.turn(group.id, MINA, question=2) as following:
            await following.enter()
        task.cancel()

    assert waiting.is_away


async def test_a_look_up_is_answered_already_while_an_equal_one_of_the_same_person_waits(
    settings: Settings, group: Chat
) -> None:
    turns = Turns()
    async with build_bot(settings, limiter=RateLimiter(SHUT)) as bot, asyncio.TaskGroup() as tasks:
        await bot.send_message(group.id, "the first")
        before = turns.turn(group.id, MINA, question="/help").is_answered
        first = turns.turn(group.id, MINA, question="/help")
        task = tasks.create_task(look_up(bot, group, first, "help"))
        await waits(first)
        equal = {
            (person, question): turns.turn(group.id, person, question=question).is_answered
            for person in (MINA, BORIS)
            for question in ("/help", "/quota", None)
        }
        task.cancel()
    after = turns.turn(group.id, MINA, question="/help").is_answered

    assert equal == dict.fromkeys(equal, False) | {(MINA, "/help"): True}
    assert (before, after) == (False, False)


async def test_one_look_up_too_many_is_dropped(settings: Settings, group: Chat) -> None:
    turns = Turns()
    async with build_bot(settings, limiter=RateLimiter(SHUT)) as bot, asyncio.TaskGroup() as tasks:
        await bot.send_message(group.id, "the first")
        begun = [turns.turn(group.id, MINA, question=number) for number in range(MOST)]
        waiting = [tasks.create_task(look_up(bot, group, turn, "waits")) for turn in begun]
        await waits(*begun)
        mine, theirs = (turns.turn(group.id, person, question=None) for person in (MINA, BORIS))
        assert (mine.waiting_lookups, theirs.waiting_lookups) == (MOST, 0)
        with pytest.raises(Dropped):
            await look_up(bot, group, mine, "one too many")
        for task in waiting:
            task.cancel()


async def test_requests_are_never_too_many(settings: Settings, group: Chat) -> None:
    turns = Turns()
    async with build_bot(settings, limiter=RateLimiter(SHUT)) as bot, asyncio.TaskGroup() as tasks:
        await bot.send_message(group.id, "the first")
        begun = [turns.turn(group.id, MINA, question=number) for number in range(2 * MOST)]
        waiting = [tasks.create_task(look_up(bot, group, turn, "accepted", Urgency.ANSWER)) for turn in begun]
        await waits(*begun)
        for task in waiting:
            task.cancel()
