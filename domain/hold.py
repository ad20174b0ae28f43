"""Why orders wait in the queue: an admin has paused them, or the API cannot take them now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.failures import FailureReason
from domain.provider import MAIN
from domain.retry import exponential_backoff

_MIN_BACKOFF = timedelta(minutes=1)
_MAX_BACKOFF = timedelta(minutes=15)
_LONGEST_DOUBT = timedelta(days=1)


class HoldCause(StrEnum):
    """What holds orders; all but a pause are found by an order that was refused, and ended by one that is taken.

    They hold what goes to one provider, and a pause holds everything.
    """

    #: An admin has paused them.
    PAUSE = "pause"
    #: The provider refuses our key.
    KEY = "key"
    #: The operator's credit at the provider is used up.
    BALANCE = "balance"
    #: The provider does not have the model any more.
    MODEL = "model"


_OF_REFUSALS = {
    FailureReason.KEY_REFUSED: HoldCause.KEY,
    FailureReason.NO_CREDIT: HoldCause.BALANCE,
    FailureReason.MODEL_GONE: HoldCause.MODEL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Orders to a provider wait: all of them, or those for `model`."""

    cause: HoldCause
    since: datetime
    #: Of a pause it says nothing.
    provider: str = MAIN
    #: The catalogue's name; None for all models.
    model: str | None = None
    #: An admin's reason, or the API's own words.
    why: str = ""
    #: When an order may be let through to see whether the API takes it; None if only an admin ends it.
    probe_at: datetime | None = None
    #: How often that was tried in vain.
    probes: int = 0
    #: Only a finished video ends it: the provider takes such orders, and then does not make them.
    until_made: bool = False

    @property
    def name(self) -> str:
        """What tells it from all others that may be open: each holds once."""
        what = self.cause if self.model is None else f"{self.cause}:{self.model}"
        return what if self.provider == MAIN else f"{what}@{self.provider}"

    @property
    def is_pause(self) -> bool:
        return self.cause is HoldCause.PAUSE

    def concerns(self, model: str, provider: str) -> bool:
        if self.is_pause:
            return True
        return self.provider == provider and (self.model is None or self.model == model)

    def is_doubtful(self, now: datetime) -> bool:
        """Tell whether a probe has been due for so long that nobody seems to wait for one: the next order may be it.

        The more probes were in vain, the longer that is, up to a day.
        """
        patience = exponential_backoff(self.probes, shortest=_MAX_BACKOFF, longest=_LONGEST_DOUBT)
        return self.probe_at is not None and self.probe_at + patience < now

    def may_be_probed(self, now: datetime) -> bool:
        return self.probe_at is not None and self.probe_at <= now


def is_for_our_accounts_sake(reason: FailureReason) -> bool:
    """Tell whether an order that failed of this would fail again, whatever it asks for, and opens a hold."""
    return reason in _OF_REFUSALS


def hold_after(
    reason: FailureReason,
    model: str,
    now: datetime,
    *,
    why: str,
    provider: str = MAIN,
    until_made: bool = False,
) -> Hold:
    """Return the hold that an order's refusal for our account's sake opens; its probe is tried a little later."""
    cause = _OF_REFUSALS[reason]
    return Hold(
        cause=cause,
        since=now,
        provider=provider,
        until_made=until_made,
        model=model if cause is HoldCause.MODEL else None,
        why=why,
        probe_at=now + _MIN_BACKOFF,
    )


def refused_again(hold: Hold, now: datetime, *, why: str) -> Hold:
    """A probe was refused as the first order was: the next one waits twice as long, up to a quarter of an hour."""
    pause = exponential_backoff(hold.probes + 1, shortest=_MIN_BACKOFF, longest=_MAX_BACKOFF)
    return replace(hold, why=why, probes=hold.probes + 1, probe_at=now + pause)


def taken_at_least(hold: Hold, now: datetime) -> Hold:
    """A probe was taken where only a finished video shows that all is well: the next one waits until that should be there."""
    return replace(hold, probe_at=now + _MAX_BACKOFF)


def told_nothing(hold: Hold, now: datetime) -> Hold:
    """What came of a probe says nothing of why orders are held: another one follows soon."""
    return replace(hold, probe_at=now + _MIN_BACKOFF)


def due_at_once(hold: Hold, now: datetime) -> Hold:
    """Somebody may have mended what was wrong: the next order is a probe."""
    return hold if hold.is_pause else replace(hold, probe_at=now)


def shifted(hold: Hold, by: timedelta) -> Hold:
    """The clock was set by so much."""
    return hold if hold.probe_at is None else replace(hold, probe_at=hold.probe_at + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What may leave the queue at a moment."""

    #: Nothing may, whatever its model.
    is_shut: bool = False
    #: What may not, by its model.
    shut: frozenset[str] = frozenset()
    #: Of each of these sets of models one order may, as a probe.
    probed: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(
        cls,
        holds: Iterable[Hold],
        providers: Mapping[str, Sequence[str]],
        now: datetime,
        *,
        under_probe: Collection[str] = (),
    ) -> Gate:
        """Return the gate that these holds make; `providers` are those of each model, the best first.

        A model passes if any of its providers is open. The holds named `under_probe` have their one order on its way.
        """
        holds = list(holds)
        if any(hold.is_pause for hold in holds):
            return cls(is_shut=True)
        shut: set[str] = set()
        probed: dict[frozenset[str], set[str]] = {}
        for model, able in providers.items():
            ways = [[hold for hold in holds if hold.concerns(model, provider)] for provider in able]
            if not ways or not all(ways):
                continue
            way = next((way for way in ways if all(_may_pass(hold, now, under_probe) for hold in way)), None)
            if way is None:
                shut.add(model)
            else:
                probed.setdefault(_names_of_probe(way), set()).add(model)
        return cls(
            is_shut=bool(holds) and len(shut) == len(providers),
            shut=frozenset(shut),
            probed=tuple(frozenset(models) for models in probed.values()),
        )


#: Nothing holds orders.
OPEN_GATE = Gate()


def _may_pass(hold: Hold, now: datetime, under_probe: Collection[str]) -> bool:
    return hold.may_be_probed(now) and hold.name not in under_probe


def _names_of_probe(way: Sequence[Hold]) -> frozenset[str]:
    """Return what the models have in common of which one order may pass: what holds their provider, or one alone."""
    of_all = frozenset(hold.name for hold in way if hold.model is None)
    return of_all or frozenset(hold.name for hold in way)
