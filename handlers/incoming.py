"""What a Telegram message says to us: a command and its words, a photo, and where an answer belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import MessageEntity

from domain.job import Place
from domain.request import Photo
from domain.size import Size
from handlers.language import spoken

if TYPE_CHECKING:
    from telegram import Document, Message

#: Bot API: getFile hands out files up to this size.
HEAVIEST_PHOTO = 20 * 1024 * 1024


class NoPicture(Exception):  # noqa: N818 - says what it is
    """The file that came with a message is no picture."""


class PhotoTooHeavy(Exception):  # noqa: N818 - says what it is
    """Telegram does not hand out a file of this size."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes are more than {HEAVIEST_PHOTO}")
        self.size_bytes = size_bytes


@dataclass(frozen=True, slots=True)
class Command:
    """A command at the start of a message or a caption, and the words behind it."""

    name: str
    words: str


def command_of(message: Message, bot_username: str) -> Command | None:
    """Return the command that opens the message if it is meant for us; PTB does not look at captions."""
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
    return Command(name.lower(), text[first.length :].strip())


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


def thread_of(message: Message) -> int | None:
    """Return the topic that a message stands in; a thread of replies outside topics is none to send to."""
    return message.message_thread_id if message.is_topic_message else None


def origin_of(message: Message) -> str:
    """Return what names this request once and for all; the members of an album are one request."""
    if message.media_group_id is not None:
        return f"album:{message.chat_id}:{message.media_group_id}"
    return f"message:{message.chat_id}:{message.message_id}"


def photo_of(message: Message | None) -> Photo | None:
    """Return the message's photo or picture file; None if it has neither.

    Raises NoPicture for another kind of file and PhotoTooHeavy for one that Telegram does not hand out.
    """
    if message is None:
        return None
    if message.photo:
        largest = message.photo[-1]
        _check_weight(largest.file_size)
        return Photo(file_id=largest.file_id, size=Size(largest.width, largest.height))
    if message.document is not None:
        return _picture_file(message.document)
    return None


def _picture_file(document: Document) -> Photo:
    if not (document.mime_type or "").startswith("image/"):
        raise NoPicture
    _check_weight(document.file_size)
    # Of a file Telegram tells no size in pixels; its thumbnail has the same shape.
    shown = document.thumbnail
    return Photo(file_id=document.file_id, size=Size(shown.width, shown.height) if shown else None)


def _check_weight(size_bytes: int | None) -> None:
    if size_bytes is not None and size_bytes > HEAVIEST_PHOTO:
        raise PhotoTooHeavy(size_bytes)
