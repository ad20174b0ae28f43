"""Gathers albums: Telegram delivers their members one by one, each as an update of its own (Bot API: media_group_id)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from handlers.create.albums import Album

if TYPE_CHECKING:
    from telegram import Message

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
