"""Reads rows; one that another version of the bot has written in words of its own is passed over, never fatal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import structlog
from sqlalchemy import RowMapping

from domain.cache_sizes import UNREADABLE_ROWS

log = structlog.get_logger(__name__)

T = TypeVar("T")


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
