"""How long the rate limiter says that one more call would wait."""

from __future__ import annotations

import asyncio

import pytest

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_limit import RateLimiter
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox

WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
HOUR = 3600.0
#: A group that takes two calls an hour.
SLOW = RateLimits(overall=WIDE, chat=WIDE, group=Limit(calls=2, seconds=HOUR, for_progress=1))


@pytest.fixture
def group(telegram: TelegramSandbox) -> Chat:
    return telegram.add_group("Friends", [telegram.add_user("Boris")])


async def test_a_chat_with_room_delays_nothing(group: Chat) -> None:
    assert RateLimiter(SLOW).delay_of(group.id, Urgency.CLIP) == 0


async def test_a_chat_without_room_delays_until_its_first_call_is_an_hour_old(
    settings: Settings, group: Chat, chat: Chat
) -> None:
    guard = RateLimiter(SLOW)
    async with build_bot(settings, limiter=guard) as bot:
        for words in ("one", "two"):
            await bot.send_message(group.id, words)

    assert HOUR - 60 < guard.delay_of(group.id, Urgency.CLIP) <= HOUR
    assert guard.delay_of(chat.id, Urgency.CLIP) == 0


async def test_whoever_waits_already_goes_first(settings: Settings, group: Chat) -> None:
    guard = RateLimiter(SLOW)
    async with build_bot(settings, limiter=guard) as bot, asyncio.TaskGroup() as tasks:
        for words in ("one", "two"):
            await bot.send_message(group.id, words)
        waiting = [tasks.create_task(bot.send_message(group.id, "late")) for _ in range(3)]
        await asyncio.sleep(0)
        delay = guard.delay_of(group.id)
        for task in waiting:
            task.cancel()

    assert 2 * HOUR - 60 < delay <= 2 * HOUR
