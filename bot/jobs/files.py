"""The files of jobs under way: photos and clips on disk, a cache that may vanish at any time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

log = structlog.get_logger(__name__)

#: Seconds after which a step that failed for the disk has been tried again, unless its job is over.
_PROBLEM_LASTS: Final = 900.0


class Files:
    """Names the files of each job below the data directory, and knows which could not be read or written."""

    def __init__(self, data_dir: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` tells seconds from any beginning."""
        self._folder = data_dir / "jobs"
        self._clock = clock
        self._problems: dict[int, tuple[float, str]] = {}

    @property
    def problem(self) -> str | None:
        """The system's error for the latest job whose files cannot be read or written now; None if there is none."""
        for job_id in [job_id for job_id, (since, _) in self._problems.items() if self._is_old(since)]:
            del self._problems[job_id]
        return next((problem for _, problem in reversed(self._problems.values())), None)

    def open(self) -> None:
        """Make the folder; raises OSError if it cannot be made or written to."""
        if not self._folder.parent.exists():
            self._folder.parent.mkdir(mode=0o700, parents=True)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(PermissionError):  # somebody else's: they have said who may read it
            self._folder.chmod(0o700)
        probe = self._folder / ".writable"
        probe.touch()
        probe.unlink()

    def photo(self, job_id: int, number: int) -> Path:
        """The job's first photo, or the `number`th, as Telegram hands it out."""
        return self._folder / f"{job_id}.{number}.photo"

    def picture(self, job_id: int, number: int) -> Path:
        """The same photo in exactly the video's size."""
        return self._folder / f"{job_id}.{number}.jpg"

    def clip(self, job_id: int) -> Path:
        """The clip as the API made it."""
        return self._folder / f"{job_id}.mp4"

    def sendable(self, job_id: int) -> Path:
        """The clip as Telegram shows it well, where that is another one."""
        return self._folder / f"{job_id}.sendable.mp4"

    def thumbnail(self, job_id: int) -> Path:
        return self._folder / f"{job_id}.thumbnail.jpg"

    def note_problem(self, job_id: int, problem: str) -> None:
        """Remember that a file of the job could not be read or written, until it can be or the job is over."""
        self._problems.pop(job_id, None)
        self._problems[job_id] = self._clock(), problem

    def note_success(self, job_id: int) -> None:
        self._problems.pop(job_id, None)

    def forget(self, job_id: int) -> None:
        """Remove all files of a job that is over; what cannot be removed stays until the next start."""
        self._problems.pop(job_id, None)
        for path in self._folder.glob(f"{job_id}.*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("a file of a job that is over stays", file=path.name, problem=error.strerror)

    def known_jobs(self) -> Iterator[int]:
        """Yield the ids of jobs that have files."""
        ids = {path.name.partition(".")[0] for path in self._folder.iterdir()}
        return (int(name) for name in ids if name.isdecimal())

    def _is_old(self, since: float) -> bool:
        return self._clock() - since > _PROBLEM_LASTS
