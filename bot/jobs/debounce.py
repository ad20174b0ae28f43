"""Delays what is not urgent until a crowd has been answered, but never for long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

#: Seconds in which nobody has asked for anything.
_CALM = 0.1
#: Seconds. In a bot where somebody always asks, this is what waiting costs.
_LONGEST_WAIT = 0.5


class Debounce:
    """Calls `act` a moment after the last of several `soon` in a row, and once for all of them.

    Ordering a video takes as much of the processor as answering somebody; done at once, a hundred orders would stand
    between the hundredth person and the answer.
    """

    def __init__(
        self, act: Callable[[], None], *, calm: float = _CALM, longest_wait: float = _LONGEST_WAIT
    ) -> None:
        self._act = act
        self._calm = calm
        self._longest_wait = longest_wait
        self._timer: asyncio.TimerHandle | None = None
        self._latest = 0.0

    def soon(self) -> None:
        """Ask for it; must be called inside the event loop."""
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._latest = loop.time() + self._longest_wait
        else:
            self._timer.cancel()
        self._timer = loop.call_at(min(loop.time() + self._calm, self._latest), self._now)

    def _now(self) -> None:
        self._timer = None
        self._act()
