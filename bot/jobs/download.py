"""Gets a finished clip onto the disk and into a form that Telegram shows well.

FetchError
├── NotFetched     not now: the same call is safe to repeat, after `pause` if the API named one
└── ClipLost       there is no clip any more, or none that can be sent
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.jobs.files import Files
from bot.media.clip import Clip
from bot.media.errors import ClipBroken, MediaError, MediaInterrupted, MediaTimedOut
from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from domain.job import Job
from domain.provider import MAIN
from domain.retry import (
    GIVE_UP_WITHHELD,
    MAX_BROKEN_CLIPS,
    PAUSE_AFTER_INTERRUPTION,
    is_believed_gone,
    is_last_try,
    least_rate,
)
from upstream.api import Video, VideoApi, VideoStatus
from upstream.errors import ClipTooLarge, NotSaved, Over, VideoApiError, Withheld

_DOWNLOADS_AT_ONCE = 16
#: The others are kept for first tries, so that clips which came slowly once hold up none that may come at once.
_REPEATED_AT_ONCE = 8
_MEBIBYTE = 1024 * 1024
#: Telegram makes thumbnails of its own, but not of large clips.
_NEEDS_THUMBNAIL = 10 * _MEBIBYTE


class FetchError(Exception):
    """The clip is not there."""

    def __init__(self, happened: str, reason: FailureReason) -> None:
        super().__init__(happened)
        self.reason = reason


class NotFetched(FetchError):
    """Not now; `pause` is what the API asks for, if it does.

    `is_gone` if the API says that there is no clip, which is not believed yet.
    """

    def __init__(
        self, happened: str, reason: FailureReason, pause: timedelta | None = None, *, is_gone: bool = False
    ) -> None:
        super().__init__(happened, reason)
        self.pause = pause
        self.is_gone = is_gone


class ClipLost(FetchError):
    """Not any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Downloads clips, a few at a time, and keeps them on disk until they are delivered."""

    apis: Mapping[str, VideoApi]
    media: MediaProcesses
    files: Files
    limit_mb: int
    #: Called when the disk refuses a file, which an operator has to mend.
    on_trouble: Callable[[], None]
    clock: Callable[[], datetime]
    _downloads: asyncio.Semaphore = field(
        init=False, default_factory=lambda: asyncio.Semaphore(_DOWNLOADS_AT_ONCE)
    )
    _repeated: asyncio.Semaphore = field(
        init=False, default_factory=lambda: asyncio.Semaphore(_REPEATED_AT_ONCE)
    )

    async def fetched(self, job: Job) -> tuple[Clip, Path | None]:
        """Return the clip in sendable form, and a thumbnail if it needs one; raises a FetchError."""
        try:
            found = await self._found(job)
        except VideoApiError as error:
            if isinstance(error, NotSaved):
                self._note_problem(job, str(error))
            raise self._sorted_out(job, error) from error
        except ClipBroken as error:
            with suppress(OSError):  # then the next try finds it broken again
                self.files.clip(job.id).unlink()
            raise self._broken(job, error) from error
        except MediaInterrupted as error:
            raise NotFetched(str(error), error.reason, _pause_after(job, error)) from error
        except MediaError as error:
            raise ClipLost(str(error), error.reason) from error
        except OSError as error:
            self._note_problem(job, error.strerror or str(error))
            raise NotFetched(str(error), FailureReason.INTERNAL) from error
        self.files.note_success(job.id)
        return found

    async def _found(self, job: Job) -> tuple[Clip, Path | None]:
        source = self.files.clip(job.id)
        if not source.exists():
            await self._download(job, source)
        clip = await self.media.make_sendable(
            source, self.files.sendable(job.id), limit_bytes=self.limit_mb * _MEBIBYTE
        )
        return clip, await self._thumbnail(job, clip)

    async def _download(self, job: Job, path: Path) -> None:
        api = self.apis.get(job.provider or MAIN)
        if api is None:
            raise NotFetched(
                f"the catalogue does not have its provider {job.provider} any more",
                FailureReason.CLIP_MISSING,
            )
        async with self._place(job):
            video = Video(id=str(job.video_id), status=VideoStatus.COMPLETED, url=job.video_url)
            if job.attempts or job.kept_at is not None:
                # The address may have run out since it was told.
                video = await api.retrieve(video.id)
                if video.failure is not None:
                    raise ClipLost("the API does not have the finished video any more", video.failure.reason)
            await api.download(video, path, least_rate=least_rate(job.attempts))

    @asynccontextmanager
    async def _place(self, job: Job) -> AsyncIterator[None]:
        async with AsyncExitStack() as places:
            if job.attempts:
                await places.enter_async_context(self._repeated)
            await places.enter_async_context(self._downloads)
            yield

    def _note_problem(self, job: Job, problem: str) -> None:
        self.files.note_problem(job.id, problem)
        self.on_trouble()

    async def _thumbnail(self, job: Job, clip: Clip) -> Path | None:
        if clip.size_bytes < _NEEDS_THUMBNAIL:
            return None
        path = self.files.thumbnail(job.id)
        await self.media.thumbnail(clip.path, path)
        return path

    def _sorted_out(self, job: Job, error: VideoApiError) -> FetchError:
        now, is_gone = self.clock(), isinstance(error, Over)
        if isinstance(error, ClipTooLarge) or (is_gone and is_believed_gone(job, now)):
            return ClipLost(str(error), error.reason)
        if isinstance(error, Withheld) and is_last_try(job, now, limit=GIVE_UP_WITHHELD):
            return ClipLost(str(error), error.reason)
        return NotFetched(str(error), error.reason, getattr(error, "retry_after", None), is_gone=is_gone)

    def _broken(self, job: Job, error: ClipBroken) -> FetchError:
        if job.attempts >= MAX_BROKEN_CLIPS:
            return ClipLost(str(error), error.reason)
        return NotFetched(str(error), error.reason)


def _pause_after(job: Job, error: MediaInterrupted) -> timedelta | None:
    """Return a pause unless the child process died for the first time, which may have been an accident."""
    return PAUSE_AFTER_INTERRUPTION if job.attempts or isinstance(error, MediaTimedOut) else None
