"""The database: opened and brought up to date, one writer at a time, all of a transaction or nothing."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from domain.job import Job, Place
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import VideoRequest
from storage.database import Database
from storage.errors import DatabaseTrouble, DatabaseUnusable
from storage.jobs import Jobs

Add = Callable[[], Coroutine[Any, Any, Job]]
Query = Callable[[str], list[Any]]


async def test_a_database_that_was_closed_is_found_as_it_was(
    url: str, place: Callable[..., Place], request_of: Callable[..., VideoRequest], now: datetime
) -> None:
    async with Database.open(url) as database:
        added = await Jobs(database).add(
            idempotency_key="message:1:1",
            place=place(),
            request=request_of(),
            rules=SpendingRules(allowance=3),
            concurrency=Concurrency(in_all=20, per_person=2),
            now=now,
        )
    async with Database.open(url) as database:
        assert await Jobs(database).find(added.job.id) == added.job


async def test_missing_directories_are_made(tmp_path: Path) -> None:
    async with Database.open(f"sqlite:///{tmp_path}/not/there/yet.db"):
        pass
    assert (tmp_path / "not" / "there" / "yet.db").is_file()


async def test_our_settings_of_sqlite_hold_in_every_connection(database: Database) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys")
    async with database.reading() as one, database.transaction() as other:
        settings = [
            [(await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in names]
            for connection in (one, other)
        ]
    assert settings == [["wal", 2, 1], ["wal", 2, 1]]


UNKNOWN = ["", "reelbot.db", "mysql://localhost/x", "nonsense://x", "sqlite://host:port/x", "://"]


@pytest.mark.parametrize("url", UNKNOWN)
async def test_an_address_of_no_known_kind_is_refused_with_those_that_are(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"DATABASE_URL is not .*sqlite:///"):
        async with Database.open(url):
            pytest.fail("it was opened")


async def test_an_address_that_is_refused_does_not_tell_its_password_and_makes_no_file(
    tmp_path: Path,
) -> None:
    with pytest.raises(DatabaseUnusable) as refused:
        async with Database.open(f"sqlite://bot:sesame@host/{tmp_path}/reelbot.db"):
            pytest.fail("it was opened")
    assert "sesame" not in str(refused.value)
    assert not (tmp_path / "reelbot.db").exists()


def make_directory(path: Path) -> None:
    path.mkdir()


def make_text(path: Path) -> None:
    path.write_text("this is not a database\n" * 100, encoding="utf-8")


def make_parent_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file", encoding="utf-8")


UNUSABLE = [
    (make_directory, "Is a directory"),
    (make_text, "not a database"),
    (make_parent_a_file, "File exists"),
]


@pytest.mark.parametrize(("spoil", "why"), UNUSABLE, ids=["a directory", "a text", "in a file"])
async def test_a_file_that_cannot_be_opened_is_refused_with_what_to_do(
    tmp_path: Path, spoil: Callable[[Path], None], why: str
) -> None:
    path = tmp_path / "inner" / "reelbot.db"
    path.parent.mkdir()
    spoil(path)
    with pytest.raises(
        DatabaseUnusable, match=rf"cannot open .*reelbot\.db.*{why}.*let DATABASE_URL name a file"
    ) as refused:
        async with Database.open(f"sqlite:///{path}"):
            pytest.fail("it was opened")
    assert "\n" not in str(refused.value)


async def test_a_database_of_somebody_else_is_refused_and_left_as_it_was(url: str, query: Query) -> None:
    query("CREATE TABLE jobs (salary INTEGER)")
    with pytest.raises(DatabaseUnusable, match="table jobs already exists"):
        async with Database.open(url):
            pytest.fail("it was opened")
    assert query("SELECT name FROM sqlite_master") == ["jobs"]


async def test_a_database_of_a_newer_bot_is_refused_with_what_to_do(url: str, query: Query) -> None:
    async with Database.open(url):
        pass
    query("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match=r"another version of the bot .*9999.*: run that version"):
        async with Database.open(url):
            pytest.fail("it was opened")


INSERT = "INSERT INTO job_moves (job_id, at, state) SELECT id, 0, 'done' FROM jobs"


@pytest.fixture
async def one_job(add: Add) -> Job:
    return await add()


async def write(database: Database, *statements: str) -> None:
    async with database.transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def read(database: Database, statement: str) -> None:
    async with database.reading() as connection:
        await connection.execute(text(statement))


async def write_and_raise(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(INSERT))
        raise KeyError


@pytest.mark.usefixtures("one_job")
async def test_a_transaction_that_raises_writes_nothing(database: Database, query: Query) -> None:
    with pytest.raises(KeyError):
        await write_and_raise(database)
    assert query("SELECT state FROM job_moves") == ["queued"]


@pytest.mark.usefixtures("one_job")
async def test_a_statement_that_fails_is_trouble_and_writes_nothing(database: Database, query: Query) -> None:
    with pytest.raises(DatabaseTrouble, match="no such table: nowhere"):
        await write(database, INSERT, "INSERT INTO nowhere VALUES (1)")
    assert query("SELECT state FROM job_moves") == ["queued"]


async def test_a_reading_that_fails_is_trouble(database: Database) -> None:
    with pytest.raises(DatabaseTrouble, match="no such table: nowhere"):
        await read(database, "SELECT * FROM nowhere")


@pytest.mark.usefixtures("one_job")
async def test_a_transaction_cancelled_half_way_writes_nothing_and_holds_up_nobody(
    database: Database, other_database: Database, query: Query
) -> None:
    written = asyncio.Event()

    async def write_half() -> None:
        async with database.transaction() as connection:
            await connection.execute(text(INSERT))
            written.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as tasks:
        half = tasks.create_task(write_half())
        await asyncio.wait_for(written.wait(), 5)
        half.cancel()
    for free in (database, other_database):
        async with asyncio.timeout(5):
            await write(free, INSERT)
    assert query("SELECT state FROM job_moves") == ["queued", "done", "done"]


@pytest.mark.usefixtures("one_job")
async def test_a_writer_cancelled_while_it_waits_for_another_process_holds_up_nobody(
    database: Database, other_database: Database, query: Query
) -> None:
    async with asyncio.TaskGroup() as tasks, other_database.transaction():
        waiting = tasks.create_task(write(database, INSERT))
        done, _ = await asyncio.wait([waiting], timeout=0.05)
        assert done == set()
        waiting.cancel()
    for free in (other_database, database):
        async with asyncio.timeout(5):
            await write(free, INSERT)
    assert query("SELECT state FROM job_moves") == ["queued", "done", "done"]


class CancelAt:
    """Cancels the task whose transaction begins its statement of this number, or its commit."""

    def __init__(self, moment: int | str) -> None:
        self._moment = moment
        self._statements = 0

    def before_statement(self, *_: object) -> None:
        self._statements += 1
        self._cancel_at(self._statements)

    def before_commit(self, _: object) -> None:
        self._cancel_at("commit")

    def _cancel_at(self, moment: int | str) -> None:
        task = asyncio.current_task()
        if moment == self._moment and task is not None:
            self._moment = "past"
            task.cancel()


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5, "commit"])
async def test_an_add_cancelled_amid_a_statement_holds_up_nobody_while_its_cancellation_is_handled(
    database: Database, add: Add, query: Query, moment: int | str
) -> None:
    cancel = CancelAt(moment)
    async with database.reading() as connection:
        engine = connection.engine.sync_engine
    event.listen(engine, "before_cursor_execute", cancel.before_statement)
    event.listen(engine, "commit", cancel.before_commit)

    async def add_twice() -> None:
        try:
            await add()
        except asyncio.CancelledError:  # whose traceback holds on to the statement
            async with asyncio.timeout(5):
                await add()
            raise

    async with asyncio.TaskGroup() as tasks:
        adding = tasks.create_task(add_twice())
    assert adding.cancelled()
    assert query("SELECT id FROM jobs") == query("SELECT job_id FROM job_moves")
    assert query("SELECT origin FROM jobs")[-1] == "message:1:2"


async def test_an_add_cancelled_at_any_moment_is_whole_or_not_there(add: Add, query: Query) -> None:
    for moments in range(0, 400, 8):
        async with asyncio.TaskGroup() as tasks:
            adding = tasks.create_task(add())
            for _ in range(moments):
                await asyncio.sleep(0)
            adding.cancel()
    async with asyncio.timeout(5):
        last = await add()
    assert query("SELECT id FROM jobs") == query("SELECT job_id FROM job_moves")
    assert query("SELECT max(id) FROM jobs") == [last.id]


@pytest.mark.usefixtures("one_job")
async def test_readers_see_one_state_while_somebody_writes(database: Database) -> None:
    state = text("SELECT count(*) FROM job_moves")
    async with database.reading() as reader:
        before = (await reader.execute(state)).scalar_one()
        await write(database, INSERT)
        after = (await reader.execute(state)).scalar_one()
    assert (before, after) == (1, 1)


@pytest.mark.usefixtures("one_job")
async def test_history_of_no_job_is_refused_and_goes_with_its_job(database: Database, query: Query) -> None:
    with pytest.raises(DatabaseTrouble, match="FOREIGN KEY"):
        await write(database, "INSERT INTO job_moves (job_id, at, state) VALUES (99, 0, 'done')")
    await write(database, "DELETE FROM jobs")
    assert query("SELECT * FROM job_moves") == []
