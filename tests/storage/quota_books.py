"""The books of a bookkeeper who knows none of our code: who asked for what, who paid, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.job import Place
from domain.quota import WINDOW

if TYPE_CHECKING:
    from datetime import datetime

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
    counts: bool = True
    is_over: bool = False


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
        allowance = None if own == ADMIN else self.limits.get(own, self.default)
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
        of_all = sum(job.price for job in self.paid.values() if job.counts and job.at > now - WINDOW)
        return min(max(0, self.budget - of_all), *([] if left is None else [left]), 10**9)

    def payment(self, now: datetime, place: Place, price: int) -> tuple[int, int]:
        """Return who pays, and how much of it from what was granted."""
        for account, allowance in self.payers(place):
            left = self.left_of(now, account, allowance)
            if left is None or allowance is None:
                return account, 0
            if price <= left and (price or account == place.own_account_id or allowance or left):
                return account, max(0, price - max(0, allowance - self.spent(now, account)))
        raise AssertionError("nobody could pay")
