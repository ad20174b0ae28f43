"""Hands updates to the handlers: each once, in its turn, and out of the inbox only when it was handled."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import Message, Update

from bot.background import surviving
from chat.albums import AlbumCollector
from chat.turns import Turn, Turns, current_turn
from chat.updates import read_update
from handlers.context import BotApplication
from storage.errors import StorageError
from storage.inbox import Inbox, Received

log = structlog.get_logger(__name__)

#: What so many processes began to handle, and none survived, is passed over.
_MOST_ATTEMPTS = 3
#: Commands that change nothing when their answer is that of an equal one; the answer to a request may be a refusal.
_LOOKUPS = frozenset(
    {
        "/start", "/help", "/video", "/jobs", "/history", "/show", "/quota", "/models", "/settings", "/groupsettings",
        "/users", "/stats",
    }
)  # fmt: skip
#: Seconds. What was handled is taken out of the inbox together with what is handled soon after.
_TIDYING = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An update that stands in the inbox and waits to be handled."""

    update: Update
    #: As in `Received`; None if this process received it.
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class _InHand:
    task: asyncio.Task[None]
    turn: Turn


class Dispatcher:
    """Handles the updates of a chat in order, and chats beside each other."""

    def __init__(self, application: BotApplication, inbox: Inbox, *, album_quiet: float) -> None:
        """`album_quiet` are the seconds without another member after which an album counts as whole."""
        self._application = application
        self._inbox = inbox
        self._album_quiet = album_quiet
        self._turns = Turns()
        self._gatherings: dict[tuple[int, str], AlbumCollector] = {}
        self._in_hand: dict[int, _InHand] = {}
        self._handled = set[int]()
        self._has_handled = asyncio.Event()

    def __len__(self) -> int:
        """Return how many updates are not handled yet."""
        return len(self._in_hand)

    async def find_left(self) -> Sequence[Waiting]:
        """Return what earlier processes left in the inbox; raises StorageError."""
        found = (self._read(received) for received in await self._inbox.find())
        return [waiting for waiting in found if waiting is not None]

    def take(self, tasks: asyncio.TaskGroup, waiting: Waiting) -> None:
        """Handle an update in a task of its own."""
        update, attempts = waiting.update, waiting.attempts
        update_id = update.update_id
        turn = self._turns.turn(
            *_asker(update),
            question=_question(update),
            message_id=update.message.message_id if update.message is not None else None,
            is_alone=bool(attempts),
        )
        task = tasks.create_task(self._taken(waiting, turn))
        self._in_hand[update_id] = _InHand(task, turn)
        task.add_done_callback(lambda _: self._in_hand.pop(update_id, None))

    async def tidy(self) -> None:
        """Take out of the inbox what was handled, now and again, until cancelled."""
        while True:
            await self._has_handled.wait()
            await asyncio.sleep(_TIDYING)
            await self._remove_handled()

    async def wind_up(self, seconds: float) -> None:
        """Let handlers come to their end; what waits for Telegram's limits is left to the next process."""
        at_work = [one.task for one in self._in_hand.values() if not one.turn.is_away]
        if at_work:
            await asyncio.wait(at_work, timeout=seconds)
        for one in list(self._in_hand.values()):
            one.task.cancel()
        try:
            async with asyncio.timeout(seconds):
                await self._remove_handled()
                await self._inbox.forgive()
        except (StorageError, TimeoutError) as error:
            log.warning("the inbox could not be left in order", problem=repr(error))

    def _read(self, received: Received) -> Waiting | None:
        update_id = received.update_id
        if received.attempts >= _MOST_ATTEMPTS:
            log.error("an update that ended the bot each time is passed over", update_id=update_id)
            self._note_handled(update_id)
            return None
        try:
            update = read_update(json.loads(received.body), self._application.bot)
        except ValueError as error:
            log.error("an update cannot be read and is passed over", update_id=update_id, problem=str(error))
            self._note_handled(update_id)
            return None
        return Waiting(update=update, attempts=received.attempts)

    async def _taken(self, waiting: Waiting, turn: Turn) -> None:
        current_turn.set(turn)
        with surviving("the handling of an update"):
            message = waiting.update.message
            if message is not None and message.media_group_id is not None:
                await self._handle_member(waiting, message, message.media_group_id, turn)
            else:
                await self._handle(waiting, turn)
        self._note_handled(waiting.update.update_id)

    async def _handle(self, waiting: Waiting, turn: Turn) -> None:
        async with turn:
            await turn.enter()
            if turn.is_answered:
                return
            await self._begin(waiting)
            await self._application.process_update(waiting.update)

    async def _handle_member(self, waiting: Waiting, message: Message, album_id: str, turn: Turn) -> None:
        """Handle an album with its first member; the others are handled when it is."""
        key = (message.chat_id, album_id)
        if key in self._gatherings:
            gathering = self._gatherings[key]
            gathering.add(message)
            await self._begin(waiting)
            await gathering.handled.wait()
            return
        gathering = self._gatherings[key] = AlbumCollector(message)
        try:
            # What the same person says after the album has to wait for it, but nobody else.
            async with turn:
                album = await gathering.whole(self._album_quiet)
                # What comes later still, if anything, is another album.
                del self._gatherings[key]
                await turn.enter()
                await self._begin(waiting)
                await self._application.process_update(album)
        finally:
            gathering.handled.set()

    async def _begin(self, waiting: Waiting) -> None:
        """Note that the process may not survive this, if none has yet."""
        if waiting.attempts is None:
            return
        try:
            await self._inbox.begin(waiting.update.update_id)
        except StorageError as error:
            log.warning("an attempt could not be counted", problem=str(error))

    def _note_handled(self, update_id: int) -> None:
        self._handled.add(update_id)
        self._has_handled.set()

    async def _remove_handled(self) -> None:
        handled = set(self._handled)
        self._has_handled.clear()
        try:
            await self._inbox.remove(handled)
        except StorageError as error:
            log.warning("what was handled could not be taken out of the inbox", problem=str(error))
            self._has_handled.set()
        else:
            self._handled -= handled


def turn_of(update: Update) -> int:
    """Return the chat whose updates are handled in order; what is looked up from elsewhere is in no chat of ours."""
    return _asker(update)[0]


def _asker(update: Update) -> tuple[int, int]:
    """Return the chat and who wrote or pressed there; 0 where there is none."""
    chat, person = update.effective_chat, update.effective_sender
    person_id = person.id if person is not None else 0
    return chat.id if chat is not None else person_id, person_id


def _question(update: Update) -> tuple[str, int | None] | None:
    """Return what a message looks up; None for anything else."""
    message = update.message
    if message is None or message.text is None:
        return None
    command = message.text.partition(" ")[0].partition("@")[0].lower()
    if command not in _LOOKUPS:
        return None
    replied = message.reply_to_message
    return message.text, replied.message_id if replied is not None else None
