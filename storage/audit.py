"""The audit: each action of an admin is recorded in the transaction that does it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.admin_action import AdminAction, AdminActionKind
from storage.database import Database
from storage.operator_tables import audit
from storage.reading import facts, read_all, read_first


@dataclass(frozen=True, slots=True)
class Entry:
    """An action and its number in the audit."""

    id: int
    action: AdminAction


async def record(connection: AsyncConnection, action: AdminAction) -> bool:
    """Write an action into the audit; False if it stands there already, and must not be done a second time."""
    known = await connection.scalar(select(audit.c.id).where(audit.c.origin == action.idempotency_key))
    if known is not None:
        return False
    await connection.execute(
        insert(audit),
        {
            "origin": action.idempotency_key,
            "admin_id": action.admin_id,
            "action": action.kind,
            "at": action.at,
            "account_id": action.account_id,
            "job_id": action.job_id,
            "detail": action.detail,
            "why": action.why,
        },
    )
    return True


class Audit:
    """What may be looked up in the audit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(
        self, *, limit: int, before: int | None = None, after: int | None = None
    ) -> Sequence[Entry]:
        """Return actions, the newest first: those next to the entry numbered `before` or `after`, if one is given."""
        chosen = select(audit).where(audit.c.id > (after or 0))
        chosen = chosen.order_by(audit.c.id.desc() if after is None else audit.c.id).limit(limit)
        if before is not None:
            chosen = chosen.where(audit.c.id < before)
        return sorted(await read_all(self._database, chosen, _entry_of), key=lambda entry: -entry.id)

    async def find_last(self, account_id: int, actions: Collection[AdminActionKind]) -> Entry | None:
        """Return the newest action of these kinds about an account; None if there is none."""
        is_it = (audit.c.account_id == account_id) & audit.c.action.in_(actions)
        newest = select(audit).where(is_it).order_by(audit.c.id.desc()).limit(1)
        return await read_first(self._database, newest, _entry_of)


def _entry_of(row: RowMapping) -> Entry:
    named = {"idempotency_key": row["origin"], "kind": AdminActionKind(row["action"])}
    return Entry(row["id"], AdminAction(**facts(row, AdminAction) | named))
