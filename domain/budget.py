"""The budget of everybody together: orders count from when they left, whatever became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.quota import WINDOW, Charge, Quota
from domain.quota_refusals import BudgetSpent

_NEARLY, _HALF = 0.8, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The operator's bound on all orders of any 24 hours, and what counts against it now."""

    #: The bound is its allowance, without an end if None; each order that left is a charge at that moment.
    ordered: Quota
    #: Credits of all that was accepted and has not left yet.
    queued: int = 0

    @classmethod
    def of(cls, bound: int | None, orders: Iterable[Charge], now: datetime, *, queued: int = 0) -> Budget:
        return cls(ordered=Quota.of(bound, orders, now), queued=queued)

    @property
    def committed(self) -> Quota:
        """The budget as a new request meets it: what is queued takes its part as if it left now."""
        if not self.queued:
            return self.ordered
        leaving = Charge(at=self.ordered.now, credits=self.queued)
        return Quota.of(self.ordered.allowance, [*self.ordered.charges, leaving], self.ordered.now)

    def let_leave(self, price: int) -> None:
        """Let an order at this price leave now; raises BudgetSpent, which knows when it may."""
        if self.ordered.holds(price):
            return
        frees_at = self.ordered.frees_at(price)
        raise BudgetSpent(
            frees_at=frees_at,
            wait=None if frees_at is None else frees_at - self.ordered.now,
            price=price,
            left=self.ordered.left or 0,
            budget=self.ordered.allowance or 0,
        )

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left of it, if there ever was."""
        return bool(self.ordered.allowance) and self.committed.left == 0

    @property
    def is_nearly_spent(self) -> bool:
        return self._is_used_to(_NEARLY)

    @property
    def is_roomy(self) -> bool:
        """Whether so much is left that who was warned may forget it."""
        return not self._is_used_to(_HALF)

    def _is_used_to(self, share: float) -> bool:
        return bool(self.ordered.allowance) and self.committed.used >= share * (self.ordered.allowance or 0)


def look_again_at(refused: BudgetSpent, now: datetime) -> datetime:
    """Return when an order that may not leave now is tried again, be it that it costs more than the whole budget."""
    return refused.frees_at if refused.frees_at is not None else now + WINDOW
