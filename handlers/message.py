"""Reads Telegram messages: the command and its words, who asks, and where the answer belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

from chat.language import spoken
from chat.send import thread_of
from domain.job import Place
from handlers.context import Context


@dataclass(frozen=True, slots=True)
class WrittenCommand:
    """A command at the start of a message or a caption, and the words behind it."""

    name: str
    words: str


def is_passed_on(message: Message) -> bool:
    """Tell whether a message was forwarded, or posted through a bot: these are not its sender's own words."""
    return message.forward_origin is not None or message.via_bot is not None


def command_of(message: Message, bot_username: str) -> WrittenCommand | None:
    """Return the command to us that opens a message; None if it is none, or is only passed on."""
    return None if is_passed_on(message) else command_written(message, bot_username)


def command_written(message: Message, bot_username: str) -> WrittenCommand | None:
    """Return the command for us that opens a message, whoever said it first; PTB does not look at captions."""
    text = message.text if message.text is not None else message.caption
    entities = message.entities if message.text is not None else message.caption_entities
    if text is None or not entities:
        return None
    first = entities[0]
    if first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    # A command is ASCII, so its length counts alike in characters and in Telegram's UTF-16 units.
    name, _, addressee = text[1 : first.length].partition("@")
    if addressee and addressee.casefold() != bot_username.casefold():
        return None
    return WrittenCommand(name.lower(), text[first.length :].strip())


def caption_of(message: Message, bot_username: str) -> str:
    """Return a caption; of a message that is passed on, without the command that was somebody else's."""
    command = command_written(message, bot_username) if is_passed_on(message) else None
    return (message.caption or "").strip() if command is None else command.words


def place_of(message: Message) -> Place:
    """Return who asked, who pays and where the answer goes.

    Anonymous administrators ask as their group and channels as themselves; for both the group pays.
    """
    if message.sender_chat is not None:
        asker, payer = message.sender_chat.id, message.chat_id
    else:
        asker = payer = message.from_user.id if message.from_user is not None else message.chat_id
    return Place(
        account_id=payer,
        requester_id=asker,
        chat_id=message.chat_id,
        thread_id=thread_of(message),
        request_message_id=message.message_id,
        language=spoken(),
    )


def idempotency_key_of(message: Message) -> str:
    """Return what names this request once and for all; the members of an album are one request."""
    if message.media_group_id is not None:
        return f"album:{message.chat_id}:{message.media_group_id}"
    return f"message:{message.chat_id}:{message.message_id}"


# Longer ones are nobody's, and no database's.
_NUMBER = re.compile(r"#?([0-9]{1,15})")


def number_in(words: str) -> int | None:
    """Return the number if the words are one, else None."""
    named = _NUMBER.fullmatch(words.strip())
    return int(named[1]) if named else None


def words_of(context: Context, message: Message) -> str:
    """Return the words behind the command that opens a message; empty if there are none."""
    command = command_of(message, context.bot.username)
    return "" if command is None else command.words
