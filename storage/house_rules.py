"""What operators have set for everybody from the chat; remembered here too, for every request needs it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from domain.account import AccessMode, Limit
from storage.audit import write_down
from storage.operator_tables import house_rules
from storage.quotas import find_budget

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deed import Deed
    from domain.quota import Quota
    from storage.database import Database

_NO_END = "unlimited"


class _Name(StrEnum):
    """The rows of the table."""

    #: An AccessMode.
    ACCESS = "access"
    #: Credits in 24 hours for all who have no allowance of their own.
    ALLOWANCE = "allowance"
    #: Credits that all may spend together in 24 hours.
    BUDGET = "budget"


class HouseRules:
    """The rules as they are now; a change is written down as the deed that it is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._set: dict[str, str] = {}

    async def learn(self) -> None:
        async with self._database.reading() as connection:
            rows = await connection.execute(select(house_rules.c.name, house_rules.c.value))
            self._set = {row.name: row.value for row in rows}

    @property
    def access(self) -> AccessMode:
        return AccessMode(self._set.get(_Name.ACCESS, AccessMode.OPEN))

    @property
    def allowance(self) -> Limit | None:
        """What takes the place of the setting DAILY_ALLOWANCE; None if that holds."""
        value = self._set.get(_Name.ALLOWANCE)
        if value is None:
            return None
        return Limit(None if value == _NO_END else int(value))

    @property
    def budget(self) -> int | None:
        """What all may spend together in 24 hours; None if there is no such bound."""
        value = self._set.get(_Name.BUDGET)
        return None if value is None else int(value)

    async def find_budget(self, *, now: datetime) -> Quota:
        """Return what all together have spent of the budget; without one, of an allowance without an end."""
        async with self._database.reading() as connection:
            return await find_budget(connection, self.budget, now)

    async def set_access(self, deed: Deed, mode: AccessMode) -> bool:
        return await self._write(deed, _Name.ACCESS, mode)

    async def set_allowance(self, deed: Deed, limit: Limit | None) -> bool:
        value = None if limit is None else _NO_END if limit.credits is None else str(limit.credits)
        return await self._write(deed, _Name.ALLOWANCE, value)

    async def set_budget(self, deed: Deed, number: int | None) -> bool:
        return await self._write(deed, _Name.BUDGET, None if number is None else str(number))

    async def _write(self, deed: Deed, name: _Name, value: str | None) -> bool:
        """Set a rule, or take it away; False if this deed was done before."""
        async with self._database.transaction() as connection:
            if not await write_down(connection, deed):
                return False
            await connection.execute(delete(house_rules).where(house_rules.c.name == name))
            if value is not None:
                await connection.execute(insert(house_rules), {"name": name, "value": value})
        self._set.pop(name, None)
        if value is not None:
            self._set[name] = value
        return True
