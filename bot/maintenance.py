"""Periodic housekeeping: tidies up once an hour, and saves the profiles of people seen every few seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.background import sleep_unless, surviving
from domain.statistics import RECENT
from storage.accounts import Accounts
from storage.errors import DatabaseTrouble
from storage.storage import Storage

log = structlog.get_logger(__name__)

#: Seconds: the person was told that their number goes within 25 hours.
_TIDY_EVERY = 3600.0
#: Seconds.
_WRITE_PROFILES_EVERY = 2.0


async def tidy(
    storage: Storage, clock: Callable[[], datetime], stopping: asyncio.Event, *, pause: float = _TIDY_EVERY
) -> None:
    """Wipe the payers' numbers off forgotten jobs that count no more, and let people's use be that of the last days.

    Every `pause` seconds until `stopping`.
    """
    while not stopping.is_set():
        now = clock()
        with surviving("finishing what was forgotten"):
            if wiped := await storage.erasure.finish(now=now):
                log.info("the last of what was forgotten is gone", jobs=wiped)
        with surviving("counting who used the bot lately"):
            await storage.usage.count_since(now - RECENT)
        await sleep_unless(stopping, pause)


async def keep_profiles(
    accounts: Accounts, stopping: asyncio.Event, *, pause: float = _WRITE_PROFILES_EVERY
) -> None:
    """Save the profiles seen, every `pause` seconds until `stopping`."""
    while not stopping.is_set():
        await sleep_unless(stopping, pause)
        with surviving("writing down who was met"):
            await write_profiles(accounts)


async def write_profiles(accounts: Accounts) -> None:
    """Save the profiles seen; what cannot be saved now is kept for the next time."""
    try:
        await accounts.write_profiles()
    except DatabaseTrouble as error:
        log.warning("who was met could not be written down; I try again", problem=str(error))
