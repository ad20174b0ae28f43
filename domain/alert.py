"""Alerts for operators: each trouble is told once, until it is over and comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from domain.api_status import Balance
from domain.budget import Budget
from domain.failures import FailureReason
from domain.hold import Hold, HoldCause
from domain.provider import MAIN

#: So many of the last requests that are over are looked at, no older than a day.
ENDINGS = 20
ENDINGS_SINCE = timedelta(days=1)
#: So long it is known which possibly paid orders operators have heard of.
POSSIBLY_PAID_SINCE = timedelta(days=2)
_AGAIN_AFTER = timedelta(days=1)
_LEAST_SHARE_FREE = 0.05
_LEAST_BYTES_FREE = 1_000_000_000
_HELD = "hold:"
_BUDGET = "budget:"
_ENDING = "ending:"
#: So many days before a model's end admins hear of it.
ENDING_DAYS = 14
#: What a person can do something about, or Telegram did, is no fault of the service.
_FAULTS = frozenset(
    {
        FailureReason.NO_CREDIT,
        FailureReason.KEY_REFUSED,
        FailureReason.MODEL_GONE,
        FailureReason.BUSY,
        FailureReason.UNREACHABLE,
        FailureReason.UNKNOWN_OUTCOME,
        FailureReason.RENDER_FAILED,
        FailureReason.VANISHED,
        FailureReason.EXPIRED,
        FailureReason.CLIP_MISSING,
        FailureReason.NEVER_FINISHED,
        FailureReason.INTERNAL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersHeld:
    """A provider takes no orders, and so many wait for that alone."""

    hold: Hold
    waiting: int
    #: Whether there are others, so that it has to be named.
    is_one_of_several: bool = False

    @property
    def name(self) -> str:
        return f"{_HELD}{self.hold.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOver:
    """A provider has nothing against our orders any more for this cause."""

    cause: HoldCause
    model: str | None = None
    provider: str = MAIN
    #: Whether there are others, so that it has to be named.
    is_one_of_several: bool = False
    #: Whether orders wait all the same, for another cause.
    is_held_still: bool = False

    @classmethod
    def after(cls, name: str, *, is_one_of_several: bool = False, is_held_still: bool = False) -> Self | None:
        """Return the news that an alert of this name is over; None if that is no news."""
        if not name.startswith(_HELD):
            return None
        what, _, provider = name.removeprefix(_HELD).partition("@")
        cause, _, model = what.partition(":")
        return cls(
            cause=HoldCause(cause),
            model=model or None,
            provider=provider or MAIN,
            is_one_of_several=is_one_of_several,
            is_held_still=is_held_still,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLow:
    """Little is left to spend at a provider."""

    balance: Balance
    provider: str = MAIN
    is_one_of_several: bool = False

    @property
    def name(self) -> str:
        return self.name_at(self.provider)

    @staticmethod
    def name_at(provider: str) -> str:
        """Return the name of the alert about a provider, which begins no other's."""
        return "balance_low" if provider == MAIN else f"balance:{provider}:low"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderMissing:
    """So many videos are at a provider that the catalogue does not have any more, so that nobody can fetch them."""

    provider: str
    number: int

    @property
    def name(self) -> str:
        return f"provider:{self.provider}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUnlisted:
    """The API listed a model and does no more."""

    model: str

    @property
    def name(self) -> str:
        return f"unlisted:{self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEnding:
    """A provider says of a model on what day it ends."""

    model: str
    provider: str
    on: date

    @property
    def name(self) -> str:
        return f"{_ENDING}{self.provider}:{self.model}:{self.on}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingKnown:
    """Of all that is listed, `names` among it, the catalogue knows no model."""

    names: tuple[str, ...]
    name: str = "nothing_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyFailures:
    """Too many of the last endings are bad, and not for what was asked."""

    faults: int
    of: int
    #: The most frequent of the reasons.
    mostly: FailureReason
    name: str = "failures"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskNearlyFull:
    """The disk that videos lie on until they are sent has little room left."""

    free_bytes: int
    name: str = "disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLow:
    """Of the budget of all, `bound` credits, not much is left; or nothing is."""

    used: int
    bound: int
    is_spent: bool = False

    @property
    def name(self) -> str:
        return f"{_BUDGET}{'spent' if self.is_spent else 'low'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VideosLate:
    """So many of a model's videos have been rendering for longer than the operator finds bearable."""

    model: str
    number: int

    @property
    def name(self) -> str:
        return f"late:{self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskRefuses:
    """Photos or videos cannot be written to disk; `problem` is what the system says."""

    problem: str
    name: str = "disk_refuses"


@dataclass(frozen=True, slots=True, kw_only=True)
class PossiblyPaid:
    """Orders whose outcome nobody knows: the API may have taken them, and charged for them."""

    job_ids: tuple[int, ...]


Alert = (
    OrdersHeld
    | BalanceLow
    | ModelUnlisted
    | ModelEnding
    | NothingKnown
    | ProviderMissing
    | ManyFailures
    | DiskNearlyFull
    | DiskRefuses
    | BudgetLow
    | VideosLate
)
News = Alert | HoldOver | PossiblyPaid


def is_news(name: str, now: datetime, *, told: Mapping[str, datetime]) -> bool:
    """Tell whether an alert of this name is to be told, most again after a day; `told` is when each was."""
    is_told_once = name.startswith(_ENDING)
    return name not in told or (not is_told_once and now - told[name] >= _AGAIN_AFTER)


def many_failures(endings: Sequence[FailureReason | None]) -> ManyFailures | None:
    """Return the alert if more than a third of `ENDINGS` are faults of the service; None in an ending is a video."""
    faults = [reason for reason in endings if reason is not None and reason in _FAULTS]
    if 3 * len(faults) <= ENDINGS:
        return None
    ((mostly, _),) = Counter(faults).most_common(1)
    return ManyFailures(faults=len(faults), of=len(endings), mostly=mostly)


def budget_low(budget: Budget) -> BudgetLow | None:
    """Return the alert if four fifths of the budget are ordered or waiting to be."""
    bound = budget.ordered.allowance
    if bound is None or not budget.is_nearly_spent:
        return None
    return BudgetLow(used=budget.committed.used, bound=bound, is_spent=budget.is_spent)


def disk_nearly_full(free_bytes: int, total_bytes: int) -> DiskNearlyFull | None:
    """Return the alert if less than a twentieth of the disk or a gigabyte is free."""
    is_roomy = free_bytes >= max(_LEAST_BYTES_FREE, _LEAST_SHARE_FREE * total_bytes)
    return None if is_roomy else DiskNearlyFull(free_bytes=free_bytes)
