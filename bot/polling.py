"""Fetches updates: confirms them to Telegram only when they are handled, and gives up for nothing.

python-telegram-bot's own updater confirms an update before it is handled, stops for good at one 401 or 404, and
asks for an update it cannot parse again and again without a pause.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.flood import seconds_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram.request import BaseRequest

    from handlers.context import BotApplication

log = structlog.get_logger(__name__)

_LONG_POLL = 25  # seconds; Telegram bears 50 at most
_LONGEST_PAUSE = 30.0
#: So long the next look waits for handlers; what they have to write down takes milliseconds, the rest is talk.
_HANDLING = 1.0
_AT_ONCE = 100
_REMEMBERED = 1000
#: So long handlers may go on when the bot is told to stop.
_GRACE = 3.0


class Poller:
    """Runs until it is told to stop; hands every update to the application once, in order within a chat."""

    def __init__(
        self,
        application: BotApplication,
        request: BaseRequest,
        *,
        allowed_updates: Sequence[str],
        on_success: Callable[[], None],
    ) -> None:
        self._application = application
        self._request = request
        self._allowed = json.dumps(list(allowed_updates))
        self._on_success = on_success
        self._offset = 0
        self._seen = OrderedDict[int, None]()
        # A chat's lock lives as long as somebody holds it or waits for it.
        self._turns = WeakValueDictionary[int, asyncio.Lock]()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._handling = set[asyncio.Task[None]]()

    async def run(self, stopping: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            stop = tasks.create_task(stopping.wait())
            failures = 0
            while not stopping.is_set():
                fetch = tasks.create_task(self._fetched(_LONG_POLL))
                await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    # Nothing is lost: what is not confirmed comes again.
                    fetch.cancel()
                    break
                match fetch.result():
                    case list() as raw:
                        failures = 0
                        self._on_success()
                        await self._handled(tasks, raw)
                    case pause:
                        failures += 1
                        pause *= 1 << min(failures - 1, 6)
                        await sleep_unless(stopping, min(pause, _LONGEST_PAUSE))
            await self._wind_up()

    async def _wind_up(self) -> None:
        """Let handlers come to their end, and confirm to Telegram what they handled."""
        if self._handling:
            await asyncio.wait(self._handling, timeout=_GRACE)
        for task in self._handling:
            task.cancel()
        if self._offset:
            with suppress(TimeoutError):
                async with asyncio.timeout(_GRACE):
                    await self._fetched(0)

    async def _fetched(self, seconds: int) -> list[dict[str, Any]] | float:
        """Return what Telegram has for us, or the seconds to wait before asking again."""
        query = {"offset": self._offset, "timeout": seconds, "limit": 100, "allowed_updates": self._allowed}
        bot = self._application.bot
        try:
            result = await self._request.post(
                f"{bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=seconds + 10.0
            )
        except RetryAfter as flooded:
            return seconds_asked_for(flooded)
        except Conflict:
            log.error("another process polls with this bot's token; stop it, or this one")
            return 3.0
        except InvalidToken as error:
            log.error("Telegram does not know this bot: check TELEGRAM_BOT_TOKEN", answer=error.message)
            return 2.0
        except TelegramError as error:
            log.warning("Telegram cannot be reached; I keep trying", problem=error.message)
            return 1.0
        return result if isinstance(result, list) else []

    async def _handled(self, tasks: asyncio.TaskGroup, raw: list[dict[str, Any]]) -> None:
        """Let all of it be handled, and confirm it with the next look."""
        fresh = []
        for item in raw:
            self._offset = max(self._offset, int(item["update_id"]) + 1)
            update = self._parsed(item)
            if update is not None:
                await self._room.acquire()
                task = tasks.create_task(self._handle(update))
                self._handling.add(task)
                task.add_done_callback(self._handling.discard)
                fresh.append(task)
        if fresh:
            await asyncio.wait(fresh, timeout=_HANDLING)

    def _parsed(self, item: dict[str, Any]) -> Update | None:
        """Read one update; None if it was seen before or cannot be read, which must not stop the others."""
        update_id = int(item["update_id"])
        if update_id in self._seen:
            return None
        self._seen[update_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        try:
            return Update.de_json(item, self._application.bot)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            log.error("an update cannot be read and is passed over", update_id=update_id, problem=repr(error))
            return None

    async def _handle(self, update: Update) -> None:
        chat_id = update.effective_chat.id if update.effective_chat else 0
        turn = self._turns.setdefault(chat_id, asyncio.Lock())
        try:
            async with turn:
                await self._application.process_update(update)
        finally:
            self._room.release()


async def sleep_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake up at once when it is time to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
