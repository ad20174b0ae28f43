"""Why an account cannot pay for a request: whose credits are missing, and when they will be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.refusals import QuotaRefusal


class Payers(StrEnum):
    """Whose credits do not suffice."""

    #: The person's own.
    PERSON = "person"
    #: The group's, for whoever speaks in its name.
    GROUP = "group"
    #: The group's, which would pay first, and the person's own.
    BOTH = "both"


@dataclass(eq=False, kw_only=True)
class AllowanceSpent(QuotaRefusal):
    """`left` of `allowance` credits are left, `price` are wanted; enough is free again after `wait`.

    If the `payers` are both, these are the person's own, and the group has `group_left`.
    """

    price: int
    left: int
    allowance: int
    frees_at: datetime
    wait: timedelta
    payers: Payers = Payers.PERSON
    group_left: int = 0


@dataclass(eq=False, kw_only=True)
class TooDear(QuotaRefusal):
    """`price` credits are more than a whole day's `allowance` and all that was `granted`.

    If the `payers` are both, these are of the one who can pay more.
    """

    price: int
    allowance: int
    granted: int = 0
    payers: Payers = Payers.PERSON


@dataclass(eq=False, kw_only=True)
class TooManyFailures(QuotaRefusal):
    """So many `failures` of the person's orders within 24 hours cost them nothing; the next is let through after `wait`."""

    failures: int
    frees_at: datetime
    wait: timedelta


@dataclass(eq=False, kw_only=True)
class BudgetSpent(QuotaRefusal):
    """`left` of the `budget` of all together is left, `price` credits are wanted.

    `frees_at` and `wait` are None if the price is more than the whole budget.
    """

    frees_at: datetime | None
    wait: timedelta | None
    price: int = 0
    left: int = 0
    budget: int = 0
