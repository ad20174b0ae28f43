"""People and groups: what they are called, and what operators have said about them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, or_, select, text, update

from domain.account import Account, Ban, Limit, Standing
from storage.audit import write_down
from storage.errors import DatabaseTrouble
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
    "INSERT INTO accounts (id, name, username, language, since, unreachable_since)"
    " VALUES (:id, :name, :username, :language, :since, :unreachable_since)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, username = excluded.username,"
    " language = excluded.language, since = coalesce(accounts.since, excluded.since),"
    " unreachable_since = CASE WHEN excluded.unreachable_since IS NULL THEN NULL"
    " ELSE accounts.unreachable_since END"
).bindparams(bindparam("since", type_=Instant), bindparam("unreachable_since", type_=Instant))
#: So many people's names are remembered, those heard last; who is not remembered is only written once more.
_REMEMBERED = 20_000
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
    at: datetime = field(compare=False)
    #: Whether that shows that we can send them something; who talks in a group may have blocked us.
    is_reachable: bool = field(default=True, compare=False)


class Accounts:
    """What was said about accounts is remembered here too: every request needs it, and only we change it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: dict[int, Account] = {}
        self._met = OrderedDict[int, Met]()
        self._unwritten: dict[int, Met] = {}

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
        if account_id in self._unwritten:
            await self.write_met()
        return await self._find_where(accounts.c.id == account_id)

    async def find_by_username(self, username: str) -> Account | None:
        """Return who goes by this name, without the @; if several did, who was heard last may be meant."""
        await self.write_met()
        return await self._find_where(func.lower(accounts.c.username) == username.lower())

    async def find_waiting(self) -> Sequence[Account]:
        """Return who has asked to be let in and has no answer yet."""
        async with self._database.reading() as connection:
            waiting = select(accounts).where(accounts.c.standing == Standing.WAITING)
            rows = (await connection.execute(waiting)).mappings().all()
        return [account_of(row) for row in rows]

    def note_met(self, met: Met) -> None:
        """Keep what is new about somebody until `write_met`: nobody's answer has to wait for that."""
        known = self._met.get(met.id)
        if known == met and (known.is_reachable or not met.is_reachable):
            return
        if known is not None and known.is_reachable:
            met = replace(met, is_reachable=True)
        self._met[met.id] = self._unwritten[met.id] = met
        self._met.move_to_end(met.id)
        if len(self._met) > _REMEMBERED:
            self._met.popitem(last=False)

    async def write_met(self) -> None:
        """Write down who was met since the last time."""
        if not self._unwritten:
            return
        met: dict[int, Met] = {}
        try:
            async with self._database.transaction() as connection:
                # Taken once it is our turn: whoever was forgotten until then is not met again.
                met, self._unwritten = self._unwritten, {}
                await _write_met(connection, met.values())
        except DatabaseTrouble:
            self._unwritten = met | self._unwritten
            raise

    async def meet(self, met: Iterable[Met]) -> None:
        """Note what they are called now; who can be heard can be reached again."""
        for one in met:
            self.note_met(one)
        await self.write_met()

    def forget(self, account_id: int) -> None:
        """Remember no name of an account whose row has none any more."""
        self._met.pop(account_id, None)
        self._unwritten.pop(account_id, None)
        if account_id in self._said:
            self._said[account_id] = replace(self._said[account_id], name="", username=None, since=None)

    async def note_unreachable(self, account_id: int, *, now: datetime) -> None:
        """Note that an account lets us send nothing."""
        await self.write_met()
        # Heard once more, it is to be written that it can be reached.
        self._met.pop(account_id, None)
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
        await self.write_met()
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
        await self.write_met()
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


async def _write_met(connection: AsyncConnection, met: Iterable[Met]) -> None:
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "username": one.username,
            "language": one.language,
            "since": one.at,
            "unreachable_since": None if one.is_reachable else one.at,
        }
        for one in met
    ]
    if rows:
        await connection.execute(_MEET, rows)


async def _read(connection: AsyncConnection, account_id: int) -> Account | None:
    row = (await connection.execute(select(accounts).where(accounts.c.id == account_id))).mappings().first()
    return None if row is None else account_of(row)


def account_of(row: RowMapping) -> Account:
    is_banned = row["banned_at"] is not None
    return Account(
        id=row["id"],
        name=row["name"],
        username=row["username"],
        language=row["language"],
        since=row["since"],
        limit=Limit(row["credits"]) if row["has_limit"] else None,
        has_grants=row["has_grants"],
        standing=Standing(row["standing"]),
        ban=Ban(reason=row["ban_reason"], until=row["banned_until"]) if is_banned else None,
        unreachable_since=row["unreachable_since"],
    )
