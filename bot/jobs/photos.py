"""Gets a job's photos from Telegram and makes them exactly the size of the video."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
from telegram import Bot, File
from telegram.error import BadRequest, NetworkError

from bot.jobs.files import Files
from bot.media.errors import MediaCrashed, MediaError, MediaInterrupted, PictureBroken, PictureTooLarge
from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from domain.job import Job
from domain.request import Photo
from domain.retry import BROKEN_PHOTO_KEPT, PHOTO_REFUSED_FOR
from upstream.http.proxies import DIRECT, Proxies
from upstream.http.tls import trusted_authorities

_DOWNLOADS_AT_ONCE = 3
#: Seconds of silence after which a download counts as broken.
_TIMEOUT_SECONDS = 15.0
#: So many photos that were broken or refused are remembered at most.
_CACHE_SIZE = 1000
#: What Telegram says of a file beyond the 20 MB that bots may fetch; no other refusal is final at once.
_TOO_BIG = "file is too big"


class PhotoGone(MediaError):
    """Telegram does not hand out the photo."""

    reason = FailureReason.PHOTO_GONE


class PhotoTooBig(MediaError):
    """Telegram hands out no file of so many bytes."""

    reason = FailureReason.PHOTO_TOO_LARGE


class PhotoWithheld(MediaInterrupted):
    """Telegram does not hand out the photo now; it says the same of a file that is gone."""

    reason = FailureReason.PHOTO_GONE


class PhotoNotSaved(MediaInterrupted):
    """The photo could not be written to our disk, or read from it."""


class Photos:
    """Photos of jobs, by their `file_id`."""

    def __init__(
        self,
        bot: Bot,
        media: MediaProcesses,
        files: Files,
        *,
        on_trouble: Callable[[], None],
        clock: Callable[[], datetime],
        proxies: Proxies = DIRECT,
    ) -> None:
        """`on_trouble` is called when the disk refuses a file, which an operator has to mend."""
        self._bot = bot
        self._proxies = proxies
        self._media = media
        self._files = files
        self._on_trouble = on_trouble
        self._clock = clock
        self._downloads = asyncio.Semaphore(_DOWNLOADS_AT_ONCE)
        self._broken = _Broken(clock)
        self._refused_since: dict[str, datetime] = {}

    async def prepared(self, job: Job) -> tuple[Path, ...]:
        """Return the job's photos in their order, ready to be ordered with.

        Raises:
            MediaInterrupted: Not now; the same call is safe to repeat.
            MediaError: There is something wrong with a photo.
            TelegramError: Telegram cannot be reached.
        """
        try:
            found = [
                await self._one_prepared(job, photo, number)
                for number, photo in enumerate(job.request.photos, start=1)
            ]
        except OSError as error:
            self._files.note_problem(job.id, error.strerror or str(error))
            self._on_trouble()
            raise PhotoNotSaved(str(error)) from error
        self._files.note_success(job.id)
        return tuple(found)

    async def _one_prepared(self, job: Job, photo: Photo, number: int) -> Path:
        picture = self._files.picture(job.id, number)
        source = self._files.photo(job.id, number)
        self._broken.check(photo)
        try:
            async with self._downloads:
                handed_out = await self._bot.get_file(photo.file_id)
                await _save(handed_out, source, self._proxies)
        except BadRequest as error:
            raise self._refused(photo, error) from error
        self._refused_since.pop(photo.file_id, None)
        try:
            await self._media.prepare_picture(
                source, picture, job.request.size, person=job.place.requester_id
            )
        except (MediaCrashed, PictureBroken, PictureTooLarge) as error:
            raise self._broken.note(photo, error) from error
        source.unlink(missing_ok=True)
        return picture

    def _refused(self, photo: Photo, error: BadRequest) -> MediaError:
        """Telegram says the same of a photo that is gone and of one that it cannot get at for a moment."""
        if _TOO_BIG in error.message.lower():
            return PhotoTooBig(error.message)
        now = self._clock()
        since = self._refused_since.setdefault(photo.file_id, now)
        _forget_oldest(self._refused_since)
        return PhotoGone(error.message) if now - since >= PHOTO_REFUSED_FOR else PhotoWithheld(error.message)


class _Broken:
    """Which photos were broken a short while ago: they are not opened again, however often they are sent."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._found: dict[str, tuple[datetime, MediaError]] = {}

    def check(self, photo: Photo) -> None:
        """Raise what the photo was found to be; that the child died over it once may have been an accident."""
        error = self._known(photo)
        if error is not None and not isinstance(error, MediaCrashed):
            raise copy.copy(error)

    def note(self, photo: Photo, error: MediaError) -> MediaError:
        """Remember what the photo was found to be, and return it."""
        if isinstance(error, MediaCrashed) and self._known(photo) is not None:
            error = PictureBroken(f"{error}, for the second time")
        self._found.pop(photo.file_id, None)
        self._found[photo.file_id] = self._clock(), copy.copy(error)
        _forget_oldest(self._found)
        return error

    def _known(self, photo: Photo) -> MediaError | None:
        found_at, error = self._found.get(photo.file_id, (None, None))
        is_fresh = found_at is not None and self._clock() - found_at < BROKEN_PHOTO_KEPT
        return error if is_fresh else None


def _forget_oldest(known: dict[str, Any]) -> None:
    while len(known) > _CACHE_SIZE:
        del known[next(iter(known))]


async def _save(file: File, path: Path, proxies: Proxies) -> None:
    """Stream a file to disk: python-telegram-bot would hold all of its 20 MB in memory (Bot API: getFile).

    Raises:
        NetworkError: It did not come, or not to its end; the text holds no address, for that holds the token.
        OSError: It cannot be written.
    """
    address = file.file_path or ""
    # A local Bot API server hands out paths on its own machine.
    if not address.startswith(("https://", "http://")):
        await file.download_to_drive(path)
        return
    transport = proxies.transport(verify=trusted_authorities(), limits=httpx.Limits(max_connections=1))
    try:
        async with (
            httpx.AsyncClient(transport=transport, trust_env=False, timeout=_TIMEOUT_SECONDS) as client,
            client.stream("GET", address) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                raise NetworkError(f"Telegram answered {response.status_code} instead of the file")
            with path.open("wb") as target:
                async for chunk in response.aiter_bytes():
                    target.write(chunk)
    except httpx.HTTPError as error:
        raise NetworkError(f"{type(error).__name__} while a file was downloaded") from error
