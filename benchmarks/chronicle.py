"""Writes down when what came into each chat, as Telegram saw it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Self

from sandbox.telegram.chats import Chat
from sandbox.telegram.events import Event, EventKind, EventStream
from sandbox.telegram.server import TelegramSandbox

_SEEN_IN_CHATS = (EventKind.SENT, EventKind.EDITED)


class Chronicle:
    """By chat id: when people wrote, when the bot answered each time, and when the video came."""

    def __init__(self) -> None:
        self.asked = defaultdict[int, list["datetime"]](list)
        self.said = defaultdict[int, list["datetime"]](list)
        self.delivered: dict[int, datetime] = {}
        self._changed = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def of(cls, telegram: TelegramSandbox) -> AsyncIterator[Self]:
        """Keep a chronicle while the block runs."""
        chronicle = cls()
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(chronicle._keep(telegram.events()))
            try:
                yield chronicle
            finally:
                writing.cancel()

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> None:
        """Raises TimeoutError if it does not come true in time."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def answer_times(self, chats: list[Chat]) -> list[float]:
        """Seconds from each message to the bot's answer: the first to the first, the second to the second."""
        return [
            (said - asked).total_seconds()
            for chat in chats
            for asked, said in zip(self.asked[chat.id], self.said[chat.id], strict=False)
        ]

    def _write(self, event: Event) -> None:
        message = event.message
        if message is None or event.kind not in _SEEN_IN_CHATS:
            return
        chat_id = message.chat.id
        if not message.sender_is_bot:
            self.asked[chat_id].append(event.at)
        elif message.video or message.animation:
            self.delivered.setdefault(chat_id, event.at)
        elif event.kind is EventKind.SENT:
            self.said[chat_id].append(event.at)
        self._changed.set()

    async def _keep(self, events: EventStream) -> None:
        async for event in events:
            self._write(event)
