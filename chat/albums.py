"""Collects the members of albums, which Telegram sends one by one (Bot API: media_group_id)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from telegram import Chat, Message, User


@dataclass(frozen=True, slots=True)
class Album:
    """The members of a media group, at least one, in the order in which they stand in the chat."""

    messages: tuple[Message, ...]

    @property
    def first(self) -> Message:
        return self.messages[0]

    @property
    def effective_user(self) -> User | None:
        """Who sent it, named as in an Update."""
        return self.first.from_user

    @property
    def effective_chat(self) -> Chat:
        return self.first.chat


#: Bot API: sendMediaGroup.
LARGEST = 10


class AlbumCollector:
    """The members of one album that have come so far.

    All of them stay in the inbox until the album was handled, and come together again after a crash.
    """

    def __init__(self, first: Message) -> None:
        self._members = [first]
        self._grown = asyncio.Event()
        #: Set when the album was handled, and every member with it.
        self.handled = asyncio.Event()

    def add(self, member: Message) -> None:
        self._members.append(member)
        self._grown.set()

    async def whole(self, quiet: float) -> Album:
        """Return the album once no more of it has come for `quiet` seconds, or no more can come."""
        with suppress(TimeoutError):
            while len(self._members) < LARGEST:
                self._grown.clear()
                async with asyncio.timeout(quiet):
                    await self._grown.wait()
        return Album(tuple(sorted(self._members, key=_place_in_chat)))


def _place_in_chat(message: Message) -> int:
    return message.message_id
