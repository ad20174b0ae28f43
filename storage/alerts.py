"""What alerts are made of: how the latest requests ended, and which troubles operators were told of already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from domain.failures import FailureReason
from domain.job import State
from storage.database import Database
from storage.operator_tables import accounts, alerts
from storage.rows import failure_of
from storage.tables import IS_UNKNOWN_OUTCOME, jobs


class Alerts:
    """The troubles that operators know of, the languages of those who hear of them, and the endings of jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_told(self) -> Mapping[str, datetime]:
        """Return when each trouble was told that is not known to be over."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(alerts.c.name, alerts.c.since))
            return {row.name: row.since for row in rows}

    async def note(self, told: Collection[str], *, over: Collection[str] = (), now: datetime) -> None:
        """Note that these troubles were told, and that those are over."""
        if not told and not over:
            return
        async with self._database.transaction() as connection:
            await connection.execute(delete(alerts).where(alerts.c.name.in_([*told, *over])))
            if told:
                rows = [{"name": name, "since": now, "detail": ""} for name in told]
                await connection.execute(insert(alerts), rows)

    async def find_languages(self, people: Collection[int]) -> Mapping[int, str]:
        """Return what those of the people speak who have ever been heard."""
        heard = select(accounts.c.id, accounts.c.language).where(accounts.c.id.in_(people))
        async with self._database.reading() as connection:
            return {row.id: row.language for row in await connection.execute(heard)}

    async def find_last_endings(self, number: int, *, since: datetime) -> Sequence[FailureReason | None]:
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
