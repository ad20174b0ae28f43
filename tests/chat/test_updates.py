"""What is read as an update: only what is of the types that Telegram promises, down to the last part."""

from __future__ import annotations

from inspect import isclass
from typing import Any

import pytest
import telegram
from telegram import TelegramObject
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.updates import UnreadableUpdate, read_update, types_of

CHAT = {"id": 5, "type": "private", "first_name": "Mina"}
PERSON = {"id": 5, "is_bot": False, "first_name": "Mina"}
MESSAGE = {"message_id": 7, "date": 1_764_000_000, "chat": CHAT, "from": PERSON, "text": "a cat"}
QUERY = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "1:make:5"}
MISFITS: dict[str, dict[str, Any]] = {
    "a number of more than 64 bits": {"message": MESSAGE | {"chat": CHAT | {"id": 1 << 63}}},
    "a person's number of more than 64 bits": {"message": MESSAGE | {"from": PERSON | {"id": -(1 << 63) - 1}}},
    "a truth for a number": {"message": MESSAGE | {"chat": CHAT | {"id": True}}},
    "words for a number": {"message": MESSAGE | {"message_id": "seven"}},
    "a number for words": {"message": MESSAGE | {"text": 5}},
    "a list for a chat's number": {"message": MESSAGE | {"chat": CHAT | {"id": []}}},
    "an object for a chat's number": {"message": MESSAGE | {"chat": CHAT | {"id": {}}}},
    "nothing for a chat": {"message": MESSAGE | {"chat": None}},
    "half a character": {"message": MESSAGE | {"text": "a \ud83c cat"}},
    "a zero in words": {"message": MESSAGE | {"text": "a \0 cat"}},
    "a time beyond all calendars": {"message": MESSAGE | {"date": 10**30}},
    "a wrong part deep inside": {"message": MESSAGE | {"reply_to_message": MESSAGE | {"from": PERSON | {"id": 1.5}}}},
    "a wrong part of a list": {
        "message": MESSAGE | {"entities": [{"type": "bold", "offset": 0, "length": 1}, {"type": 3, "offset": 0, "length": 1}]}
    },
    "a number for the data of a press": {"callback_query": QUERY | {"data": 5}},
    "a list for a query": {"inline_query": {"id": "9", "from": PERSON, "offset": "", "query": ["cat"]}},
    "a photo without an area": {
        "message": MESSAGE | {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 720, "height": 0}]}
    },
    "an update's number of more than 64 bits": {"update_id": 1 << 70, "message": MESSAGE},
}  # fmt: skip
SOUND: dict[str, dict[str, Any]] = {
    "words": {"message": MESSAGE},
    "a photo": {
        "message": MESSAGE
        | {
            "text": None,
            "photo": [{"file_id": "a", "file_unique_id": "b", "width": 720, "height": 1280}],
        }
    },
    "a reply": {"message": MESSAGE | {"reply_to_message": MESSAGE}},
    "a press": {"callback_query": QUERY | {"message": MESSAGE}},
    "a press on what is gone": {"callback_query": QUERY | {"message": MESSAGE | {"date": 0}}},
    "a place": {"message": MESSAGE | {"location": {"longitude": 1, "latitude": 2.5}}},
    "the largest number of 64 bits": {"message": MESSAGE | {"chat": CHAT | {"id": (1 << 63) - 1}}},
    "characters of every kind": {"message": MESSAGE | {"text": "кот 🎬 \u202e"}},
    "a kind yet to come": {"telepathy": {"from": "nobody"}},
    "a part yet to come": {"message": MESSAGE | {"mood": [1, "x"]}},
}
#: What bots send and no update holds.
SENT_ONLY = "Input"


@pytest.fixture
def bot(settings: Settings) -> ExtBot[int]:
    return build_bot(settings)


@pytest.mark.parametrize("raw", MISFITS.values(), ids=MISFITS.keys())
def test_what_is_not_of_its_type_is_no_update(bot: ExtBot[int], raw: dict[str, Any]) -> None:
    with pytest.raises(UnreadableUpdate):
        read_update({"update_id": 1} | raw, bot)


@pytest.mark.parametrize("raw", SOUND.values(), ids=SOUND.keys())
def test_what_telegram_sends_is_an_update(bot: ExtBot[int], raw: dict[str, Any]) -> None:
    assert read_update({"update_id": 1} | raw, bot).update_id == 1


def test_what_lies_too_deep_is_no_update(bot: ExtBot[int]) -> None:
    deep = MESSAGE
    for _ in range(2000):
        deep = MESSAGE | {"reply_to_message": deep}
    with pytest.raises(UnreadableUpdate):
        read_update({"update_id": 1, "message": deep}, bot)


def test_the_types_of_everything_in_an_update_are_known() -> None:
    kinds: list[Any] = [
        kind
        for name, kind in vars(telegram).items()
        if isclass(kind) and issubclass(kind, TelegramObject) and not name.startswith(SENT_ONLY)
    ]
    assert [kind.__name__ for kind in kinds if types_of(kind) is None] == []
