"""Profiles are saved now and then, once more at the end, and again after an error."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from structlog.testing import capture_logs

from bot.maintenance import keep_profiles, write_profiles
from storage.accounts import Accounts
from storage.database import Database
from storage.profiles import ProfileSeen

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ada(person: int) -> ProfileSeen:
    return ProfileSeen(id=person, name="Ada", username=None, language="en", at=NOW)


async def written(database: Database) -> list[int]:
    """Return who stands in the database, asked past what is only remembered."""
    return sorted(await Accounts(database).find_all({7, 8}))


async def test_people_are_written_down_while_the_bot_serves_and_when_it_stops(database: Database) -> None:
    accounts, stopping = Accounts(database), asyncio.Event()
    async with asyncio.TaskGroup() as tasks, asyncio.timeout(10):
        keeping = tasks.create_task(keep_profiles(accounts, stopping, pause=0.01))
        accounts.note_profile(ada(7))
        while await written(database) != [7]:
            continue  # each look takes a turn of the database's
        stopping.set()
        await keeping
    accounts.note_profile(ada(8))
    stopped = asyncio.Event()
    async with asyncio.TaskGroup() as tasks, asyncio.timeout(10):
        keeping = tasks.create_task(keep_profiles(accounts, stopped, pause=3600))
        await asyncio.sleep(0)
        stopped.set()
        await keeping
    assert await written(database) == [7, 8]


async def test_a_database_in_trouble_is_tried_again(database: Database) -> None:
    accounts = Accounts(database)
    accounts.note_profile(ada(7))
    async with database.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE accounts RENAME TO elsewhere")
    with capture_logs() as logs:
        await write_profiles(accounts)
    async with database.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO accounts")
    await write_profiles(accounts)
    assert [line["event"] for line in logs] == ["who was met could not be written down; I try again"]
    assert await written(database) == [7]
