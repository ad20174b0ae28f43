"""Heartbeats: the running bot writes them to a file, and `reelbot health` reads them in another process."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

#: Seconds without a sign after which a part counts as dead: three long polls.
_TOO_LONG = 90
_PARTS = ("polling", "worker")


class Heartbeat:
    """Written at most once a second, whatever the parts do, and however the clock is set meanwhile."""

    def __init__(
        self, data_dir: Path, clock: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._path = path_of(data_dir)
        self._clock = clock
        self._monotonic = monotonic
        self._beats = dict.fromkeys(_PARTS, monotonic())
        self._written = -math.inf

    def polling(self) -> None:
        """Telegram answered."""
        self._beat("polling")

    def worker(self) -> None:
        """The worker looked for work."""
        self._beat("worker")

    def _beat(self, part: str) -> None:
        now = self._monotonic()
        self._beats[part] = now
        if now - self._written < 1:
            return
        self._written = now
        wall = self._clock().timestamp()
        beats = {part: wall - (now - beat) for part, beat in self._beats.items()}
        # On a full disk the signs stop, which says enough; the bot itself goes on.
        with suppress(OSError):
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(beats), encoding="ascii")
            fresh.replace(self._path)


def path_of(data_dir: Path) -> Path:
    return data_dir / "heartbeat.json"


def find_dead(data_dir: Path, now: datetime) -> list[str]:
    """Return the parts of the bot that have given no sign for too long; all of them if it does not run.

    A sign from the future is one of a clock that was set since, and no more worth than an old one.
    """
    try:
        beats = json.loads(path_of(data_dir).read_text(encoding="ascii"))
        return [part for part in _PARTS if abs(now.timestamp() - beats[part]) > _TOO_LONG]
    except (OSError, ValueError, TypeError, KeyError):
        return list(_PARTS)
