"""Files with what people sent and got: nobody on the machine but the bot's own user can read them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.journeys.sandbox import PHOTO, Sandbox


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """What a shell has: whatever is made can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
async def test_everything_that_is_written_on_the_way_to_a_video_is_the_bot_s_own(sandbox: Sandbox) -> None:
    sandbox.telegram.send_photo(sandbox.chat, sandbox.person, PHOTO, caption="alive")
    modes: dict[str, int] = {}
    async with sandbox.program(), asyncio.timeout(60):
        while not sandbox.videos():
            for path in sandbox.folder.rglob("*"):
                with suppress(FileNotFoundError):  # it was there a moment ago
                    modes[path.name] = path.stat().st_mode & 0o777
            await asyncio.sleep(0.01)
    assert {"heartbeat.json", "1.1.jpg", "reelbot.db-wal"} <= modes.keys()
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
