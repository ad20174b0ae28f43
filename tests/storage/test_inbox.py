"""The inbox: an update is in it once, from when it came until it is taken out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.inbox import Inbox, Received

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


def received(update_id: int, body: str = "{}") -> Received:
    return Received(update_id=update_id, turn=5, body=body)


async def test_what_came_is_found_in_the_order_in_which_it_came(inbox: Inbox) -> None:
    await inbox.add([received(9), received(3)], NOW)
    await inbox.add([received(5)], NOW)
    assert await inbox.find() == [received(9), received(3), received(5)]


async def test_what_comes_twice_is_there_once_as_it_came_first(inbox: Inbox) -> None:
    await inbox.add([received(3, "first")], NOW)
    await inbox.begin(3)
    await inbox.add([received(3, "second"), received(4)], NOW)
    assert [(one.update_id, one.body, one.attempts) for one in await inbox.find()] == [
        (3, "first", 1),
        (4, "{}", 0),
    ]


async def test_a_thousand_at_once_are_taken_out_and_no_other(inbox: Inbox) -> None:
    await inbox.add([received(number) for number in range(1200)], NOW)
    await inbox.remove(range(1100))
    assert [one.update_id for one in await inbox.find()] == list(range(1100, 1200))


async def test_what_was_begun_is_forgiven_to_all(inbox: Inbox) -> None:
    await inbox.add([received(1), received(2)], NOW)
    for _ in range(2):
        await inbox.begin(1)
    before = [one.attempts for one in await inbox.find()]
    await inbox.forgive()
    assert (before, [one.attempts for one in await inbox.find()]) == ([2, 0], [0, 0])


async def test_nothing_to_write_is_nothing_to_do(inbox: Inbox) -> None:
    await inbox.add([], NOW)
    await inbox.remove([])
    assert await inbox.find() == []
