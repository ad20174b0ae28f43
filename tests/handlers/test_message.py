"""Messages as Telegram sends them: which command, whose, and where the answer belongs."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from domain.job import Place
from handlers.message import (
    WrittenCommand,
    caption_of,
    command_of,
    command_written,
    idempotency_key_of,
    is_passed_on,
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
    "with words": (command_message("/video a cat", 6), WrittenCommand("video", "a cat")),
    "alone": (command_message("/video", 6), WrittenCommand("video", "")),
    "on a line of its own": (
        command_message("/video\na cat\nsurfing", 6),
        WrittenCommand("video", "a cat\nsurfing"),
    ),
    "for us": (command_message("/video@Reelbot_Bot a cat", 18), WrittenCommand("video", "a cat")),
    "for another bot": (command_message("/video@other_bot a cat", 16), None),
    "capitals": (command_message("/VIDEO a cat", 6), WrittenCommand("video", "a cat")),
    "in a caption": (
        command_message("/video dance 🐈", 6, of="caption"),
        WrittenCommand("video", "dance 🐈"),
    ),
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
def test_a_command_opens_a_message_or_a_caption(said: Message, command: WrittenCommand | None) -> None:
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
    assert idempotency_key_of(message()) == "message:5:9"
    members = [message(message_id=number, media_group_id="13") for number in (1, 2, 3)]
    assert {idempotency_key_of(member) for member in members} == {"album:5:13"}


FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Bo"}}
THROUGH_A_BOT = {"via_bot": {"id": 6, "is_bot": True, "first_name": "Robbie", "username": "robbie_bot"}}
MARKED = [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("mark", [FORWARDED, THROUGH_A_BOT], ids=["forwarded", "through a bot"])
def test_what_is_passed_on_is_no_command_but_words(mark: dict[str, Any]) -> None:
    said = message(caption="/video dance", caption_entities=MARKED, **mark)
    assert (is_passed_on(said), command_of(said, "reelbot_bot")) == (True, None)
    assert command_written(said, "reelbot_bot") == WrittenCommand("video", "dance")
    assert caption_of(said, "reelbot_bot") == "dance"
    assert caption_of(message(caption=" a /video ", **mark), "reelbot_bot") == "a /video"
