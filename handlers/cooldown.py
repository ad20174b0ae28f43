"""Remembers for a while what was said to whom, so that it is not said again too soon."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from cachetools import LRUCache

from domain.cache_sizes import SAID_RECENTLY


class Recently:
    """What was noted within a span of time. A restart forgets it, and then it is said once more."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._noted = LRUCache[Hashable, datetime](SAID_RECENTLY)

    def holds(self, what: Hashable, now: datetime) -> bool:
        """Tell whether something was noted recently."""
        at = self._noted.get(what)
        return at is not None and now - at < self._span

    def note(self, what: Hashable, now: datetime) -> bool:
        """Note something, unless that was done recently: then return False."""
        if self.holds(what, now):
            return False
        self._noted[what] = now
        return True


class AtMost:
    """Lets something happen so many times within a span of time. A restart forgets how often it did."""

    def __init__(self, times: int, span: timedelta) -> None:
        self._span = span
        self._newest = deque[datetime](maxlen=times)

    def happens(self, now: datetime) -> bool:
        """Note that it happens, unless it did so often lately: then return False."""
        is_full = len(self._newest) == self._newest.maxlen
        if is_full and now - self._newest[0] < self._span:
            return False
        self._newest.append(now)
        return True
