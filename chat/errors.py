"""What can go wrong when something is sent to a chat, sorted by what one does about it.

SendError
├── ChatBusy            nothing was tried: the chat has no room for it before `pause` is over
├── SendLater           provably not sent: the same call is safe to repeat, after `pause` if Telegram named one
├── OutcomeUnknown      it may have been sent: finished by a call that can be repeated without harm
└── Undeliverable       it is not taken, however often it is tried
    ├── StatusGone      the message that was to be edited is not there any more
    ├── ChatClosed      it cannot be sent to this chat: blocked, kicked, deleted, not enough rights
    └── SendRefused     Telegram does not take this here
        └── FileRefused     nor anywhere else: it is about the file
            └── TooLargeToSend  the file has more bytes than Telegram takes
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from chat.rate_limit import seconds_asked_for

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_STATUS_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
#: What Telegram says of a file; any other words may be about the chat.
_ABOUT_THE_FILE = (
    "wrong type of the web page content",
    "failed to get http url content",
    "wrong file identifier",
    "wrong remote file",
    "file must be non-empty",
    "file is too big",
    "file_part",
    "file_reference",
    "media_invalid",
    "media_empty",
    "video_content_type",
    "video_file",
)
_NOT_MODIFIED = "message is not modified"


class SendError(Exception):
    """Something was not sent, or nobody knows."""


class ChatBusy(SendError):
    """So much goes to the chat that this would have to wait for `pause`; nothing was tried."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__("the chat has no room")
        self.pause = pause


class SendLater(SendError):
    """Provably not sent; `pause` is what Telegram asks for, if it does."""

    def __init__(self, happened: str, pause: timedelta | None = None) -> None:
        super().__init__(happened)
        self.pause = pause


class OutcomeUnknown(SendError):
    """The call was on the wire and its answer is lost."""


class Undeliverable(SendError):
    """Not taken, and it would not be if it were tried again."""


class StatusGone(Undeliverable):
    """The status message was deleted."""


class ChatClosed(Undeliverable):
    """Nothing can be sent to the chat."""


class SendRefused(Undeliverable):
    """Telegram does not take it."""


class FileRefused(SendRefused):
    """Telegram does not take the file, wherever it is sent."""


class TooLargeToSend(FileRefused):
    """HTTP 413: more bytes than Telegram takes."""


def is_not_modified(error: TelegramError) -> bool:
    """Tell whether an edit failed only because everything is as it should be already."""
    return isinstance(error, BadRequest) and _NOT_MODIFIED in error.message.lower()


def sorted_out_of_edit(error: TelegramError) -> SendError:
    """Return what a Telegram error means for an edit: a message in a topic that is closed is as good as gone."""
    return StatusGone(error.message) if is_thread_gone(error) else sorted_out(error)


def sorted_out(error: TelegramError) -> SendError:
    """Return what a Telegram error means for what was to be sent."""
    words = error.message.lower()
    match error:
        case RetryAfter():
            return SendLater(error.message, timedelta(seconds=seconds_asked_for(error)))
        case Forbidden():
            return ChatClosed(error.message)
        # Of a group that is a supergroup now `bot.chat_migration` has heard, and the job is on its way there.
        case InvalidToken() | ChatMigrated():
            return SendLater(error.message)
        case BadRequest():
            return _of_bad_request(words)
        case NetworkError() if isinstance(error.__cause__, _NEVER_LEFT):
            return SendLater(error.message)
        case NetworkError() if "too large" in words:
            return TooLargeToSend(error.message)
        case _:
            return OutcomeUnknown(error.message)


def may_be_about_trimmings(error: TelegramError) -> bool:
    """Tell whether what was refused may be taken without its thumbnail, or not as a reply."""
    problem = sorted_out(error)
    return isinstance(problem, SendRefused) and not isinstance(problem, FileRefused)


def _of_bad_request(words: str) -> SendError:
    # What is wrong with a reply says nothing of the message that was to be edited.
    if "repl" not in words and any(known in words for known in _STATUS_GONE):
        return StatusGone(words)
    if any(known in words for known in (*CHAT_CLOSED, *THREAD_GONE)):
        return ChatClosed(words)
    return (FileRefused if any(known in words for known in _ABOUT_THE_FILE) else SendRefused)(words)


CHAT_CLOSED = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "have no write access",
    "chat_write_forbidden",
    "chat_send_",
    "chat_restricted",
    "payment_required",
    "user_is_blocked",
)
THREAD_GONE = ("thread not found", "topic_closed", "topic_deleted")


def is_chat_closed(error: TelegramError) -> bool:
    """Tell whether nothing can be sent there, be it that the group has another id by now."""
    if isinstance(error, BadRequest):
        return any(known in error.message.lower() for known in (*CHAT_CLOSED, *THREAD_GONE))
    return isinstance(error, Forbidden | ChatMigrated)


def is_thread_gone(error: TelegramError) -> bool:
    """Tell whether only the topic stands in the way: outside it, the same can be sent."""
    return isinstance(error, BadRequest) and any(gone in error.message.lower() for gone in THREAD_GONE)
