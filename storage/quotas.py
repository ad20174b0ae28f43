"""What accounts have spent and may spend, read anew each time in the transaction that decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.budget import Budget
from domain.failures import OPERATORS_OWN
from domain.job import State
from domain.quota import WINDOW, Charge, Funds, Payment, Quota, SpendingRules
from domain.refusals import QuotaRefusal
from storage.operator_tables import grants
from storage.tables import IS_CHARGED, IS_UNDER_WAY, NOBODY, jobs

_OF_ACCOUNT = select(jobs.c.created_at, jobs.c.price - jobs.c.of_grants).where(
    jobs.c.account_id == bindparam("account_id"), IS_CHARGED, jobs.c.created_at > bindparam("since")
)
_GRANTED = select(func.coalesce(func.sum(grants.c.credits), 0)).where(
    grants.c.account_id == bindparam("account_id")
)
_SPENT_OF_GRANTS = select(func.coalesce(func.sum(jobs.c.of_grants), 0)).where(
    jobs.c.account_id == bindparam("account_id"), jobs.c.of_grants > 0, IS_CHARGED
)
_HAS_LEFT = jobs.c.submitted_at > bindparam("since")
_ORDERS = select(jobs.c.submitted_at, jobs.c.price).where(_HAS_LEFT)
_SUM_OF_ORDERS = select(func.coalesce(func.sum(jobs.c.price), 0)).where(_HAS_LEFT)
_SUM_OF_QUEUE = select(func.coalesce(func.sum(jobs.c.price), 0)).where(
    IS_UNDER_WAY, jobs.c.state == State.QUEUED
)
#: Orders that were taken, or may have been, came to nothing, and cost nobody but the operator anything.
FAILED_FOR_FREE = (
    jobs.c.failure.is_not(None) & jobs.c.kept_at.is_(None) & jobs.c.failure.not_in(sorted(OPERATORS_OWN))
)
# What failed has no message with a video: so the index of these finds it.
_OF_CHAT = (
    (jobs.c.chat_id == bindparam("asker_id"))
    & jobs.c.result_message_id.is_(None)
    & (jobs.c.requester_id < NOBODY)
)
_FAILURES = select(jobs.c.submitted_at).where(_HAS_LEFT, FAILED_FOR_FREE)
_FAILURES_OF_CHAT = _FAILURES.where(_OF_CHAT).order_by(jobs.c.submitted_at)
# Whose they were that are forgotten stands where the payer did: `storage.erasure` leaves it there for a day.
_FAILURES_OF_PERSON = union_all(
    _FAILURES.where(jobs.c.requester_id == bindparam("asker_id")),
    _FAILURES.where(jobs.c.requester_id == NOBODY, jobs.c.account_id == bindparam("asker_id")),
).order_by(jobs.c.submitted_at)


async def pay(
    connection: AsyncConnection, account_id: int, rules: SpendingRules, price: int, now: datetime
) -> Payment:
    """Choose who pays for a request of the account, and from what; raises a QuotaRefusal.

    Of the budget only the sum is read, unless it has to be said when enough of it is free.
    """
    budget = None
    if rules.budget is not None:
        budget = (await sum_budget(connection, rules.budget, now)).committed
    funds = await _find_funds(connection, account_id, rules, now, budget=budget)
    try:
        return funds.pay(price)
    except QuotaRefusal:
        if budget is None:
            raise
        return (await find_funds(connection, account_id, rules, now)).pay(price)


async def find_funds(
    connection: AsyncConnection, account_id: int, rules: SpendingRules, now: datetime
) -> Funds:
    """Return what those have left who may pay for a request of the account's."""
    budget = None
    if rules.budget is not None:
        budget = (await find_budget(connection, rules.budget, now)).committed
    return await _find_funds(connection, account_id, rules, now, budget=budget)


async def find_budget(connection: AsyncConnection, bound: int | None, now: datetime) -> Budget:
    """Return what all together have ordered of a budget, or without one, and what is queued."""
    orders = await connection.execute(_ORDERS, {"since": now - WINDOW})
    return Budget.of(
        bound,
        [Charge(at=at, credits=price) for at, price in orders],
        now,
        queued=(await connection.execute(_SUM_OF_QUEUE)).scalar_one(),
    )


async def sum_budget(connection: AsyncConnection, bound: int | None, now: datetime) -> Budget:
    """Return the budget without when its orders left: as if all had at once, now."""
    ordered = Charge(at=now, credits=await _sum_orders(connection, now))
    return Budget.of(bound, [ordered], now, queued=(await connection.execute(_SUM_OF_QUEUE)).scalar_one())


async def let_leave(connection: AsyncConnection, price: int, bound: int, now: datetime) -> None:
    """Check that an order at this price may leave the queue within the budget; raises BudgetSpent."""
    if await _sum_orders(connection, now) + price > bound:
        (await find_budget(connection, bound, now)).let_leave(price)


async def find_granted(connection: AsyncConnection, account_id: int) -> int:
    """Return how many of the credits that were granted to an account are not spent."""
    whose = {"account_id": account_id}
    granted: int = (await connection.execute(_GRANTED, whose)).scalar_one()
    spent: int = (await connection.execute(_SPENT_OF_GRANTS, whose)).scalar_one()
    return granted - spent


async def _find_funds(
    connection: AsyncConnection, account_id: int, rules: SpendingRules, now: datetime, *, budget: Quota | None
) -> Funds:
    own = await _quota(connection, account_id, rules.allowance, rules, now)
    group = None
    if rules.group_id is not None:
        group = await _quota(connection, rules.group_id, rules.group_allowance, rules, now)
    counts_failures = own.allowance is not None and not rules.forgives_failures
    return Funds(
        account_id=account_id,
        own=own,
        group_id=rules.group_id,
        group=group,
        budget=budget,
        failures=tuple(await _failures(connection, account_id, now)) if counts_failures else (),
    )


async def _sum_orders(connection: AsyncConnection, now: datetime) -> int:
    """Return the credits of all orders that left within the window."""
    ordered: int = (await connection.execute(_SUM_OF_ORDERS, {"since": now - WINDOW})).scalar_one()
    return ordered


async def _failures(connection: AsyncConnection, asker_id: int, now: datetime) -> Sequence[datetime]:
    """Return when the orders left that failed for free within the window, oldest first."""
    failures = _FAILURES_OF_CHAT if asker_id < NOBODY else _FAILURES_OF_PERSON
    found = await connection.execute(failures, {"asker_id": asker_id, "since": now - WINDOW})
    return [at for at in found.scalars() if at is not None]


async def _quota(
    connection: AsyncConnection, account_id: int, allowance: int | None, rules: SpendingRules, now: datetime
) -> Quota:
    rows = await connection.execute(_OF_ACCOUNT, {"account_id": account_id, "since": now - WINDOW})
    charges = [Charge(at=at, credits=number) for at, number in rows]
    granted = await find_granted(connection, account_id) if account_id in rules.with_grants else 0
    return Quota.of(allowance, charges, now, granted=granted)
