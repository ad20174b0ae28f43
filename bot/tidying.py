"""Finishes what forgetting has to leave for a day: once at start, and once an hour from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.background import surviving
from bot.polling import sleep_unless

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from datetime import datetime

    from storage.forgetting import Forgetting

log = structlog.get_logger(__name__)

#: Seconds: the person was told that their number goes within 25 hours.
_PAUSE = 3600.0


async def tidy(
    forgetting: Forgetting, clock: Callable[[], datetime], stopping: asyncio.Event, *, pause: float = _PAUSE
) -> None:
    """Wipe the payers' numbers off forgotten jobs that count no more, every `pause` seconds until `stopping`."""
    while not stopping.is_set():
        with surviving("finishing what was forgotten"):
            if wiped := await forgetting.finish(now=clock()):
                log.info("the last of what was forgotten is gone", jobs=wiped)
        await sleep_unless(stopping, pause)
