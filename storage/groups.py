"""Groups: what their administrators chose, and when the bot joins and leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.group import AS_USUAL, GroupRules
from domain.job import ACTIVE, Job
from domain.lifecycle import cancelled
from domain.size import Size
from storage.database import Database
from storage.jobs import note_move
from storage.operator_tables import WAS_CHOSEN, groups
from storage.queue import IS_QUEUED
from storage.reading import read_all, read_rows
from storage.rows import changes, job_of
from storage.tables import IS_UNDER_WAY, jobs


class Groups:
    """Groups' settings. Only one process serves a bot's updates, so its cache is right."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chosen: dict[int, GroupRules] = {}

    async def load(self) -> None:
        """Remember every group for which anything was chosen."""
        chosen = select(groups).where(WAS_CHOSEN)
        self._chosen = dict(
            await read_all(self._database, chosen, lambda row: (row["chat_id"], _rules_of(row)))
        )

    def find(self, chat_id: int) -> GroupRules:
        """Return what holds in a group, or in any other chat, for which nothing can be chosen."""
        return self._chosen.get(chat_id, AS_USUAL)

    async def choose(self, chat_id: int, rules: GroupRules) -> None:
        """Keep what was chosen for a group; what is under way there speaks the new language from here on."""
        columns = _columns_of(rules)
        here = IS_UNDER_WAY & jobs.c.state.in_(ACTIVE) & (jobs.c.chat_id == chat_id)
        async with self._database.transaction() as connection:
            changing = update(groups).where(groups.c.chat_id == chat_id).values(**columns)
            if not (await connection.execute(changing)).rowcount:
                await connection.execute(insert(groups).values(chat_id=chat_id, **columns))
            if rules.language is not None:
                await connection.execute(update(jobs).where(here).values(language=rules.language))
        self._chosen[chat_id] = rules


def _columns_of(rules: GroupRules) -> dict[str, object]:
    return {
        "is_on": rules.is_on,
        "admins_only": rules.admins_only,
        "language": rules.language,
        "model": rules.model,
        "width": rules.shape.width if rules.shape else None,
        "height": rules.shape.height if rules.shape else None,
    }


def _rules_of(row: RowMapping) -> GroupRules:
    return GroupRules(
        is_on=row["is_on"],
        admins_only=row["admins_only"],
        language=row["language"],
        model=row["model"],
        shape=Size(row["width"], row["height"]) if row["width"] and row["height"] else None,
    )


class Membership:
    """What handlers note when the bot is let into a group or removed from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def greet(self, chat_id: int, *, now: datetime) -> bool:
        """Note that a group is greeted; False if it was greeted before, since the bot last came."""
        is_new = (groups.c.chat_id == chat_id) & groups.c.greeted_at.is_(None)
        async with self._database.transaction() as connection:
            if (await connection.execute(update(groups).where(is_new).values(greeted_at=now))).rowcount:
                return True
            known = await connection.execute(select(groups.c.chat_id).where(groups.c.chat_id == chat_id))
            if known.first() is not None:
                return False
            await connection.execute(insert(groups).values(chat_id=chat_id, greeted_at=now))
        return True

    async def leave(self, chat_id: int, *, now: datetime) -> Sequence[Job]:
        """Note that the bot is out of a group: what is queued there is called off, what is ordered goes to who asked.

        Returns what was called off.
        """
        here = jobs.c.chat_id == chat_id
        async with self._database.transaction() as connection:
            await connection.execute(
                update(groups).where(groups.c.chat_id == chat_id).values(greeted_at=null())
            )
            called_off = await _call_off(connection, chat_id, now)
            # What has been sent needs no other place, and who asked in the name of a chat has none.
            under_way = select(jobs.c.id).where(here, IS_UNDER_WAY, jobs.c.state.in_(ACTIVE))
            is_owed = (
                jobs.c.id.in_(under_way) & jobs.c.result_message_id.is_(None) & (jobs.c.requester_id > 0)
            )
            await connection.execute(
                update(jobs)
                .where(is_owed)
                .values(
                    chat_id=jobs.c.requester_id,
                    thread_id=null(),
                    request_message_id=null(),
                    status_message_id=null(),
                )
            )
        return called_off


async def _call_off(connection: AsyncConnection, chat_id: int, now: datetime) -> Sequence[Job]:
    queued = (jobs.c.chat_id == chat_id) & IS_QUEUED
    rows = (await connection.execute(select(jobs).where(queued))).mappings().all()
    called_off = []
    for before in read_rows(rows, job_of):
        after = cancelled(before, now)
        called_off.append(after)
        await connection.execute(update(jobs).where(jobs.c.id == before.id).values(**changes(before, after)))
        await note_move(connection, before.id, before.state, after.state, now)
    return called_off
