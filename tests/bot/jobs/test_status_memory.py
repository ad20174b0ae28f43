"""What status messages say is remembered over a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.jobs.status_memory import StatusMemory
from bot.settings import Settings
from domain.job import Job
from domain.lifecycle import ordered, polled, submitted
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY
from tests.chat.test_rate_limit import NO_LIMITS
from tests.sora_catalogue import sora_offers


@pytest.fixture
async def started(
    settings: Settings, claims: Claims, jobs: Jobs, holds: Holds, *, clock: Clock, tmp_path: Path
) -> AsyncIterator[Callable[[], StatusMessages]]:
    """Return a way to make status messages as a newly started process does."""
    async with build_bot(settings, NO_LIMITS) as bot:

        def start() -> StatusMessages:
            memory = StatusMemory(tmp_path / "status.json")
            return StatusMessages(
                bot, claims, jobs, CONCURRENCY, clock, holds=holds, offers=sora_offers(), memory=memory
            )

        yield start


async def test_after_a_restart_nothing_is_edited_to_what_it_says_already(
    started: Callable[[], StatusMessages],
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    clock: Clock,
) -> None:
    waiting, rendering = await announced(), await announced()
    rendering = ordered(submitted(rendering, clock()), clock(), video_id="v")

    async def show(status_messages: StatusMessages, place: int, progress: int) -> int:
        before = _edits(telegram)
        await status_messages.show(waiting, position=place)
        await status_messages.show(polled(rendering, clock(), progress=progress))
        await status_messages.save()
        return _edits(telegram) - before

    edits = [
        await show(started(), place, progress) for place, progress in ((3, 40), (3, 40), (2, 40), (2, 50))
    ]
    assert edits == [2, 0, 1, 1]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"one": 1}', "\xff"])
def test_a_file_that_makes_no_sense_is_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / "status.json").write_text(content, encoding="latin-1")
    assert not StatusMemory(tmp_path / "status.json").says(1, "anything")


async def test_only_so_many_are_remembered(tmp_path: Path) -> None:
    memory = StatusMemory(tmp_path / "status.json")
    for job_id in range(5001):
        memory.note(job_id, "waiting")
    memory.forget(7)
    await memory.save()
    again = StatusMemory(tmp_path / "status.json")
    assert [again.says(job_id, "waiting") for job_id in (0, 1, 7, 5000)] == [False, True, False, True]


def _edits(telegram: TelegramSandbox) -> int:
    return sum(call.method == "editMessageText" for call in telegram.calls)
