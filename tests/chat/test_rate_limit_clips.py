"""Clips among the rate limiter's other calls: they wait for room, and leave some of it to answers."""

from __future__ import annotations

import asyncio

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from sandbox.telegram.server import TelegramSandbox

WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)


async def test_clips_leave_room_for_answers_in_all_chats(
    telegram: TelegramSandbox, settings: Settings
) -> None:
    overall = Limit(calls=10, seconds=3600, for_progress=4, for_clips=6)
    chats = [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(9)]
    async with (
        build_bot(settings, RateLimits(overall=overall, chat=WIDE, group=WIDE)) as bot,
        asyncio.TaskGroup() as tasks,
    ):
        for chat in chats[:6]:
            await bot.send_message(chat.id, "a clip", rate_limit_args=Urgency.CLIP)
        waiting = tasks.create_task(bot.send_message(chats[6].id, "a clip", rate_limit_args=Urgency.CLIP))
        for chat in chats[7:]:
            await bot.send_message(chat.id, "an answer")
        assert not waiting.done()
        waiting.cancel()
    said = [message.words for chat in chats for message in telegram.messages(chat)]
    assert said == ["a clip"] * 6 + ["an answer"] * 2


async def test_clips_wait_for_room_and_then_leave(telegram: TelegramSandbox, settings: Settings) -> None:
    overall = Limit(calls=4, seconds=0.05, for_progress=1, for_clips=2)
    chats = [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(9)]
    async with (
        build_bot(settings, RateLimits(overall=overall, chat=WIDE, group=WIDE)) as bot,
        asyncio.TaskGroup() as tasks,
    ):
        for chat in chats:
            tasks.create_task(bot.send_message(chat.id, "a clip", rate_limit_args=Urgency.CLIP))
    assert [len(telegram.messages(chat)) for chat in chats] == [1] * 9
