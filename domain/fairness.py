"""How many orders may be open at the API at once, in all and of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.retry import LATE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrency:
    """The bounds on orders that are open at once; the rest waits, nobody's tenth before another's first."""

    in_all: int
    per_person: int
    #: An order that is open for longer counts towards neither bound.
    late_after: timedelta = LATE_AFTER
