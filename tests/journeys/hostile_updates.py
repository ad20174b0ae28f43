"""Updates that Telegram would send, and what a broken or hostile server might make of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import Any

from chat.callback_data import ButtonKind
from sandbox.telegram.chats import Chat, User

Json = dict[str, Any]

_WORDS = (
    "/start", "/start video_5_x", "/help", "/video a cat 10s", "/video", "/edit 5 more light", "/character",
    "/jobs", "/history", "/history cat", "/show 5", "/delete_my_data", "/cancel", "/quota", "/settings",
    "/groupsettings", "/models", "/model sora-2", "/users", "/grant 5 5", "/stats", "/broadcast hello", "/nonsense",
    "a cat in the rain", "@reelbot_bot a cat in the rain", "🎬🎬 --10s --wide",
)  # fmt: skip
_FILES: tuple[Json, ...] = (
    {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 720, "height": 1280, "file_size": 9}]},
    {"document": {"file_id": "d", "file_unique_id": "d", "mime_type": "image/png", "file_name": "a.png"}},
    {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512,
                 "is_animated": False, "is_video": False}},
    {"video": {"file_id": "v", "file_unique_id": "v", "width": 720, "height": 1280, "duration": 5}},
    {"voice": {"file_id": "w", "file_unique_id": "w", "duration": 5}},
    {"location": {"longitude": 1.5, "latitude": 2.5}},
    {"new_chat_title": "Friends"},
    {"new_chat_members": [{"id": 77, "is_bot": False, "first_name": "New"}]},
    {"left_chat_member": {"id": 77, "is_bot": False, "first_name": "New"}},
    {"migrate_to_chat_id": -1009},
    {"story": {"chat": {"id": 5, "type": "private"}, "id": 5}},
)  # fmt: skip
#: What stands in the place of something else.
_INSTEAD: tuple[object, ...] = (
    None, True, False, 0, -1, 7, 1 << 31, 1 << 63, -(1 << 63) - 1, 1 << 70, 10**30, 1.5, -0.0, "", " ", "7", "x" * 5000,
    "\u0000", "\u202e\ufeff", "🎬" * 50, "<b>&</i>", "1:make:5", "1:" + "9" * 25, "/video", [], [None], [[]], {}, {"id": 1},
    {"id": {}}, [{}], [7, "7"],
)  # fmt: skip


class HostileUpdates:
    """Makes updates of a few people, in their private chats and in a group; the same for the same `dice`."""

    def __init__(self, dice: Random, people: Sequence[tuple[User, Chat]], group: Chat) -> None:
        self._dice = dice
        self._people = people
        self._group = group
        self._ids = count(5_000_000)

    def sound(self) -> Json:
        """Return an update as Telegram makes it."""
        make = self._dice.choice(
            (self._words, self._words, self._file, self._press, self._query, self._member)
        )
        return make()

    def broken(self) -> Json:
        """Return one of which some parts are lost, of another type, or beyond all bounds."""
        update = copy.deepcopy(self.sound())
        for _ in range(self._dice.randint(1, 3)):
            places = list(_places(update))
            if places:
                self._break(*self._dice.choice(places))
        return update

    def _break(self, holder: Any, key: Any) -> None:  # noqa: ANN401 - of JSON
        match self._dice.randrange(4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.extend(copy.deepcopy(holder) * 3)
            case _:
                holder[key] = copy.deepcopy(self._dice.choice(_INSTEAD))

    def _words(self) -> Json:
        text = self._dice.choice(_WORDS)
        message = self._message() | {"text": text}
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if text.startswith("@"):
            message["entities"] = [{"type": "mention", "offset": 0, "length": len("@reelbot_bot")}]
        if self._dice.random() < 0.2:
            message["reply_to_message"] = self._message() | self._dice.choice(_FILES)
        return {"message": message}

    def _file(self) -> Json:
        message = self._message() | copy.deepcopy(self._dice.choice(_FILES))
        if self._dice.random() < 0.5:
            message["caption"] = self._dice.choice(_WORDS)
        if self._dice.random() < 0.2:
            message["media_group_id"] = str(next(self._ids))
        return {"message": message}

    def _press(self) -> Json:
        message = self._message() | {"text": "a card", "reply_markup": {"inline_keyboard": []}}
        value = self._dice.choice(("", ":5", ":5:x", ":-1", ":x", ":5:en", ":0:0", ":" + "9" * 25))
        data = f"1:{self._dice.choice(list(ButtonKind))}{value}"
        return {"callback_query": self._asked(message) | {"message": message, "data": data}}

    def _query(self) -> Json:
        asked = self._asked(self._message())
        asked.pop("chat_instance")
        return {"inline_query": asked | {"query": self._dice.choice(_WORDS), "offset": ""}}

    def _member(self) -> Json:
        bot = {"id": 42, "is_bot": True, "first_name": "Reelbot", "username": "reelbot_bot"}
        message = self._message()
        moved = {"chat": message["chat"], "from": message["from"], "date": message["date"]}
        statuses = [{"status": status, "user": bot} for status in ("left", "member")]
        self._dice.shuffle(statuses)
        return {"my_chat_member": moved | {"old_chat_member": statuses[0], "new_chat_member": statuses[1]}}

    def _asked(self, message: Json) -> Json:
        return {"id": str(next(self._ids)), "from": message["from"], "chat_instance": "1"}

    def _message(self) -> Json:
        person, private = self._dice.choice(self._people)
        chat: Json = {"id": private.id, "type": "private", "first_name": person.first_name}
        if self._dice.random() < 0.3:
            chat = {"id": self._group.id, "type": "supergroup", "title": "Friends"}
        sender = {"id": person.id, "is_bot": False, "first_name": person.first_name, "language_code": "en"}
        return {"message_id": next(self._ids), "date": 1_764_000_000, "chat": chat, "from": sender}


def _places(part: object) -> Iterator[tuple[Any, Any]]:
    """Yield every dict or list with each of its keys, however deep."""
    keys: list[Any] = []
    match part:
        case dict():
            keys = list(part)
        case list():
            keys = list(range(len(part)))
        case _:
            return
    for key in keys:
        yield part, key
        yield from _places(part[key])
