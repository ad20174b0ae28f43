"""Which messages can be sent to everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message, Update
from telegram.error import BadRequest

from handlers.admin.broadcasts import is_copyable, uncopyable

FILE = {"file_id": "f", "file_unique_id": "u"}
POLL = {
    "id": "1",
    "question": "Cats?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
    "type": "regular",
}
COPYABLE: dict[str, dict[str, Any]] = {
    "words": {"text": "News"},
    "photo": {"photo": [{**FILE, "width": 9, "height": 9}]},
    "video": {"video": {**FILE, "width": 9, "height": 9, "duration": 1}},
    "file": {"document": FILE},
    "voice": {"voice": {**FILE, "duration": 1}},
    "poll": {"poll": POLL},
}
OTHERS: dict[str, dict[str, Any]] = {
    "quiz": {"poll": POLL | {"type": "quiz"}},
    "paid": {"paid_media": {"star_count": 5, "paid_media": []}},
    "giveaway": {"giveaway": {"chats": [], "winners_selection_date": 0, "winner_count": 1}},
    "joined": {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Bo"}]},
    "pinned": {"pinned_message": {"message_id": 2, "date": 0, "chat": {"id": 7, "type": "private"}}},
    "protected": {"text": "News", "has_protected_content": True},
}


def message_of(content: dict[str, Any]) -> Message:
    date = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
    body = {"message_id": 1, "date": date, "chat": {"id": 7, "type": "private"}}
    message = Update.de_json({"update_id": 1, "message": body | content}, None).message
    assert message is not None
    return message


@pytest.mark.parametrize("content", COPYABLE.values(), ids=COPYABLE)
def test_whatever_telegram_copies_can_be_sent_to_everybody(content: dict[str, Any]) -> None:
    assert is_copyable(message_of(content))


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_what_telegram_does_not_copy_is_known_before(content: dict[str, Any]) -> None:
    assert not is_copyable(message_of(content))


REFUSALS = {
    "a caption": ("Message caption is too long", "📣 This is too long for a bot"),
    "a text": ("MESSAGE_TOO_LONG: message is too long", "📣 This is too long for a bot"),
    "a kind": ("The message can't be copied", "📣 Telegram doesn't let me copy"),
    "gone": ("Message to copy not found", "📣 Telegram doesn't let me copy"),
    "no fault of the message": ("Chat not found", ""),
}


@pytest.mark.parametrize(("said", "told"), REFUSALS.values(), ids=list(REFUSALS))
def test_why_telegram_copies_no_message_is_told(said: str, told: str) -> None:
    assert (uncopyable(BadRequest(said)) or "").startswith(told)
    assert (uncopyable(BadRequest(said)) is None) == (not told)
