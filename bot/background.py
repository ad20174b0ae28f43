"""Helpers for background tasks: go on after an error, and sleep until an event."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog

log = structlog.get_logger(__name__)


@contextmanager
def surviving(what: str) -> Iterator[None]:
    """Log whatever breaks in the block, and go on behind it; only a cancellation gets through."""
    try:
        yield
    except Exception:
        log.exception("a part of the bot broke; it goes on", part=what)


async def sleep_unless(event: asyncio.Event, seconds: float | None) -> None:
    """Sleep until the event is set, or for so many seconds if they are given."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
