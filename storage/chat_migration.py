"""Moves the data of a group to the supergroup that it has become."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, RowMapping, case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.operator_tables import accounts, audit, grants, groups
from storage.tables import characters, drafts, jobs, preferences

#: Where a message was that nobody can find any more: Telegram gives no message this number.
NOWHERE = 0


class ChatMigration:
    """Moves groups; to the same effect however often."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def move(self, old_id: int, new_id: int) -> None:
        """Move all data of the group `old_id` to the supergroup `new_id`, in one transaction.

        Messages of the old group cannot be named in the new one: nothing points at them any more. Origins stay as
        they are, for they name the old group's messages once and for all.
        """
        async with self._database.transaction() as connection:
            await _move_jobs(connection, old_id, new_id)
            await _move_drafts(connection, old_id, new_id)
            for column in (grants.c.account_id, audit.c.account_id):
                await connection.execute(
                    update(column.table).where(column == old_id).values({column: new_id})
                )
            await _move_characters(connection, old_id, new_id)
            await _move_row(connection, preferences.c.person_id, old_id, new_id)
            await _move_row(connection, groups.c.chat_id, old_id, new_id)
            await _move_row(connection, accounts.c.id, old_id, new_id)


async def _move_jobs(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    is_sent = jobs.c.result_message_id.is_not(None)
    await connection.execute(
        update(jobs)
        .where(jobs.c.chat_id == old_id)
        .values(
            chat_id=new_id,
            thread_id=null(),
            request_message_id=null(),
            status_message_id=null(),
            # It was sent, and must not be sent again.
            result_message_id=case((is_sent, NOWHERE), else_=null()),
        )
    )
    for column in (jobs.c.account_id, jobs.c.requester_id):
        await connection.execute(update(jobs).where(column == old_id).values({column: new_id}))


async def _move_drafts(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    await connection.execute(
        update(drafts)
        .where(drafts.c.chat_id == old_id)
        .values(chat_id=new_id, thread_id=null(), request_message_id=null(), message_id=null())
    )
    for column in (drafts.c.account_id, drafts.c.requester_id):
        await connection.execute(update(drafts).where(column == old_id).values({column: new_id}))


async def _move_characters(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Move the characters; of two of one name the supergroup's own stays."""
    taken = select(characters.c.name).where(characters.c.owner_id == new_id)
    olds = characters.c.owner_id == old_id
    await connection.execute(delete(characters).where(olds, characters.c.name.in_(taken)))
    await connection.execute(update(characters).where(olds).values(owner_id=new_id))


async def _move_row(connection: AsyncConnection, key: Column[int], old_id: int, new_id: int) -> None:
    """Move the one row of a group; if the supergroup has its own already, the old one fills what that leaves open."""
    table, old = key.table, await _find(connection, key, old_id)
    if old is None:
        return
    new = await _find(connection, key, new_id)
    if new is None:
        await connection.execute(update(table).where(key == old_id).values({key: new_id}))
        return
    said = {
        one.name: old[one.name] for one in table.columns if one is not key and _is_open(one, new[one.name])
    }
    await connection.execute(delete(table).where(key == old_id))
    if said:
        await connection.execute(update(table).where(key == new_id).values(**said))


async def _find(connection: AsyncConnection, key: Column[int], chat_id: int) -> RowMapping | None:
    return (await connection.execute(select(key.table).where(key == chat_id))).mappings().first()


def _is_open(column: Column[Any], value: object) -> bool:
    """Tell whether a column says no more than a new row's does."""
    unsaid = getattr(column.server_default, "arg", None)
    return value is None or str(int(value) if isinstance(value, bool) else value) == unsaid
