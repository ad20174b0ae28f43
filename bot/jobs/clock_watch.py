"""Notices that the machine's clock was set, and shifts the times of jobs under way by as much."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.jobs.status import StatusMessages
from bot.process_lock import ProcessLock
from storage.claims import Claim
from storage.errors import StorageError
from storage.holds import Holds
from storage.recovery import Recovery

log = structlog.get_logger(__name__)

#: Less moves nothing that anybody would notice.
_LEAST = timedelta(seconds=10)


class ClockJumps:
    """Compares `clock` with `monotonic`, in seconds from any moment, each time it is asked."""

    def __init__(self, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.clock = clock
        self._monotonic = monotonic
        self._begin = self._zero()

    def take(self) -> timedelta:
        """Return by how much the clock was set since it was last asked; nothing for what is too little to matter."""
        zero = self._zero()
        jump = zero - self._begin
        if abs(jump) < _LEAST:
            return timedelta()
        self._begin = zero
        return jump

    def _zero(self) -> datetime:
        """Return what the clock says the moment was from which `monotonic` counts."""
        return self.clock() - timedelta(seconds=self._monotonic())


@dataclass(slots=True)
class ClockWatch:
    """Moves what waits for a moment by as much as the clock was set."""

    jumps: ClockJumps
    lock: ProcessLock
    recovery: Recovery
    holds: Holds
    status_messages: StatusMessages
    #: By how much the clock was set, where what is in the database has not been moved yet.
    _unmoved: timedelta = field(init=False, default_factory=timedelta)

    async def look(self, in_hand: Collection[Claim]) -> None:
        """Look whether the clock was set; `in_hand` are the claims of this process."""
        if jump := self.jumps.take():
            log.warning("the clock was set", seconds=round(jump.total_seconds()))
            self.status_messages.shift(jump)
            self._unmoved += jump
        if not self._unmoved:
            return
        try:
            # What other processes have claimed would slip out of their hands; each keeps its own claims.
            if self.lock.is_alone():
                await self.recovery.shift(self._unmoved, in_hand, now=self.jumps.clock())
            await self.holds.shift(self._unmoved)
        except StorageError:
            log.exception("what waits for the clock could not be moved; I try again")
        else:
            self._unmoved = timedelta()
