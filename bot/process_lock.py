"""Tells whether other processes use the same database: each holds a lock on a file beside it while it runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

import structlog

log = structlog.get_logger(__name__)


class ProcessLock:
    """A shared lock; whoever gets it for itself knows that nobody else lives."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file

    @classmethod
    @contextmanager
    def held(cls, database: Path | None) -> Iterator[Self]:
        """Hold the lock beside the database's file; without a file, or where it cannot be locked, nobody is alone."""
        path = None if database is None else database.with_name(f"{database.name}.lock")
        try:
            file = None if path is None else path.open("ab")
        except OSError as error:
            log.warning("whether other processes use the database cannot be told", problem=str(error))
            file = None
        lock = cls(file)
        try:
            lock._share()
            yield lock
        finally:
            if file is not None:
                file.close()

    def is_alone(self) -> bool:
        """Tell whether no other process works on the database at this moment."""
        if self._file is None:
            return False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        else:
            return True
        finally:
            # Also when it was refused: the lock that was held is given up for the one that is asked for.
            self._share()

    def _share(self) -> None:
        if self._file is not None:
            # Others hold it for themselves for a moment only.
            with suppress(OSError):
                fcntl.flock(self._file, fcntl.LOCK_SH)
