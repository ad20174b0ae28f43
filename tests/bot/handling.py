"""Handlers that record what they get, and the real poller."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telegram import Update
from telegram.ext import TypeHandler

from bot.application import build_application, polling_request
from bot.poller import Poller
from bot.run import utc_now
from bot.settings import Settings
from chat.albums import Album
from handlers.context import Context
from sandbox.telegram.chats import Chat
from storage.database import Database
from storage.inbox import Inbox


class Handling:
    """Notes what is handled; chats named in `held` are handled only once they are let go."""

    def __init__(self, database_url: str) -> None:
        #: Where the inbox is.
        self.database_url = database_url
        self.begun: list[str] = []
        self.done: list[str] = []
        self.held: dict[int, asyncio.Event] = {}
        self.changed = asyncio.Event()

    async def take(self, update: Update, _context: Context) -> None:
        if update.inline_query is not None:
            await self._handle(update.inline_query.query, update.inline_query.from_user.id)
            return
        words = (update.message.text if update.message else None) or "?"
        await self._handle(words, update.effective_chat.id if update.effective_chat else 0)

    async def take_album(self, album: Album, _context: Context) -> None:
        words = " ".join(message.caption or "?" for message in album.messages)
        await self._handle(words, album.first.chat_id)

    async def _handle(self, words: str, chat_id: int) -> None:
        self.begun.append(words)
        self._change()
        if chat_id in self.held:
            await self.held[chat_id].wait()
        self.done.append(words)
        self._change()

    def hold(self, chat: Chat) -> None:
        self.held[chat.id] = asyncio.Event()

    def let_go(self, chat: Chat) -> None:
        self.held.pop(chat.id).set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                await self.changed.wait()

    async def left(self) -> list[tuple[int, str]]:
        """Return the turn and the words of each message in the inbox."""
        async with Database.open(self.database_url) as database:
            found = await Inbox(database).find()
        return [(one.turn, json.loads(one.body)["message"]["text"]) for one in found]

    def _change(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


@asynccontextmanager
async def polling(
    settings: Settings,
    handling: Handling,
    *,
    on_success: Callable[[], None] = lambda: None,
    album_quiet: float = 0.05,
    most_waiting: int = 1000,
) -> AsyncIterator[asyncio.Event]:
    """Poll while the block runs; yields what stops the poller before that."""
    application = build_application(settings)
    application.add_handler(TypeHandler(Update, handling.take))
    application.add_handler(TypeHandler(Album, handling.take_album))
    stopping = asyncio.Event()
    async with (
        Database.open(handling.database_url) as database,
        application,
        polling_request() as request,
        asyncio.TaskGroup() as tasks,
    ):
        poller = Poller(
            application,
            request,
            Inbox(database),
            clock=utc_now,
            allowed_updates=("message", "callback_query", "inline_query"),
            on_success=on_success,
            shortest_pause=0.05,
            album_quiet=album_quiet,
            most_waiting=most_waiting,
        )
        tasks.create_task(poller.run(stopping))
        try:
            yield stopping
        finally:
            stopping.set()


@asynccontextmanager
async def killed_poller(
    settings: Settings, handling: Handling, *, album_quiet: float = 0.05
) -> AsyncIterator[None]:
    """Poll while the block runs, and end as a killed process does: without a word to Telegram."""
    application = build_application(settings)
    application.add_handler(TypeHandler(Update, handling.take))
    application.add_handler(TypeHandler(Album, handling.take_album))
    async with (
        Database.open(handling.database_url) as database,
        application,
        polling_request() as request,
        asyncio.TaskGroup() as tasks,
    ):
        poller = Poller(
            application,
            request,
            Inbox(database),
            clock=utc_now,
            allowed_updates=("message",),
            on_success=lambda: None,
            album_quiet=album_quiet,
        )
        running = tasks.create_task(poller.run(asyncio.Event()))
        yield
        running.cancel()
