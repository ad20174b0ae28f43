"""Keeps the ids of paid orders in a file beside the database until they are written into it, whatever happens."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

import structlog

from domain.job import Job
from domain.retry import exponential_backoff
from storage.errors import ClaimLost, DatabaseTrouble
from storage.recovery import Recovery

T = TypeVar("T")

log = structlog.get_logger(__name__)

#: Bytes that the file has from the beginning: they can be written on a disk that is full by now.
_RESERVED = 65_536
_MIN_BACKOFF = timedelta(seconds=0.2)
_MAX_BACKOFF = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOrder:
    """An order that the API took; `submitted_at` tells it from other orders of a job with the same id."""

    job_id: int
    submitted_at: datetime
    ordered_at: datetime
    video_id: str

    @classmethod
    def of(cls, job: Job) -> Self:
        """Return what has to be known of a job whose order was taken."""
        ordered_at = job.ordered_at or job.due_at
        return cls(
            job_id=job.id,
            submitted_at=job.submitted_at or ordered_at,
            ordered_at=ordered_at,
            video_id=job.video_id or "",
        )


class PaidOrders:
    """A process's own file of orders that were answered and are not in the database yet."""

    def __init__(self, file: int | None, path: Path | None) -> None:
        self.path = path
        self._file = file
        self._length = _RESERVED
        self._open: dict[int, PaidOrder] = {}
        self._writing = threading.Lock()

    @classmethod
    @contextmanager
    def beside(cls, database: Path | None) -> Iterator[Self]:
        """Have a file beside the database's own, for its owner's eyes only; it goes at the end if nothing is in it."""
        if database is None:
            yield cls(None, None)
            return
        path = database.with_name(f"{database.name}.orders-{secrets.token_hex(4)}")
        file = _reserved(path)
        orders = cls(file, path)
        try:
            yield orders
        finally:
            if file is not None:
                os.close(file)
                if not orders._open:
                    path.unlink(missing_ok=True)

    async def keep(self, order: PaidOrder, write: Callable[[], Awaitable[T]]) -> T:
        """Note the order in the file, and write it into the database however long that takes; raises ClaimLost."""
        # A thread ends what it has begun, also when whoever waits for it is told to stop.
        await asyncio.to_thread(self._note, order)
        try:
            written = await until_written(write)
        except ClaimLost:
            log.error("somebody else has the job of a paid order", job=order.job_id, video=order.video_id)
            raise
        self._forget(order)
        return written

    def _note(self, order: PaidOrder) -> None:
        with self._writing:
            self._open[order.job_id] = order
            self._write(is_urgent=True)

    def _forget(self, order: PaidOrder) -> None:
        with self._writing:
            del self._open[order.job_id]
            self._write(is_urgent=False)

    def _write(self, *, is_urgent: bool) -> None:
        if self._file is None:
            return
        content = b"".join(_line(order) for order in self._open.values())
        try:
            os.pwrite(self._file, content.ljust(self._length), 0)
            self._length = max(_RESERVED, len(content))
            if is_urgent:
                os.fsync(self._file)
        except OSError:
            log.exception("the id of a paid order could not be noted beside the database")


async def until_written(write: Callable[[], Awaitable[T]]) -> T:
    """Write what must not be lost into the database: again and again, until it takes it."""
    failures = 0
    while True:
        try:
            return await write()
        except DatabaseTrouble:
            log.exception("what came of an order could not be written; I keep trying")
        pause = exponential_backoff(failures, shortest=_MIN_BACKOFF, longest=_MAX_BACKOFF)
        await asyncio.sleep(pause.total_seconds())
        failures += 1


async def adopt(
    database: Path | None, recovery: Recovery, now: datetime, *, but_not: Path | None = None
) -> None:
    """Write into the database what processes that are no more have left in their files; raises DatabaseTrouble.

    To be called only when no other process lives; `but_not` is this one's own file.
    """
    if database is None:
        return
    beginning = f"{database.name}.orders-"
    left = [path for path in database.parent.iterdir() if path.name.startswith(beginning)]
    for path in [path for path in left if path != but_not]:
        for order in _read(path):
            known = asdict(order)
            if await recovery.adopt(known.pop("job_id"), **known, now=now):
                log.warning("a paid order's id was saved", job=order.job_id, video=order.video_id)
            else:
                log.info("a paid order's id is known already", job=order.job_id, video=order.video_id)
        with suppress(OSError):
            path.unlink()


def _reserved(path: Path) -> int | None:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        log.warning("no file for paid orders can be kept beside the database", problem=str(error))
        return None
    # On a disk that is full already nothing can be reserved; there may be room when it is needed.
    with suppress(OSError):
        os.pwrite(file, b"".ljust(_RESERVED), 0)
        os.fsync(file)
    return file


def _line(order: PaidOrder) -> bytes:
    return json.dumps(asdict(order), default=datetime.isoformat).encode() + b"\n"


def _read(path: Path) -> Sequence[PaidOrder]:
    """Return what a file holds; a line that makes no sense was not written to its end."""
    found: list[PaidOrder] = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        log.exception("a file of paid orders cannot be read")
        return found
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):
            noted = json.loads(line)
            found.append(
                PaidOrder(
                    job_id=int(noted["job_id"]),
                    submitted_at=datetime.fromisoformat(noted["submitted_at"]),
                    ordered_at=datetime.fromisoformat(noted["ordered_at"]),
                    video_id=str(noted["video_id"]),
                )
            )
    return found
