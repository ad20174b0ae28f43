"""Measures how fast a download comes."""

from __future__ import annotations

from collections.abc import Callable

from upstream.errors import Unreachable


class Pace:
    """Breaks a download off that brings less than `least_rate` bytes a second, `seconds` long.

    `clock` tells seconds from any beginning.
    """

    def __init__(self, clock: Callable[[], float], *, least_rate: int, seconds: float) -> None:
        self._clock = clock
        self._least_rate = least_rate
        self._seconds = seconds
        self.begin()

    def begin(self) -> None:
        """Forget what came before."""
        self._since = self._clock()
        self._came = 0

    def note(self, length: int) -> None:
        """Count bytes that came; raises Unreachable if they were too few for too long."""
        self._came += length
        elapsed = self._clock() - self._since
        if elapsed < self._seconds:
            return
        rate = self._came / elapsed if elapsed else float("inf")
        if rate < self._least_rate:
            raise Unreachable(f"the clip came at {rate:,.0f} bytes a second")
        self.begin()
