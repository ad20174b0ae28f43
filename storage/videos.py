"""Finished videos: a person's history, page by page, and the video behind a message or a link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true, update

from domain.job import Job, Place, State
from domain.lifecycle import fetched
from storage.database import Database
from storage.jobs import note_move
from storage.reading import find_number, first_row, read_all, read_first
from storage.rows import changes, job_of, searchable
from storage.tables import jobs

#: What a history is made of: what was called off was never a video.
IN_HISTORY = frozenset({State.DONE, State.FAILED})
#: No more of a person's newest jobs are searched for words: so many take some hundredths of a second.
_SEARCHED = 20_000
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

    async def fetch(self, job_id: int, place: Place, *, now: datetime) -> Job | None:
        """Let a video that was kept be delivered to this place, due now; None if it is not kept any more."""
        is_kept = (jobs.c.state == State.DONE) & jobs.c.kept_at.is_not(None) & _IS_SHOWN
        async with self._database.transaction() as connection:
            row = await first_row(connection, select(jobs).where(jobs.c.id == job_id, is_kept))
            if row is None:
                return None
            before = job_of(row)
            after = fetched(before, place)
            written = changes(before, after) | {"due_at": now}
            await connection.execute(update(jobs).where(jobs.c.id == job_id).values(**written))
            await note_move(connection, job_id, before.state, after.state, now)
            return after

    async def count_kept(self, owner_id: int) -> int:
        """Return how many videos wait for a person, whose chat refused them."""
        kept = (jobs.c.requester_id == owner_id) & jobs.c.kept_at.is_not(None)
        waiting = select(func.count()).where(kept, jobs.c.state == State.DONE, _IS_SHOWN)
        return await find_number(self._database, waiting)

    async def remove(self, job_id: int, *, now: datetime) -> None:
        """Take a video out of its person's history, also one that nobody has written down yet as sent.

        What it cost stays counted.
        """
        is_out = jobs.c.finished_at.is_not(None) | (jobs.c.state == State.DELIVERING)
        gone = (jobs.c.id == job_id) & is_out & _IS_SHOWN
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
        listed &= _holds(words, owner_id)
        if chat_id is not None:
            listed &= jobs.c.chat_id == chat_id
        if after is not None:
            return (await self._first_of(listed & (jobs.c.id > after), jobs.c.id.asc(), limit))[::-1]
        if before is not None:
            listed &= jobs.c.id < before
        return await self._first_of(listed, jobs.c.id.desc(), limit)

    async def _first_of(
        self, listed: ColumnElement[bool], order: ColumnElement[int], limit: int
    ) -> Sequence[Job]:
        return await read_all(self._database, select(jobs).where(listed).order_by(order).limit(limit), job_of)

    async def _first(self, chosen: ColumnElement[bool]) -> Job | None:
        return await read_first(self._database, select(jobs).where(chosen), job_of)


def _holds(words: str, owner_id: int) -> ColumnElement[bool]:
    """Select a person's jobs whose prompts hold all of the words, among their newest thousands."""
    if not (wanted := searchable(words).split()):
        return true()
    newest = select(jobs.c.id).where(jobs.c.requester_id == owner_id).order_by(jobs.c.id.desc())
    oldest_searched = func.coalesce(newest.offset(_SEARCHED).limit(1).scalar_subquery(), 0)
    holding = (jobs.c.search_text.contains(word, autoescape=True) for word in wanted)
    return and_(jobs.c.id > oldest_searched, *holding)
