"""Writes that go into the database together: few transactions, and everybody's outcome is their own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.errors import DatabaseTrouble
from storage.group_commit import GroupCommit
from storage.tables import preferences

Work = Callable[[AsyncConnection], Awaitable[int]]


class Refused(Exception):
    """What one of the writes says no with."""


@pytest.fixture
def together(database: Database) -> GroupCommit[int]:
    return GroupCommit[int](database, refusal=Refused)


def noting(person_id: int) -> Work:
    async def note(connection: AsyncConnection) -> int:
        row = {"person_id": person_id, "private": False, "watermark": False, "ask_first": False}
        await connection.execute(insert(preferences), row)
        return person_id

    return note


async def refusing(_: AsyncConnection) -> int:
    raise Refused


async def count(database: Database) -> int:
    async with database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(preferences))).scalar_one()


async def test_a_crowd_shares_a_few_transactions(database: Database, together: GroupCommit[int]) -> None:
    commits = list[None]()
    event.listen(database._engine.sync_engine, "commit", lambda _: commits.append(None))
    written = await asyncio.gather(*(together.write(noting(number)) for number in range(100)))
    assert written == list(range(100))
    assert await count(database) == 100
    assert len(commits) <= 8


async def test_who_is_refused_is_refused_alone(database: Database, together: GroupCommit[int]) -> None:
    works = [noting(1), refusing, noting(2), refusing, noting(3)]
    outcomes = await asyncio.gather(*(together.write(work) for work in works), return_exceptions=True)
    assert [outcome if isinstance(outcome, int) else type(outcome) for outcome in outcomes] == [
        1,
        Refused,
        2,
        Refused,
        3,
    ]
    assert await count(database) == 3


async def test_what_the_database_refuses_concerns_nobody_else(
    database: Database, together: GroupCommit[int]
) -> None:
    works = [noting(1), noting(2), noting(2), noting(3)]
    outcomes = await asyncio.gather(*(together.write(work) for work in works), return_exceptions=True)
    troubles = [outcome for outcome in outcomes if isinstance(outcome, DatabaseTrouble)]
    assert len(troubles) >= 1
    written = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert sorted({1, 3} - set(written)) == []
    assert await count(database) == len(written)


RAISED = {
    "a number beyond 64 bits": OverflowError("too large"),
    "half a letter": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    "a word that nobody knows": ValueError("no such state"),
    "a mistake of ours": KeyError("name"),
}


@pytest.mark.parametrize("error", RAISED.values(), ids=RAISED)
async def test_whatever_one_raises_it_fails_alone_and_holds_up_the_others_once(
    database: Database, together: GroupCommit[int], error: Exception
) -> None:
    begun = list[None]()

    async def fail(connection: AsyncConnection) -> int:
        await noting(99)(connection)
        raise error

    event.listen(database._engine.sync_engine, "begin", lambda _: begun.append(None))
    works = [noting(1), noting(2), fail, noting(3), noting(4), noting(5)]
    outcomes = await asyncio.gather(*(together.write(work) for work in works), return_exceptions=True)
    assert [outcome if isinstance(outcome, int) else "failed" for outcome in outcomes] == [
        *(1, 2, "failed", 3, 4, 5)
    ]
    assert len(begun) <= 5
    assert await count(database) == 5


async def test_who_gives_up_waiting_takes_nobody_along(
    database: Database, together: GroupCommit[int]
) -> None:
    async with asyncio.TaskGroup() as tasks, database.transaction():  # everybody has to wait for this
        writes = [tasks.create_task(together.write(noting(number))) for number in range(5)]
        await asyncio.sleep(0)
        writes[0].cancel()
        writes[3].cancel()
        await asyncio.sleep(0)
    assert [write.cancelled() for write in writes] == [True, False, False, True, False]
    assert await count(database) == 3


async def test_nothing_is_kept_of_what_is_done(together: GroupCommit[int]) -> None:
    await asyncio.gather(*(together.write(noting(number)) for number in range(30)))
    assert together._waiting == []
