"""Erases what was deleted from the database's files: SQLite leaves copies in unused corners of pages, and in its log."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import BUSY_TIMEOUT, Database

#: Bytes. A larger database takes too long to be written anew while others wait: about 1 s for 90 MB.
AT_ONCE_UP_TO: Final = 64_000_000
#: Nobody's wish to be forgotten holds up everybody's writes more often than this.
_PAUSE_AT_ONCE = timedelta(minutes=1)
#: A large database is written anew so often at most, and what was deleted from it is gone so much later at the latest.
ERASED_WITHIN: Final = timedelta(days=1)
#: So often it is looked whether that is due.
_TIDYING = timedelta(hours=1)
#: So long it is tried to empty the log, which nobody can while somebody reads an older version of the database.
_PATIENCE = timedelta(seconds=2)
_PAUSE = 0.05  # seconds


class Eraser:
    """Writes the database anew, when that is due. That it is, the database itself remembers: in SQLite's `user_version`."""

    def __init__(self, database: Database, *, at_once_up_to: int) -> None:
        self._database = database
        self._at_once_up_to = at_once_up_to
        self._begun_at: float | None = None

    async def erase_at_once(self) -> bool:
        """Erase what was deleted, if that is quickly done; False if `erase_later` has to."""
        if self._has_begun_within(_PAUSE_AT_ONCE):
            return False
        return await self._is_small() and await self._erase()

    async def erase_later(self) -> None:
        """Erase what was deleted and could not be erased then, in a quiet moment."""
        async with self._database.reading() as connection:
            is_due = await _pragma(connection, "user_version")
        pause = _PAUSE_AT_ONCE if await self._is_small() else ERASED_WITHIN - _TIDYING
        if is_due and not self._has_begun_within(pause):
            await self._erase()

    async def _is_small(self) -> bool:
        async with self._database.reading() as connection:
            size = await _pragma(connection, "page_count") * await _pragma(connection, "page_size")
        return size <= self._at_once_up_to

    def _has_begun_within(self, span: timedelta) -> bool:
        return self._begun_at is not None and monotonic() - self._begun_at < span.total_seconds()

    async def _erase(self) -> bool:
        self._begun_at = monotonic()
        async with self._database.maintaining() as connection:
            due = await _pragma(connection, "user_version")
            await connection.exec_driver_sql("VACUUM")
        if not await self._empty_log():
            return False
        async with self._database.transaction() as connection:
            if await _pragma(connection, "user_version") == due:
                await connection.exec_driver_sql("PRAGMA user_version = 0")
        return True

    async def _empty_log(self) -> bool:
        last = monotonic() + _PATIENCE.total_seconds()
        while not await self._checkpointed():
            if monotonic() > last:
                return False
            await asyncio.sleep(_PAUSE)
        return True

    async def _checkpointed(self) -> bool:
        async with self._database.maintaining() as connection:
            # A checkpoint that waits for readers holds up every writer: it does not wait, and is tried again.
            await connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            try:
                is_busy = await _pragma(connection, "wal_checkpoint(TRUNCATE)")
            finally:
                await connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000:.0f}")
        return not is_busy


async def note_deleted(connection: AsyncConnection) -> None:
    """Note, in the transaction that deletes, that what is deleted has to be erased too."""
    due = await _pragma(connection, "user_version") + 1
    await connection.exec_driver_sql(f"PRAGMA user_version = {due}")


async def _pragma(connection: AsyncConnection, name: str) -> int:
    """Return the first number that SQLite answers with."""
    answer = (await connection.exec_driver_sql(f"PRAGMA {name}")).scalars().first()
    return int(answer or 0)
