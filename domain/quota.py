"""What an account may spend: derived from its jobs each time, so that nothing ever has to be paid back.

An account's allowance is a number of credits in any 24 hours. A job counts from the moment it was accepted, while
it is under way and when it is done; one that failed or was cancelled never counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.refusals import AllowanceSpent, TooDear

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Credits that a job counts for, and when it was accepted."""

    at: datetime
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """An account's allowance and what counts against it now; an allowance of None has no end."""

    allowance: int | None
    charges: tuple[Charge, ...]
    now: datetime

    @classmethod
    def of(cls, allowance: int | None, charges: Iterable[Charge], now: datetime) -> Quota:
        """Keep those of `charges` that still count at `now`, oldest first."""
        counting = (charge for charge in charges if charge.at > now - WINDOW)
        return cls(
            allowance=allowance, charges=tuple(sorted(counting, key=lambda charge: charge.at)), now=now
        )

    @property
    def used(self) -> int:
        return sum(charge.credits for charge in self.charges)

    @property
    def left(self) -> int | None:
        """Credits that may be spent now; None if there is no end to them."""
        return None if self.allowance is None else max(0, self.allowance - self.used)

    def frees_at(self, price: int) -> datetime | None:
        """Return when `price` credits are free, `now` if they are; None if never."""
        if self.allowance is None:
            return self.now
        if price > self.allowance:
            return None
        used, freed_at = self.used, self.now
        for charge in self.charges:
            if used + price <= self.allowance:
                break
            used -= charge.credits
            freed_at = charge.at + WINDOW
        return freed_at

    def check(self, price: int) -> None:
        """Raise a QuotaRefusal unless `price` credits may be spent now."""
        if self.allowance is None or price <= self.allowance - self.used:
            return
        frees_at = self.frees_at(price)
        if frees_at is None:
            raise TooDear(price=price, allowance=self.allowance)
        raise AllowanceSpent(
            price=price,
            left=max(0, self.allowance - self.used),
            allowance=self.allowance,
            frees_at=frees_at,
            wait=frees_at - self.now,
        )
