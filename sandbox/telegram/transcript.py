"""Writes a chat down for people to read: in failing tests and in the terminal."""

from collections.abc import Iterator

from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.files import Media


def transcript(chat: Chat) -> str:
    """The conversation, a message a line or more, deleted ones struck out with words."""
    lines = [f"── {chat.name} ({chat.kind}, bot is {chat.standing})"]
    lines += [line for message in chat.messages.values() for line in _lines(message)]
    return "\n".join(lines)


def _lines(message: Message) -> Iterator[str]:
    marks = [
        f"via @{message.via_bot.username}" if message.via_bot else "",
        _place_in_album(message),
        f"↪ #{message.reply_to.id}" if message.reply_to else "",
        f"topic {message.thread_id}" if message.thread_id else "",
        f"edited {len(message.edits)}x" if message.edits else "",
        "".join(message.reactions),
        "DELETED" if message.is_deleted else "",
    ]
    head = " ".join(["#" + str(message.id), message.sender_name, *(mark for mark in marks if mark)])
    first, *rest = _content(message).split("\n")
    yield f"{head}: {first}"
    yield from (f"    {line}" for line in rest)
    for row in message.buttons:
        yield "    " + " ".join(f"[{button.text}]" for button in row)


def _place_in_album(message: Message) -> str:
    if message.media_group_id is None:
        return ""
    album = [one for one in message.chat.messages.values() if one.media_group_id == message.media_group_id]
    return f"album {album.index(message) + 1}/{len(album)}"


def _content(message: Message) -> str:
    match message:
        case Message(photo=[*_, largest]):
            shown = f"<photo {largest.width}x{largest.height}>"
        case Message(video=Media() as video):
            shown = f"<video {_described(video)}>"
        case Message(animation=Media() as animation):
            shown = f"<animation {_described(animation)}>"
        case Message(document=Media() as document):
            shown = f"<document {document.file_name}, {document.size} bytes>"
        case Message(service=dict() as fields) if fields:
            shown = f"<{', '.join(fields)}>"
        case _:
            shown = ""
    return f"{shown} {message.words}".strip()


def _described(media: Media) -> str:
    return f"{media.width}x{media.height}, {media.duration} s, {media.size} bytes"
