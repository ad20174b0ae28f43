"""The profiles in an update: people and groups, by the names they have now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from telegram import Update

from handlers.middleware import profiles_in

ADA = {
    "id": 7,
    "is_bot": False,
    "first_name": "Ada",
    "last_name": "L.",
    "username": "ada",
    "language_code": "de-AT",
}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
GROUP = {"id": -100, "type": "supergroup", "title": "Friends", "username": "friends"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
IN_PRIVATE = (7, "Ada L.", "ada", "de", True)
FROM_AFAR = (7, "Ada L.", "ada", "de", False)
THE_GROUP = (-100, "Friends", "friends", "en", True)
THE_CHANNEL = (-200, "News", None, "en", False)


def message(chat: dict[str, Any], by: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - of the JSON
    return {"message_id": 1, "date": 0, "chat": chat, "from": by, "text": "hi"} | more


def press(chat: dict[str, Any]) -> dict[str, Any]:
    shown = message(chat, ADA | {"id": 1, "is_bot": True})
    return {"id": "1", "from": ADA, "chat_instance": "1", "data": "x", "message": shown}


def membership(chat: dict[str, Any]) -> dict[str, Any]:
    one = {"status": "member", "user": ADA}
    return {"chat": chat, "from": ADA, "date": 0, "old_chat_member": one, "new_chat_member": one}


CASES = {
    "in private": ({"message": message(PRIVATE, ADA)}, [IN_PRIVATE]),
    "in a group": ({"message": message(GROUP, ADA)}, [THE_GROUP, FROM_AFAR]),
    "a press in private": ({"callback_query": press(PRIVATE)}, [IN_PRIVATE]),
    "a press in a group": ({"callback_query": press(GROUP)}, [THE_GROUP, FROM_AFAR]),
    "inline": ({"inline_query": {"id": "1", "from": ADA, "query": "", "offset": ""}}, [FROM_AFAR]),
    "anonymous administrator": ({"message": message(GROUP, ANONYMOUS, sender_chat=GROUP)}, [THE_GROUP]),
    "channel": (
        {"message": message(GROUP, ANONYMOUS, sender_chat=CHANNEL)},
        [THE_GROUP, THE_CHANNEL],
    ),
    "a channel's post in its group": (
        {"message": message(GROUP, TELEGRAM, sender_chat=CHANNEL, is_automatic_forward=True)},
        [THE_GROUP, THE_CHANNEL],
    ),
    "another bot": ({"message": message(GROUP, ADA | {"id": 8, "is_bot": True})}, [THE_GROUP]),
    "Telegram itself": ({"message": message(PRIVATE | {"id": 777000}, TELEGRAM)}, []),
    "who has blocked us": ({"my_chat_member": membership(PRIVATE)}, []),
}


@pytest.mark.parametrize(("content", "met"), CASES.values(), ids=CASES)
def test_people_and_groups_are_met(content: dict[str, Any], met: list[Any], now: datetime) -> None:
    update = Update.de_json({"update_id": 1, **content}, None)
    found = list(profiles_in(update, now))
    assert [(one.id, one.name, one.username, one.language, one.is_reachable) for one in found] == met


def test_the_language_that_somebody_chose_goes_before_telegrams(now: datetime) -> None:
    update = Update.de_json({"update_id": 1, "message": message(PRIVATE, ADA)}, None)
    assert [one.language for one in profiles_in(update, now, preferred="ja")] == ["ja"]


def test_a_name_without_an_end_is_kept_in_part(now: datetime) -> None:
    endless = message(GROUP | {"title": "W" * 999}, ADA)
    update = Update.de_json({"update_id": 1, "message": endless}, None)
    assert [len(one.name) for one in profiles_in(update, now)] == [200, 6]
