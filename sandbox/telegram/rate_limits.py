"""Flood limits: how much a bot may write before it is told to wait."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sandbox.telegram.errors import TooManyRequests


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """What a bot may do, messages and their edits counted alike (Bots FAQ: limits).

    `second` and `minute` are the windows in real seconds; tests shrink them.
    """

    chat_per_second: float = 1
    burst: int = 3
    group_per_minute: int = 20
    overall_per_second: float = 30
    second: float = 1.0
    minute: float = 60.0


class Flood:
    """Counts what a bot writes and refuses what is too much."""

    def __init__(self, limits: RateLimits | None, clock: Callable[[], datetime]) -> None:
        self.limits = limits
        self.clock = clock
        self._in_chat: dict[int, deque[float]] = defaultdict(deque)
        self._in_group: dict[int, deque[float]] = defaultdict(deque)
        self._overall: deque[float] = deque()
        self._closed_until = 0.0

    @property
    def seconds_closed(self) -> int:
        """Whole seconds for which nothing is admitted any more, after `close`."""
        return max(0, math.ceil(self._closed_until - self.clock().timestamp()))

    def close(self, seconds: float) -> None:
        """Admit nothing for so long, whatever the limits are; 0 admits again at once."""
        self._closed_until = self.clock().timestamp() + seconds

    def admit(self, chat_id: int) -> None:
        """Counts one message or edit, unless it is too much; a refused one does not count.

        Raises:
            TooManyRequests: With the whole seconds to wait, one at least.
        """
        if closed := self.seconds_closed:
            raise TooManyRequests(closed)
        limits = self.limits
        if limits is None:
            return
        now = self.clock().timestamp()
        windows = [
            (self._in_chat[chat_id], limits.burst, limits.burst * limits.second / limits.chat_per_second),
            (self._overall, math.ceil(limits.overall_per_second), limits.second),
        ]
        if chat_id < 0:
            windows.append((self._in_group[chat_id], limits.group_per_minute, limits.minute))
        wait = max(_wait(sent, most, window, now) for sent, most, window in windows)
        if wait > 0:
            raise TooManyRequests(max(1, math.ceil(wait)))
        for sent, _, _ in windows:
            sent.append(now)


def _wait(sent: deque[float], most: int, window: float, now: float) -> float:
    """Seconds until a window that slides has room again."""
    while sent and sent[0] <= now - window:
        sent.popleft()
    return 0.0 if len(sent) < most else sent[-most] + window - now
