"""The files of jobs under way: photos and clips on disk, a cache that may vanish at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = structlog.get_logger(__name__)


class Files:
    """Names the files of each job below the data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "jobs"

    def open(self) -> None:
        """Make the folder; raises OSError if it cannot be made or written to."""
        self._folder.mkdir(parents=True, exist_ok=True)
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

    def forget(self, job_id: int) -> None:
        """Remove all files of a job that is over."""
        for path in self._folder.glob(f"{job_id}.*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("a file of a job that is over cannot be removed", problem=str(error))

    def known_jobs(self) -> Iterator[int]:
        """Yield the ids of jobs that have files."""
        ids = {path.name.partition(".")[0] for path in self._folder.iterdir()}
        return (int(name) for name in ids if name.isdecimal())
