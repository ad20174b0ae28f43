"""Sends, edits and deletes messages; raises the errors of `chat.errors`.

That they are HTML, show no previews of links, and reply also to what is gone, are the bot's defaults.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar, cast

from telegram import ForceReply, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from chat.errors import (
    StatusGone,
    is_not_modified,
    is_thread_gone,
    may_be_about_trimmings,
    sorted_out,
    sorted_out_of_edit,
)
from chat.turns import current_turn
from chat.urgency import Urgency
from domain.job import Job, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where something is sent: a chat, the topic in it, and the message there that is replied to.

    What a person said last in private is answered without quoting it: it stands right above the answer.
    """

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None

    @classmethod
    def of(cls, place: Place) -> Destination:
        """Return where a job is answered: in reply to its request."""
        return cls(place.chat_id, place.thread_id, _quoted(place.chat_id, place.request_message_id))

    @classmethod
    def answering(cls, message: Message) -> Destination:
        """Return where a message is answered: in reply to it."""
        return cls(message.chat_id, thread_of(message), _quoted(message.chat_id, message.message_id))

    def fallback(self, error: TelegramError) -> Destination:
        """Return where the same may be taken after this error; the destination itself if nowhere else."""
        if self.thread_id is not None and is_thread_gone(error):
            # A reply into a closed topic would stand in that.
            return Destination(self.chat_id)
        return replace(self, reply_to=None) if may_be_about_trimmings(error) else self


def _quoted(chat_id: int, message_id: int | None) -> int | None:
    """Return the message that an answer to it replies to; None for what has come last in a private chat."""
    turn = current_turn.get()
    if message_id is None or turn is None or chat_id < 0:
        return message_id
    return None if turn.is_of_newest(chat_id, message_id) else message_id


def thread_of(message: Message) -> int | None:
    """Return the topic that a message stands in; a thread of replies outside topics is none to send to."""
    return message.message_thread_id if message.is_topic_message else None


async def answer(
    message: Message, text: str, offer: InlineKeyboardMarkup | ForceReply | None = None
) -> Message:
    """Answer a message; the answer stands even if the message is gone, and outside its topic if that is closed."""
    bot = cast("ExtBot[int]", message.get_bot())  # whose every message is of our one bot
    return await send(bot, Destination.answering(message), text, offer)


async def send(
    bot: ExtBot[int],
    destination: Destination,
    text: str,
    keyboard: InlineKeyboardMarkup | ForceReply | None = None,
    *,
    urgency: Urgency | None = None,
) -> Message:
    """Send words; `urgency` is as in `chat.rate_limit`, where it is decided if it is not given."""
    try:
        return await where_possible(destination, partial(_send, bot, text, keyboard, urgency))
    except TelegramError as error:
        raise sorted_out(error) from error


async def where_possible(destination: Destination, sending: Callable[[Destination], Awaitable[T]]) -> T:
    """Send outside the topic if that is closed or gone, and not as a reply if that is refused; raises Telegram's errors."""
    try:
        return await sending(destination)
    except TelegramError as error:
        instead = destination.fallback(error)
        if instead == destination:
            raise
    return await sending(instead)


async def edit(
    bot: ExtBot[int],
    chat_id: int,
    message_id: int,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    urgency: Urgency | None = None,
) -> None:
    """Edit the text and the buttons of a message of ours; raises StatusGone if that cannot be done any more."""
    with edit_errors():
        await bot.edit_message_text(
            text,
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=keyboard,
            rate_limit_args=urgency,
        )


async def edit_status(
    bot: ExtBot[int],
    job: Job,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    urgency: Urgency | None = None,
) -> int:
    """Edit a job's status message and return its id; raises StatusGone if there is none."""
    if job.status_message_id is None:
        raise StatusGone("there never was one")
    await edit(bot, job.place.chat_id, job.status_message_id, text, keyboard, urgency=urgency)
    return job.status_message_id


async def edit_keyboard(
    bot: ExtBot[int], chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Edit the buttons of a message of ours; raises StatusGone if that cannot be done any more."""
    with edit_errors():
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard)


async def delete(bot: ExtBot[int], chat_id: int, message_id: int) -> bool:
    """Delete a message; False if Telegram does not: it is gone, or too old for that (Bot API: deleteMessage)."""
    try:
        return await bot.delete_message(chat_id, message_id)
    except (BadRequest, Forbidden):
        return False
    except TelegramError as error:
        raise sorted_out(error) from error


@contextmanager
def edit_errors() -> Iterator[None]:
    """Sort what an edit meets; that all is as it should be already is success."""
    try:
        yield
    except TelegramError as error:
        if not is_not_modified(error):
            raise sorted_out_of_edit(error) from error


async def _send(
    bot: ExtBot[int],
    text: str,
    keyboard: InlineKeyboardMarkup | ForceReply | None,
    urgency: Urgency | None,
    destination: Destination,
) -> Message:
    return await bot.send_message(
        destination.chat_id,
        text,
        message_thread_id=destination.thread_id,
        reply_to_message_id=destination.reply_to,
        reply_markup=keyboard,
        rate_limit_args=urgency,
    )
