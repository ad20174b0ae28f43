"""What admins have changed of models from the chat; remembered here too, for every request needs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import RowMapping, delete, insert, select

from domain.admin_action import AdminAction
from domain.offer import ModelChange
from domain.price_list import PriceList, parse_price_list
from storage.audit import record
from storage.database import Database
from storage.operator_tables import model_changes
from storage.reading import read_rows

_UNCHANGED = ModelChange()


class ModelChanges:
    """The changes by the models' names; `on_change` is told all of them after each, and once they are loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes: dict[str, ModelChange] = {}
        self._on_change: Callable[[Mapping[str, ModelChange]], None] = lambda _changes: None

    def tell(self, on_change: Callable[[Mapping[str, ModelChange]], None]) -> None:
        """Let somebody know of the changes, now and whenever there is another one."""
        self._on_change = on_change
        on_change(self._changes)

    async def load(self) -> None:
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(model_changes))).mappings().all()
        self._remember(dict(read_rows(rows, _change_of)))

    def find(self, model: str) -> ModelChange:
        return self._changes.get(model, _UNCHANGED)

    async def switch(self, action: AdminAction, model: str, *, is_on: bool) -> bool:
        """Let people choose a model or not; False if this action was done before."""
        return await self._write(action, {model: replace(self.find(model), is_off=not is_on)})

    async def set_price(self, action: AdminAction, model: str, price: PriceList | None) -> bool:
        """Set what a model's videos cost in credits; None for what the catalogue says."""
        return await self._write(action, {model: replace(self.find(model), price=price)})

    async def make_default(self, action: AdminAction, model: str) -> bool:
        """Let a model be what is chosen if nothing else is said; the one before is so no more."""
        others = {name: change for name, change in self._changes.items() if change.is_default}
        changed = {name: replace(change, is_default=False) for name, change in others.items()}
        return await self._write(
            action, changed | {model: replace(self.find(model), is_default=True, is_off=False)}
        )

    async def _write(self, action: AdminAction, changed: Mapping[str, ModelChange]) -> bool:
        async with self._database.transaction() as connection:
            if not await record(connection, action):
                return False
            await connection.execute(delete(model_changes).where(model_changes.c.model.in_(changed)))
            await connection.execute(
                insert(model_changes), [_columns_of(*entry) for entry in changed.items()]
            )
        self._remember({**self._changes, **changed})
        return True

    def _remember(self, changes: dict[str, ModelChange]) -> None:
        self._changes = changes
        self._on_change(changes)


def _columns_of(model: str, change: ModelChange) -> dict[str, object]:
    return {
        "model": model,
        "is_off": change.is_off,
        "price": None if change.price is None else json.dumps(change.price.written),
        "is_default": change.is_default,
    }


def _change_of(row: RowMapping) -> tuple[str, ModelChange]:
    """Return a model's change; raises ValueError for a price that this version does not understand."""
    price = None if row["price"] is None else parse_price_list(json.loads(row["price"]))
    return row["model"], ModelChange(is_off=row["is_off"], price=price, is_default=row["is_default"])
