"""What is done at the start and once an hour: what forgetting leaves for a day, and what a new day changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.background import surviving
from bot.poller import sleep_unless
from domain.statistics import RECENT
from storage.database import Database
from storage.erasure import Erasure
from storage.usage import Usage

log = structlog.get_logger(__name__)

#: Seconds: the person was told that their number goes within 25 hours.
_PAUSE = 3600.0


async def tidy(
    database: Database, clock: Callable[[], datetime], stopping: asyncio.Event, *, pause: float = _PAUSE
) -> None:
    """Wipe the payers' numbers off forgotten jobs that count no more, and let people's use be that of the last days.

    Every `pause` seconds until `stopping`.
    """
    forgetting, usage = Erasure(database), Usage(database)
    while not stopping.is_set():
        now = clock()
        with surviving("finishing what was forgotten"):
            if wiped := await forgetting.finish(now=now):
                log.info("the last of what was forgotten is gone", jobs=wiped)
        with surviving("counting who used the bot lately"):
            await usage.count_since(now - RECENT)
        await sleep_unless(stopping, pause)
