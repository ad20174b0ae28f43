"""Tells how a job ended: turns its status message into the reason, or deletes it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from telegram import InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.offers import Offers
from chat import failure_texts, job_keyboards, status_texts
from chat.errors import SendError, SendRefused, StatusGone
from chat.send import Destination, delete, edit_status, send
from domain.job import Job


class Notifier:
    """Says what became of a job; raises the errors of `chat.errors`."""

    def __init__(self, bot: ExtBot[int], offers: Offers) -> None:
        self._bot = bot
        self._offers = offers

    async def tell_failure(self, job: Job) -> None:
        """Turn the status message into the reason; if that cannot be, send it as a new message."""
        if job.failure is not None:
            text = failure_texts.failure(job)
            await self._tell(job, text, job_keyboards.retry(job, self._offers.now().catalogue))

    async def tell_waiting(self, job: Job, now: datetime) -> int:
        """Say where a queued job is, or ask what is asked of its person; return the message that says so."""
        return await self._tell(job, status_texts.status(job, now), job_keyboards.of_status(job))

    async def tell_unanswered(self, job: Job) -> None:
        """Say that a request is called off, for nobody said that it is still wanted."""
        await self._tell(job, status_texts.unanswered(job), None)

    async def tell_kept(self, job: Job) -> None:
        """Edit the status message to say that the video is kept for its person, if the chat allows that."""
        with suppress(SendError):
            await edit_status(self._bot, job, status_texts.kept())

    async def send_status(self, job: Job, now: datetime) -> int:
        """Send a new status message and return its id."""
        return await self._send(job, status_texts.status(job, now))

    async def tell_redirected(self, job: Job) -> None:
        """Edit the status message to say that the video goes to its person in private, if the chat allows that."""
        with suppress(SendError):
            await edit_status(self._bot, job, status_texts.redirected())

    async def take_back(self, job: Job) -> None:
        """Delete the job's video: its person has deleted it while it was still being written down that it was sent."""
        if job.result_message_id is not None:
            with suppress(SendError):
                await delete(self._bot, job.place.chat_id, job.result_message_id)

    async def clear_status(self, job: Job) -> None:
        """Take the status message away; one that is gone, or too old to be deleted, is no trouble."""
        if job.status_message_id not in {None, job.result_message_id}:
            await delete(self._bot, job.place.chat_id, job.status_message_id)

    async def _tell(self, job: Job, text: str, offer: InlineKeyboardMarkup | None) -> int:
        """Turn the status message into this; if that cannot be, send it as a new message. Return the message."""
        with suppress(StatusGone, SendRefused):
            return await edit_status(self._bot, job, text, offer)
        return await self._send(job, text, offer)

    async def _send(self, job: Job, text: str, offer: InlineKeyboardMarkup | None = None) -> int:
        message = await send(self._bot, Destination.of(job.place), text, offer)
        return message.message_id
