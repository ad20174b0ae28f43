"""The id of a paid order survives a database that takes no writes, and a crash."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.sandbox import Ending, Sandbox

FULL = "CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
NO_LONGER_FULL = "DROP TRIGGER full"


async def test_an_order_that_is_answered_while_the_disk_is_full_is_written_down_once_there_is_room(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.HELD_AFTER, on=Route.CREATE))
    async with sandbox.bot():
        sandbox.ask(sandbox.chat, "/video a full disk")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1, timeout=30)
        await query(sandbox, FULL)
        sandbox.video_api.faults.release()
        await _until_noted(sandbox)
        await query(sandbox, NO_LONGER_FULL)
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a full disk") == Ending()
    assert _noted(sandbox) == []


async def test_an_order_that_is_answered_to_a_bot_that_dies_before_it_can_write_is_known_at_the_next_start(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.HELD_AFTER, on=Route.CREATE))
    async with sandbox.process(lease_seconds="60") as process:
        sandbox.ask(sandbox.chat, "/video a locked database")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1, timeout=30)
        async with _locked(sandbox):
            sandbox.video_api.faults.release()
            await _until_noted(sandbox)
            await sandbox.kill(process)
    async with sandbox.process(lease_seconds="60"):
        await sandbox.until_over(1, timeout=40)

    assert await sandbox.ending(sandbox.chat, "a locked database") == Ending()
    assert _noted(sandbox) == []


async def _until_noted(sandbox: Sandbox) -> None:
    """Wait until the answer is in the file beside the database: nobody tells when another process writes it."""
    async with asyncio.timeout(30):
        while not _noted(sandbox):  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)


def _noted(sandbox: Sandbox) -> list[str]:
    """Return what is in the files of paid orders, but for the room that is kept in them."""
    contents = (path.read_text() for path in sandbox.folder.glob("reelbot.db.orders-*"))
    return [line for content in contents for line in content.splitlines() if line.strip()]


@asynccontextmanager
async def _locked(sandbox: Sandbox) -> AsyncIterator[None]:
    """Hold the database's one write lock, as another program's VACUUM does."""
    connection = sqlite3.connect(
        sandbox.folder / "reelbot.db", timeout=30, isolation_level=None, check_same_thread=False
    )
    await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
