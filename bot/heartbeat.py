"""Signs of life: the running bot leaves them in a file, and `reelbot health` reads them in another process."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

#: Seconds without a sign after which a part counts as dead: three long polls.
_TOO_LONG = 90
_PARTS = ("polling", "worker")


class Heartbeat:
    """Written at most once a second, whatever the parts do."""

    def __init__(self, data_dir: Path, clock: Callable[[], datetime]) -> None:
        self._path = path_of(data_dir)
        self._clock = clock
        now = clock().timestamp()
        self._beats = dict.fromkeys(_PARTS, now)
        self._written = 0.0

    def polling(self) -> None:
        """Telegram answered."""
        self._beat("polling")

    def worker(self) -> None:
        """The worker looked for work."""
        self._beat("worker")

    def _beat(self, part: str) -> None:
        now = self._clock().timestamp()
        self._beats[part] = now
        if now - self._written < 1:
            return
        self._written = now
        # On a full disk the signs stop, which says enough; the bot itself goes on.
        with suppress(OSError):
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(self._beats), encoding="ascii")
            fresh.replace(self._path)


def path_of(data_dir: Path) -> Path:
    return data_dir / "heartbeat.json"


def find_dead(data_dir: Path, now: datetime) -> list[str]:
    """Return the parts of the bot that have given no sign for too long; all of them if it does not run."""
    try:
        beats = json.loads(path_of(data_dir).read_text(encoding="ascii"))
        return [part for part in _PARTS if now.timestamp() - beats[part] > _TOO_LONG]
    except (OSError, ValueError, TypeError, KeyError):
        return list(_PARTS)
