"""The rate limiter and the limit on all chats together: progress keeps it always, answers once Telegram minds."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from sandbox.serving import serving
from sandbox.telegram.chats import Chat
from sandbox.telegram.rate_limits import RateLimits as EnforcedLimits
from sandbox.telegram.server import TelegramSandbox

WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
PEOPLE = 50


@pytest.fixture
def telegram() -> TelegramSandbox:
    return TelegramSandbox(flood=EnforcedLimits(second=0.8))


@pytest.fixture
def chats(telegram: TelegramSandbox) -> list[Chat]:
    return [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(PEOPLE)]


def answered(telegram: TelegramSandbox) -> Counter[int | None]:
    return Counter(call.status for call in telegram.calls)


async def answer_all(bot: ExtBot[int], chats: list[Chat]) -> None:
    async with asyncio.TaskGroup() as tasks:
        for chat in chats:
            tasks.create_task(bot.send_message(chat.id, "an answer"))


async def test_answers_to_many_people_wait_for_nothing_while_telegram_takes_them(settings: Settings) -> None:
    limits = RateLimits(overall=Limit(calls=1, seconds=3600, for_progress=1), chat=WIDE)
    unlimited = TelegramSandbox()
    chats = [unlimited.private_chat(unlimited.add_user(f"Person {number}")) for number in range(PEOPLE)]
    async with serving(unlimited.app) as origin:
        patient = settings.model_copy(update={"telegram_api_url": origin})
        async with build_bot(patient, limits) as bot:
            await answer_all(bot, chats)

    assert [len(unlimited.messages(chat)) for chat in chats] == [1] * PEOPLE


async def test_once_telegram_minds_answers_keep_the_limit(
    settings: Settings, telegram: TelegramSandbox, chats: list[Chat]
) -> None:
    limits = RateLimits(overall=Limit(calls=28, seconds=0.9, for_progress=14), chat=WIDE)
    async with build_bot(settings, limits) as bot:
        await answer_all(bot, chats)
        refused_at_first = answered(telegram)[429]
        await answer_all(bot, chats)

    assert [len(telegram.messages(chat)) for chat in chats] == [2] * PEOPLE
    assert 0 < refused_at_first < PEOPLE
    assert answered(telegram)[429] == refused_at_first


async def test_progress_leaves_room_for_answers_in_all_chats(
    telegram: TelegramSandbox, settings: Settings
) -> None:
    limits = RateLimits(overall=Limit(calls=10, seconds=30, for_progress=4), chat=WIDE, group=WIDE)
    chats = [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(10)]
    async with build_bot(settings, limits) as bot:
        outcomes = [await _progress(bot, chat) for chat in chats]
        for chat in chats[4:]:
            await bot.send_message(chat.id, "an answer")

    assert outcomes == ["shown"] * 4 + ["dropped"] * 6
    assert [[message.words for message in telegram.messages(chat)] for chat in chats[4:]] == [
        ["an answer"]
    ] * 6


async def _progress(bot: ExtBot[int], chat: Chat) -> str:
    try:
        await bot.send_message(chat.id, "progress", rate_limit_args=Urgency.PROGRESS)
    except RetryAfter:
        return "dropped"
    return "shown"
