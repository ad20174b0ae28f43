"""Media processes that outlive the tests that use them, because starting them takes longer than most tests."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from bot.media.clip import Clip
from bot.media.processes import MediaProcesses
from domain.size import Size
from domain.statistics import Day

T = TypeVar("T")


class LastingMedia(MediaProcesses):
    """The room itself, in an event loop of its own, for every test has another."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop

    async def prepare_picture(self, source: Path, target: Path, size: Size, *, person: int = 0) -> None:
        await self._there(super().prepare_picture(source, target, size, person=person))

    async def make_sendable(self, source: Path, target: Path, *, limit_bytes: int) -> Clip:
        return await self._there(super().make_sendable(source, target, limit_bytes=limit_bytes))

    async def thumbnail(self, source: Path, target: Path) -> None:
        await self._there(super().thumbnail(source, target))

    async def draw_chart(self, days: Sequence[Day]) -> bytes:
        return await self._there(super().draw_chart(days))

    async def __aexit__(self, *_: object) -> None:
        """Leave the children to the next test."""

    async def end(self) -> None:
        await self._there(super().__aexit__(None, None, None))

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))


@contextmanager
def lasting_media() -> Iterator[MediaProcesses]:
    """Keep a room until the block ends; its children are started when first needed."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="media")
    thread.start()
    room = LastingMedia(loop)
    try:
        yield room
    finally:
        asyncio.run_coroutine_threadsafe(room.end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
