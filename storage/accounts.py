"""People and groups: what they are called, and what operators have said about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.account import AccessStatus, Account, Ban, Limit
from domain.admin_action import AdminAction
from storage.audit import record
from storage.database import Database
from storage.operator_tables import HAS_GRANTS, HAS_LIMIT, WAS_SAID, accounts, grants
from storage.profiles import Profiles, ProfileSeen, name_key, username_key
from storage.quotas import find_granted
from storage.reading import facts, find_number, first_row, read_all, read_first
from storage.tables import NOBODY, jobs

#: Nobody has said yes or no.
UNDECIDED = frozenset({AccessStatus.STRANGER, AccessStatus.WAITING})


class Accounts:
    """What operators said about accounts is remembered here too: every request needs it, and only we change it.

    Of accounts about which they said nothing, nothing is remembered: strangers cannot make it grow.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: dict[int, Account] = {}
        self._profiles = Profiles(database)

    async def load(self) -> None:
        """Remember every account that anything was said about."""
        said = await read_all(self._database, select(accounts).where(WAS_SAID), account_of)
        self._said = {account.id: account for account in said}

    def cached(self, account_id: int) -> Account:
        """Return what was said about an account; its name may be that of a while ago."""
        return self._said.get(account_id) or Account(id=account_id)

    async def find(self, account_id: int) -> Account | None:
        """Return an account; None if nothing is known of it."""
        await self.write_profiles()
        return await self._find_where(accounts.c.id == account_id)

    async def find_all(self, account_ids: Collection[int]) -> Mapping[int, Account]:
        """Return those of these accounts of which anything is known, by their ids."""
        await self.write_profiles()
        theirs = select(accounts).where(accounts.c.id.in_(account_ids))
        return {account.id: account for account in await read_all(self._database, theirs, account_of)}

    async def find_languages(self, account_ids: Collection[int]) -> Mapping[int, str]:
        """Return the language of each of these accounts, the default where it is not known."""
        known = await self.find_all(account_ids)
        return {one: known.get(one, Account(id=one)).language for one in sorted(account_ids)}

    async def find_by_username(self, username: str) -> Account | None:
        """Return the account with this username, given without the @; if it changed hands, the last one seen."""
        await self.write_profiles()
        return await self._find_where(accounts.c.username_key == username_key(username))

    async def find_by_names(self, names: Collection[str], *, limit: int) -> Sequence[Account]:
        """Return accounts with one of these display names, at most `limit` of them: people choose what they are called."""
        await self.write_profiles()
        keys = {name_key(name) for name in names} - {""}
        alike = select(accounts).where(accounts.c.name_key.in_(keys)).order_by(accounts.c.id).limit(limit)
        return await read_all(self._database, alike, account_of)

    async def find_waiting(self, *, limit: int) -> Sequence[Account]:
        """Return the accounts that have asked for access and have no answer yet, oldest first."""
        await self.write_profiles()
        waiting = select(accounts).where(accounts.c.standing == AccessStatus.WAITING)
        in_turn = waiting.order_by(accounts.c.since, accounts.c.id).limit(limit)
        return await read_all(self._database, in_turn, account_of)

    async def find_limited(self, *, limit: int) -> Sequence[Account]:
        """Return accounts that have an allowance of their own, at most `limit` of them."""
        return await self._find_said(HAS_LIMIT, limit)

    async def find_granted(self, *, limit: int) -> Sequence[Account]:
        """Return accounts that were ever granted credits, at most `limit` of them."""
        return await self._find_said(HAS_GRANTS, limit)

    def note_profile(self, met: ProfileSeen) -> None:
        """Note what is new about an account until `write_profiles`, so that no answer waits for the database."""
        self._profiles.note(met)

    async def write_profiles(self) -> None:
        """Save the profiles seen since the last time."""
        await self._profiles.write()

    async def count_waiting(self) -> int:
        """Return how many have asked to be let in and have no answer yet."""
        waiting = accounts.c.standing == AccessStatus.WAITING
        return await find_number(self._database, select(func.count()).where(waiting))

    def forget(self, account_id: int) -> None:
        """Drop the cached name of an account whose row has none any more."""
        self._profiles.forget(account_id)
        if account_id in self._said:
            self._said[account_id] = replace(self._said[account_id], name="", username=None, since=None)

    async def note_unreachable(self, account_id: int, *, now: datetime) -> None:
        """Note that an account lets us send nothing."""
        await self.write_profiles()
        # Heard once more, it is to be written that it can be reached.
        self._profiles.forget(account_id)
        async with self._database.transaction() as connection:
            account = await _write(connection, account_id, unreachable_since=now)
        self._remember(account)

    async def request_access(self, account_id: int) -> bool:
        """Note that a stranger asks for access; False if they have asked before."""
        async with self._database.transaction() as connection:
            account = await _read(connection, account_id)
            if account is not None and account.access is not AccessStatus.STRANGER:
                return False
            account = await _write(connection, account_id, standing=AccessStatus.WAITING)
        self._remember(account)
        return True

    async def set_access(self, action: AdminAction, account_id: int, access: AccessStatus) -> bool:
        """Let an account in, or not; False if this action was done before."""
        return await self._do(action, account_id, standing=access)

    async def decide(self, action: AdminAction, account_id: int, access: AccessStatus) -> bool:
        """Decide about an account that nobody has decided about; False if somebody has, and nothing changes."""
        async with self._database.transaction() as connection:
            account = await _read(connection, account_id)
            if account is not None and account.access not in UNDECIDED:
                return False
            if not await record(connection, action):
                return False
            account = await _write(connection, account_id, standing=access)
        self._remember(account)
        return True

    async def allow_known(self, action: AdminAction, *, besides: Collection[int] = ()) -> int:
        """Let everybody in who has ever made a video and was not refused; return how many are new, `besides` these."""
        new = _known(besides)
        await self.write_profiles()
        async with self._database.transaction() as connection:
            number = (await connection.execute(select(func.count()).where(new))).scalar_one()
            if not await record(connection, replace(action, detail=str(number))):
                return 0
            await connection.execute(update(accounts).where(new).values(standing=AccessStatus.ALLOWED))
        await self.load()
        return number

    async def count_known(self, *, besides: Collection[int] = ()) -> int:
        """Return how many, `besides` these, have made a video and would have to ask, were the bot not for all."""
        await self.write_profiles()
        return await find_number(self._database, select(func.count()).where(_known(besides)))

    async def ban(self, action: AdminAction, account_id: int, ban: Ban | None) -> bool:
        """Shut an account out, or with None let it in again; False if this action was done before."""
        if ban is None:
            return await self._do(action, account_id, banned_at=None, banned_until=None, ban_reason="")
        return await self._do(
            action, account_id, banned_at=action.at, banned_until=ban.until, ban_reason=ban.reason
        )

    async def set_limit(self, action: AdminAction, account_id: int, limit: Limit | None) -> bool:
        """Give an account an allowance of its own, or take it away; False if this action was done before."""
        return await self._do(
            action, account_id, has_limit=limit is not None, credits=limit.credits if limit else None
        )

    async def grant(self, action: AdminAction, account_id: int, number: int) -> bool:
        """Give an account credits beyond its allowance, or take back what is left of them, at most so many.

        The action says in the audit how many it really were; False if it was done before.
        """
        async with self._database.transaction() as connection:
            number = max(number, -await find_granted(connection, account_id))
            if not await record(connection, replace(action, detail=str(number))):
                return False
            await connection.execute(
                insert(grants), {"account_id": account_id, "credits": number, "at": action.at}
            )
            account = await _write(connection, account_id, has_grants=True)
        self._remember(account)
        return True

    async def _do(self, action: AdminAction, account_id: int, **said: Any) -> bool:  # noqa: ANN401 - a column's
        async with self._database.transaction() as connection:
            if not await record(connection, action):
                return False
            account = await _write(connection, account_id, **said)
        self._remember(account)
        return True

    def _remember(self, account: Account) -> None:
        """Cache what operators said, once it is committed."""
        if account.is_spoken_of:
            self._said[account.id] = account
        else:
            self._said.pop(account.id, None)

    async def _find_said(self, condition: Any, limit: int) -> Sequence[Account]:  # noqa: ANN401 - SQLAlchemy's own
        await self.write_profiles()
        said = select(accounts).where(condition).order_by(accounts.c.name, accounts.c.id).limit(limit)
        return await read_all(self._database, said, account_of)

    async def _find_where(self, condition: Any) -> Account | None:  # noqa: ANN401 - SQLAlchemy's own
        newest = select(accounts).where(condition).order_by(accounts.c.since.desc()).limit(1)
        return await read_first(self._database, newest, account_of)


def _known(besides: Collection[int]) -> ColumnElement[bool]:
    """Select the accounts that have asked for a video and about which nobody has decided."""
    has_asked = exists().where(jobs.c.requester_id == accounts.c.id)
    return (
        accounts.c.standing.in_(UNDECIDED)
        & (accounts.c.id != NOBODY)
        & accounts.c.id.not_in(besides)
        & has_asked
    )


async def _write(connection: AsyncConnection, account_id: int, **values: Any) -> Account:  # noqa: ANN401 - a column's
    """Write columns of an account, and return it as it is once the transaction commits."""
    changed = update(accounts).where(accounts.c.id == account_id).values(**values).returning(accounts)
    row = await first_row(connection, changed)
    if row is None:
        new = insert(accounts).values(id=account_id, **values).returning(accounts)
        row = (await connection.execute(new)).mappings().one()
    return account_of(row)


async def _read(connection: AsyncConnection, account_id: int) -> Account | None:
    row = await first_row(connection, select(accounts).where(accounts.c.id == account_id))
    return None if row is None else account_of(row)


def account_of(row: RowMapping) -> Account:
    is_banned = row["banned_at"] is not None
    said = {
        "limit": Limit(row["credits"]) if row["has_limit"] else None,
        "access": AccessStatus(row["standing"]),
        "ban": Ban(reason=row["ban_reason"], until=row["banned_until"]) if is_banned else None,
    }
    return Account(**facts(row, Account) | said)
