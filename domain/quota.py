"""What an account may spend: derived from its jobs each time, so that nothing ever has to be paid back.

An account has an allowance, a number of credits in any 24 hours, and may have been granted credits that last until
they are spent. A job is paid from the allowance first and from what was granted after that. It counts from the
moment it was accepted, while it is under way and when it is done; one that failed or was cancelled never counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.refusals import AllowanceSpent, BudgetSpent, QuotaRefusal, TooDear

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

WINDOW = timedelta(hours=24)


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

    def check(self, price: int) -> None:
        """Raise a QuotaRefusal unless `price` credits may be spent now."""
        if self.allowance is None or self.left is None or price <= self.left:
            return
        frees_at = self.frees_at(price)
        if frees_at is None:
            raise TooDear(price=price, allowance=self.allowance, granted=self.granted)
        raise AllowanceSpent(
            price=price, left=self.left, allowance=self.allowance, frees_at=frees_at, wait=frees_at - self.now
        )

    def of_grants(self, price: int) -> int:
        """Return how many of `price` credits are paid from what was granted; raises a QuotaRefusal."""
        self.check(price)
        left = self.left_of_allowance
        return 0 if left is None else max(0, price - left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
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
    #: What all together may still spend; None if nobody has set a bound.
    budget: Quota | None = None

    @property
    def left(self) -> int | None:
        """The dearest request that would be accepted now, in credits; None if there is no end to it."""
        bounds = [quota.left for quota in (self.own, self.group) if quota is not None]
        left = None if None in bounds else max(bound for bound in bounds if bound is not None)
        if self.budget is None or self.budget.left is None:
            return left
        return self.budget.left if left is None else min(left, self.budget.left)

    def pay(self, price: int) -> Payment:
        """Let the first who can pay the whole price do so.

        Raises:
            BudgetSpent: All together have spent what the operator allows.
            QuotaRefusal: Nobody can pay; it says what the account itself lacks.
        """
        if self.budget is not None:
            _check_budget(self.budget, price)
        if self.group is not None and self.group_id is not None:
            try:
                return Payment(account_id=self.group_id, of_grants=self.group.of_grants(price))
            except QuotaRefusal:
                pass
        return Payment(account_id=self.account_id, of_grants=self.own.of_grants(price))


def _check_budget(budget: Quota, price: int) -> None:
    try:
        budget.check(price)
    except AllowanceSpent as refused:
        raise BudgetSpent(frees_at=refused.frees_at, wait=refused.wait) from refused
    except TooDear as refused:
        raise BudgetSpent(frees_at=None, wait=None) from refused
