"""Remembers for a while what was said to whom, so that it is not said again and again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from domain.cache_sizes import SAID_RECENTLY

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime, timedelta


class Recently:
    """What was noted within a span of time. A restart forgets it, and then it is said once more."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._noted: OrderedDict[Hashable, datetime] = OrderedDict()

    def note(self, what: Hashable, now: datetime) -> bool:
        """Note something, unless that was done recently: then return False."""
        at = self._noted.get(what)
        if at is not None and now - at < self._span:
            return False
        self._noted[what] = now
        self._noted.move_to_end(what)
        if len(self._noted) > SAID_RECENTLY:
            self._noted.popitem(last=False)
        return True
