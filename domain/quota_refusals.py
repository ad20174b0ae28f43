"""Why an account cannot pay for a request: whose credits are missing, and when they will be there."""

from __future__ import annotations

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


class AllowanceSpent(QuotaRefusal):
    """`left` of `allowance` credits are left, `price` are wanted; enough is free again after `wait`.

    If the `payers` are both, these are the person's own, and the group has `group_left`.
    """

    def __init__(
        self,
        *,
        price: int,
        left: int,
        allowance: int,
        frees_at: datetime,
        wait: timedelta,
        payers: Payers = Payers.PERSON,
        group_left: int = 0,
    ) -> None:
        super().__init__(f"{price} credits wanted, {left} of {allowance} left")
        self.price = price
        self.left = left
        self.allowance = allowance
        self.frees_at = frees_at
        self.wait = wait
        self.payers = payers
        self.group_left = group_left


class TooDear(QuotaRefusal):
    """`price` credits are more than a whole day's `allowance` and all that was `granted`.

    If the `payers` are both, these are of the one who can pay more.
    """

    def __init__(
        self, *, price: int, allowance: int, granted: int = 0, payers: Payers = Payers.PERSON
    ) -> None:
        super().__init__(f"{price} credits wanted, the allowance is {allowance}, {granted} were granted")
        self.price = price
        self.allowance = allowance
        self.granted = granted
        self.payers = payers


class TooManyFailures(QuotaRefusal):
    """So many `failures` of the person's orders within 24 hours cost them nothing; the next is let through after `wait`."""

    def __init__(self, *, failures: int, frees_at: datetime, wait: timedelta) -> None:
        super().__init__(f"{failures} orders failed within 24 hours")
        self.failures = failures
        self.frees_at = frees_at
        self.wait = wait


class BudgetSpent(QuotaRefusal):
    """`left` of the `budget` of all together is left, `price` credits are wanted.

    `frees_at` and `wait` are None if the price is more than the whole budget.
    """

    def __init__(
        self,
        *,
        frees_at: datetime | None,
        wait: timedelta | None,
        price: int = 0,
        left: int = 0,
        budget: int = 0,
    ) -> None:
        super().__init__("the budget of all is spent")
        self.frees_at = frees_at
        self.wait = wait
        self.price = price
        self.left = left
        self.budget = budget
