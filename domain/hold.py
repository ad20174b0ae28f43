"""Why orders wait in the queue: an admin has paused them, or the API cannot take them now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.failures import FailureReason
from domain.retry import exponential_backoff

_MIN_BACKOFF = timedelta(minutes=1)
_MAX_BACKOFF = timedelta(minutes=15)


class HoldCause(StrEnum):
    """What holds orders; all but a pause are found by an order that was refused, and ended by one that is taken."""

    #: An admin has paused them.
    PAUSE = "pause"
    #: The API refuses our key.
    KEY = "key"
    #: The operator's credit at the API is used up.
    BALANCE = "balance"
    #: The API does not have the model any more.
    MODEL = "model"


_OF_REFUSALS = {
    FailureReason.KEY_REFUSED: HoldCause.KEY,
    FailureReason.NO_CREDIT: HoldCause.BALANCE,
    FailureReason.MODEL_GONE: HoldCause.MODEL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Orders wait: all of them, or those for `model`."""

    cause: HoldCause
    since: datetime
    #: The catalogue's name; None for all models.
    model: str | None = None
    #: An admin's reason, or the API's own words.
    why: str = ""
    #: When an order may be let through to see whether the API takes it; None if only an admin ends it.
    probe_at: datetime | None = None
    #: How often that was tried in vain.
    probes: int = 0

    @property
    def name(self) -> str:
        """What tells it from all others that may be open: each holds once."""
        return self.cause if self.model is None else f"{self.cause}:{self.model}"

    @property
    def is_pause(self) -> bool:
        return self.cause is HoldCause.PAUSE

    def concerns(self, model: str) -> bool:
        return self.model is None or self.model == model

    def may_be_probed(self, now: datetime) -> bool:
        return self.probe_at is not None and self.probe_at <= now


def hold_after(reason: FailureReason, model: str, now: datetime, *, why: str) -> Hold:
    """Return the hold that an order's refusal for our account's sake opens; its probe is tried a little later."""
    cause = _OF_REFUSALS[reason]
    return Hold(
        cause=cause,
        since=now,
        model=model if cause is HoldCause.MODEL else None,
        why=why,
        probe_at=now + _MIN_BACKOFF,
    )


def refused_again(hold: Hold, now: datetime, *, why: str) -> Hold:
    """A probe was refused as the first order was: the next one waits twice as long, up to a quarter of an hour."""
    pause = exponential_backoff(hold.probes + 1, shortest=_MIN_BACKOFF, longest=_MAX_BACKOFF)
    return replace(hold, why=why, probes=hold.probes + 1, probe_at=now + pause)


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
    #: One order may, as a probe.
    is_narrow: bool = False
    #: What may not, by its model.
    shut: frozenset[str] = frozenset()
    #: Of each of these models one order may, as a probe.
    probed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, holds: Iterable[Hold], now: datetime, *, under_probe: Collection[str] = ()) -> Gate:
        """Return the gate that these holds make; those named `under_probe` have their one order on its way."""
        everything: list[bool] = []
        models: dict[str, bool] = {}
        for hold in holds:
            may_pass = hold.may_be_probed(now) and hold.name not in under_probe
            if hold.model is None:
                everything.append(may_pass)
            else:
                models[hold.model] = may_pass
        shut = frozenset(model for model, may_pass in models.items() if not may_pass)
        if everything:
            return cls(is_shut=not all(everything), is_narrow=all(everything), shut=shut)
        return cls(shut=shut, probed=frozenset(models) - shut)


#: Nothing holds orders.
OPEN_GATE = Gate()
