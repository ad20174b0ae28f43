"""How the latest requests ended, for those who watch over the service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from domain.failures import FailureReason
from domain.job import State
from storage.database import Database
from storage.rows import failure_of
from storage.tables import IS_UNKNOWN_OUTCOME, jobs


class Endings:
    """What may be asked about jobs that are over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_last(self, number: int, *, since: datetime) -> Sequence[FailureReason | None]:
        """Return how the newest jobs that are over ended, of those asked for `since`: None for a video."""
        over = jobs.c.state.in_({State.DONE, State.FAILED}) & (jobs.c.created_at > since)
        newest = select(jobs.c.failure).where(over).order_by(jobs.c.created_at.desc()).limit(number)
        async with self._database.reading() as connection:
            failures = (await connection.execute(newest)).scalars().all()
        return [failure_of(failure) for failure in failures]

    async def find_possibly_paid(self, *, since: datetime) -> Sequence[int]:
        """Return the jobs asked for `since` whose order may or may not have been taken, oldest first."""
        is_unknown = IS_UNKNOWN_OUTCOME & (jobs.c.created_at > since)
        async with self._database.reading() as connection:
            found = await connection.execute(select(jobs.c.id).where(is_unknown).order_by(jobs.c.created_at))
        return found.scalars().all()
