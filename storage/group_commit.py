"""Group commit: writes that wait share a transaction, so that a crowd costs a few of them instead of hundreds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

T = TypeVar("T")

#: So many at once, so that the first need not wait for the last.
_MAX_BATCH = 20


@dataclass(eq=False, slots=True)
class _Write(Generic[T]):
    """What is to be written, and what came of it: a result, or the refusal that was raised before anything was."""

    work: Callable[[AsyncConnection], Awaitable[T]]
    results: list[T]
    refusal: Exception | None = None
    #: It undoes the transaction that it shares, as far as is known.
    is_alone: bool = False

    @property
    def is_done(self) -> bool:
        return bool(self.results) or self.refusal is not None


class GroupCommit(Generic[T]):
    """Takes writes of one kind; each is on the disk when its `write` returns, however many share a transaction.

    `refusal` is what a write may raise as long as it has written nothing; it concerns nobody else. Any other error
    undoes the whole transaction: whoever raised it is then written alone, and the others without it.
    """

    def __init__(self, database: Database, *, refusal: type[Exception]) -> None:
        self._database = database
        self._refusal = refusal
        self._turn = asyncio.Lock()
        self._waiting: list[_Write[T]] = []

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Write, together with what others have to write; raises what `work` itself raises, and DatabaseTrouble."""
        mine = _Write(work, [])
        self._waiting.append(mine)
        try:
            async with self._turn:
                if not mine.is_done:
                    await self._write_first(mine)
        finally:
            with suppress(ValueError):
                self._waiting.remove(mine)
        if mine.refusal is not None:
            raise mine.refusal
        return mine.results[0]

    async def _write_first(self, mine: _Write[T]) -> None:
        try:
            await self._write_all(mine, limit=1 if mine.is_alone else _MAX_BATCH)
        except Exception:  # noqa: BLE001 - whatever one of them raises, it must fail nobody else
            await self._write_all(mine, limit=1)

    async def _write_all(self, first: _Write[T], *, limit: int) -> None:
        async with self._database.transaction() as connection:
            # Chosen once it is our turn: whoever came until then goes with us.
            others = (write for write in self._waiting if write is not first and not write.is_alone)
            batch = [first, *others][:limit]
            outcomes = [await self._outcome(write, connection) for write in batch]
        for write, (results, refusal) in zip(batch, outcomes, strict=True):
            write.results, write.refusal = results, refusal
            with suppress(ValueError):
                self._waiting.remove(write)

    async def _outcome(
        self, write: _Write[T], connection: AsyncConnection
    ) -> tuple[list[T], Exception | None]:
        write.is_alone = True
        try:
            outcome: tuple[list[T], Exception | None] = [await write.work(connection)], None
        except self._refusal as refusal:
            outcome = [], refusal
        write.is_alone = False
        return outcome
