"""Fetches updates: confirms them to Telegram as soon as they are in the inbox, and gives up for nothing.

python-telegram-bot's own updater confirms an update before it is handled, stops for good at one 401 or 404, and
asks for an update it cannot parse again and again without a pause.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from cachetools import LRUCache
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.background import sleep_unless, surviving
from bot.dispatcher import Dispatcher, Waiting, turn_of
from bot.findings import said_of_conflict
from chat.rate_limit import seconds_asked_for
from chat.updates import NOT_THE_SHAPE, UnreadableUpdate, read_update
from domain.retry import exponential_backoff
from handlers.context import BotApplication
from storage.errors import StorageError
from storage.inbox import Inbox, Received
from upstream.http.reason import reason_of

log = structlog.get_logger(__name__)

_LONG_POLL = 25  # seconds; Telegram bears 50 at most
_BATCH = 100  # Bot API, getUpdates: no more at once
#: Telegram keeps for a day what it is not asked for (Bot API: getting updates).
_MOST_WAITING = 1000
_UNTIL_FEWER_WAIT = 0.5  # seconds
_CACHE_SIZE = 1000
#: So long handlers may go on when the bot is told to stop.
_SHUTDOWN_GRACE_SECONDS = 3.0
_MAX_BACKOFF = timedelta(seconds=30)


class Poller:
    """Runs until it is told to stop; hands every update to the application once, in order within a chat."""

    def __init__(
        self,
        application: BotApplication,
        request: BaseRequest,
        inbox: Inbox,
        *,
        allowed_updates: Sequence[str],
        clock: Callable[[], datetime],
        on_success: Callable[[], None],
        shortest_pause: float = 1.0,
        album_quiet: float = 1.0,
        most_waiting: int = _MOST_WAITING,
    ) -> None:
        """Take PTB's application and a connection for it alone.

        `shortest_pause` are the seconds to wait after a first failure; an album counts as whole when for
        `album_quiet` seconds no more of it has come. While more than `most_waiting` updates wait to be handled,
        Telegram is asked for no more.
        """
        self._application = application
        self._request = request
        self._inbox = inbox
        self._dispatcher = Dispatcher(application, inbox, album_quiet=album_quiet)
        self._allowed = json.dumps(list(allowed_updates))
        self._clock = clock
        self._on_success = on_success
        self._shortest_pause = shortest_pause
        self._most_waiting = most_waiting
        self._failures = 0
        #: The number after that of the newest update that was written down.
        self._next = 0
        self._seen = LRUCache[int, None](_CACHE_SIZE)

    async def run(self, stopping: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            tidying = tasks.create_task(self._dispatcher.tidy())
            await self._take_what_is_left(tasks, stopping)
            while not stopping.is_set():
                pause = self._shortest_pause
                with surviving("polling"):
                    pause = await self._take_what_comes(tasks, stopping)
                await sleep_unless(stopping, pause)
            tidying.cancel()
            tasks.create_task(self._confirm())
            await self._dispatcher.wind_up(_SHUTDOWN_GRACE_SECONDS)

    async def _take_what_is_left(self, tasks: asyncio.TaskGroup, stopping: asyncio.Event) -> None:
        """Handle first what an earlier process wrote down and did not handle."""
        while not stopping.is_set():
            try:
                left = await self._dispatcher.find_left()
            except StorageError as error:
                log.error("the inbox cannot be read; I keep trying", problem=str(error))
                await sleep_unless(stopping, self._longer_pause())
                continue
            for waiting in left:
                self._remember(waiting.update.update_id)
                self._dispatcher.take(tasks, waiting)
            return

    async def _take_what_comes(self, tasks: asyncio.TaskGroup, stopping: asyncio.Event) -> float:
        """Take one batch, and return the seconds to wait before the next."""
        if len(self._dispatcher) > self._most_waiting:
            # It is not Telegram that is silent.
            self._on_success()
            return _UNTIL_FEWER_WAIT
        fetch, stop = tasks.create_task(self._fetched(_LONG_POLL)), tasks.create_task(stopping.wait())
        await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not fetch.done():
            # Nothing is lost: what is not confirmed comes again.
            fetch.cancel()
            return 0.0
        match fetch.result():
            case list() as raw:
                self._on_success()
                return await self._write_down(tasks, raw)
            case pause:
                return pause

    async def _confirm(self) -> None:
        """Tell Telegram before we go what is written down, so that it does not come again."""
        if self._next:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SHUTDOWN_GRACE_SECONDS):
                    await self._fetched(0)

    async def _fetched(self, seconds: int) -> list[dict[str, Any]] | float:
        """Return what Telegram has for us, or the seconds to wait before asking again."""
        with surviving("polling"):
            try:
                return _with_numbers(await self._asked(seconds))
            except RetryAfter as flooded:
                return seconds_asked_for(flooded)
            except Conflict as error:
                log.error(said_of_conflict(error))
            except InvalidToken as error:
                log.error("Telegram does not know this bot: check TELEGRAM_BOT_TOKEN", answer=error.message)
            except TelegramError as error:
                log.warning(
                    "Telegram cannot be reached; the bot keeps trying",
                    problem=reason_of(error) or error.message,
                )
            except NOT_THE_SHAPE as error:
                log.warning("Telegram's answer makes no sense; the bot keeps trying", problem=repr(error))
        return self._longer_pause()

    async def _asked(self, seconds: int) -> object:
        query = {"offset": self._next, "timeout": seconds, "limit": _BATCH, "allowed_updates": self._allowed}
        return await self._request.post(
            f"{self._application.bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=seconds + 10.0
        )

    async def _write_down(self, tasks: asyncio.TaskGroup, raw: list[dict[str, Any]]) -> float:
        """Put a batch into the inbox and let it be handled; return the seconds to wait before asking for more."""
        fresh = self._read(raw)
        received = [
            Received(update_id=update.update_id, turn=turn_of(update), body=json.dumps(item))
            for update, item in fresh
        ]
        try:
            await self._inbox.add(received, self._clock())
        except StorageError as error:
            log.error("updates cannot be written down; Telegram keeps them for now", problem=str(error))
            return self._longer_pause()
        self._failures = 0
        for item in raw:
            # Not the highest: after a quiet week Telegram counts from anywhere (Bot API: Update).
            self._next = item["update_id"] + 1
            self._remember(item["update_id"])
        for update, _ in fresh:
            self._dispatcher.take(tasks, Waiting(update=update))
        return 0.0

    def _read(self, raw: list[dict[str, Any]]) -> list[tuple[Update, dict[str, Any]]]:
        """Return the updates that were not seen before, and can be read: others must not stop them."""
        fresh: list[tuple[Update, dict[str, Any]]] = []
        for update_id, item in {item["update_id"]: item for item in raw}.items():
            if update_id in self._seen:
                continue
            try:
                fresh.append((read_update(item, self._application.bot), item))
            except UnreadableUpdate as error:
                log.error(
                    "an update cannot be read and is passed over", update_id=update_id, problem=str(error)
                )
        return fresh

    def _remember(self, update_id: int) -> None:
        self._seen[update_id] = None

    def _longer_pause(self) -> float:
        self._failures += 1
        shortest = timedelta(seconds=self._shortest_pause)
        pause = exponential_backoff(self._failures - 1, shortest=shortest, longest=_MAX_BACKOFF)
        return pause.total_seconds()


def _with_numbers(result: object) -> list[dict[str, Any]]:
    """Return the updates; raises TypeError if there is one that could never be confirmed."""
    match result:
        case list() as updates if all(isinstance(_number(update), int) for update in updates):
            return updates
        case _:
            raise TypeError("no list of updates")


def _number(update: object) -> object:
    return update.get("update_id") if isinstance(update, dict) else None
