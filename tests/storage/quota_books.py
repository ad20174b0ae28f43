"""The books of a bookkeeper who knows none of our code: who asked for what, who paid, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.job import Place
from domain.quota import WINDOW

#: Who is not limited, and what others may usually spend in a day.
ADMIN, USUAL = 3, 3


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants a video at a price, here or there, perhaps in a group's name."""

    person: int
    chat_id: int | None
    price: int
    as_chat: bool = False

    @property
    def place(self) -> Place:
        chat_id = self.person if self.chat_id is None else self.chat_id
        speaker = chat_id if self.as_chat and self.chat_id is not None else self.person
        payer = chat_id if speaker < 0 else speaker
        return Place(account_id=payer, requester_id=speaker, chat_id=chat_id)


@dataclass(slots=True)
class Paid:
    """A job as the test's own books keep it."""

    at: datetime
    requester_id: int
    account_id: int
    price: int
    of_grants: int
    #: Who asked, be it the chat in whose name somebody did, also when that is forgotten.
    asker_id: int = 0
    counts: bool = True
    is_over: bool = False
    #: It can still be called off.
    is_queued: bool = True
    #: When its order left, if it did.
    left_at: datetime | None = None

    def has_left(self, now: datetime) -> bool:
        return self.left_at is not None and self.left_at > now - WINDOW

    def failed_for_free(self, now: datetime) -> bool:
        return not self.counts and self.has_left(now)


@dataclass(slots=True)
class Books:
    """What an honest bookkeeper would know, without any of our code."""

    paid: dict[int, Paid] = field(default_factory=dict)
    limits: dict[int, int | None] = field(default_factory=dict)
    granted: dict[int, int] = field(default_factory=dict)
    default: int | None = USUAL
    budget: int | None = None

    def spent(self, now: datetime, account_id: int) -> int:
        return sum(
            job.price - job.of_grants
            for job in self.paid.values()
            if job.account_id == account_id and job.counts and job.at > now - WINDOW
        )

    def grants_left(self, account_id: int) -> int:
        spent = (job.of_grants for job in self.paid.values() if job.account_id == account_id and job.counts)
        return self.granted.get(account_id, 0) - sum(spent)

    def payers(self, place: Place) -> list[tuple[int, int | None]]:
        """Return who may pay, in turn, and what each may spend in a day."""
        own, chat = place.own_account_id, place.chat_id
        allowance = None if own == ADMIN else self.limits.get(own, self.default if own > 0 else 0)
        if chat < 0 and own != chat and (chat in self.limits or self.grants_left(chat)):
            return [(chat, self.limits.get(chat, 0)), (own, allowance)]
        return [(own, allowance)]

    def left_of(self, now: datetime, account_id: int, allowance: int | None) -> int | None:
        if allowance is None:
            return None
        return max(0, allowance - self.spent(now, account_id)) + self.grants_left(account_id)

    def left(self, now: datetime, place: Place) -> int | None:
        """Return what may be spent now from this place; None if there is no end to it."""
        bounds = [self.left_of(now, account, allowance) for account, allowance in self.payers(place)]
        left = None if None in bounds else max(bound for bound in bounds if bound is not None)
        if self.budget is None:
            return left
        queued = sum(job.price for job in self.paid.values() if job.is_queued)
        return min(max(0, self.budget - self.ordered(now) - queued), *([] if left is None else [left]), 10**9)

    def ordered(self, now: datetime) -> int:
        """Return what the orders of the last 24 hours cost, whatever came of them."""
        return sum(job.price for job in self.paid.values() if job.has_left(now))

    def may_ask(self, now: datetime, place: Place, price: int) -> bool:
        left = self.left(now, place)
        return not self.is_braked(now, place) and (left is None or price <= left)

    def is_braked(self, now: datetime, place: Place) -> bool:
        """Tell whether too many of the asker's orders failed, which cost nobody here anything."""
        own = place.own_account_id
        allowance = self.payers(place)[-1][1]
        failures = sum(job.failed_for_free(now) for job in self.paid.values() if job.asker_id == own)
        return allowance is not None and failures >= max(3, allowance)

    def payment(self, now: datetime, place: Place, price: int) -> tuple[int, int]:
        """Return who pays, and how much of it from what was granted."""
        for account, allowance in self.payers(place):
            left = self.left_of(now, account, allowance)
            if left is None or allowance is None:
                return account, 0
            if price <= left and (price or account == place.own_account_id or allowance or left):
                return account, max(0, price - max(0, allowance - self.spent(now, account)))
        raise AssertionError("nobody could pay")
