"""Selects and reads rows; one that another version of the bot has written in its own words is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import structlog
from sqlalchemy import Executable, RowMapping, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cache_sizes import UNREADABLE_ROWS
from storage.database import Database

log = structlog.get_logger(__name__)

T = TypeVar("T")


async def first_row(
    connection: AsyncConnection, statement: Executable, values: Mapping[str, object] | None = None
) -> RowMapping | None:
    """Return the first row that a statement selects, or has changed."""
    return (await connection.execute(statement, values)).mappings().first()


async def read_first(
    database: Database,
    statement: Executable,
    read: Callable[[RowMapping], T],
    values: Mapping[str, object] | None = None,
) -> T | None:
    """Return what the first row says that a statement selects; None if there is none that can be read."""
    async with database.reading() as connection:
        return read_row(await first_row(connection, statement, values), read)


async def read_all(database: Database, statement: Executable, read: Callable[[RowMapping], T]) -> list[T]:
    """Return what the rows say that a statement selects, without those that cannot be read."""
    async with database.reading() as connection:
        return read_rows((await connection.execute(statement)).mappings(), read)


async def find_number(database: Database, statement: Select[int]) -> int:
    """Return the one number that a statement selects."""
    async with database.reading() as connection:
        return (await connection.execute(statement)).scalar_one()


def facts(row: RowMapping, kind: type[Any]) -> dict[str, Any]:
    """Return the columns of a row that are named like the fields of a dataclass."""
    return {name: row[name] for name in kind.__dataclass_fields__ if name in row}


def read_rows(rows: Iterable[RowMapping], read: Callable[[RowMapping], T]) -> list[T]:
    """Return what the rows say, without those that cannot be read; these are logged, once each."""
    found = (read_row(row, read) for row in rows)
    return [one for one in found if one is not None]


def read_row(row: RowMapping | None, read: Callable[[RowMapping], T]) -> T | None:
    """Return what a row says; None if there is none, or if it cannot be read."""
    if row is None:
        return None
    try:
        return read(row)
    except (ValueError, TypeError) as error:
        # The first column of every table is its key.
        log_unreadable(next(iter(row.values())), str(error))
        return None


@lru_cache(maxsize=UNREADABLE_ROWS)
def log_unreadable(key: object, problem: str) -> None:
    """Say of a row what this version cannot read, and of each only the first time: some are met every second."""
    log.error("a row is passed over: another version of the bot has written it", key=key, problem=problem)
