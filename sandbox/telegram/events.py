"""Tells whoever waits what happens in the chats, as it happens."""

import asyncio
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sandbox.telegram.chats import Chat, Message


class EventKind(StrEnum):
    """What can happen in a chat."""

    #: A message by a person or the bot.
    SENT = "sent"
    #: A message changed: its text, its media or its buttons.
    EDITED = "edited"
    #: A message went away.
    DELETED = "deleted"
    #: The bot shows that it is at work; `detail` is the action.
    CHAT_ACTION = "chat action"
    #: The bot put a reaction under a message; `detail` is the emoji, empty when taken back.
    REACTION = "reaction"
    #: The bot answered a press; `detail` is the text it showed.
    ANSWERED = "answered"
    #: A chat was opened, or the people in it are others now.
    OPENED = "opened"
    #: Something changed that is in no chat: what the bot says of itself, or whether it runs.
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; `chat` is None if it was in none."""

    kind: EventKind
    chat: Chat | None
    at: datetime
    message: Message | None = None
    detail: str = ""


class EventStream(AsyncIterator[Event]):
    """Every event since the stream was opened, one at a time, without an end."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Event] = asyncio.Queue()

    async def __anext__(self) -> Event:
        return await self.queue.get()


class Happenings:
    """Wakes those who wait for a change, and feeds the open streams."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._streams: weakref.WeakSet[EventStream] = weakref.WeakSet()

    def tell(self, event: Event) -> None:
        for stream in self._streams:
            stream.queue.put_nowait(event)
        self.stir()

    def stir(self) -> None:
        """Says that something changed that is no event, such as a call being answered."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def next(self) -> None:
        """Returns at the next change."""
        await self._changed.wait()

    def stream(self) -> EventStream:
        """Opens a stream; it is closed by being forgotten."""
        stream = EventStream()
        self._streams.add(stream)
        return stream
