"""People and groups: what they are called, and what operators have said about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, or_, select, text, update

from domain.account import Account, Ban, Limit, Standing
from storage.audit import write_down
from storage.operator_tables import accounts, grants
from storage.tables import NOBODY, Instant, jobs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.deed import Deed
    from storage.database import Database

# Both of our databases understand this sentence; SQLAlchemy has one for each.
_MEET = text(
    "INSERT INTO accounts (id, name, username, language, since)"
    " VALUES (:id, :name, :username, :language, :since)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, username = excluded.username,"
    " language = excluded.language, since = coalesce(accounts.since, excluded.since), unreachable_since = NULL"
).bindparams(bindparam("since", type_=Instant))
#: Whether operators have said anything about an account.
WAS_SAID = or_(
    accounts.c.has_limit,
    accounts.c.has_grants,
    accounts.c.standing != Standing.STRANGER,
    accounts.c.banned_at.is_not(None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A person or a group that has just been heard of, as Telegram calls it."""

    id: int
    name: str
    username: str | None
    language: str
    at: datetime


class Accounts:
    """What was said about accounts is remembered here too: every request needs it, and only we change it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: dict[int, Account] = {}

    async def learn(self) -> None:
        """Remember every account that anything was said about."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(accounts).where(WAS_SAID))).mappings().all()
        self._said = {row["id"]: account_of(row) for row in rows}

    def known(self, account_id: int) -> Account:
        """Return what was said about an account; its name may be that of a while ago."""
        return self._said.get(account_id) or Account(id=account_id)

    async def find(self, account_id: int) -> Account | None:
        """Return an account; None if it was never heard of."""
        return await self._find_where(accounts.c.id == account_id)

    async def find_by_username(self, username: str) -> Account | None:
        """Return who goes by this name, without the @; if several did, who was heard last may be meant."""
        return await self._find_where(func.lower(accounts.c.username) == username.lower())

    async def find_waiting(self) -> Sequence[Account]:
        """Return who has asked to be let in and has no answer yet."""
        async with self._database.reading() as connection:
            waiting = select(accounts).where(accounts.c.standing == Standing.WAITING)
            rows = (await connection.execute(waiting)).mappings().all()
        return [account_of(row) for row in rows]

    async def meet(self, met: Iterable[Met]) -> None:
        """Note what they are called now; who can be heard can be reached again."""
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "username": one.username,
                "language": one.language,
                "since": one.at,
            }
            for one in met
        ]
        if rows:
            async with self._database.transaction() as connection:
                await connection.execute(_MEET, rows)

    def forget(self, account_id: int) -> None:
        """Remember no name of an account whose row has none any more."""
        if account_id in self._said:
            self._said[account_id] = replace(self._said[account_id], name="", username=None, since=None)

    async def note_unreachable(self, account_id: int, *, now: datetime) -> None:
        """Note that an account lets us send nothing."""
        async with self._database.transaction() as connection:
            await self._write(connection, account_id, unreachable_since=now)

    async def ask_in(self, account_id: int) -> bool:
        """Note that a stranger wants to be let in; False if that is no news."""
        async with self._database.transaction() as connection:
            account = await _read(connection, account_id)
            if account is not None and account.standing is not Standing.STRANGER:
                return False
            await self._write(connection, account_id, standing=Standing.WAITING)
        return True

    async def stand(self, deed: Deed, account_id: int, standing: Standing) -> bool:
        """Let an account in, or not; False if this deed was done before."""
        return await self._do(deed, account_id, standing=standing)

    async def allow_known(self, deed: Deed) -> int:
        """Let everybody in who has ever made a video and was not refused; return how many are new."""
        known = select(jobs.c.requester_id).where(jobs.c.requester_id != NOBODY)
        new = accounts.c.id.in_(known) & accounts.c.standing.in_({Standing.STRANGER, Standing.WAITING})
        async with self._database.transaction() as connection:
            if not await write_down(connection, deed):
                return 0
            allowed = await connection.execute(update(accounts).where(new).values(standing=Standing.ALLOWED))
        await self.learn()
        return allowed.rowcount

    async def count_known(self) -> int:
        """Return how many have made a video and would have to be let in, should strangers have to ask."""
        known = select(jobs.c.requester_id).where(jobs.c.requester_id != NOBODY)
        new = accounts.c.id.in_(known) & accounts.c.standing.in_({Standing.STRANGER, Standing.WAITING})
        async with self._database.reading() as connection:
            return (await connection.execute(select(func.count()).where(new))).scalar_one()

    async def ban(self, deed: Deed, account_id: int, ban: Ban | None) -> bool:
        """Shut an account out, or with None let it in again; False if this deed was done before."""
        if ban is None:
            return await self._do(deed, account_id, banned_at=None, banned_until=None, ban_reason="")
        return await self._do(
            deed, account_id, banned_at=deed.at, banned_until=ban.until, ban_reason=ban.reason
        )

    async def set_limit(self, deed: Deed, account_id: int, limit: Limit | None) -> bool:
        """Give an account an allowance of its own, or take it away; False if this deed was done before."""
        return await self._do(
            deed, account_id, has_limit=limit is not None, credits=limit.credits if limit else None
        )

    async def grant(self, deed: Deed, account_id: int, number: int) -> bool:
        """Give an account credits beyond its allowance, or take some back; False if this deed was done before."""
        async with self._database.transaction() as connection:
            if not await write_down(connection, deed):
                return False
            await connection.execute(
                insert(grants), {"account_id": account_id, "credits": number, "at": deed.at}
            )
            await self._write(connection, account_id, has_grants=True)
        return True

    async def _do(self, deed: Deed, account_id: int, **said: Any) -> bool:  # noqa: ANN401 - a column's
        async with self._database.transaction() as connection:
            if not await write_down(connection, deed):
                return False
            await self._write(connection, account_id, **said)
        return True

    async def _write(self, connection: AsyncConnection, account_id: int, **values: Any) -> None:  # noqa: ANN401 - a column's
        changing = update(accounts).where(accounts.c.id == account_id).values(**values)
        if not (await connection.execute(changing)).rowcount:
            await connection.execute(insert(accounts).values(id=account_id, **values))
        account = await _read(connection, account_id)
        if account is not None:
            self._said[account_id] = account

    async def _find_where(self, condition: Any) -> Account | None:  # noqa: ANN401 - SQLAlchemy's own
        async with self._database.reading() as connection:
            newest = select(accounts).where(condition).order_by(accounts.c.since.desc()).limit(1)
            row = (await connection.execute(newest)).mappings().first()
        return None if row is None else account_of(row)


async def _read(connection: AsyncConnection, account_id: int) -> Account | None:
    row = (await connection.execute(select(accounts).where(accounts.c.id == account_id))).mappings().first()
    return None if row is None else account_of(row)


def account_of(row: RowMapping) -> Account:
    is_banned = row["banned_at"] is not None
    return Account(
        id=row["id"],
        name=row["name"],
        username=row["username"],
        since=row["since"],
        limit=Limit(row["credits"]) if row["has_limit"] else None,
        has_grants=row["has_grants"],
        standing=Standing(row["standing"]),
        ban=Ban(reason=row["ban_reason"], until=row["banned_until"]) if is_banned else None,
        unreachable_since=row["unreachable_since"],
    )
