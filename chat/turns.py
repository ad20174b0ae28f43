"""Turns: a chat's updates are handled one after the other, except while one of them waits for Telegram's limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Self
from weakref import WeakValueDictionary

#: So many updates are handled at once, in all chats together.
_MAX_CONCURRENT = 100
#: So many look-ups of one person in one chat wait for its limits; more are dropped.
_MOST_LOOKUPS = 20


class Turns:
    """Gives each update its turn in its chat, and knows which look-ups wait for an answer."""

    def __init__(self) -> None:
        # A lock lives as long as somebody holds it or waits for it.
        self._locks = WeakValueDictionary[Hashable, asyncio.Lock]()
        self._at_once = asyncio.Semaphore(_MAX_CONCURRENT)
        self._alone = asyncio.Lock()
        #: For each chat and person, the questions of theirs that wait.
        self._lookups: dict[tuple[int, int], list[Hashable]] = {}
        #: For each chat, the turn that was given last, as long as its update is handled.
        self._newest = WeakValueDictionary[int, Turn]()

    def turn(
        self,
        chat_id: int,
        person_id: int,
        *,
        question: Hashable,
        message_id: int | None = None,
        is_alone: bool = False,
    ) -> Turn:
        """Return the turn of an update; `question` is equal for updates with the same answer, None if it is like no other.

        `message_id` is that of the message which the update brings, if it brings one. Of those that are `is_alone` one is handled at a time, in whatever chat.
        """
        asker, chat, alone = (chat_id, person_id), self._lock(chat_id), [self._alone] if is_alone else []
        shared = (chat, *alone, self._at_once)
        own = self._lock(asker)
        turn = Turn(self._lookups, self._newest, asker, question, message_id, own=own, shared=shared)
        self._newest[chat_id] = turn
        return turn

    def _lock(self, key: Hashable) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())


@dataclass(slots=True, weakref_slot=True, eq=False)
class Turn:
    """The turn of one update: first among those of the same person in the chat, then among all in the chat.

    `async with` holds up only the person's own, `enter` everybody in the chat.
    """

    lookups: dict[tuple[int, int], list[Hashable]]
    newest: WeakValueDictionary[int, Turn]
    asker: tuple[int, int]
    question: Hashable
    message_id: int | None
    own: asyncio.Lock
    shared: Iterable[AbstractAsyncContextManager[None]]
    _held: AsyncExitStack = field(init=False, default_factory=AsyncExitStack)
    #: It has let others go first for now.
    is_away: bool = field(init=False, default=False)

    async def __aenter__(self) -> Self:
        await self._held.enter_async_context(self.own)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._held.aclose()

    async def enter(self) -> None:
        for lock in self.shared:
            await self._held.enter_async_context(lock)

    def is_of_newest(self, chat_id: int, message_id: int) -> bool:
        """Tell whether a message is the one of this turn, and nothing has come into its chat after it."""
        is_this = (self.asker[0], self.message_id) == (chat_id, message_id)
        return is_this and self.newest.get(chat_id) is self

    @property
    def waiting_lookups(self) -> int:
        """How many look-ups of this person wait in this chat."""
        return len(self.lookups.get(self.asker, ()))

    @property
    def is_dropped(self) -> bool:
        """Whether as many look-ups of this person wait as may."""
        return self.waiting_lookups >= _MOST_LOOKUPS

    @property
    def is_answered(self) -> bool:
        """Whether the answer to an equal look-up is on its way."""
        return self.question is not None and self.question in self.lookups.get(self.asker, ())

    @asynccontextmanager
    async def given_way(self, *, is_lookup: bool) -> AsyncIterator[None]:
        """Give up the turn during the block, and take it again afterwards, behind those who wait."""
        self.is_away = True
        await self._held.aclose()
        if is_lookup:
            self.lookups.setdefault(self.asker, []).append(self.question)
        try:
            yield
        finally:
            if is_lookup:
                self._answered()
        # Not after an error: what is left to do then needs no turn.
        await self._held.enter_async_context(self.own)
        await self.enter()
        self.is_away = False

    def _answered(self) -> None:
        waiting = self.lookups[self.asker]
        waiting.remove(self.question)
        if not waiting:
            del self.lookups[self.asker]


#: The turn of the update that is handled here.
current_turn = ContextVar[Turn | None]("current_turn", default=None)
