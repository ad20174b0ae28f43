"""People who write to the bot all the while that it has other work to do, to see how long they wait."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.sandbox import Sandbox
from sandbox.telegram.chats import Chat

#: So many that nobody writes more often than Telegram lets the bot answer.
_NUMBER = 10
_PAUSE = 0.4  # seconds between two messages
_PATIENCE = 30.0


@asynccontextmanager
async def bystanders(sandbox: Sandbox) -> AsyncIterator[list[Chat]]:
    """Let one after the other write plain words, which the bot answers with a card; yields their chats."""
    chats = sandbox.add_people(_NUMBER)
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_keep_writing(sandbox, chats))
        try:
            yield chats
        finally:
            writing.cancel()
    chronicle = sandbox.chronicle
    await sandbox.until(
        "every bystander answered",
        lambda: all(len(chronicle.said[chat.id]) >= len(chronicle.asked[chat.id]) for chat in chats),
        seconds=_PATIENCE,
    )


async def _keep_writing(sandbox: Sandbox, chats: list[Chat]) -> None:
    for number, chat in enumerate(itertools.cycle(chats)):
        sandbox.ask(chat, f"a lighthouse in a storm, take {number}")
        await asyncio.sleep(_PAUSE)
