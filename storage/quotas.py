"""What accounts have spent and may spend, read anew each time in the transaction that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from domain.quota import WINDOW, Charge, Funds, Quota
from storage.operator_tables import grants
from storage.tables import IS_CHARGED, jobs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.quota import Terms

_IN_WINDOW = IS_CHARGED & (jobs.c.created_at > bindparam("since"))
_OF_ACCOUNT = select(jobs.c.created_at, jobs.c.price - jobs.c.of_grants).where(
    jobs.c.account_id == bindparam("account_id"), _IN_WINDOW
)
_OF_ALL = select(jobs.c.created_at, jobs.c.price).where(_IN_WINDOW)
_GRANTED = select(func.coalesce(func.sum(grants.c.credits), 0)).where(
    grants.c.account_id == bindparam("account_id")
)
_SPENT_OF_GRANTS = select(func.coalesce(func.sum(jobs.c.of_grants), 0)).where(
    jobs.c.account_id == bindparam("account_id"), jobs.c.of_grants > 0, IS_CHARGED
)


async def find_funds(connection: AsyncConnection, account_id: int, terms: Terms, now: datetime) -> Funds:
    """Return what those have left who may pay for a request of the account's."""
    own = await _quota(connection, account_id, terms.allowance, terms, now)
    group = budget = None
    if terms.group_id is not None:
        group = await _quota(connection, terms.group_id, terms.group_allowance, terms, now)
    if terms.budget is not None:
        budget = await find_budget(connection, terms.budget, now)
    return Funds(account_id=account_id, own=own, group_id=terms.group_id, group=group, budget=budget)


async def find_budget(connection: AsyncConnection, budget: int | None, now: datetime) -> Quota:
    """Return what all together have spent of a budget, or without one."""
    spent = await connection.execute(_OF_ALL, {"since": now - WINDOW})
    return Quota.of(budget, [Charge(at=at, credits=price) for at, price in spent], now)


async def find_granted(connection: AsyncConnection, account_id: int) -> int:
    """Return how many of the credits that were granted to an account are not spent."""
    whose = {"account_id": account_id}
    granted: int = (await connection.execute(_GRANTED, whose)).scalar_one()
    spent: int = (await connection.execute(_SPENT_OF_GRANTS, whose)).scalar_one()
    return granted - spent


async def _quota(
    connection: AsyncConnection, account_id: int, allowance: int | None, terms: Terms, now: datetime
) -> Quota:
    rows = await connection.execute(_OF_ACCOUNT, {"account_id": account_id, "since": now - WINDOW})
    charges = [Charge(at=at, credits=number) for at, number in rows]
    granted = await find_granted(connection, account_id) if account_id in terms.with_grants else 0
    return Quota.of(allowance, charges, now, granted=granted)
