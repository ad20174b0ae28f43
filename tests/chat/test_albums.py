"""Gathering an album: in the order of its messages, whole when nothing more comes."""

from __future__ import annotations

import asyncio

from telegram import Message

from chat.albums import LARGEST, AlbumCollector


def member(number: int) -> Message:
    chat = {"id": 5, "type": "private", "first_name": "Mina"}
    return Message.de_json({"message_id": number, "date": 1_800_000_000, "chat": chat}, None)


def numbers(messages: tuple[Message, ...]) -> list[int]:
    return [message.message_id for message in messages]


async def test_the_members_stand_in_the_order_of_their_messages_however_they_come() -> None:
    gathering = AlbumCollector(member(3))
    gathering.add(member(1))
    gathering.add(member(2))
    assert numbers((await gathering.whole(0.01)).messages) == [1, 2, 3]


async def test_a_member_that_comes_while_others_are_awaited_belongs_to_them() -> None:
    gathering = AlbumCollector(member(1))
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        whole = tasks.create_task(gathering.whole(3600))
        for number in range(2, LARGEST + 1):
            await asyncio.sleep(0)
            gathering.add(member(number))
    assert numbers(whole.result().messages) == list(range(1, LARGEST + 1))


async def test_one_that_stays_alone_is_an_album_of_one() -> None:
    assert numbers((await AlbumCollector(member(1)).whole(0.01)).messages) == [1]
