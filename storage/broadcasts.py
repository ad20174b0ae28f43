"""Broadcasts in the database: who gets each of them, and the outcome of every send."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    CTE,
    RowMapping,
    Select,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.admin_action import AdminAction
from domain.broadcast import Broadcast, Outcome, Progress
from storage.audit import record
from storage.database import Database
from storage.operator_tables import WAS_HEARD, accounts, broadcast_people, broadcasts
from storage.reading import facts, find_number, first_row, read_first
from storage.tables import NOBODY, jobs

#: After this a card that was never pressed is forgotten.
KEPT = timedelta(days=7)
_COUNTED = frozenset({"unsent", *Outcome})
_IS_WAITING = broadcasts.c.confirmed_at.is_not(None) & broadcasts.c.finished_at.is_(None)


class Broadcasts:
    """What handlers and the sender do with broadcasts. They are sent one after the other, in the order of presses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        *,
        idempotency_key: str,
        admin_id: int,
        chat_id: int,
        message_id: int,
        language: str,
        now: datetime,
    ) -> Broadcast:
        """Keep which message is meant, once per idempotency key; nothing is sent yet. Forgets cards that are too old."""
        row = {
            "origin": idempotency_key,
            "admin_id": admin_id,
            "chat_id": chat_id,
            "message_id": message_id,
            "language": language,
            "created_at": now,
        }
        too_old = broadcasts.c.confirmed_at.is_(None) & (broadcasts.c.created_at < now - KEPT)
        async with self._database.transaction() as connection:
            await connection.execute(delete(broadcasts).where(too_old))
            known = await first_row(
                connection, select(broadcasts).where(broadcasts.c.origin == idempotency_key)
            )
            if known is not None:
                return _broadcast_of(known)
            added = await connection.execute(insert(broadcasts).returning(broadcasts), row)
            return _broadcast_of(added.mappings().one())

    async def find_by_idempotency_key(self, idempotency_key: str) -> Broadcast | None:
        return await read_first(
            self._database, select(broadcasts).where(broadcasts.c.origin == idempotency_key), _broadcast_of
        )

    async def show(self, broadcast_id: int, *, card_message_id: int) -> None:
        """Note which message of ours shows the broadcast."""
        shown = update(broadcasts).where(broadcasts.c.id == broadcast_id)
        async with self._database.transaction() as connection:
            await connection.execute(shown.values(card_message_id=card_message_id))

    async def find(self, broadcast_id: int) -> Broadcast | None:
        return await read_first(
            self._database, select(broadcasts).where(broadcasts.c.id == broadcast_id), _broadcast_of
        )

    async def count_people(self, *, admin_id: int, now: datetime) -> int:
        """Return to how many people a broadcast of this admin's would go now."""
        people = _people(admin_id, now).subquery()
        return await find_number(self._database, select(func.count()).select_from(people))

    async def confirm(self, action: AdminAction, broadcast_id: int) -> bool:
        """Write down everybody whom it goes to; False if it was confirmed before, or is not there any more.

        The action's detail becomes the number of people.
        """
        is_open = (broadcasts.c.id == broadcast_id) & broadcasts.c.confirmed_at.is_(None)
        async with self._database.transaction() as connection:
            confirmed = await connection.execute(
                update(broadcasts).where(is_open).values(confirmed_at=action.at)
            )
            if not confirmed.rowcount:
                return False
            people = _people(action.admin_id, action.at).subquery()
            await connection.execute(
                insert(broadcast_people).from_select(
                    ["broadcast_id", "person_id"], select(literal(broadcast_id), people.c.id)
                )
            )
            progress = await _read_progress(connection, broadcast_id)
            await record(connection, replace(action, detail=str(progress.people)))
        return True

    async def cancel(self, broadcast_id: int) -> bool:
        """Forget a broadcast that was not confirmed; False if it was, or is not there any more."""
        is_open = (broadcasts.c.id == broadcast_id) & broadcasts.c.confirmed_at.is_(None)
        async with self._database.transaction() as connection:
            return bool((await connection.execute(delete(broadcasts).where(is_open))).rowcount)

    async def stop(self, action: AdminAction, broadcast_id: int) -> bool:
        """Stop sending; False if it was stopped before, or is over."""
        goes_on = (broadcasts.c.id == broadcast_id) & _IS_WAITING & broadcasts.c.stopped_at.is_(None)
        async with self._database.transaction() as connection:
            stopped = await connection.execute(update(broadcasts).where(goes_on).values(stopped_at=action.at))
            if not stopped.rowcount:
                return False
            progress = await _read_progress(connection, broadcast_id)
            await record(connection, replace(action, detail=f"{progress.sent}/{progress.people}"))
        return True

    async def find_current(self) -> Broadcast | None:
        """Return the broadcast whose turn it is: the first that was confirmed and is not finished."""
        first = (broadcasts.c.confirmed_at, broadcasts.c.id)
        waiting = select(broadcasts).where(_IS_WAITING).order_by(*first).limit(1)
        return await read_first(self._database, waiting, _broadcast_of)

    async def begin_next(self, broadcast_id: int, *, now: datetime) -> int | None:
        """Return a person to whom it has not been sent; None if nobody is left.

        From here on it is perhaps delivered to them: a process that dies while it is on its way sends it to nobody twice.
        """
        unsent = (broadcast_people.c.broadcast_id == broadcast_id) & broadcast_people.c.outcome.is_(None)
        next_one = (
            select(broadcast_people.c.person_id).where(unsent).order_by(broadcast_people.c.person_id).limit(1)
        )
        async with self._database.transaction() as connection:
            person_id: int | None = await connection.scalar(next_one)
            if person_id is not None:
                await _note(connection, broadcast_id, person_id, Outcome.UNKNOWN, now)
        return person_id

    async def note(
        self, broadcast_id: int, person_id: int, outcome: Outcome | None, *, now: datetime
    ) -> None:
        """Note what became of it with a person, who does not get it again; with None it was provably not sent."""
        async with self._database.transaction() as connection:
            await _note(connection, broadcast_id, person_id, outcome, now)

    async def find_progress(self, broadcast_id: int) -> Progress:
        async with self._database.reading() as connection:
            return await _read_progress(connection, broadcast_id)

    async def finish(self, broadcast_id: int, *, now: datetime) -> None:
        """Note that it is over and its report was shown."""
        over = update(broadcasts).where(broadcasts.c.id == broadcast_id).values(finished_at=now)
        async with self._database.transaction() as connection:
            await connection.execute(over)


def _people(admin_id: int, now: datetime) -> Select[tuple[int]]:
    """Select whom a broadcast goes to: the admin, and everybody who was ever heard of and can and may be reached.

    Who was forgotten has no `since`, and no jobs.
    """
    is_banned = accounts.c.banned_at.is_not(None) & or_(
        accounts.c.banned_until.is_(None), accounts.c.banned_until > now
    )
    is_out = or_(is_banned, accounts.c.unreachable_since.is_not(None))
    # Groups and channels have negative ids.
    heard = select(accounts.c.id).where(WAS_HEARD, accounts.c.id > NOBODY, ~is_out)
    others = union(select(_requesters().c.id), select(literal(admin_id))).subquery()
    other_id = others.c[0]
    not_out = select(other_id).where(other_id > NOBODY, ~exists().where(accounts.c.id == other_id, is_out))
    people = union(heard, not_out).subquery()
    return select(people.c.id)


def _requesters() -> CTE:
    """Select each person who has asked for anything once: from one to the next in the index, whatever they asked."""
    first = select(func.min(jobs.c.requester_id).label("id")).where(jobs.c.requester_id > NOBODY)
    asked = first.cte("asked", recursive=True)
    following = select(func.min(jobs.c.requester_id)).where(jobs.c.requester_id > asked.c.id)
    return asked.union_all(select(following.scalar_subquery()).where(asked.c.id.is_not(None)))


async def _note(
    connection: AsyncConnection, broadcast_id: int, person_id: int, outcome: Outcome | None, now: datetime
) -> None:
    row = (broadcast_people.c.broadcast_id == broadcast_id) & (broadcast_people.c.person_id == person_id)
    await connection.execute(update(broadcast_people).where(row).values(outcome=outcome, at=now))


async def _read_progress(connection: AsyncConnection, broadcast_id: int) -> Progress:
    counted = (
        select(func.coalesce(broadcast_people.c.outcome, "unsent"), func.count())
        .where(broadcast_people.c.broadcast_id == broadcast_id)
        .group_by(broadcast_people.c.outcome)
    )
    rows = (await connection.execute(counted)).all()
    # What a newer version calls by a name of its own is neither of those that are counted.
    return Progress(**{name: number for name, number in rows if name in _COUNTED})


def _broadcast_of(row: RowMapping) -> Broadcast:
    return Broadcast(**facts(row, Broadcast))
