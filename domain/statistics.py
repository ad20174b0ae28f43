"""What came of a period's requests: counted by day and by model, with how long they took and what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.job import State
from domain.money import Money
from domain.quota import is_charged

#: The longest period that is counted: each of its days has to be seen in one picture on a phone.
MOST_DAYS = 90
#: How far is looked back for who used the bot most.
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days in UTC, from `first` to `last`."""

    first: date
    last: date

    @classmethod
    def until(cls, now: datetime, *, days: int) -> Period:
        """Return the last `days` days, 1 to MOST_DAYS, the one that `now` is in among them."""
        if not 1 <= days <= MOST_DAYS:
            raise ValueError(f"a period has 1 to {MOST_DAYS} days, not {days}")
        return cls(first=now.date() - timedelta(days=days - 1), last=now.date())

    @property
    def days(self) -> Sequence[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Jobs that are alike and came to the same."""

    model: str
    seconds: int
    state: State
    failure: FailureReason | None = None
    #: Whether the API has finished the videos, delivered or not.
    is_rendered: bool = False
    #: Whether they wait for people whose chats refused them.
    is_kept: bool = False
    jobs: int
    #: The sum of their prices, charged or not.
    credits: int

    @property
    def is_charged(self) -> bool:
        return is_charged(self.state, self.failure, is_kept=self.is_kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCost:
    """What orders that are alike have cost together, so far as jobs know; so many of them were rendered."""

    model: str
    seconds: int
    cost: Money
    rendered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """So many videos of a model came to their people so long after the request.

    It is rounded down: to the second below a minute, to ten below ten minutes, to the minute below an hour, then to five.
    """

    model: str
    span: timedelta
    videos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A period's jobs as they are counted in the database."""

    #: Those of its days on which anything was asked for.
    days: Sequence[Day]
    tallies: Sequence[Tally]
    waits: Sequence[Wait]
    costs: Sequence[KnownCost] = ()
    #: How many people asked for anything in the whole period.
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How many requests ended how."""

    delivered: int = 0
    #: How many of those are kept for people whose chats refuse us.
    kept: int = 0
    failed: int = 0
    cancelled: int = 0
    under_way: int = 0

    @classmethod
    def of(cls, tallies: Iterable[Tally]) -> Outcomes:
        jobs, kept = Counter[State](), 0
        for tally in tallies:
            jobs[tally.state] += tally.jobs
            kept += tally.jobs if tally.state is State.DONE and tally.is_kept else 0
        return cls(
            delivered=jobs.pop(State.DONE, 0),
            kept=kept,
            failed=jobs.pop(State.FAILED, 0),
            cancelled=jobs.pop(State.CANCELLED, 0),
            under_way=jobs.total(),
        )

    @property
    def total(self) -> int:
        return self.delivered + self.failed + self.cancelled + self.under_way


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What came of the requests of one day in UTC, and how many people they were from."""

    date: date
    outcomes: Outcomes = field(default_factory=Outcomes)
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStatistics:
    """What came of the requests for one model; `median` is from request to video, None if there is no video."""

    model: str
    outcomes: Outcomes
    median: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What orders have cost the operator: as it was known of each, else at today's prices in the catalogue."""

    #: One for each currency, the catalogue's first.
    amounts: Sequence[Money]
    #: Finished videos whose cost is neither known nor in the catalogue.
    unpriced: int

    @classmethod
    def of(cls, counts: Counts, catalogue: Catalogue) -> Cost | None:
        """Return the cost, delivered or not; None if nothing tells costs."""
        if catalogue.currency is None and not counts.costs:
            return None
        amounts = {} if catalogue.currency is None else {catalogue.currency: Decimal()}
        rendered = Counter[tuple[str, int]]()
        for tally in counts.tallies:
            if tally.is_rendered:
                rendered[tally.model, tally.seconds] += tally.jobs
        for known in counts.costs:
            currency = known.cost.currency or catalogue.currency or ""
            amounts[currency] = amounts.get(currency, Decimal()) + known.cost.amount
            rendered[known.model, known.seconds] -= known.rendered
        unpriced = 0
        for (model, seconds), jobs in rendered.items():
            each = catalogue.cost_of(model, seconds)
            if each is None or catalogue.currency is None:
                unpriced += jobs
            else:
                amounts[catalogue.currency] += each * jobs
        in_order = sorted(amounts, key=lambda currency: (currency != catalogue.currency, currency))
        return cls(amounts=[Money(amounts[currency], currency) for currency in in_order], unpriced=unpriced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What came of the requests of a whole period."""

    #: Each day of the period, also those when nobody asked for anything.
    days: Sequence[Day]
    people: int
    outcomes: Outcomes
    #: From request to video; None if there is no video.
    median: timedelta | None
    #: What was charged: all but what was called off, and what failed without ever having been kept.
    credits: int
    cost: Cost | None
    #: Why there was no video and how often, the most frequent first.
    reasons: Sequence[tuple[FailureReason, int]]
    #: The most wanted first.
    models: Sequence[ModelStatistics]

    @classmethod
    def of(cls, counts: Counts, period: Period, catalogue: Catalogue) -> Statistics:
        tallies = counts.tallies
        return cls(
            days=_days(counts, period),
            people=counts.people,
            outcomes=Outcomes.of(tallies),
            median=_median(counts.waits),
            credits=sum(tally.credits for tally in tallies if tally.is_charged),
            cost=Cost.of(counts, catalogue),
            reasons=_reasons(tallies),
            models=_models(counts),
        )


def _days(counts: Counts, period: Period) -> Sequence[Day]:
    asked = {day.date: day for day in counts.days}
    return [asked.get(date, Day(date=date)) for date in period.days]


def _models(counts: Counts) -> Sequence[ModelStatistics]:
    models = [
        ModelStatistics(
            model=model,
            outcomes=Outcomes.of(tally for tally in counts.tallies if tally.model == model),
            median=_median(wait for wait in counts.waits if wait.model == model),
        )
        for model in sorted({tally.model for tally in counts.tallies})
    ]
    return sorted(models, key=lambda found: -found.outcomes.total)


def _reasons(tallies: Iterable[Tally]) -> Sequence[tuple[FailureReason, int]]:
    times = Counter[FailureReason]()
    for tally in tallies:
        if tally.state is State.FAILED and tally.failure is not None:
            times[tally.failure] += tally.jobs
    return sorted(times.items(), key=lambda reason: (-reason[1], reason[0]))


def _median(waits: Iterable[Wait]) -> timedelta | None:
    """Return the lower median, as exact as the waits are: one that somebody really has waited, rounded down."""
    in_order = sorted(waits, key=lambda wait: wait.span)
    half = sum(wait.videos for wait in in_order) / 2
    so_far = 0
    for wait in in_order:
        so_far += wait.videos
        if so_far >= half:
            return wait.span
    return None
