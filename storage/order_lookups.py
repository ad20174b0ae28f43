"""Which APIs have found an order by our key for it; remembered here too, for each order asks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from storage.database import Database
from storage.operator_tables import order_lookups


class OrderLookups:
    """APIs whose word is believed that they know no order of a key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._proven: frozenset[str] = frozenset()

    async def load(self) -> None:
        async with self._database.reading() as connection:
            found = await connection.execute(select(order_lookups.c.api))
            self._proven = frozenset(found.scalars())

    def is_proven(self, api: str) -> bool:
        return api in self._proven

    async def prove(self, api: str, *, now: datetime) -> None:
        """Note that this API has found an order of ours by its key."""
        if api in self._proven:
            return
        known = select(order_lookups.c.api).where(order_lookups.c.api == api)
        async with self._database.transaction() as connection:
            if (await connection.execute(known)).scalar() is None:
                await connection.execute(insert(order_lookups), {"api": api, "since": now})
        self._proven |= {api}
