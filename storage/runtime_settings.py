"""Settings that admins change from the chat, cached because every request needs them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.account import AccessMode, Limit
from domain.admin_action import AdminAction
from domain.budget import Budget
from domain.job import State
from storage.audit import record
from storage.database import Database
from storage.operator_tables import set_from_chat
from storage.quotas import find_budget, sum_budget
from storage.reading import read_rows
from storage.tables import IS_UNDER_WAY, jobs

#: What stands in place of a number where there is no end.
_NO_END = "unlimited"

_TRY_AGAIN = (
    update(jobs)
    .where(IS_UNDER_WAY, jobs.c.state == State.QUEUED, jobs.c.over_budget_until > bindparam("now"))
    .values(due_at=bindparam("now"), over_budget_until=None)
)


class _Name(StrEnum):
    """The rows of the table."""

    #: The Telegram id of the admin, of a bot whose settings name none.
    ADMIN = "admin"
    #: An AccessMode.
    ACCESS = "access"
    #: Credits in 24 hours for all who have no allowance of their own.
    ALLOWANCE = "allowance"
    #: Credits that all may spend together in 24 hours.
    BUDGET = "budget"


class RuntimeSettings:
    """The rules as they are now; a change is written down as the action that it is.

    `access` and `budget` hold until an admin says otherwise in the chat; a budget of None has no end. An access of None
    is by invitation while there is an admin, else open. Without `admin_ids` the admin is who became it by a link.
    """

    def __init__(
        self,
        database: Database,
        *,
        access: AccessMode | None,
        budget: int | None,
        admin_ids: Collection[int] = (),
    ) -> None:
        self._database = database
        self._access = access
        self._budget = budget
        self._admin_ids = frozenset(admin_ids)
        self._set: dict[str, str] = {}
        self._on_new_admin: list[Callable[[], None]] = []

    def tell_of_admin(self, on_new_admin: Callable[[], None]) -> None:
        """Call this whenever somebody has become the admin."""
        self._on_new_admin.append(on_new_admin)

    async def load(self) -> None:
        async with self._database.reading() as connection:
            rows = await connection.execute(select(set_from_chat.c.name, set_from_chat.c.value))
            found = rows.mappings().all()
        self._set = dict(read_rows(found, _rule_of))

    @property
    def admin_ids(self) -> frozenset[int]:
        value = self._set.get(_Name.ADMIN)
        if self._admin_ids or value is None:
            return self._admin_ids
        return frozenset({int(value)})

    @property
    def access(self) -> AccessMode:
        by_default = AccessMode.INVITE if self.admin_ids else AccessMode.OPEN
        return AccessMode(self._set.get(_Name.ACCESS, self._access or by_default))

    @property
    def allowance(self) -> Limit | None:
        """The allowance that an admin has set in place of DAILY_ALLOWANCE; None if nobody has."""
        value = self._set.get(_Name.ALLOWANCE)
        if value is None:
            return None
        return Limit(_number(value))

    @property
    def budget(self) -> int | None:
        """The credits that all together may spend in 24 hours; None if there is no budget."""
        value = self._set.get(_Name.BUDGET)
        if value is None:
            return self._budget
        return _number(value)

    async def find_budget(self, *, now: datetime) -> Budget:
        """Return what all together have ordered of the budget, or without one.

        When the orders left is read only if nothing is left of it: until then nobody waits for that.
        """
        async with self._database.reading() as connection:
            summed = await sum_budget(connection, self.budget, now)
            return await find_budget(connection, self.budget, now) if summed.is_spent else summed

    async def sum_budget(self, *, now: datetime) -> Budget:
        """Return the same for little work, without when the orders left."""
        async with self._database.reading() as connection:
            return await sum_budget(connection, self.budget, now)

    async def become_admin(self, action: AdminAction) -> bool:
        """Make who acts the bot's admin; False if it has one."""
        if self.admin_ids or not await self._add_admin(action):
            return False
        self._set[_Name.ADMIN] = str(action.admin_id)
        for tell in self._on_new_admin:
            tell()
        return True

    async def _add_admin(self, action: AdminAction) -> bool:
        async with self._database.transaction() as connection:
            known = await connection.scalar(
                select(set_from_chat.c.value).where(set_from_chat.c.name == _Name.ADMIN)
            )
            return known is None and await _written(connection, action, _Name.ADMIN, str(action.admin_id))

    async def set_access(self, action: AdminAction, mode: AccessMode) -> bool:
        return await self._write(action, _Name.ACCESS, mode)

    async def set_allowance(self, action: AdminAction, limit: Limit | None) -> bool:
        value = None if limit is None else _NO_END if limit.credits is None else str(limit.credits)
        return await self._write(action, _Name.ALLOWANCE, value)

    async def set_budget(self, action: AdminAction, number: int | None) -> bool:
        """Set the budget, of None without an end, and let those who wait for the old one try again."""
        value = _NO_END if number is None else str(number)
        async with self._database.transaction() as connection:
            if not await _written(connection, action, _Name.BUDGET, value):
                return False
            await connection.execute(_TRY_AGAIN, {"now": action.at})
        self._set[_Name.BUDGET] = value
        return True

    async def _write(self, action: AdminAction, name: _Name, value: str | None) -> bool:
        """Set a rule, or take it away; False if this action was done before."""
        async with self._database.transaction() as connection:
            if not await _written(connection, action, name, value):
                return False
        self._set.pop(name, None)
        if value is not None:
            self._set[name] = value
        return True


async def _written(connection: AsyncConnection, action: AdminAction, name: _Name, value: str | None) -> bool:
    if not await record(connection, action):
        return False
    await connection.execute(delete(set_from_chat).where(set_from_chat.c.name == name))
    if value is not None:
        await connection.execute(insert(set_from_chat), {"name": name, "value": value})
    return True


def _rule_of(row: RowMapping) -> tuple[str, str]:
    """Return a rule's name and value; raises ValueError for one that this version does not understand."""
    name, value = _Name(row["name"]), row["value"]
    match name:
        case _Name.ACCESS:
            AccessMode(value)
        case _Name.ADMIN:
            int(value)
        case _:
            _number(value)
    return name, value


def _number(value: str) -> int | None:
    return None if value == _NO_END else int(value)
