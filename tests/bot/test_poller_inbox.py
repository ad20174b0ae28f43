"""The inbox across restarts: what is left there comes first, and an update that kills the bot is passed over."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from storage.database import Database
from storage.inbox import Inbox, Received
from tests.bot.handling import Handling, killed_poller, polling

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: Processes that begin to handle an update and do not survive it.
LIVES = 3


def update_of(number: int, chat: Chat, words: str) -> dict[str, Any]:
    person = {"id": chat.id, "is_bot": False, "first_name": "Mina"}
    whole = {"id": chat.id, "type": "private", "first_name": "Mina"}
    message = {"message_id": number, "date": 1_764_000_000, "chat": whole, "from": person, "text": words}
    return {"update_id": number, "message": message}


async def leave(handling: Handling, chat: Chat, *words: str, attempts: int = 0) -> None:
    """Leave messages in the inbox, as a process does that dies; each was begun so often."""
    async with Database.open(handling.database_url) as database:
        inbox = Inbox(database)
        updates = [update_of(number, chat, said) for number, said in enumerate(words, 1)]
        received = [
            Received(update_id=update["update_id"], turn=chat.id, body=json.dumps(update))
            for update in updates
        ]
        await inbox.add(received, NOW)
        for _ in range(attempts):
            for one in received:
                await inbox.begin(one.update_id)


async def test_what_is_left_in_the_inbox_is_handled_first(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    await leave(handling, chat, "one", "two")
    telegram.say(chat, person, "three")
    async with polling(settings, handling):
        await handling.until(lambda: len(handling.done) == 3)

    assert handling.done == ["one", "two", "three"]
    assert await handling.left() == []


async def test_what_was_begun_and_killed_is_begun_again_a_few_times_and_then_passed_over(
    settings: Settings, handling: Handling, chat: Chat
) -> None:
    await leave(handling, chat, "kills the bot")
    handling.hold(chat)
    for life in range(1, LIVES + 1):
        async with killed_poller(settings, handling):
            await handling.until(lambda: len(handling.begun) == life)  # noqa: B023 - it is waited for here
    with capture_logs() as logs:
        async with polling(settings, handling) as stopping:
            while await handling.left():
                pass
            stopping.set()

    assert handling.begun == ["kills the bot"] * LIVES
    assert [note["event"] for note in logs if note["log_level"] == "error"] == [
        "an update that ended the bot each time is passed over"
    ]


async def test_suspects_are_handled_one_after_the_other_and_the_others_meanwhile(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat
) -> None:
    boris = telegram.private_chat(telegram.add_user("Boris"))
    await leave(handling, chat, "a suspect", attempts=1)
    async with Database.open(handling.database_url) as database:
        body = json.dumps(update_of(2, boris, "another suspect"))
        await Inbox(database).add([Received(update_id=2, turn=boris.id, body=body)], NOW)
        await Inbox(database).begin(2)
    handling.hold(chat)
    async with polling(settings, handling):
        await handling.until(lambda: handling.begun == ["a suspect"])
        telegram.say(boris, boris.members[0], "and now?")
        third = telegram.private_chat(telegram.add_user("Chloé"))
        telegram.say(third, third.members[0], "hello")
        await handling.until(lambda: handling.done == ["hello"])
        handling.let_go(chat)
        await handling.until(lambda: len(handling.done) == 4)

    assert handling.done == ["hello", "a suspect", "another suspect", "and now?"]


async def test_a_bot_that_stops_in_good_order_holds_nothing_against_what_it_leaves(
    settings: Settings, handling: Handling, chat: Chat
) -> None:
    await leave(handling, chat, "hello", attempts=1)
    handling.hold(chat)
    async with polling(settings, handling):
        await handling.until(lambda: handling.begun == ["hello"])
    async with Database.open(handling.database_url) as database:
        left = await Inbox(database).find()

    assert [one.attempts for one in left] == [0]


@pytest.mark.parametrize("body", ["{", "[]", '{"update_id": 1, "message": 7}'])
async def test_what_cannot_be_read_any_more_is_passed_over(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User, *, body: str
) -> None:
    async with Database.open(handling.database_url) as database:
        await Inbox(database).add([Received(update_id=1, turn=1, body=body)], NOW)
    telegram.say(chat, person, "hello")
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["hello"])

    assert await handling.left() == []


async def test_what_cannot_be_written_down_is_not_confirmed_and_comes_again(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    _execute(
        handling,
        "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    telegram.say(chat, person, "hello")
    with capture_logs() as logs:
        async with polling(settings, handling):
            while sum(call.method == "getUpdates" for call in telegram.calls) < 3:
                await telegram.state.happenings.next()
            assert (handling.begun, len(telegram.state.updates)) == ([], 1)
            _execute(handling, "DROP TRIGGER full")
            await handling.until(lambda: handling.done == ["hello"])

    assert {note["event"] for note in logs} == {"updates cannot be written down; Telegram keeps them for now"}


async def test_telegram_keeps_what_comes_while_too_much_waits(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    for number in range(5):
        telegram.say(chat, person, str(number))
    async with polling(settings, handling, most_waiting=3):
        await handling.until(lambda: handling.begun == ["0"])
        telegram.say(chat, person, "5")
        left = await handling.left()
        kept = len(telegram.state.updates)
        handling.let_go(chat)
        await handling.until(lambda: len(handling.done) == 6)

    assert (len(left), kept) == (5, 6)


def _execute(handling: Handling, statement: str) -> None:
    path = handling.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
