"""Messages as Telegram sends them: which command, whose, which photo, and where the answer belongs."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from domain.job import Place
from domain.request import Photo
from domain.size import Size
from handlers.incoming import (
    HEAVIEST_PHOTO,
    Command,
    NoPicture,
    PhotoTooHeavy,
    command_of,
    origin_of,
    photo_of,
    place_of,
)

PRIVATE = {"id": 5, "type": "private", "first_name": "Mina"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Friends"}
MINA = {"id": 5, "is_bot": False, "first_name": "Mina"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def message(**fields: Any) -> Message:  # noqa: ANN401 - any of a message's fields
    """Read a message as it comes over the wire (Bot API: Message)."""
    given: dict[str, Any] = {"message_id": 9, "date": 1_800_000_000, "chat": PRIVATE, "from": MINA}
    return Message.de_json(given | fields, None)


def command_message(text: str, length: int, *, of: str = "text", offset: int = 0) -> Message:
    entities = [{"type": "bot_command", "offset": offset, "length": length}]
    return message(**{of: text, "entities" if of == "text" else "caption_entities": entities})


COMMANDS = {
    "with words": (command_message("/video a cat", 6), Command("video", "a cat")),
    "alone": (command_message("/video", 6), Command("video", "")),
    "on a line of its own": (
        command_message("/video\na cat\nsurfing", 6),
        Command("video", "a cat\nsurfing"),
    ),
    "for us": (command_message("/video@Reelbot_Bot a cat", 18), Command("video", "a cat")),
    "for another bot": (command_message("/video@other_bot a cat", 16), None),
    "capitals": (command_message("/VIDEO a cat", 6), Command("video", "a cat")),
    "in a caption": (command_message("/video dance 🐈", 6, of="caption"), Command("video", "dance 🐈")),
    "amid the words": (command_message("a /video cat", 6, offset=2), None),
    "only words": (message(text="a cat"), None),
    "a caption of words": (message(caption="dance"), None),
    "nothing": (message(), None),
    "other marks first": (
        message(text="bold", entities=[{"type": "bold", "offset": 0, "length": 4}]),
        None,
    ),
}


@pytest.mark.parametrize(("said", "command"), COMMANDS.values(), ids=list(COMMANDS))
def test_a_command_opens_a_message_or_a_caption(said: Message, command: Command | None) -> None:
    assert command_of(said, "reelbot_bot") == command


PLACES = {
    "private chat": (message(), Place(account_id=5, requester_id=5, chat_id=5, request_message_id=9)),
    "group": (
        message(chat=GROUP),
        Place(account_id=5, requester_id=5, chat_id=-1001, request_message_id=9),
    ),
    "topic": (
        message(chat=GROUP, message_thread_id=77, is_topic_message=True),
        Place(account_id=5, requester_id=5, chat_id=-1001, thread_id=77, request_message_id=9),
    ),
    "thread of replies, which no message can be sent to": (
        message(chat=GROUP, message_thread_id=77),
        Place(account_id=5, requester_id=5, chat_id=-1001, request_message_id=9),
    ),
    "anonymous administrator": (
        message(chat=GROUP, sender_chat=GROUP, **{"from": ANONYMOUS}),
        Place(account_id=-1001, requester_id=-1001, chat_id=-1001, request_message_id=9),
    ),
    "channel": (
        message(chat=GROUP, sender_chat={"id": -1002, "type": "channel", "title": "News"}),
        Place(account_id=-1001, requester_id=-1002, chat_id=-1001, request_message_id=9),
    ),
}


@pytest.mark.parametrize(("said", "place"), PLACES.values(), ids=list(PLACES))
def test_an_answer_belongs_where_the_question_came_from(said: Message, place: Place) -> None:
    assert place_of(said) == place


def test_a_message_and_an_album_are_one_request_each() -> None:
    assert origin_of(message()) == "message:5:9"
    members = [message(message_id=number, media_group_id="13") for number in (1, 2, 3)]
    assert {origin_of(member) for member in members} == {"album:5:13"}


def size(width: int, height: int, file_size: int | None = 1000) -> dict[str, Any]:
    facts = {"file_id": f"{width}", "file_unique_id": f"u{width}", "width": width, "height": height}
    return facts if file_size is None else facts | {"file_size": file_size}


def document(mime_type: str | None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any of a document's fields
    facts = {"file_id": "file", "file_unique_id": "ufile", "mime_type": mime_type} | fields
    return {name: value for name, value in facts.items() if value is not None}


PHOTOS = {
    "photo in its largest size": (
        message(photo=[size(90, 120), size(960, 1280)]),
        Photo(file_id="960", size=Size(960, 1280)),
    ),
    "photo of unknown weight": (
        message(photo=[size(960, 1280, None)]),
        Photo(file_id="960", size=Size(960, 1280)),
    ),
    "picture file": (message(document=document("image/png")), Photo(file_id="file")),
    "picture file with a thumbnail": (
        message(document=document("image/jpeg", thumbnail=size(320, 180), file_size=HEAVIEST_PHOTO)),
        Photo(file_id="file", size=Size(320, 180)),
    ),
    "words": (message(text="a cat"), None),
    "no message": (None, None),
}


@pytest.mark.parametrize(("said", "photo"), PHOTOS.values(), ids=list(PHOTOS))
def test_a_photo_is_found_with_its_shape(said: Message | None, photo: Photo | None) -> None:
    assert photo_of(said) == photo


@pytest.mark.parametrize("mime_type", ["application/pdf", "video/mp4", None])
def test_a_file_of_another_kind_is_no_picture(mime_type: str | None) -> None:
    with pytest.raises(NoPicture):
        photo_of(message(document=document(mime_type)))


def test_a_file_that_telegram_does_not_hand_out_is_too_heavy() -> None:
    with pytest.raises(PhotoTooHeavy) as heavy:
        photo_of(message(document=document("image/png", file_size=HEAVIEST_PHOTO + 1)))
    assert heavy.value.size_bytes == HEAVIEST_PHOTO + 1
