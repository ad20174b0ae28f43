"""Gets a job's photos from Telegram and makes them exactly the size of the video."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
from telegram.error import BadRequest, NetworkError

from bot.certificates import trusted_authorities
from bot.media_errors import MediaError
from domain.failures import FailureReason

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Bot, File

    from bot.files import Files
    from bot.media import MediaRoom
    from domain.job import Job
    from domain.request import Photo

_DOWNLOADS_AT_ONCE = 3
#: Seconds of silence after which a download counts as broken.
_PATIENCE = 15.0


class PhotoGone(MediaError):  # noqa: N818 - says what happened
    """Telegram does not hand out the photo."""

    reason = FailureReason.PHOTO_GONE


class Photos:
    """Photos of jobs, by their `file_id`."""

    def __init__(self, bot: Bot, media: MediaRoom, files: Files) -> None:
        self._bot = bot
        self._media = media
        self._files = files
        self._downloads = asyncio.Semaphore(_DOWNLOADS_AT_ONCE)

    async def prepared(self, job: Job) -> tuple[Path, ...]:
        """Return the job's photos in their order, ready to be ordered with.

        Raises a MediaError that says what is wrong with a photo, and TelegramError if Telegram cannot be reached.
        """
        return tuple(
            [
                await self._one_prepared(job, photo, number)
                for number, photo in enumerate(job.request.photos, start=1)
            ]
        )

    async def _one_prepared(self, job: Job, photo: Photo, number: int) -> Path:
        picture = self._files.picture(job.id, number)
        source = self._files.photo(job.id, number)
        try:
            async with self._downloads:
                handed_out = await self._bot.get_file(photo.file_id)
                await _save(handed_out, source)
        except BadRequest as error:
            raise PhotoGone(error.message) from error
        await self._media.prepare_picture(source, picture, job.request.size)
        source.unlink(missing_ok=True)
        return picture


async def _save(file: File, path: Path) -> None:
    """Stream a file to disk: python-telegram-bot would hold all of its 20 MB in memory (Bot API: getFile).

    Raises:
        NetworkError: It did not come, or not to its end; the text holds no address, for that holds the token.
    """
    address = file.file_path or ""
    # A local Bot API server hands out paths on its own machine.
    if not address.startswith(("https://", "http://")):
        await file.download_to_drive(path)
        return
    try:
        async with (
            httpx.AsyncClient(verify=trusted_authorities(), timeout=_PATIENCE) as client,
            client.stream("GET", address) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                raise NetworkError(f"Telegram answered {response.status_code} instead of the file")
            with path.open("wb") as target:
                async for chunk in response.aiter_bytes():
                    target.write(chunk)
    except httpx.HTTPError as error:
        raise NetworkError(f"{type(error).__name__} while a file was downloaded") from error
