"""How long videos of one kind usually take: known from those that were made, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles

#: Fewer videos than this say nothing of how long one takes.
ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """From order to finished: half of the videos took between `lower` and `upper`, and half less than `median`."""

    lower: timedelta
    median: timedelta
    upper: timedelta

    @classmethod
    def of(cls, spans: Collection[timedelta]) -> Typical | None:
        """Return what such videos typically take; None if too few are known."""
        if len(spans) < ENOUGH:
            return None
        quartiles = quantiles((span.total_seconds() for span in spans), n=4, method="inclusive")
        lower, median, upper = (timedelta(seconds=quartile) for quartile in quartiles)
        return cls(lower=lower, median=median, upper=upper)
