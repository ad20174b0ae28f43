"""Keeps the bot within Telegram's flood limits: answers wait their turn, look-ups behind them, progress gives way.

Telegram publishes about one message a second in a chat, twenty a minute in a group with edits counted, and thirty a
second in all (Bots FAQ, "My bot is hitting limits"). A 429 names a pause, which is kept to the second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from chat.rate_windows import Call, RateLimits, Window
from chat.turns import current_turn
from chat.urgency import Urgency
from domain.cache_sizes import RATE_LIMITED_CHATS

Answer = bool | dict[str, Any] | list[dict[str, Any]]

#: The rank of its urgency, of look-ups how many of the same person wait already, and its number: the lowest goes first.
_Ticket = tuple[int, int, int]
_RANKS = {Urgency.LOOKUP: 1, Urgency.BROADCAST: 2}
#: What somebody waits for.
_ANSWERS = frozenset({Urgency.ANSWER, Urgency.LOOKUP})

_COUNTED = ("send", "edit", "copy", "forward")
_NOT_COUNTED = frozenset({"sendChatAction"})
#: A longer pause than this is not waited out here: the sender is told, and plans anew.
_LONGEST_WAIT = 30.0
#: A call that meets so many 429s in a row is given back to its sender.
_TRIES = 5
_JUST_AFTER = 0.1
#: Seconds for which the limit on all chats together is kept once Telegram has said that it minds.
_CAUTION = 60.0


class Dropped(RetryAfter):
    """A piece of progress was not shown, to leave room for answers; or a look-up of somebody who waits for many."""


class _Chat:
    """One chat's windows, those who wait for their turn in it, and the pause that Telegram asked for."""

    def __init__(self, limits: RateLimits, *, is_group: bool) -> None:
        self._pace = Window(limits.chat)
        self._longer = Window(limits.group if is_group else limits.private)
        self._is_group = is_group
        #: Tickets, in no order; the lowest goes first.
        self.waiting = set[_Ticket]()
        self.held_until = 0.0
        self._moved = asyncio.Event()

    def wait(self, now: float, urgency: Urgency, ahead: int) -> float:
        """Return the seconds until there is room, also for those `ahead`."""
        wait = max(self.held_until - now, self._longer.wait(now, urgency, ahead))
        # Two calls on the wire at once might arrive in another order.
        if self._is_group or urgency not in _ANSWERS or self._pace.is_in_flight(now):
            wait = max(wait, self._pace.wait(now, urgency, ahead))
        return wait

    def take(self, call: Call) -> None:
        self._pace.take(call)
        self._longer.take(call)

    async def pause(self, seconds: float | None) -> None:
        """Wait until something has moved in the chat, or for so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()

    def leave(self, ticket: _Ticket) -> None:
        self.waiting.discard(ticket)
        self.move()

    def move(self) -> None:
        """Wake those who wait, so that they look again."""
        self._moved.set()
        self._moved = asyncio.Event()


class RateLimiter(BaseRateLimiter[int]):
    """PTB asks it before every call; `rate_limit_args` is the call's Urgency.

    If it says nothing, that is a look-up's while an update is handled, and else an answer's. Answers and clips to one
    chat leave in the order in which they came, also when one of them has to be tried again. An update whose call has
    to wait lets others have their turn.
    """

    def __init__(self, limits: RateLimits | None = None) -> None:
        self._limits = limits or RateLimits()
        self._overall = Window(self._limits.overall)
        self._broadcasts = Window(self._limits.broadcasts)
        self._chats: dict[str, _Chat] = {}
        self._tickets = count()
        self._cautious_until = 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def delay_of(self, chat_id: int, urgency: Urgency = Urgency.ANSWER) -> float:
        """Return the seconds until one more counted call to the chat has room, behind those that wait; 0 is now.

        Nothing is reserved by asking. It may take longer if Telegram asks for a pause meanwhile, or others come first.
        """
        chat = self._chat(str(chat_id))
        mine = _ticket(urgency, next(self._tickets))
        return self._wait(chat, urgency, sum(ticket < mine for ticket in chat.waiting))

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

        Raises Dropped for progress without room and for one look-up too many, and RetryAfter for a pause that is too
        long to be waited out here.
        """
        chat_id = data.get("chat_id")
        if chat_id is None:
            return await callback(*args, **kwargs)
        chat = self._chat(str(chat_id))
        ask = partial(self._asked, chat, callback, args, kwargs)
        urgency = _urgency(rate_limit_args)
        is_counted = endpoint.startswith(_COUNTED) and endpoint not in _NOT_COUNTED
        match urgency:
            case Urgency.PROGRESS:
                return await ask(self._taken_at_once(chat, is_counted=is_counted))
            case _ if is_counted:
                return await self._answered(chat, ask, urgency)
            case _:
                return await ask(None)

    async def _answered(
        self, chat: _Chat, ask: Callable[[Call | None], Coroutine[Any, Any, Answer]], urgency: Urgency
    ) -> Answer:
        ticket = _ticket(urgency, next(self._tickets))
        for _ in range(_TRIES - 1):
            call = await self._taken_in_turn(chat, ticket, urgency)
            # Longer pauses are raised by the next turn.
            with suppress(RetryAfter):
                return await ask(call)
        return await ask(await self._taken_in_turn(chat, ticket, urgency))

    def _taken_at_once(self, chat: _Chat, *, is_counted: bool) -> Call | None:
        wait = self._wait(chat, Urgency.PROGRESS) if is_counted else self._pause(chat)
        if wait > 0 or chat.waiting:
            raise Dropped(timedelta(seconds=max(wait, 1)))
        return self._taken(chat, Urgency.PROGRESS) if is_counted else None

    async def _taken_in_turn(self, chat: _Chat, ticket: _Ticket, urgency: Urgency) -> Call:
        if not chat.waiting and self._wait(chat, urgency) <= 0:
            return self._taken(chat, urgency)
        turn, is_lookup = current_turn.get(), urgency is Urgency.LOOKUP
        if turn is None:
            return await self._taken_after_waiting(chat, ticket, urgency)
        if is_lookup and turn.is_dropped:
            raise Dropped(timedelta(seconds=max(1, self._wait(chat, urgency))))
        async with turn.given_way(is_lookup=is_lookup):
            call = await self._taken_after_waiting(chat, ticket, urgency)
        call.left = _now()
        return call

    async def _taken_after_waiting(self, chat: _Chat, ticket: _Ticket, urgency: Urgency) -> Call:
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

    def _wait(self, chat: _Chat, urgency: Urgency, ahead: int = 0) -> float:
        now = _now()
        others = list[Window]()
        if urgency not in _ANSWERS or now < self._cautious_until:
            others.append(self._overall)
        if urgency is Urgency.BROADCAST:
            others.append(self._broadcasts)
        return max(chat.wait(now, urgency, ahead), *(window.wait(now, urgency) for window in others), 0.0)

    def _pause(self, chat: _Chat) -> float:
        """Return the seconds for which progress that does not count gives way to a crowd, or to the chat's pause."""
        now = _now()
        return max(chat.held_until - now, self._overall.wait(now, Urgency.PROGRESS))

    def _taken(self, chat: _Chat, urgency: Urgency) -> Call:
        call = Call(_now())
        self._overall.take(call)
        chat.take(call)
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
        call: Call | None,
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
                chat.move()


def _urgency(said: int | None) -> Urgency:
    if said is not None:
        return Urgency(said)
    return Urgency.ANSWER if current_turn.get() is None else Urgency.LOOKUP


def _ticket(urgency: Urgency, number: int) -> _Ticket:
    turn = current_turn.get()
    # Everybody's first look-up goes before anybody's second.
    waiting = turn.waiting_lookups if turn is not None and urgency is Urgency.LOOKUP else 0
    return _RANKS.get(urgency, 0), waiting, number


def _now() -> float:
    return asyncio.get_running_loop().time()


def seconds_asked_for(flooded: RetryAfter) -> float:
    pause = flooded.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
