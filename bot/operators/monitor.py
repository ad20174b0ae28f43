"""Checks the health of the service: the holds, the latest endings, the disk, and our account with the video API."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import structlog

from bot.offers import Offers
from domain.alert import (
    ENDING_DAYS,
    ENDINGS,
    ENDINGS_SINCE,
    POSSIBLY_PAID_SINCE,
    Alert,
    BalanceLow,
    DiskRefuses,
    HoldOver,
    ModelEnding,
    ModelUnlisted,
    NothingKnown,
    OrdersHeld,
    ProviderMissing,
    VideosLate,
    budget_low,
    disk_nearly_full,
    many_failures,
)
from domain.api_status import ApiReport, Balance
from domain.hold import Hold, HoldCause
from domain.offer import ending_soon, unknown_names
from domain.retry import LATE_AFTER
from storage.alerts import Alerts
from storage.holds import Holds
from storage.jobs import Jobs
from storage.runtime_settings import RuntimeSettings
from upstream.api import VideoApi
from upstream.errors import VideoApiError

#: So many names are told of a list in which nothing is known.
_NAMES_TOLD = 20

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """The troubles that a check has found; it has looked for those whose names begin with one of `prefixes`."""

    prefixes: tuple[str, ...]
    alerts: Sequence[Alert] = ()
    possibly_paid: Sequence[int] = ()

    def __add__(self, other: HealthReport) -> HealthReport:
        return HealthReport(
            prefixes=self.prefixes + other.prefixes,
            alerts=[*self.alerts, *other.alerts],
            possibly_paid=[*self.possibly_paid, *other.possibly_paid],
        )


@dataclass(slots=True, kw_only=True)
class HealthChecks:
    """Looks around; `free_space` returns the bytes that are free on the disk of the data, and all there are.

    `disk_problem` returns what the system says of a file that it does not let us write or read, None if it lets us.
    """

    holds: Holds
    jobs: Jobs
    alerts: Alerts
    runtime_settings: RuntimeSettings
    offers: Offers
    ask_providers: Callable[[], Awaitable[Mapping[str, ApiReport]]]
    free_space: Callable[[], tuple[int, int]]
    disk_problem: Callable[[], str | None]
    least_balance: Decimal
    late_after: timedelta = LATE_AFTER
    _listed: frozenset[str] = field(init=False, default_factory=frozenset[str])

    async def look(self, now: datetime) -> HealthReport:
        """Look at what lies at hand."""
        breakers = [hold for hold in self.holds.find_all() if not hold.is_pause]
        last = await self.alerts.find_last_endings(ENDINGS, since=now - ENDINGS_SINCE)
        found = (many_failures(last), await self._look_at_the_disk())
        problem = self.disk_problem()
        return await self._look_at_budget(now) + HealthReport(
            prefixes=("hold:", "failures", "disk", "paid:", "late:", "provider:", "ending:", "nothing_known"),
            alerts=[
                *[await self._held(hold) for hold in breakers],
                *[
                    ProviderMissing(provider=provider, number=number)
                    for provider, number in (await self.jobs.count_ordered()).items()
                    if provider not in self.offers.protocols
                ],
                *(alert for alert in found if alert is not None),
                *[
                    VideosLate(model=model, number=number)
                    for model, number in (await self.jobs.count_late(now - self.late_after)).items()
                ],
                *([DiskRefuses(problem=problem)] if problem else []),
                *self._look_at_the_offer(now),
            ],
            possibly_paid=await self.alerts.find_possibly_paid(since=now - POSSIBLY_PAID_SINCE),
        )

    def _look_at_the_offer(self, now: datetime) -> Iterator[Alert]:
        offer = self.offers.now()
        for model, route in ending_soon(offer, now.date(), days=ENDING_DAYS):
            if route.shutdown_date is not None:
                yield ModelEnding(model=model, provider=route.provider, on=route.shutdown_date)
        if not offer.catalogue.has_default and any(self.offers.listings.values()):
            names = unknown_names(self.offers.known, self.offers.listings)
            yield NothingKnown(names=tuple(names[:_NAMES_TOLD]))

    async def _held(self, hold: Hold) -> OrdersHeld:
        """Return the alert about a hold; who can be served by another provider does not wait for this one."""
        waiting: Collection[str] | None = None
        if self._has_several:
            providers, held = self.offers.find_providers(), self.holds.models
            waiting = {
                model
                for model in held
                if any(hold.concerns(model, provider) for provider in providers.get(model, ()))
            }
        elif hold.model is not None:
            waiting = {hold.model}
        return OrdersHeld(
            hold=hold,
            waiting=await self.jobs.count_waiting(waiting),
            is_one_of_several=self._has_several,
        )

    @property
    def _has_several(self) -> bool:
        return len(self.offers.protocols) > 1

    async def _look_at_budget(self, now: datetime) -> HealthReport:
        """Look what is left to order; it comes and goes all day, so only when half is free again may it be told anew."""
        budget = await self.runtime_settings.sum_budget(now=now)
        low = budget_low(budget)
        return HealthReport(
            prefixes=("budget:",) if budget.is_roomy else (), alerts=[] if low is None else [low]
        )

    async def _look_at_the_disk(self) -> Alert | None:
        try:
            return disk_nearly_full(*await asyncio.to_thread(self.free_space))
        except OSError as error:
            log.warning("the disk of the data cannot be looked at", problem=str(error))
            return None

    def tell_over(self, names: Iterable[str]) -> Sequence[HoldOver]:
        """Return the news that these holds are over, except those of models that are not in the catalogue any more."""
        holds = self.holds.find_all()
        found = [HoldOver.after(name, is_one_of_several=self._has_several) for name in names]
        known = {None, *self.offers.known.models}
        return [
            replace(over, is_held_still=any(_holds_all(hold, over.provider) for hold in holds))
            for over in found
            if over is not None and over.model in known and over.provider in self.offers.protocols
        ]

    async def inquire(self, told: Mapping[str, datetime]) -> HealthReport:
        """Ask the providers; a model that none ever listed is no news, for not every list is complete."""
        reports = await self.ask_providers()
        seen = HealthReport(prefixes=())
        for provider, report in reports.items():
            if report.problem:
                log.warning(
                    "the API does not tell about our account", provider=provider, problem=report.problem
                )
            elif report.balance is not None:
                seen += self._look_at_balance(provider, report.balance)
        if any(report.problem or report.models is None for report in reports.values()):
            return seen
        listed = self.offers.find_listed({name: report.models for name, report in reports.items()})
        unlisted = [ModelUnlisted(model=name) for name in self.offers.known.models if name not in listed]
        news = [alert for alert in unlisted if alert.model in self._listed or alert.name in told]
        self._listed |= listed
        return seen + HealthReport(prefixes=("unlisted:",), alerts=news)

    def _look_at_balance(self, provider: str, balance: Balance) -> HealthReport:
        # That it is used up was told already.
        is_known = any(
            hold.cause is HoldCause.BALANCE and hold.provider == provider for hold in self.holds.find_all()
        )
        is_low = balance.is_below(self.least_balance) and not is_known
        low = BalanceLow(balance=balance, provider=provider, is_one_of_several=self._has_several)
        return HealthReport(prefixes=(BalanceLow.name_at(provider),), alerts=[low] if is_low else [])


def _holds_all(hold: Hold, provider: str) -> bool:
    """Tell whether a hold concerns every order to a provider."""
    return hold.is_pause or (hold.model is None and hold.provider == provider)


def free_space_of(folder: Path) -> tuple[int, int]:
    """Return the bytes that are free on a folder's file system, and all there are."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


#: So long an operator waits for an answer.
_TIMEOUT_SECONDS = 15.0  # seconds


async def inquire_all(apis: Mapping[str, VideoApi]) -> Mapping[str, ApiReport]:
    """Return what each provider tells, asked all at once."""
    async with asyncio.TaskGroup() as asked:
        reports = {name: asked.create_task(inquire(api)) for name, api in apis.items()}
    return {name: report.result() for name, report in reports.items()}


async def inquire(api: VideoApi, *, patience: float = _TIMEOUT_SECONDS) -> ApiReport:
    """Return what the API tells; what it could not be asked for is told as the report's problem."""
    try:
        async with asyncio.timeout(patience):
            return ApiReport(balance=await api.find_balance(), models=await api.list_models())
    except VideoApiError as error:
        return ApiReport(problem=str(error))
    except TimeoutError:
        return ApiReport(problem=f"no answer within {patience:g} seconds")
