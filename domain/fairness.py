"""How many orders may be open at the API at once, in all and of one person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The bounds on orders that are open at once; the rest waits, nobody's tenth before another's first."""

    in_all: int
    per_person: int
