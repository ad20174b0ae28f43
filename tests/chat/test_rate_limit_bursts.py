"""Bursts: what a person waits for in a private chat comes at once, a few times; everything else keeps the pace."""

from __future__ import annotations

import asyncio

import pytest

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_limit import Dropped, RateLimiter
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox

WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
HOUR = 3600.0
#: A chat that takes a call an hour.
SLOW = RateLimits(overall=WIDE, chat=Limit(calls=1, seconds=HOUR, for_progress=1), group=WIDE)


async def test_three_answers_to_a_person_leave_at_once_and_the_fourth_waits_for_all_of_them(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    guard = RateLimiter(SLOW)
    async with build_bot(settings, limiter=guard) as bot, asyncio.timeout(20):
        for words in (said := ["one", "two", "three"]):
            assert guard.delay_of(chat.id) == 0
            await bot.send_message(chat.id, words)

    assert [message.words for message in telegram.messages(chat)] == said
    assert 3 * HOUR - 60 < guard.delay_of(chat.id) <= 3 * HOUR


async def test_answers_at_once_arrive_in_order(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    said = ["one", "two", "three"]
    async with (
        build_bot(settings, limiter=RateLimiter(SLOW)) as bot,
        asyncio.timeout(20),
        asyncio.TaskGroup() as tasks,
    ):
        for words in said:
            tasks.create_task(bot.send_message(chat.id, words))

    assert [message.words for message in telegram.messages(chat)] == said


@pytest.mark.parametrize("urgency", [Urgency.CLIP, Urgency.BROADCAST])
async def test_what_nobody_waits_for_at_this_moment_keeps_the_pace(
    settings: Settings, chat: Chat, urgency: Urgency
) -> None:
    guard = RateLimiter(SLOW)
    async with build_bot(settings, limiter=guard) as bot:
        await bot.send_message(chat.id, "an answer")

    assert HOUR - 60 < guard.delay_of(chat.id, urgency) <= HOUR
    assert guard.delay_of(chat.id, Urgency.ANSWER) == 0


async def test_progress_keeps_the_pace(settings: Settings, chat: Chat) -> None:
    async with build_bot(settings, limiter=RateLimiter(SLOW)) as bot:
        await bot.send_message(chat.id, "an answer")
        with pytest.raises(Dropped):
            await bot.send_message(chat.id, "42 %", rate_limit_args=Urgency.PROGRESS)


async def test_there_is_no_burst_in_a_group(settings: Settings, telegram: TelegramSandbox) -> None:
    group = telegram.add_group("Friends", [telegram.add_user("Boris")])
    guard = RateLimiter(SLOW)
    async with build_bot(settings, limiter=guard) as bot:
        await bot.send_message(group.id, "an answer")

    assert HOUR - 60 < guard.delay_of(group.id) <= HOUR
