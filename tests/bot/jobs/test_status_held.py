"""Status messages of jobs that are held: the reason, once, and their places again when it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from domain.admin_action import AdminAction, AdminActionKind
from domain.job import Job
from domain.queue import Concurrency
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.chat.test_rate_limit import NO_LIMITS
from tests.sora_catalogue import sora_offers

ONE_AT_A_TIME = Concurrency(in_all=1, per_person=1)


@pytest.fixture
async def status_messages(
    settings: Settings, claims: Claims, jobs: Jobs, holds: Holds, clock: Clock
) -> AsyncIterator[StatusMessages]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield StatusMessages(bot, claims, jobs, ONE_AT_A_TIME, clock, holds=holds, offers=sora_offers())


def edits(telegram: TelegramSandbox) -> int:
    return sum(call.method == "editMessageText" for call in telegram.calls)


def by_admin(number: int, at: datetime, kind: AdminActionKind, why: str) -> AdminAction:
    return AdminAction(idempotency_key=f"message:1:{number}", admin_id=1, kind=kind, at=at, why=why)


async def test_everybody_who_waits_is_told_of_a_pause_once_and_of_its_end(
    status_messages: StatusMessages,
    holds: Holds,
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    clock: Clock,
) -> None:
    first, _second = await announced(), await announced()
    pauses = [
        (AdminActionKind.PAUSE, "lunch"),
        (AdminActionKind.PAUSE, "a long lunch"),
        (AdminActionKind.RESUME, ""),
    ]
    actions = [by_admin(number, first.due_at, *pause) for number, pause in enumerate(pauses)]

    def said() -> list[str]:
        return [
            message.words.splitlines()[0]
            for chat in telegram.state.chats.by_id.values()
            for message in telegram.messages(chat)
        ]

    await holds.pause(actions[0])
    for _ in range(2):
        await status_messages.show_queue()
        clock.move(6)
    paused, number = said(), edits(telegram)
    await holds.pause(actions[1])
    await status_messages.show_queue()
    changed = said()
    clock.move(6)
    await holds.resume(actions[2])
    await status_messages.show_queue()

    assert paused == ["⏸ New videos are paused: lunch"] * 2
    assert number == 2
    assert changed == ["⏸ New videos are paused: a long lunch"] * 2
    assert said() == ["👍 On it.", "⏳ Number 1 in the queue"]
