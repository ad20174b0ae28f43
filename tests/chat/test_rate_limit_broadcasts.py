"""Broadcasts among the rate limiter's other calls: slowly, behind everybody else, and never dropped."""

from __future__ import annotations

import asyncio

import pytest
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from domain.broadcast import PEOPLE_PER_SECOND, time_to_send
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.chat.test_rate_limit import NO_LIMITS, WIDE

HOUR = 3600


@pytest.fixture
def chats(telegram: TelegramSandbox) -> list[Chat]:
    return [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(9)]


async def broadcast(bot: ExtBot[int], chat: Chat) -> None:
    await bot.send_message(chat.id, "a broadcast", rate_limit_args=Urgency.BROADCAST)


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(
            RateLimits(
                overall=Limit(calls=10, seconds=HOUR, for_progress=3, for_broadcasts=4, for_clips=6),
                broadcasts=WIDE,
                chat=WIDE,
            ),
            id="room-for-others-is-left",
        ),
        pytest.param(
            RateLimits(overall=WIDE, broadcasts=Limit(calls=4, seconds=HOUR, for_progress=0), chat=WIDE),
            id="so-many-broadcasts-are-enough",
        ),
    ],
)
async def test_a_broadcast_waits_while_videos_and_answers_go_on(
    telegram: TelegramSandbox, settings: Settings, chats: list[Chat], limits: RateLimits
) -> None:
    async with build_bot(settings, limits) as bot, asyncio.TaskGroup() as tasks:
        for chat in chats[:4]:
            await broadcast(bot, chat)
        waiting = tasks.create_task(broadcast(bot, chats[4]))
        for chat in chats[5:7]:
            await bot.send_message(chat.id, "a clip", rate_limit_args=Urgency.CLIP)
        for chat in chats[7:]:
            await bot.send_message(chat.id, "an answer")
        assert not waiting.done()
        waiting.cancel()
    said = [message.words for chat in chats for message in telegram.messages(chat)]
    assert said == ["a broadcast"] * 4 + ["a clip"] * 2 + ["an answer"] * 2


async def test_broadcasts_wait_for_room_and_then_leave(
    telegram: TelegramSandbox, settings: Settings, chats: list[Chat]
) -> None:
    overall = Limit(calls=4, seconds=0.05, for_progress=1, for_broadcasts=2)
    few = Limit(calls=3, seconds=0.05, for_progress=0)
    limits = RateLimits(overall=overall, broadcasts=few, chat=WIDE)
    async with build_bot(settings, limits) as bot, asyncio.TaskGroup() as tasks:
        for chat in chats:
            tasks.create_task(broadcast(bot, chat))
    assert [len(telegram.messages(chat)) for chat in chats] == [1] * 9


async def test_an_answer_goes_before_a_broadcast_that_waits_in_the_same_chat(
    telegram: TelegramSandbox, settings: Settings, chat: Chat, chats: list[Chat]
) -> None:
    one = Limit(calls=1, seconds=HOUR, for_progress=0)
    limits = RateLimits(overall=WIDE, broadcasts=one, chat=WIDE)
    async with build_bot(settings, limits) as bot, asyncio.TaskGroup() as tasks:
        await broadcast(bot, chats[0])
        waiting = tasks.create_task(broadcast(bot, chat))
        for _ in range(2):  # by the second it waits for sure
            await bot.send_message(chat.id, "an answer")
        assert not waiting.done()
        waiting.cancel()
    assert [message.words for message in telegram.messages(chat)] == ["an answer"] * 2


async def test_a_broadcast_keeps_the_pause_that_telegram_asks_for(
    telegram: TelegramSandbox, settings: Settings, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=1))
    async with build_bot(settings, NO_LIMITS) as bot:
        await broadcast(bot, chat)
    assert [call.status for call in telegram.calls if call.chat_id] == [429, 200]


def test_what_is_promised_is_the_pace_that_is_kept() -> None:
    kept = RateLimits().broadcasts
    assert time_to_send(PEOPLE_PER_SECOND * 60).total_seconds() == 60 * kept.seconds
    assert kept.calls == PEOPLE_PER_SECOND
