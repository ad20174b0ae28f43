"""Takes over jobs of dead processes, and shifts the times of jobs when the machine's clock was set."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, not_, select, type_coerce, update

from domain.job import State
from domain.lifecycle import ordered
from domain.quota import WINDOW
from storage.claims import Claim
from storage.database import Database
from storage.jobs import IS_UNANNOUNCED, note_move
from storage.queue import IS_ASKED_ABOUT
from storage.rows import changes, job_of
from storage.tables import IS_UNDER_WAY, jobs, microseconds

#: What is measured from one moment to another while a job is under way.
_MEASURED = ("due_at", "troubled_since", "provider_since", "gone_since", "ordered_at", "progress_at")
#: What says since when a job counts, against whom, and how long it took.
_COUNTED = (
    "created_at", "submitted_at", "rendered_at", "finished_at", "kept_at", "asked_at", "wanted_at", "over_budget_until",
)  # fmt: skip


class Recovery:
    """What only the one living process of a database may do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_over(self, now: datetime) -> int:
        """Let every job that has left the queue come due; return how many had a later moment, or a dead owner.

        To be called only when nobody else lives: what is claimed belongs to the dead, and waits for no lease. What its
        person was asked about comes due when that is waited for no longer.
        """
        left_behind = IS_UNDER_WAY & (jobs.c.due_at > now) & not_(IS_UNANNOUNCED) & not_(IS_ASKED_ABOUT)
        async with self._database.transaction() as connection:
            result = await connection.execute(update(jobs).where(left_behind).values(due_at=now))
        return result.rowcount

    async def adopt(
        self, job_id: int, *, submitted_at: datetime, ordered_at: datetime, video_id: str, now: datetime
    ) -> bool:
        """Write the id of an order that a process which is no more had answered; False if the job has moved on."""
        is_it = (
            (jobs.c.id == job_id) & (jobs.c.state == State.SUBMITTING) & (jobs.c.submitted_at == submitted_at)
        )
        async with self._database.transaction() as connection:
            row = (await connection.execute(select(jobs).where(is_it))).mappings().first()
            if row is None:
                return False
            before = job_of(row)
            after = ordered(before, ordered_at, video_id=video_id)
            written = changes(before, after) | {"due_at": now}
            await connection.execute(update(jobs).where(is_it).values(**written))
            await note_move(connection, job_id, before.state, after.state, now)
        return True

    async def shift(self, by: timedelta, claims: Iterable[Claim], *, now: datetime) -> None:
        """The clock was set by so much, to `now`: let all spans that are measured stay as long as they are.

        Those are the ones of jobs under way, of these claims, and of all that was accepted in the last day and counts.
        """
        # By the moment of its submission a paid order is known again after a crash.
        counted = IS_UNDER_WAY & (jobs.c.state != State.SUBMITTING)
        over = (jobs.c.created_at > now - by - WINDOW) & not_(IS_UNDER_WAY)
        shifts = ((IS_UNDER_WAY, _MEASURED), (counted, _COUNTED), (over, (*_COUNTED, "ordered_at")))
        async with self._database.transaction() as connection:
            for which, names in shifts:
                moved = {name: type_coerce(jobs.c[name], BigInteger) + microseconds(by) for name in names}
                await connection.execute(update(jobs).where(which).values(**moved))
        for claim in claims:
            if not claim.is_finished:
                claim.until += by
