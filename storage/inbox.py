"""The inbox: updates that were confirmed to Telegram, kept until they are handled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, text, update

from storage.database import Database
from storage.tables import Instant, inbox

# Both of our databases understand this sentence; SQLAlchemy has one for each.
_ADD = text(
    "INSERT INTO inbox (update_id, turn, body, attempts, received_at)"
    " VALUES (:update_id, :turn, :body, 0, :received_at) ON CONFLICT (update_id) DO NOTHING"
).bindparams(bindparam("received_at", type_=Instant))
#: So many parameters a statement may have in every SQLite.
_MAX_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update as it came: `body` is its JSON, `turn` the chat in which it has to wait its turn, or the person."""

    update_id: int
    turn: int
    body: str
    #: How often its handling was begun by processes that found it here; none of them came to an end.
    attempts: int = 0


class Inbox:
    """A table that is nearly empty: whoever fills it stops when too much waits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, received: Sequence[Received], now: datetime) -> None:
        """Write updates down, all or none; those that are there already stay as they are."""
        if not received:
            return
        rows = [
            {"update_id": one.update_id, "turn": one.turn, "body": one.body, "received_at": now}
            for one in received
        ]
        async with self._database.transaction() as connection:
            await connection.execute(_ADD, rows)

    async def find(self) -> Sequence[Received]:
        """Return what is not handled yet, in the order in which it came."""
        columns = (inbox.c.update_id, inbox.c.turn, inbox.c.body, inbox.c.attempts)
        async with self._database.reading() as connection:
            rows = await connection.execute(select(*columns).order_by(inbox.c.id))
            return [Received(**row) for row in rows.mappings()]

    async def begin(self, update_id: int) -> None:
        """Note, before it is handled, that its handling begins once more."""
        noted = update(inbox).where(inbox.c.update_id == update_id).values(attempts=inbox.c.attempts + 1)
        async with self._database.transaction() as connection:
            await connection.execute(noted)

    async def forgive(self) -> None:
        """Forget how often anything was begun: a process that ended in good order was ended by none of it."""
        async with self._database.transaction() as connection:
            await connection.execute(update(inbox).where(inbox.c.attempts > 0).values(attempts=0))

    async def remove(self, update_ids: Collection[int]) -> None:
        """Take out what was handled."""
        ids = sorted(update_ids)
        if not ids:
            return
        async with self._database.transaction() as connection:
            for first in range(0, len(ids), _MAX_BATCH):
                some = ids[first : first + _MAX_BATCH]
                await connection.execute(delete(inbox).where(inbox.c.update_id.in_(some)))
