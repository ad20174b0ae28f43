"""Collects the profiles of people seen, and saves what is new about them, many at once."""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cache_sizes import PROFILES
from storage.database import Database
from storage.errors import Unwritable
from storage.operator_tables import accounts
from storage.tables import Instant

log = structlog.get_logger(__name__)

_LONGEST_KEY = 200

# Both of our databases understand this sentence; SQLAlchemy has one for each.
_MEET = text(
    "INSERT INTO accounts (id, name, name_key, username, username_key, language, since, unreachable_since)"
    " VALUES (:id, :name, :name_key, :username, :username_key, :language, :since, :unreachable_since)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, username = excluded.username,"
    " username_key = excluded.username_key, language = excluded.language, since = coalesce(accounts.since, excluded.since),"
    " unreachable_since = CASE WHEN excluded.unreachable_since IS NULL THEN NULL"
    " WHEN accounts.since IS NULL THEN excluded.unreachable_since ELSE accounts.unreachable_since END"
).bindparams(bindparam("since", type_=Instant), bindparam("unreachable_since", type_=Instant))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSeen:
    """A person or a group that has just been heard of, as Telegram calls it."""

    id: int
    name: str
    username: str | None
    language: str
    at: datetime = field(compare=False)
    #: Whether that shows that we can send them something; who talks in a group may have blocked us.
    is_reachable: bool = field(default=True, compare=False)


class Profiles:
    """The profiles seen lately. Only one process serves a bot's updates, so its cache is right."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = OrderedDict[int, ProfileSeen]()
        self._unwritten: dict[int, ProfileSeen] = {}

    def note(self, met: ProfileSeen) -> None:
        """Keep what is new about somebody until `write`: nobody's answer has to wait for that."""
        known = self._seen.get(met.id)
        if known == met and (known.is_reachable or not met.is_reachable):
            return
        if known is not None and known.is_reachable:
            met = replace(met, is_reachable=True)
        # In the order in which they were heard: a name that changed hands is the last one's.
        self._unwritten.pop(met.id, None)
        self._seen[met.id] = self._unwritten[met.id] = met
        self._seen.move_to_end(met.id)
        if len(self._seen) > PROFILES:
            # Whoever could not be written for so long is met anew when heard again.
            self._unwritten.pop(self._seen.popitem(last=False)[0], None)

    async def write(self) -> None:
        """Save the profiles seen since the last time; one that the database cannot take is passed over."""
        if not self._unwritten:
            return
        try:
            await self._write_all()
        except Unwritable:
            await self._write_each()

    async def _write_all(self) -> None:
        async with self._database.transaction() as connection:
            # Taken once it is our turn: whoever was forgotten until then is not met again.
            met = dict(self._unwritten)
            await _write(connection, met.values())
            nameless = await _take_names(connection, met.values())
        self._settle(met, nameless)

    async def _write_each(self) -> None:
        for account_id, one in list(self._unwritten.items()):
            nameless: Sequence[int] = ()
            try:
                async with self._database.transaction() as connection:
                    if self._unwritten.get(account_id) is one:
                        await _write(connection, [one])
                        nameless = await _take_names(connection, [one])
            except Unwritable as error:
                log.warning("somebody cannot be written down", account=account_id, problem=str(error))
            self._settle({account_id: one}, nameless)

    def _settle(self, met: Mapping[int, ProfileSeen], nameless: Iterable[int]) -> None:
        for account_id in nameless:
            # Whoever bears the name again by the next time has to be written down once more.
            self._seen.pop(account_id, None)
        for account_id, one in met.items():
            if self._unwritten.get(account_id) is one:
                del self._unwritten[account_id]

    def forget(self, account_id: int) -> None:
        """Forget the profile of this id, so that the next one counts as new."""
        self._seen.pop(account_id, None)
        self._unwritten.pop(account_id, None)


def username_key(username: str) -> str:
    """Return a username as it is looked up: Telegram takes capitals for the same."""
    return username.lower()


def name_key(name: str) -> str:
    """Return a display name as it is looked up: those that look alike are the same, and signs that nobody sees are none."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())[:_LONGEST_KEY]


async def _take_names(connection: AsyncConnection, met: Iterable[ProfileSeen]) -> Sequence[int]:
    """Take the usernames of these profiles from other accounts that had them before; return those accounts."""
    bearers = {username_key(one.username): one.id for one in met if one.username}
    key = accounts.c.username_key
    rows = (await connection.execute(select(accounts.c.id, key).where(key.in_(bearers)))).all()
    nameless = [account_id for account_id, name in rows if bearers.get(name) != account_id]
    if nameless:
        changed = update(accounts).where(accounts.c.id.in_(nameless))
        await connection.execute(changed.values(username=None, username_key=None))
    return nameless


async def _write(connection: AsyncConnection, met: Iterable[ProfileSeen]) -> None:
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "name_key": name_key(one.name) or None,
            "username": one.username,
            "username_key": None if one.username is None else username_key(one.username),
            "language": one.language,
            "since": one.at,
            "unreachable_since": None if one.is_reachable else one.at,
        }
        for one in met
    ]
    if rows:
        await connection.execute(_MEET, rows)
