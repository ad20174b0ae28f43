"""Gets a job's photo from Telegram and makes it exactly the size of the video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.media_errors import MediaError
from domain.failures import FailureReason

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Bot

    from bot.files import Files
    from bot.media import MediaRoom
    from domain.job import Job


class PhotoGone(MediaError):  # noqa: N818 - says what happened
    """Telegram does not hand out the photo."""

    reason = FailureReason.PHOTO_GONE


class Photos:
    """Photos of jobs, by their `file_id`."""

    def __init__(self, bot: Bot, media: MediaRoom, files: Files) -> None:
        self._bot = bot
        self._media = media
        self._files = files

    async def prepared(self, job: Job) -> tuple[Path, ...]:
        """Return the job's photo ready to be ordered with, or nothing if it has none.

        Raises a MediaError that says what is wrong with the photo, and TelegramError if Telegram cannot be reached.
        """
        photo = job.request.photo
        if photo is None:
            return ()
        picture = self._files.picture(job.id)
        source = self._files.photo(job.id)
        try:
            handed_out = await self._bot.get_file(photo.file_id)
            # At most 20 MB: Bot API, getFile.
            await handed_out.download_to_drive(source)
        except BadRequest as error:
            raise PhotoGone(error.message) from error
        await self._media.prepare_picture(source, picture, job.request.size)
        source.unlink(missing_ok=True)
        return (picture,)
