"""What an account may spend: derived from its jobs each time, so that nothing ever has to be paid back.

An account has an allowance, a number of credits in any 24 hours, and may have been granted credits that last until
they are spent. A job is paid from the allowance first and from what was granted after that. It is charged from the
moment it was accepted, while it is under way and when it is done; one that failed or was cancelled never was, unless
its video was made and only the chat stood in the way. Failures are free, but not without end: after some in any 24
hours the next request waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.failures import FailureReason
from domain.job import State
from domain.quota_refusals import AllowanceSpent, BudgetSpent, Payers, TooDear, TooManyFailures
from domain.refusals import QuotaRefusal

WINDOW = timedelta(hours=24)
#: So many orders that fail in WINDOW cost nobody anything but the operator, however small their allowance is.
LEAST_FAILURES = 3


def is_charged(state: State, failure: FailureReason | None, *, is_kept: bool) -> bool:
    """Tell whether somebody pays for such a job; `storage.tables.IS_CHARGED` is the same rule in SQL.

    `is_kept` says that its video was made, and could not be delivered because the chat refuses us.
    """
    return state is not State.CANCELLED and (failure is None or is_kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Credits that a job takes from an allowance, and when it was accepted."""

    at: datetime
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """An account's allowance and what counts against it now; an allowance of None has no end."""

    allowance: int | None
    charges: tuple[Charge, ...]
    now: datetime
    #: Credits that were granted and are not spent yet.
    granted: int = 0

    @classmethod
    def of(
        cls, allowance: int | None, charges: Iterable[Charge], now: datetime, *, granted: int = 0
    ) -> Quota:
        """Keep those of `charges` that still count at `now`, oldest first."""
        counting = (charge for charge in charges if charge.at > now - WINDOW)
        return cls(
            allowance=allowance,
            charges=tuple(sorted(counting, key=lambda charge: charge.at)),
            now=now,
            granted=max(0, granted),
        )

    @property
    def used(self) -> int:
        """Credits of the allowance that count now."""
        return sum(charge.credits for charge in self.charges)

    @property
    def left_of_allowance(self) -> int | None:
        return None if self.allowance is None else max(0, self.allowance - self.used)

    @property
    def left(self) -> int | None:
        """Credits that may be spent now, granted ones too; None if there is no end to them."""
        left = self.left_of_allowance
        return None if left is None else left + self.granted

    @property
    def most(self) -> int | None:
        """Credits that could be spent if no charge counted; None if there is no end to them."""
        return None if self.allowance is None else self.allowance + self.granted

    def holds(self, price: int) -> bool:
        """Tell whether `price` credits may be spent now."""
        return self.left is None or price <= self.left

    def frees_at(self, price: int) -> datetime | None:
        """Return when `price` credits are free, `now` if they are; None if never."""
        if self.left is None or price <= self.left:
            return self.now
        wanted = price - self.granted
        if self.allowance is None or wanted > self.allowance:
            return None
        used, freed_at = self.used, self.now
        for charge in self.charges:
            if used + wanted <= self.allowance:
                break
            used -= charge.credits
            freed_at = charge.at + WINDOW
        return freed_at

    def of_grants(self, price: int) -> int:
        """Return how many of `price` credits, if it holds these, are paid from what was granted."""
        left = self.left_of_allowance
        return 0 if left is None else max(0, price - left)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingRules:
    """What those are allowed who may pay for a request: credits in any 24 hours, without an end if None."""

    #: Of the account that asks.
    allowance: int | None
    #: Of the group that it asks in, if that one may pay: it does so first, where it can pay the whole price.
    group_id: int | None = None
    group_allowance: int | None = None
    #: Accounts, of these two, that were ever granted credits.
    with_grants: frozenset[int] = frozenset()
    #: What all may spend together; here None means that nobody has set one.
    budget: int | None = None
    #: Failures hold up nothing: an operator wants it made.
    forgives_failures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Who pays for a job, and how much of its price comes from granted credits."""

    account_id: int
    of_grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """What those have left who may pay for a request: a group first, if it pays, and then the account itself."""

    account_id: int
    own: Quota
    group_id: int | None = None
    group: Quota | None = None
    #: What all together may still order; None if nobody has set a bound.
    budget: Quota | None = None
    #: When those orders left, of the last 24 hours, that failed and cost the account nothing; oldest first.
    failures: tuple[datetime, ...] = ()

    @property
    def paying_group(self) -> Quota | None:
        """The group's quota, if there is anything in it that it could ever pay with."""
        return None if self.group is None or self.group.most == 0 else self.group

    @property
    def payers(self) -> Payers:
        if self.account_id < 0:
            return Payers.GROUP
        return Payers.PERSON if self.paying_group is None else Payers.BOTH

    @property
    def left_of_payers(self) -> int | None:
        """The dearest request that one of them could pay; None if there is no end to it."""
        bounds = [quota.left for quota in self._in_turn]
        return None if None in bounds else max(bound for bound in bounds if bound is not None)

    @property
    def left(self) -> int | None:
        """The dearest request that would be accepted now, in credits; None if there is no end to it."""
        if self.braked_until is not None:
            return 0
        left = self.left_of_payers
        if self.budget is None or self.budget.left is None:
            return left
        return self.budget.left if left is None else min(left, self.budget.left)

    @property
    def is_bound_by_budget(self) -> bool:
        """Whether the payers could pay more than the budget has left."""
        if self.budget is None or self.budget.left is None:
            return False
        return self.left_of_payers is None or self.budget.left < self.left_of_payers

    @property
    def braked_until(self) -> datetime | None:
        """Until when nothing more is ordered for the account, for too many of its orders failed; None if they did not.

        Whoever may spend without an end is not held up.
        """
        if self.own.allowance is None:
            return None
        most = max(LEAST_FAILURES, self.own.allowance)
        return self.failures[-most] + WINDOW if len(self.failures) >= most else None

    @property
    def grows_at(self) -> datetime | None:
        """The first instant at which more may be spent than now, if nobody asks before; None if there is none."""
        return None if self.left is None else self.frees_at(self.left + 1)

    def frees_at(self, price: int) -> datetime | None:
        """Return when a request at this price would be accepted, `now` if it would be now; None if never."""
        payers_at, budget_at = self._payers_free_at(price), self._budget_free_at(price)
        if payers_at is None or budget_at is None:
            return None
        return max(payers_at, budget_at, self.braked_until or self.own.now)

    def pay(self, price: int) -> Payment:
        """Let the first who can pay the whole price do so; raises a QuotaRefusal that knows when one can."""
        is_payable = self._budget_holds(price) and any(quota.holds(price) for quota in self._in_turn)
        if not is_payable or self.braked_until is not None:
            raise self._refusal(price)
        if self.group_id is not None and self.paying_group is not None and self.paying_group.holds(price):
            return Payment(account_id=self.group_id, of_grants=self.paying_group.of_grants(price))
        return Payment(account_id=self.account_id, of_grants=self.own.of_grants(price))

    @property
    def _in_turn(self) -> tuple[Quota, ...]:
        return (self.own,) if self.paying_group is None else (self.paying_group, self.own)

    def _budget_holds(self, price: int) -> bool:
        return self.budget is None or self.budget.holds(price)

    def _payers_free_at(self, price: int) -> datetime | None:
        free_at = (quota.frees_at(price) for quota in self._in_turn)
        return min((at for at in free_at if at is not None), default=None)

    def _budget_free_at(self, price: int) -> datetime | None:
        return self.own.now if self.budget is None else self.budget.frees_at(price)

    def _refusal(self, price: int) -> QuotaRefusal:
        """Return why nobody pays: what ends last, be it of the payers, the budget or the brake, stands in the way."""
        payers_at, budget_at = self._payers_free_at(price), self._budget_free_at(price)
        if payers_at is None:
            return self._too_dear(price)
        braked_until = self.braked_until
        if braked_until is not None and budget_at is not None and braked_until >= max(payers_at, budget_at):
            return self._braked(braked_until)
        if budget_at is None or budget_at > payers_at:
            return self._budget_spent(price, budget_at)
        return AllowanceSpent(
            price=price,
            left=self.own.left or 0,
            allowance=self.own.allowance or 0,
            frees_at=payers_at,
            wait=payers_at - self.own.now,
            payers=self.payers,
            group_left=self.paying_group.left or 0 if self.paying_group is not None else 0,
        )

    def _braked(self, until: datetime) -> TooManyFailures:
        return TooManyFailures(failures=len(self.failures), frees_at=until, wait=until - self.own.now)

    def _too_dear(self, price: int) -> TooDear:
        richest = max(self._in_turn, key=lambda quota: quota.most or 0)
        return TooDear(
            price=price, allowance=richest.allowance or 0, granted=richest.granted, payers=self.payers
        )

    def _budget_spent(self, price: int, frees_at: datetime | None) -> BudgetSpent:
        return BudgetSpent(
            frees_at=frees_at,
            wait=None if frees_at is None else frees_at - self.own.now,
            price=price,
            left=self.budget.left or 0 if self.budget is not None else 0,
            budget=self.budget.allowance or 0 if self.budget is not None else 0,
        )
