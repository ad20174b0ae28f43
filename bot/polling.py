"""Fetches updates: confirms them to Telegram only when they are handled, and gives up for nothing.

python-telegram-bot's own updater confirms an update before it is handled, stops for good at one 401 or 404, and
asks for an update it cannot parse again and again without a pause.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.albums import Gathering
from bot.flood import seconds_asked_for
from domain.retry import exponential_backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Message
    from telegram.request import BaseRequest

    from handlers.context import BotApplication

log = structlog.get_logger(__name__)

_LONG_POLL = 25  # seconds; Telegram bears 50 at most
_BATCH = 100  # Bot API, getUpdates: no more at once
#: So many of the newest updates come again if the bot dies before it has handled them. It is less than a batch,
#: so that a chat whose answers have to wait does not hide what the others write.
_UNCONFIRMED = 50
#: So long the next look waits for handlers; what they have to write down takes milliseconds, the rest is talk.
_HANDLING = 0.3
_AT_ONCE = 100
_REMEMBERED = 1000
#: So long handlers may go on when the bot is told to stop.
_GRACE = 3.0
_LONGEST_PAUSE = timedelta(seconds=30)
#: What python-telegram-bot raises for JSON of another shape than it thinks of.
_NOT_THE_SHAPE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Poller:
    """Runs until it is told to stop; hands every update to the application once, in order within a chat."""

    def __init__(
        self,
        application: BotApplication,
        request: BaseRequest,
        *,
        allowed_updates: Sequence[str],
        on_success: Callable[[], None],
        shortest_pause: float = 1.0,
        album_quiet: float = 1.0,
    ) -> None:
        """Take PTB's application and a connection for it alone.

        `shortest_pause` are the seconds to wait after a first failure; an album counts as whole when for
        `album_quiet` seconds no more of it has come.
        """
        self._application = application
        self._request = request
        self._allowed = json.dumps(list(allowed_updates))
        self._on_success = on_success
        self._shortest_pause = shortest_pause
        self._album_quiet = album_quiet
        self._failures = 0
        #: The number after that of the newest update.
        self._next = 0
        self._seen = OrderedDict[int, None]()
        # A chat's lock lives as long as somebody holds it or waits for it.
        self._turns = WeakValueDictionary[int, asyncio.Lock]()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._gatherings: dict[tuple[int, str], Gathering] = {}
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            stop = tasks.create_task(stopping.wait())
            while not stopping.is_set():
                fetch = tasks.create_task(self._fetched(_LONG_POLL))
                await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    # Nothing is lost: what is not confirmed comes again.
                    fetch.cancel()
                    break
                match fetch.result():
                    case list() as raw:
                        self._on_success()
                        self._begin(tasks, raw)
                        if self._in_hand:
                            await asyncio.wait(self._in_hand.values(), timeout=_HANDLING)
                    case pause:
                        await sleep_unless(stopping, pause)
            await self._wind_up()

    @property
    def _offset(self) -> int:
        """What confirms the updates that are handled, and none that is in hand."""
        return max(min(self._in_hand, default=self._next), self._next - _UNCONFIRMED)

    async def _wind_up(self) -> None:
        """Let handlers come to their end, and confirm to Telegram what they handled."""
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=_GRACE)
        if self._next:
            with suppress(TimeoutError):
                async with asyncio.timeout(_GRACE):
                    await self._fetched(0)
        for task in list(self._in_hand.values()):
            task.cancel()

    async def _fetched(self, seconds: int) -> list[dict[str, Any]] | float:
        """Return what Telegram has for us, or the seconds to wait before asking again."""
        query = {
            "offset": self._offset,
            "timeout": seconds,
            "limit": _BATCH,
            "allowed_updates": self._allowed,
        }
        bot = self._application.bot
        try:
            result = await self._request.post(
                f"{bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=seconds + 10.0
            )
            updates = _with_numbers(result)
        except RetryAfter as flooded:
            return seconds_asked_for(flooded)
        except Conflict:
            log.error("another process polls with this bot's token; stop it, or this one")
        except InvalidToken as error:
            log.error("Telegram does not know this bot: check TELEGRAM_BOT_TOKEN", answer=error.message)
        except TelegramError as error:
            log.warning("Telegram cannot be reached; I keep trying", problem=error.message)
        except _NOT_THE_SHAPE as error:
            log.warning("Telegram's answer makes no sense; I keep trying", problem=repr(error))
        else:
            self._failures = 0
            return updates
        self._failures += 1
        shortest = timedelta(seconds=self._shortest_pause)
        pause = exponential_backoff(self._failures - 1, shortest=shortest, longest=_LONGEST_PAUSE)
        return pause.total_seconds()

    def _begin(self, tasks: asyncio.TaskGroup, raw: list[dict[str, Any]]) -> None:
        for item in raw:
            update_id = item["update_id"]
            # Not the highest: after a quiet week Telegram counts from anywhere (Bot API: Update).
            self._next = update_id + 1
            update = self._parsed(item)
            if update is not None:
                task = tasks.create_task(self._handle(update))
                self._in_hand[update_id] = task
                task.add_done_callback(partial(self._finished, update_id))

    def _finished(self, update_id: int, _task: asyncio.Task[None]) -> None:
        self._in_hand.pop(update_id, None)

    def _parsed(self, item: dict[str, Any]) -> Update | None:
        """Read one update; None if it was seen before or cannot be read, which must not stop the others."""
        update_id = item["update_id"]
        if update_id in self._seen:
            return None
        self._seen[update_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        try:
            return Update.de_json(item, self._application.bot)
        except _NOT_THE_SHAPE as error:
            log.error("an update cannot be read and is passed over", update_id=update_id, problem=repr(error))
            return None

    async def _handle(self, update: Update) -> None:
        message = update.message
        if message is not None and message.media_group_id is not None:
            await self._handle_member(message, message.media_group_id)
            return
        # What is looked up from elsewhere is in no chat of ours: there each person is served in turn.
        asker = update.effective_chat or update.effective_user
        async with self._turn_of(asker.id if asker else 0), self._room:
            await self._application.process_update(update)

    async def _handle_member(self, message: Message, album_id: str) -> None:
        """Handle an album with its first member; the others are handled when it is."""
        key = (message.chat_id, album_id)
        if key in self._gatherings:
            gathering = self._gatherings[key]
            gathering.add(message)
            await gathering.handled.wait()
            return
        gathering = self._gatherings[key] = Gathering(message)
        # What is said after the album has to wait for it, but nobody in another chat.
        async with self._turn_of(message.chat_id):
            album = await gathering.whole(self._album_quiet)
            # What comes later still, if anything, is another album.
            del self._gatherings[key]
            async with self._room:
                await self._application.process_update(album)
        gathering.handled.set()

    def _turn_of(self, chat_id: int) -> asyncio.Lock:
        return self._turns.setdefault(chat_id, asyncio.Lock())


def _with_numbers(result: object) -> list[dict[str, Any]]:
    """Return the updates; raises TypeError if there is one that could never be confirmed."""
    match result:
        case list() as updates if all(isinstance(_number(update), int) for update in updates):
            return updates
        case _:
            raise TypeError("no list of updates")


def _number(update: object) -> object:
    return update.get("update_id") if isinstance(update, dict) else None


async def sleep_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake up at once when it is time to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
