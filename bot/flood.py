"""Keeps the bot within Telegram's flood limits: answers wait their turn, progress gives way.

Telegram publishes about one message a second in a chat, twenty a minute in a group with edits counted, and thirty a
second in all (Bots FAQ, "My bot is hitting limits"). A 429 names a pause, which is kept to the second.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from domain.broadcast import PEOPLE_PER_SECOND
from domain.cache_sizes import RATE_LIMITED_CHATS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Answer = bool | dict[str, Any] | list[dict[str, Any]]

#: Whether it is a broadcast's, which lets everybody else in the chat go first; and its number.
_Ticket = tuple[bool, int]

_COUNTED = ("send", "edit", "copy", "forward")
_NOT_COUNTED = frozenset({"sendChatAction"})
#: A longer pause than this is not waited out here: the sender is told, and plans anew.
_LONGEST_WAIT = 30.0
#: A call that meets so many 429s in a row is given back to its sender.
_TRIES = 5
_JUST_AFTER = 0.1
#: Seconds. What takes longer is an upload, and counts as if it had arrived by then.
_LONGEST_FLIGHT = 1.0
#: Seconds for which the limit on all chats together is kept once Telegram has said that it minds.
_CAUTION = 60.0


class Urgency(IntEnum):
    """How a call is treated when there is not room for all. None is 0: PTB would take that for nothing said."""

    #: Shown only if nobody else needs the room; else dropped.
    PROGRESS = 1
    #: Waits until there is room, behind whatever else goes to the chat, and leaves room to clips and answers.
    BROADCAST = 2
    #: Waits until there is room, and leaves some to answers: a clip was waited for anyway.
    CLIP = 3
    #: Waits until there is room.
    ANSWER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `calls` in any `seconds`; progress, broadcasts and clips leave before so many are there (None: all)."""

    calls: int
    seconds: float
    for_progress: int
    for_broadcasts: int | None = None
    for_clips: int | None = None

    def room(self, urgency: Urgency) -> int:
        """Return how many calls there may be before one of this urgency has to wait."""
        match urgency:
            case Urgency.PROGRESS:
                return self.for_progress
            case Urgency.BROADCAST if self.for_broadcasts is not None:
                return self.for_broadcasts
            case Urgency.CLIP if self.for_clips is not None:
                return self.for_clips
            case _:
                return self.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """What Telegram bears, a little below what it publishes: a call counts when it arrives, not when it leaves."""

    overall: Limit = field(
        default_factory=lambda: Limit(
            calls=28, seconds=1.05, for_progress=14, for_broadcasts=18, for_clips=22
        )
    )
    #: Of the calls in all chats, those that are broadcasts'.
    broadcasts: Limit = field(
        default_factory=lambda: Limit(calls=PEOPLE_PER_SECOND, seconds=1.0, for_progress=0)
    )
    chat: Limit = field(default_factory=lambda: Limit(calls=1, seconds=1.05, for_progress=1))
    group: Limit = field(default_factory=lambda: Limit(calls=19, seconds=61.0, for_progress=8))


class Dropped(RetryAfter):
    """A piece of progress was not shown, to leave room for answers."""


@dataclass(slots=True)
class _Call:
    """A call that counts; it left at one moment and was with Telegram at a later one, nobody knows when."""

    left: float
    answered: float | None = None

    def arrived(self, now: float) -> float:
        """Return the latest moment at which it can have arrived."""
        return min(now if self.answered is None else self.answered, self.left + _LONGEST_FLIGHT)


class _Window:
    """The calls of the last seconds."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._calls = deque[_Call]()

    def wait(self, now: float, urgency: Urgency) -> float:
        """Return the seconds until there is room."""
        begin = now - self._limit.seconds
        while self._calls and self._calls[0].arrived(now) <= begin:
            self._calls.popleft()
        recent = sorted(at for call in self._calls if (at := call.arrived(now)) > begin)
        room = self._limit.room(urgency)
        if len(recent) < room:
            return 0.0
        return recent[len(recent) - room] - begin

    def take(self, call: _Call) -> None:
        self._calls.append(call)


class _Chat:
    """One chat's windows, those who wait for their turn in it, and the pause that Telegram asked for."""

    def __init__(self, limits: FloodLimits, *, is_group: bool) -> None:
        self.windows = [_Window(limits.chat), *([_Window(limits.group)] if is_group else [])]
        #: Tickets, in no order; the lowest goes first.
        self.waiting = set[_Ticket]()
        self.held_until = 0.0
        self._moved = asyncio.Event()

    async def pause(self, seconds: float | None) -> None:
        """Wait until somebody has left the line, or for so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()

    def leave(self, ticket: _Ticket) -> None:
        self.waiting.discard(ticket)
        self._moved.set()
        self._moved = asyncio.Event()


class FloodGuard(BaseRateLimiter[int]):
    """PTB asks it before every call; `rate_limit_args` is the call's Urgency, an answer's if it says nothing.

    Answers and clips to one chat leave in the order in which they came, also when one of them has to be tried again.
    """

    def __init__(self, limits: FloodLimits | None = None) -> None:
        self._limits = limits or FloodLimits()
        self._overall = _Window(self._limits.overall)
        self._broadcasts = _Window(self._limits.broadcasts)
        self._chats: dict[str, _Chat] = {}
        self._tickets = count()
        self._cautious_until = 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(  # noqa: PLR0917 - PTB's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - PTB's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Make the call when there is room.

        Raises Dropped for progress without room, and RetryAfter for a pause that is too long to be waited out here.
        """
        chat_id = data.get("chat_id")
        if chat_id is None:
            return await callback(*args, **kwargs)
        chat = self._chat(str(chat_id))
        ask = partial(self._asked, chat, callback, args, kwargs)
        urgency = Urgency.ANSWER if rate_limit_args is None else Urgency(rate_limit_args)
        is_counted = endpoint.startswith(_COUNTED) and endpoint not in _NOT_COUNTED
        match urgency:
            case Urgency.PROGRESS:
                return await ask(self._taken_at_once(chat, is_counted=is_counted))
            case _ if is_counted:
                return await self._answered(chat, ask, urgency)
            case _:
                return await ask(None)

    async def _answered(
        self, chat: _Chat, ask: Callable[[_Call | None], Coroutine[Any, Any, Answer]], urgency: Urgency
    ) -> Answer:
        ticket = (urgency is Urgency.BROADCAST, next(self._tickets))
        for _ in range(_TRIES - 1):
            call = await self._taken_in_turn(chat, ticket, urgency)
            # Longer pauses are raised by the next turn.
            with suppress(RetryAfter):
                return await ask(call)
        return await ask(await self._taken_in_turn(chat, ticket, urgency))

    def _taken_at_once(self, chat: _Chat, *, is_counted: bool) -> _Call | None:
        wait = self._wait(chat, Urgency.PROGRESS) if is_counted else self._pause(chat)
        if wait > 0 or chat.waiting:
            raise Dropped(timedelta(seconds=max(wait, 1)))
        return self._taken(chat, Urgency.PROGRESS) if is_counted else None

    async def _taken_in_turn(self, chat: _Chat, ticket: _Ticket, urgency: Urgency) -> _Call:
        chat.waiting.add(ticket)
        try:
            while True:
                held = chat.held_until - _now()
                if held > _LONGEST_WAIT:
                    raise RetryAfter(timedelta(seconds=held))
                is_first = ticket == min(chat.waiting)
                if is_first and (wait := self._wait(chat, urgency)) <= 0:
                    return self._taken(chat, urgency)
                await chat.pause(wait if is_first else None)
        finally:
            chat.leave(ticket)

    def _wait(self, chat: _Chat, urgency: Urgency) -> float:
        now = _now()
        windows = [*chat.windows]
        if urgency is not Urgency.ANSWER or now < self._cautious_until:
            windows.append(self._overall)
        if urgency is Urgency.BROADCAST:
            windows.append(self._broadcasts)
        return max(chat.held_until - now, *(window.wait(now, urgency) for window in windows))

    def _pause(self, chat: _Chat) -> float:
        """Return the seconds for which progress that does not count gives way to a crowd, or to the chat's pause."""
        now = _now()
        return max(chat.held_until - now, self._overall.wait(now, Urgency.PROGRESS))

    def _taken(self, chat: _Chat, urgency: Urgency) -> _Call:
        call = _Call(_now())
        for window in (self._overall, *chat.windows):
            window.take(call)
        if urgency is Urgency.BROADCAST:
            self._broadcasts.take(call)
        return call

    def _chat(self, chat_id: str) -> _Chat:
        chat = self._chats.pop(chat_id, None) or _Chat(self._limits, is_group=not chat_id.isdecimal())
        # Put last: the first is then the chat that has been silent longest.
        self._chats[chat_id] = chat
        if len(self._chats) > RATE_LIMITED_CHATS:
            oldest = next(iter(self._chats))
            if not self._chats[oldest].waiting:
                del self._chats[oldest]
        return chat

    async def _asked(
        self,
        chat: _Chat,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - PTB's signature
        kwargs: dict[str, Any],
        call: _Call | None,
    ) -> Answer:
        """Make the call, which is counted unless it is None; let its chat rest if Telegram asks for that."""
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flooded:
            now = _now()
            chat.held_until = max(chat.held_until, now + seconds_asked_for(flooded) + _JUST_AFTER)
            self._cautious_until = now + _CAUTION
            raise
        finally:
            if call is not None:
                call.answered = _now()


def _now() -> float:
    return asyncio.get_running_loop().time()


def seconds_asked_for(flooded: RetryAfter) -> float:
    pause = flooded.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
