"""Housekeeping: forgotten jobs lose their payer, and use is counted for the last days, whatever happens first."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from bot.maintenance import tidy
from domain.account import AccessMode
from domain.job import Place
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import VideoRequest
from domain.size import Size
from domain.statistics import RECENT
from storage.database import Database
from storage.erasure import Erasure
from storage.jobs import Jobs
from storage.storage import Storage
from storage.tables import jobs
from storage.usage import Usage

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Hours:
    """A clock on which an hour passes with every look."""

    def __init__(self) -> None:
        self.passed = 0
        self._looked_at = asyncio.Event()

    def __call__(self) -> datetime:
        self.passed += 1
        self._looked_at.set()
        self._looked_at = asyncio.Event()
        return NOW + timedelta(hours=self.passed)

    async def until(self, passed: int) -> None:
        async with asyncio.timeout(20):
            while self.passed < passed:
                await self._looked_at.wait()


async def test_the_tidying_goes_on_hour_after_hour_whatever_the_database_says(tmp_path: Path) -> None:
    hours, stopping = Hours(), asyncio.Event()
    async with Database.open(f"sqlite:///{tmp_path / 'reelbot.db'}") as database:
        await _forget_somebody(database)
        await _rename(database, "jobs", "elsewhere")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(tidy(storage_of(database), hours, stopping, pause=0.01))
            await hours.until(3)
            await _rename(database, "elsewhere", "jobs")
            # The last but one look led to a tidying that is through.
            await hours.until(hours.passed + 26)
            stopping.set()
        assert await _numbers_left(database) == 0


async def test_the_tidying_counts_use_anew_when_a_day_has_begun(tmp_path: Path) -> None:
    hours, stopping = Hours(), asyncio.Event()
    async with Database.open(f"sqlite:///{tmp_path / 'reelbot.db'}") as database:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(tidy(storage_of(database), hours, stopping, pause=0.01))
            await hours.until(14)
            stopping.set()
        # It began at noon, and midnight has gone by.
        assert await Usage(database).count_since(NOW + timedelta(days=1) - RECENT) is False


def storage_of(database: Database) -> Storage:
    return Storage(database, access=AccessMode.OPEN, budget=None)


async def _rename(database: Database, name: str, other: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(f"ALTER TABLE {name} RENAME TO {other}"))


async def _forget_somebody(database: Database) -> None:
    added = await Jobs(database).add(
        idempotency_key="message:7:1",
        place=Place(account_id=7, requester_id=7, chat_id=7),
        request=VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1),
        rules=SpendingRules(allowance=3),
        concurrency=Concurrency(in_all=1, per_person=1),
        now=NOW,
    )
    async with database.transaction() as connection:
        await connection.execute(
            text("UPDATE jobs SET state = 'done', finished_at = created_at WHERE id = :id"),
            {"id": added.job.id},
        )
    await Erasure(database).forget(7, now=NOW)
    assert await _numbers_left(database) == 1


async def _numbers_left(database: Database) -> int:
    async with database.reading() as connection:
        counted = await connection.execute(select(func.count()).where(jobs.c.account_id == 7))
    return counted.scalar_one()
