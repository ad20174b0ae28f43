"""Messages of a group: which of them are meant for us, and what they say besides our name."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Message, User

from handlers.addressing import is_overheard, replies_to_us, words_to
from sandbox.telegram.entities import find_entities

GROUP = {"id": -1001, "type": "supergroup", "title": "Friends"}
NEWS = {"id": -1002, "type": "channel", "title": "News"}
MINA = {"id": 5, "is_bot": False, "first_name": "Mina"}
ROBBIE = {"id": 6, "is_bot": True, "first_name": "Robbie", "username": "robbie_bot"}
US = {"id": 110201543, "is_bot": True, "first_name": "Reelbot", "username": "Reelbot_Bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


class _Reelbot(Bot):
    """The bot as it knows itself, without asking Telegram."""

    @property
    def bot(self) -> User:
        return User.de_json(US, None)


BOT = _Reelbot("110201543:practice")


def message(words: str = "", **fields: Any) -> Message:  # noqa: ANN401 - any of a message's fields
    """Read a message as it comes over the wire, its text marked as Telegram does (Bot API: Message)."""
    given: dict[str, Any] = {"message_id": 9, "date": 1_800_000_000, "chat": GROUP, "from": MINA}
    marked = [entity.to_json() for entity in find_entities(words)]
    if words:
        given |= {"text": words, "entities": marked}
    return Message.de_json(given | fields, None)


def captioned(words: str) -> Message:
    return message(caption=words, caption_entities=[entity.to_json() for entity in find_entities(words)])


FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Bo"}}
BY_NAME = {"type": "text_mention", "offset": 0, "length": 7, "user": US}

SAID = {
    "at the start": (message("@reelbot_bot a cat surfing"), "a cat surfing"),
    "in any case": (message("@REELBOT_bot a cat"), "a cat"),
    "set off": (message("@reelbot_bot: a cat"), "a cat"),
    "set off in Chinese": (message("@reelbot_bot \uff0c一只猫"), "一只猫"),
    "amid words": (message("hey @reelbot_bot, a cat surfing"), "hey a cat surfing"),
    "at the end, behind what counts twice in UTF-16": (
        message("🐈🏄 at sunset @reelbot_bot"),
        "🐈🏄 at sunset",
    ),
    "twice": (message("@reelbot_bot a cat @reelbot_bot"), "a cat"),
    "with somebody else's": (message("@reelbot_bot @mina as a pirate"), "@mina as a pirate"),
    "on lines": (message("@reelbot_bot\na cat\nsurfing"), "a cat\nsurfing"),
    "with options": (message("@reelbot_bot --landscape a cat"), "--landscape a cat"),
    "alone": (message("@reelbot_bot"), ""),
    "in a caption": (captioned("@reelbot_bot it rains"), "it rains"),
    "by a name that is no username": (message(text="Reelbot a cat", entities=[BY_NAME]), "a cat"),
    "somebody else": (message("@mina a cat"), None),
    "a longer name": (message("@reelbot_bot2 a cat"), None),
    "an address for mail": (message("write to me@reelbot_bot a cat"), None),
    "a command for another bot": (message("/video@robbie_bot a cat like @reelbot_bot does"), None),
    "passed on": (message("@reelbot_bot a cat", **FORWARDED), None),
    "posted through another bot": (message("@reelbot_bot a cat", via_bot=ROBBIE), None),
    "plain words": (message("a cat"), None),
    "a photo without words": (message(), None),
}


@pytest.mark.parametrize(("said", "words"), SAID.values(), ids=list(SAID))
def test_a_mention_is_a_request_without_our_name(said: Message, words: str | None) -> None:
    assert words_to(BOT, said) == words


OVERHEARD = {
    "a person": (message("a cat"), False),
    "another bot": (message("/video a cat", **{"from": ROBBIE}), True),
    "an anonymous administrator": (message("/video", sender_chat=GROUP, **{"from": ANONYMOUS}), False),
    "somebody as a channel": (message("/video", sender_chat=NEWS, **{"from": ROBBIE}), False),
    "a post that a channel brings into its group": (
        message("/video", sender_chat=NEWS, is_automatic_forward=True, **{"from": TELEGRAM}),
        True,
    ),
}


@pytest.mark.parametrize(("said", "is_so"), OVERHEARD.values(), ids=list(OVERHEARD))
def test_bots_and_channels_posts_are_overheard(said: Message, is_so: bool) -> None:  # noqa: FBT001 - a case's
    assert is_overheard(said) is is_so


def reply_to(sender: dict[str, Any]) -> Message:
    replied = {"message_id": 8, "date": 1_800_000_000, "chat": GROUP, "from": sender, "text": "hello"}
    return message("a cat", reply_to_message=replied)


def test_only_a_reply_to_one_of_ours_is_one_to_us() -> None:
    told = [
        replies_to_us(BOT, said)
        for said in (reply_to(US), reply_to(MINA), reply_to(ROBBIE), message("a cat"))
    ]
    assert told == [True, False, False, False]
