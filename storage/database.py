"""The one way to the database: transactions that write one at a time, reads beside them, and the migrations."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import DatabaseTrouble, DatabaseUnusable, Unwritable

#: The newest step in storage/migrations/versions/.
NEWEST_STEP: Final = "0008"
_DRIVERS = {"sqlite": "sqlite+aiosqlite"}
#: Of a number beyond 64 bits, and of half a surrogate pair in a text; SQLAlchemy passes them on as the driver raises them.
_NO_VALUES = (OverflowError, UnicodeEncodeError)
#: FULL, not NORMAL: a power cut that forgot "submitting" would let an order be paid for twice. What is deleted is
#: overwritten in the file, too: whoever asks to be forgotten means that.
_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
"""
#: Seconds that one process waits for another's write.
BUSY_TIMEOUT = 30.0


class Database:
    """An engine with our settings; use `async with Database.open(url)`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        """Open the database at `url`, bring it up to date, and close it at the end.

        Raises DatabaseUnusable if the address is not of a known kind or cannot be opened.
        """
        parsed = _parsed(url)
        with _explained(parsed):
            engine = _engine(parsed)
        try:
            with _explained(parsed):
                async with engine.connect() as connection:
                    writing = await connection.execution_options(reelbot_writes=True)
                    await writing.run_sync(_bring_up_to_date)
            yield cls(engine)
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Write: all of it or, whatever is raised, nothing. One at a time in this process.

        Raises DatabaseTrouble, as `reading` does, for whatever the database itself cannot do.
        """
        with _as_trouble():
            async with self._writing, self._engine.connect() as connection:
                writing = await connection.execution_options(reelbot_writes=True)
                async with writing.begin():
                    yield writing

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Read one consistent state, beside any writing."""
        with _as_trouble():
            async with self._engine.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def maintaining(self) -> AsyncIterator[AsyncConnection]:
        """Do what cannot be done in a transaction, while nobody in this process writes."""
        with _as_trouble():
            async with self._writing, self._engine.connect() as connection:
                yield await connection.execution_options(reelbot_begins=False)


class Joined(Database):
    """A transaction that is under way: whatever goes on here is part of it, and ends as it does."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        yield self._connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        yield self._connection


@contextmanager
def _as_trouble() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseTrouble(str(error)) from error
    except _NO_VALUES as error:
        raise Unwritable(str(error)) from error


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database; None for any other, and for one that is nowhere on a disk."""
    parsed = _parsed(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    return Path(str(parsed.database)) if is_file else None


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        raise DatabaseUnusable(
            f"cannot open the database {url!r} ({reason}): let DATABASE_URL name a file, written by this bot or "
            "not there yet, in a directory that the bot may write to"
        ) from error


def _engine(url: URL) -> AsyncEngine:
    # What is in a statement are people's names and words: no error tells them.
    # Whoever takes a connection ends what they begin: rolling back once more would be a trip to its thread for nothing.
    engine = create_async_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT}, hide_parameters=True, pool_reset_on_return=None
    )
    if url.database not in {None, "", ":memory:"}:
        _make_private(Path(str(url.database)))
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _let_go)
    return engine


def _make_private(path: Path) -> None:
    """Make the file, or take it, so that only the bot's own user can read it; SQLite makes those beside it alike."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Says better than SQLite why it cannot be opened, and before a thread waits for it.
    path.open("ab").close()
    for ours in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with suppress(FileNotFoundError, PermissionError):  # somebody else's: they have said who may read it
            ours.chmod(0o600)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        return parsed.set(drivername=_DRIVERS[parsed.get_backend_name()])
    except (ArgumentError, KeyError, ValueError) as error:
        known = ", ".join(f"{kind}:///…" for kind in _DRIVERS)
        raise DatabaseUnusable(f"DATABASE_URL is not an address of a database we know ({known})") from error


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    driver: Any = connection
    driver.run_async(lambda sqlite: sqlite.executescript(_SETTINGS))  # one trip to its thread


def _begin(connection: Connection) -> None:
    options: Any = connection.get_execution_options()
    if not options.get("reelbot_begins", True):
        return
    begin = "BEGIN IMMEDIATE" if options.get("reelbot_writes", False) else "BEGIN"
    driver: Any = connection.connection.dbapi_connection
    try:
        # One trip to the connection's thread, where a cursor of SQLAlchemy's takes three.
        driver.run_async(lambda sqlite: sqlite.execute(begin))
    except sqlite3.Error as error:
        raise OperationalError(begin, None, error) from error
    except asyncio.CancelledError:
        connection.invalidate()  # it may have begun
        raise


def _let_go(connection: DBAPIConnection, _: ConnectionPoolEntry, __: BaseException | None) -> None:
    # Cancelled amid a statement: SQLite keeps a closed connection's lock for as long as the statement lives,
    # and it lives in the traceback of the cancellation.
    connection.rollback()


def _bring_up_to_date(connection: Connection) -> None:
    taken = None
    if inspect(connection).has_table("alembic_version"):
        taken = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if taken == NEWEST_STEP:
        return
    from storage.migrations import migrate

    migrate(connection)
