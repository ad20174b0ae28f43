"""Everything there is to know about one job, for those who run the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select

from domain.job import Job, State
from storage.database import Database
from storage.reading import read_row, read_rows
from storage.rows import job_of
from storage.tables import NOBODY, job_moves, jobs


@dataclass(frozen=True, slots=True)
class Move:
    """A job came into a state."""

    state: State
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobHistory:
    """A job, its way so far, and what of its price was paid from granted credits."""

    job: Job
    moves: Sequence[Move]
    of_grants: int


class JobHistories:
    """Looks jobs up, whosever they are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, job_id: int) -> JobHistory | None:
        """Return what is known of a job; None if there is none of this id, or nobody knows any more whose it was."""
        known = (jobs.c.id == job_id) & (jobs.c.requester_id != NOBODY)
        way = select(job_moves).where(job_moves.c.job_id == job_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(select(jobs).where(known))).mappings().first()
            moves = (await connection.execute(way.order_by(job_moves.c.id))).mappings().all()
        job = read_row(row, job_of)
        if row is None or job is None:
            return None
        return JobHistory(job=job, moves=read_rows(moves, _move_of), of_grants=row["of_grants"])


def _move_of(row: RowMapping) -> Move:
    return Move(State(row["state"]), row["at"])
