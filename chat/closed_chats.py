"""Knows from Telegram's words that a chat, or only a topic of it, lets us send nothing."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

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
