"""Writes down who was met, beside the answers: every few seconds, and once more at the end."""

from __future__ import annotations

import asyncio

import structlog

from bot.background import surviving
from bot.poller import sleep_unless
from storage.accounts import Accounts
from storage.errors import DatabaseTrouble

log = structlog.get_logger(__name__)

_PAUSE = 2.0  # seconds


async def keep_acquaintances(accounts: Accounts, stopping: asyncio.Event, *, pause: float = _PAUSE) -> None:
    """Write down every `pause` seconds, until `stopping`, who was met since the last time."""
    while not stopping.is_set():
        await sleep_unless(stopping, pause)
        with surviving("writing down who was met"):
            await write_acquaintances(accounts)


async def write_acquaintances(accounts: Accounts) -> None:
    """Write down who was met; what cannot be written now is kept for the next time."""
    try:
        await accounts.write_met()
    except DatabaseTrouble as error:
        log.warning("who was met could not be written down; I try again", problem=str(error))
