"""Forgets a person: deletes their rows, and makes their jobs anonymous counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import (
    ColumnElement,
    String,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.job import ACTIVE
from domain.quota import WINDOW
from storage.database import Database
from storage.errors import DatabaseTrouble
from storage.operator_tables import WAS_SAID, accounts, broadcast_people, grants
from storage.quotas import FAILED_FOR_FREE
from storage.secure_delete import AT_ONCE_UP_TO, Eraser, note_deleted
from storage.tables import (
    IS_CHARGED,
    IS_HALF_FORGOTTEN,
    IS_UNDER_WAY,
    NOBODY,
    characters,
    drafts,
    inbox,
    job_moves,
    jobs,
    preferences,
)

log = structlog.get_logger(__name__)

# What a job keeps is what makes a count: model, length, size, price, when, and how it ended.
_ANONYMOUS = {
    "origin": literal("forgotten:").concat(cast(jobs.c.id, String)),
    "requester_id": NOBODY,
    "chat_id": NOBODY,
    "thread_id": null(),
    "request_message_id": null(),
    "language": "en",
    "prompt": "",
    "search_text": "",
    "photos": [],
    "private": False,
    "watermark": False,
    "character_url": null(),
    "character_start": null(),
    "character_end": null(),
    "original_job_id": null(),
    "original_video_id": null(),
    "status_message_id": null(),
    "result_message_id": null(),
    "video_id": null(),
    "video_url": null(),
    "order_key": null(),
    "file_id": null(),
    "failure_detail": "",
    "removed_at": null(),
}


# What operators said about an account outlasts its name: nobody escapes a ban by being forgotten.
_WITHOUT_NAME = {
    "name": "",
    "name_key": null(),
    "username": null(),
    "username_key": null(),
    "language": "en",
    "since": null(),
    "unreachable_since": null(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The outcome of a wish to be forgotten."""

    #: Videos that have to arrive first; unless it is 0, nothing was forgotten.
    under_way: int
    #: Jobs that count for up to 24 hours more, and keep the number of whom they count against for so long.
    still_counting: int
    #: Nothing of it is left in any file; else what SQLite still holds of it is erased within `ERASED_WITHIN`.
    is_erased: bool = True


class Erasure:
    """Forgets people, and wipes after a day what had to be kept until then."""

    def __init__(self, database: Database, *, erased_at_once_up_to: int = AT_ONCE_UP_TO) -> None:
        self._database = database
        self._eraser = Eraser(database, at_once_up_to=erased_at_once_up_to)

    async def forget(self, person_id: int, *, now: datetime) -> Forgotten:
        """Forget everything of a person in one transaction, unless something of theirs is still under way.

        A quota counts on, and so do failures: nobody makes room by being forgotten.
        """
        theirs = jobs.c.requester_id == person_id
        counts = _charged(now) | _failed(now)
        async with self._database.transaction() as connection:
            under_way = await _count(connection, theirs & IS_UNDER_WAY & jobs.c.state.in_(ACTIVE))
            still_counting = await _count(connection, theirs & counts)
            if under_way:
                return Forgotten(under_way=under_way, still_counting=still_counting)
            await _forget_jobs(connection, theirs, now)
            await _forget_belongings(connection, person_id)
            await note_deleted(connection)
        return Forgotten(under_way=0, still_counting=still_counting, is_erased=await self._is_erased())

    async def _is_erased(self) -> bool:
        try:
            return await self._eraser.erase_at_once()
        except DatabaseTrouble as error:
            # A full disk, say. It is deleted all the same, and erased as soon as that can be done.
            log.warning("what was deleted could not be erased yet", problem=str(error))
            return False

    async def finish(self, *, now: datetime) -> int:
        """Wipe the payers' numbers off what was forgotten and counts no more; return off how many jobs.

        What of that, and of all that was deleted, is left in the files is erased then.
        """
        is_over = IS_HALF_FORGOTTEN & ~(_charged(now) | _failed(now))
        async with self._database.transaction() as connection:
            await _spend_for_good(connection, is_over)
            wiped = await connection.execute(update(jobs).where(is_over).values(account_id=NOBODY))
            if wiped.rowcount:
                await note_deleted(connection)
        await self._eraser.erase_later()
        return wiped.rowcount


async def _count(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    return (await connection.execute(select(func.count()).select_from(jobs).where(which))).scalar_one()


async def _forget_jobs(connection: AsyncConnection, theirs: ColumnElement[bool], now: datetime) -> None:
    of_theirs = select(jobs.c.id).where(theirs)
    await connection.execute(delete(job_moves).where(job_moves.c.job_id.in_(of_theirs)))
    await _spend_for_good(connection, theirs & ~_charged(now))
    # What failed counts against who asked, whoever would have paid.
    whose = case((_charged(now), jobs.c.account_id), (_failed(now), jobs.c.requester_id), else_=NOBODY)
    await connection.execute(update(jobs).where(theirs).values(account_id=whose, **_ANONYMOUS))


async def _forget_belongings(connection: AsyncConnection, person_id: int) -> None:
    asked = or_(drafts.c.requester_id == person_id, drafts.c.account_id == person_id)
    await connection.execute(delete(drafts).where(asked))
    # Of what they have written in private, and is not handled yet, the wish itself is the last.
    await connection.execute(delete(inbox).where(inbox.c.turn == person_id))
    await connection.execute(delete(preferences).where(preferences.c.person_id == person_id))
    await connection.execute(delete(characters).where(characters.c.owner_id == person_id))
    await connection.execute(delete(broadcast_people).where(broadcast_people.c.person_id == person_id))
    await connection.execute(update(accounts).where(accounts.c.id == person_id).values(**_WITHOUT_NAME))
    await connection.execute(delete(accounts).where(accounts.c.id == person_id, ~WAS_SAID))


async def _spend_for_good(connection: AsyncConnection, whose: ColumnElement[bool]) -> None:
    """Take what such jobs cost of granted credits off the grants, for the jobs will not tell any more who paid."""
    paid = whose & (jobs.c.of_grants > 0) & IS_CHARGED
    spent = (
        select(jobs.c.account_id, -func.sum(jobs.c.of_grants), func.max(jobs.c.created_at))
        .where(paid)
        .group_by(jobs.c.account_id)
    )
    await connection.execute(insert(grants).from_select(["account_id", "credits", "at"], spent))
    await connection.execute(update(jobs).where(whose).values(of_grants=0))


def _charged(now: datetime) -> ColumnElement[bool]:
    """Select the jobs that count against a quota."""
    return IS_CHARGED & (jobs.c.created_at > now - WINDOW)


def _failed(now: datetime) -> ColumnElement[bool]:
    """Select the failed jobs that count towards the limit of failures."""
    has_left = jobs.c.submitted_at.is_not(None) & (jobs.c.submitted_at > now - WINDOW)
    return FAILED_FOR_FREE & has_left
