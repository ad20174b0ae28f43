"""Sends a job's clip to its chat; raises the errors of `chat.errors`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from telegram import InlineKeyboardMarkup, InputFile, InputMediaVideo, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.media.clip import Clip
from bot.offers import Offers
from chat import job_texts, result_keyboard
from chat.errors import SendError, StatusGone, may_be_about_trimmings, sorted_out
from chat.send import Destination, edit_errors
from chat.urgency import Urgency
from domain.job import Job
from storage.accounts import Accounts
from storage.first_prompts import with_first_prompts
from storage.jobs import Jobs
from storage.preferences import PreferencesStore

#: Seconds; the read timeout begins after the upload and covers Telegram's own work on the file.
_UPLOAD_TIMEOUT = 180.0
#: Bot API, sendChatAction: an action is shown for five seconds.
_ACTION_LASTS = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where the clip is now; `file_id` sends it again for free, None if Telegram did not tell."""

    message_id: int
    file_id: str | None


class ClipSender:
    """Uploads clips from disk, and never from memory."""

    def __init__(
        self,
        bot: ExtBot[int],
        offers: Offers,
        *,
        accounts: Accounts,
        preferences: PreferencesStore,
        jobs: Jobs,
    ) -> None:
        self._bot = bot
        self._offers = offers
        self._accounts = accounts
        self._preferences = preferences
        self._jobs = jobs

    async def send(self, job: Job, clip: Clip, thumbnail: Path | None) -> Sent:
        """Send the clip as a new message, in reply to the request. Not to be repeated if its outcome is unknown."""
        caption = await self._caption(job)
        return await self._uploaded(job, self._send_where_possible(job, clip, thumbnail, caption))

    async def put_into_status(self, job: Job, clip: Clip, thumbnail: Path | None) -> Sent:
        """Turn the status message into the clip: to the same effect however often it is done.

        Raises StatusGone if there is no status message.
        """
        if job.status_message_id is None:
            raise StatusGone("there never was one")
        caption = await self._caption(job)
        edit = self._edit_where_possible(job, job.status_message_id, clip, thumbnail, caption)
        return await self._uploaded(job, edit)

    async def _uploaded(self, job: Job, upload: Awaitable[Sent]) -> Sent:
        """Show in the chat that an upload is under way."""
        async with asyncio.TaskGroup() as tasks:
            showing = tasks.create_task(self._show_upload(job))
            outcome = await tasks.create_task(_outcome(upload))
            showing.cancel()
        if isinstance(outcome, SendError):
            raise outcome
        return outcome

    async def _show_upload(self, job: Job) -> None:
        while True:
            with suppress(TelegramError):
                await self._bot.send_chat_action(
                    job.place.chat_id,
                    ChatAction.UPLOAD_VIDEO,
                    message_thread_id=job.place.thread_id,
                    rate_limit_args=Urgency.PROGRESS,
                )
            if job.place.is_group:
                return
            await asyncio.sleep(_ACTION_LASTS)

    async def _send_where_possible(self, job: Job, clip: Clip, thumbnail: Path | None, caption: str) -> Sent:
        destination = Destination.of(job.place)
        try:
            return await self._send(job, destination, clip, thumbnail, caption)
        except BadRequest as error:
            instead, cover = destination.fallback(error), None if may_be_about_trimmings(error) else thumbnail
            if (instead, cover) == (destination, thumbnail):
                raise
        return await self._send(job, instead, clip, cover, caption)

    async def _send(
        self, job: Job, destination: Destination, clip: Clip, thumbnail: Path | None, caption: str
    ) -> Sent:
        with _opened(clip, thumbnail, attach=False) as (video, cover):
            message = await self._bot.send_video(
                destination.chat_id,
                video,
                caption=caption,
                width=clip.width,
                height=clip.height,
                duration=_length(clip),
                supports_streaming=True,
                thumbnail=cover,
                reply_markup=self._buttons(job),
                message_thread_id=destination.thread_id,
                reply_to_message_id=destination.reply_to,
                read_timeout=_UPLOAD_TIMEOUT,
                write_timeout=_UPLOAD_TIMEOUT,
                rate_limit_args=Urgency.CLIP,
            )
        return Sent(message_id=message.message_id, file_id=_file_id(message))

    async def _edit_where_possible(
        self, job: Job, message_id: int, clip: Clip, thumbnail: Path | None, caption: str
    ) -> Sent:
        sent = Sent(message_id=message_id, file_id=None)
        with edit_errors():
            try:
                sent = await self._edit(job, message_id, clip, thumbnail, caption)
            except BadRequest as error:
                if thumbnail is None or not may_be_about_trimmings(error):
                    raise
                sent = await self._edit(job, message_id, clip, None, caption)
        return sent

    async def _edit(
        self, job: Job, message_id: int, clip: Clip, thumbnail: Path | None, caption: str
    ) -> Sent:
        with _opened(clip, thumbnail, attach=True) as (video, cover):
            media = InputMediaVideo(
                video,
                caption=caption,
                width=clip.width,
                height=clip.height,
                duration=_length(clip),
                supports_streaming=True,
                thumbnail=cover,
            )
            edited = await self._bot.edit_message_media(
                media,
                chat_id=job.place.chat_id,
                message_id=message_id,
                reply_markup=self._buttons(job),
                read_timeout=_UPLOAD_TIMEOUT,
                write_timeout=_UPLOAD_TIMEOUT,
                rate_limit_args=Urgency.CLIP,
            )
        return Sent(message_id=message_id, file_id=_file_id(edited) if isinstance(edited, Message) else None)

    async def _caption(self, job: Job) -> str:
        [job] = await with_first_prompts(self._jobs, [job])
        model = self._offers.now().catalogue.about(job.request.model)
        preferences = await self._preferences.find_preferences(job.place.requester_id)
        if not job.place.is_group:
            return job_texts.caption(job.request, model, preferences=preferences)
        asker = await self._accounts.find(job.place.requester_id)
        return job_texts.caption(job.request, model, asker=asker, preferences=preferences.in_group())

    def _buttons(self, job: Job) -> InlineKeyboardMarkup:
        return result_keyboard.of_video(job, self._offers.now().catalogue, self._bot)


async def _outcome(upload: Awaitable[Sent]) -> Sent | SendError:
    """Return the error as a value, because a TaskGroup would wrap it."""
    try:
        return await upload
    except SendError as known:
        return known
    except TelegramError as error:
        problem = sorted_out(error)
        problem.__cause__ = error
        return problem


@contextmanager
def _opened(
    clip: Clip, thumbnail: Path | None, *, attach: bool
) -> Iterator[tuple[InputFile, InputFile | None]]:
    """Open the files for as long as they are sent: they are read piece by piece, on their way out.

    InputMedia names its files by `attach://` (Bot API: InputMediaVideo), so there they have to be attached.
    """
    with ExitStack() as files:
        video = InputFile(
            files.enter_context(clip.path.open("rb")),
            filename="video.mp4",
            attach=attach,
            read_file_handle=False,
        )
        cover = None
        if thumbnail is not None:
            cover = InputFile(
                files.enter_context(thumbnail.open("rb")), filename="thumbnail.jpg", attach=attach
            )
        yield video, cover


def _length(clip: Clip) -> timedelta:
    return timedelta(seconds=max(1, round(clip.duration)))


def _file_id(message: Message) -> str | None:
    """Return the file_id; Telegram may file a clip as an animation or a document."""
    filed = message.video or message.animation or message.document
    return filed.file_id if filed is not None else None
