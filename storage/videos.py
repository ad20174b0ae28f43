"""Finished videos: a person's history, page by page, and the video behind a message or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from domain.job import Job, State
from storage.rows import job_of
from storage.tables import jobs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from storage.database import Database

#: What a history is made of: what was called off was never a video.
IN_HISTORY = frozenset({State.DONE, State.FAILED})
_CHUNK = 200
_IS_SHOWN = jobs.c.removed_at.is_(None)
_IS_SENDABLE = (jobs.c.state == State.DONE) & jobs.c.file_id.is_not(None) & _IS_SHOWN


class Videos:
    """What handlers do with videos that are over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_at(self, chat_id: int, message_id: int) -> Job | None:
        """Return the job whose finished video this message is, unless it was removed."""
        is_it = (jobs.c.chat_id == chat_id) & (jobs.c.result_message_id == message_id)
        return await self._first(is_it & (jobs.c.state == State.DONE) & _IS_SHOWN)

    async def find_own(self, owner_id: int, job_id: int) -> Job | None:
        """Return a person's own video, or what failed in its place; None for anybody else's and what was removed."""
        is_theirs = (jobs.c.id == job_id) & (jobs.c.requester_id == owner_id)
        return await self._first(is_theirs & jobs.c.state.in_(IN_HISTORY) & _IS_SHOWN)

    async def find_shared(self, job_id: int) -> Job | None:
        """Return a video that anybody who knows of it may see: done, not private, not removed."""
        return await self._first((jobs.c.id == job_id) & _IS_SENDABLE & jobs.c.private.is_(False))

    async def remove(self, job_id: int, *, now: datetime) -> None:
        """Take a job that is over out of its person's history; what it cost stays counted."""
        gone = (jobs.c.id == job_id) & jobs.c.finished_at.is_not(None) & _IS_SHOWN
        async with self._database.transaction() as connection:
            await connection.execute(update(jobs).where(gone).values(removed_at=now))

    async def page(
        self,
        owner_id: int,
        *,
        words: str = "",
        chat_id: int | None = None,
        states: Collection[State] = IN_HISTORY,
        before: int | None = None,
        after: int | None = None,
        limit: int,
    ) -> Sequence[Job]:
        """Return up to `limit` of a person's jobs that are over, newest first.

        Those with all of the `words` in their prompt; of one chat only; older than the id `before`, or else the
        next newer ones than the id `after`.
        """
        listed = (jobs.c.requester_id == owner_id) & jobs.c.state.in_(states) & _IS_SHOWN
        if chat_id is not None:
            listed &= jobs.c.chat_id == chat_id
        wanted = words.casefold().split()
        async with self._database.reading() as connection:
            if after is not None:
                found = await _walk(connection, listed, wanted, start=after, limit=limit, is_upwards=True)
                return found[::-1]
            return await _walk(connection, listed, wanted, start=before, limit=limit, is_upwards=False)

    async def _first(self, chosen: ColumnElement[bool]) -> Job | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(jobs).where(chosen))).mappings().first()
        return None if row is None else job_of(row)


async def _walk(
    connection: AsyncConnection,
    listed: ColumnElement[bool],
    wanted: Sequence[str],
    *,
    start: int | None,
    limit: int,
    is_upwards: bool,
) -> list[Job]:
    """Walk over the rows from `start` until `limit` of them hold the words.

    They are compared here: SQLite knows the capitals of ASCII only, and a person's own prompts are few.
    """
    order = jobs.c.id.asc() if is_upwards else jobs.c.id.desc()
    size = _CHUNK if wanted else limit
    found: list[Job] = []
    while len(found) < limit:
        behind = listed
        if start is not None:
            behind = listed & (jobs.c.id > start if is_upwards else jobs.c.id < start)
        rows = await connection.execute(select(jobs).where(behind).order_by(order).limit(size))
        chunk = [job_of(row) for row in rows.mappings()]
        found += [job for job in chunk if _holds(job, wanted)]
        if len(chunk) < size:
            break
        start = chunk[-1].id
    return found[:limit]


def _holds(job: Job, wanted: Sequence[str]) -> bool:
    prompt = job.request.prompt.casefold()
    return all(word in prompt for word in wanted)
