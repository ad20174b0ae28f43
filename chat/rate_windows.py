"""Telegram's rate limits, and windows that count the calls of the last seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from chat.urgency import Urgency
from domain.broadcast import PEOPLE_PER_SECOND

#: Seconds. What takes longer is an upload, and counts as if it had arrived by then.
_LONGEST_FLIGHT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `calls` in any `seconds`; progress, broadcasts and clips leave before so many are there (None: all)."""

    calls: int
    seconds: float
    for_progress: int
    for_broadcasts: int | None = None
    for_clips: int | None = None

    def capacity(self, urgency: Urgency) -> int:
        """Return how many calls there may be before one of this urgency has to wait."""
        match urgency:
            case Urgency.PROGRESS:
                return self.for_progress
            case Urgency.BROADCAST if self.for_broadcasts is not None:
                return self.for_broadcasts
            case Urgency.CLIP if self.for_clips is not None:
                return self.for_clips
            case _:
                return self.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """Telegram's limits, a little lower than published, because a call counts when it arrives and not when it leaves."""

    overall: Limit = field(
        default_factory=lambda: Limit(
            calls=28, seconds=1.05, for_progress=14, for_broadcasts=18, for_clips=22
        )
    )
    #: Of the calls in all chats, those that are broadcasts'.
    broadcasts: Limit = field(
        default_factory=lambda: Limit(calls=PEOPLE_PER_SECOND, seconds=1.0, for_progress=0)
    )
    chat: Limit = field(default_factory=lambda: Limit(calls=1, seconds=1.05, for_progress=1))
    group: Limit = field(default_factory=lambda: Limit(calls=19, seconds=61.0, for_progress=8))
    #: What somebody waits for in a private chat may come this many windows at once, and then rests as long.
    burst: int = 3

    @property
    def private(self) -> Limit:
        """The limit of all calls to a private chat."""
        return Limit(
            calls=self.chat.calls * self.burst,
            seconds=self.chat.seconds * self.burst,
            for_progress=self.chat.for_progress * self.burst,
        )


@dataclass(slots=True)
class Call:
    """A call that counts; it left at one moment and was with Telegram at a later one, nobody knows when."""

    left: float
    answered: float | None = None

    def arrived(self, now: float) -> float:
        """Return the latest moment at which it can have arrived."""
        return min(now if self.answered is None else self.answered, self.left + _LONGEST_FLIGHT)


class Window:
    """The calls of the last seconds."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._calls = deque[Call]()

    def wait(self, now: float, urgency: Urgency, ahead: int = 0) -> float:
        """Return the seconds until there is room, also for those `ahead`."""
        begin = now - self._limit.seconds
        while self._calls and self._calls[0].arrived(now) <= begin:
            self._calls.popleft()
        recent = sorted(at - begin for call in self._calls if (at := call.arrived(now)) > begin)
        capacity = self._limit.capacity(urgency)
        # When each of them may leave; who leaves then may be followed a whole window later.
        leaving = ([0.0] * capacity + recent)[-capacity:]
        rounds, turn = divmod(ahead, capacity)
        return leaving[turn] + rounds * self._limit.seconds

    def is_in_flight(self, now: float) -> bool:
        """Tell whether nobody knows yet if a call has arrived."""
        return any(call.answered is None and now - call.left < _LONGEST_FLIGHT for call in self._calls)

    def take(self, call: Call) -> None:
        self._calls.append(call)
