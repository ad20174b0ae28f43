"""Sends broadcasts: one after the other, to one person after the other, behind whatever else has to go out.

Before each send it is written down that it begins, and its outcome before the next one: whoever has an outcome is not
sent it again. To whom it was on its way when a process is killed, it is perhaps delivered, and that stays so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.background import sleep_unless, surviving
from chat import broadcast_texts
from chat.broadcast_keyboard import stop_button
from chat.errors import (
    ChatClosed,
    OutcomeUnknown,
    SendError,
    SendLater,
    SendRefused,
    StatusGone,
    sorted_out,
)
from chat.language import speaking
from chat.send import Destination, edit, send
from chat.urgency import Urgency
from domain.broadcast import Broadcast, Ending, Outcome, time_to_send
from domain.retry import exponential_backoff
from storage.accounts import Accounts
from storage.broadcasts import Broadcasts
from storage.errors import StorageError

log = structlog.get_logger(__name__)

#: So long what is on its way may take when the bot is told to stop.
_SHUTDOWN_GRACE_SECONDS = 6.0
_MAX_BACKOFF = timedelta(seconds=60)
#: Between two edits of a card: this, and a twentieth of the time that all of it takes.
_BETWEEN_EDITS = timedelta(seconds=10)
_EDITS = 20
#: What Telegram says when it is not the person but the message that is out of reach.
_MESSAGE_GONE = ("to copy not found", "can't be copied", "message_id_invalid", "was kicked", "not a member")


@dataclass(slots=True)
class Broadcaster:
    """The one sender of broadcasts: each step reads in the database what is next, so that it may die at any moment.

    Pauses are in seconds: the shortest after a trouble with Telegram, and the one after trouble with the database.
    """

    bot: ExtBot[int]
    broadcasts: Broadcasts
    accounts: Accounts
    clock: Callable[[], datetime]
    shortest_pause: float = 0.5
    database_pause: float = 5.0
    _woken: asyncio.Event = field(init=False, default_factory=asyncio.Event)
    #: How many calls in a row had no answer.
    _troubles: int = field(init=False, default=0)
    _shown: tuple[int, datetime] | None = field(init=False, default=None)

    def wake(self) -> None:
        """Look at once whether there is something to send or to stop."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping`; what is on its way then may arrive and have its outcome written down."""
        async with asyncio.TaskGroup() as tasks:
            sending = tasks.create_task(self._send_all(stopping))
            await stopping.wait()
            self._woken.set()
            await asyncio.wait([sending], timeout=_SHUTDOWN_GRACE_SECONDS)
            sending.cancel()

    async def _send_all(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            self._woken.clear()
            pause: float | None = self.database_pause
            with surviving("sending a broadcast"):
                pause = await self._step()
            if pause != 0 and not stopping.is_set():
                await sleep_unless(self._woken, pause)

    async def _step(self) -> float | None:
        """Send to one person, or report; return the seconds until the next step, None to wait for a wake-up."""
        broadcast = await self.broadcasts.find_current()
        if broadcast is None:
            return None
        if self._troubles and not await self._is_answered():
            return self._backed_off()
        with speaking(broadcast.language):
            if broadcast.stopped_at is not None:
                return await self._end(broadcast, Ending.STOPPED)
            person_id = await self.broadcasts.begin_next(broadcast.id, now=self.clock())
            if person_id is None:
                return await self._end(broadcast, Ending.COMPLETE)
            return await self._send(broadcast, person_id)

    async def _send(self, broadcast: Broadcast, person_id: int) -> float:
        outcome: Outcome | None = Outcome.DELIVERED
        try:
            await self.bot.copy_message(
                person_id, broadcast.chat_id, broadcast.message_id, rate_limit_args=Urgency.BROADCAST
            )
        except TelegramError as error:
            problem, is_gone = sorted_out(error), _is_message_gone(error)
            if is_gone or isinstance(problem, SendLater):
                await self._note(broadcast, person_id, None)
                return (
                    await self._end(broadcast, Ending.MESSAGE_GONE) if is_gone else self._backed_off(problem)
                )
            outcome = _outcome_of(problem)
        await self._note(broadcast, person_id, outcome)
        if outcome is Outcome.UNKNOWN:
            return self._backed_off()
        self._troubles = 0
        await self._show(broadcast)
        return 0.0

    async def _note(self, broadcast: Broadcast, person_id: int, outcome: Outcome | None) -> None:
        """Write the outcome down, however long the database takes: nobody is sent anything before."""
        while True:
            try:
                if outcome is Outcome.BLOCKED:
                    await self.accounts.note_unreachable(person_id, now=self.clock())
                await self.broadcasts.note(broadcast.id, person_id, outcome, now=self.clock())
            except StorageError:
                log.exception("the outcome of a send cannot be written down; I keep trying")
                await asyncio.sleep(self.database_pause)
            else:
                return

    async def _show(self, broadcast: Broadcast) -> None:
        """Show now and then how far it has got."""
        now = self.clock()
        if self._shown is not None and self._shown[0] == broadcast.id and now < self._shown[1]:
            return
        progress = await self.broadcasts.find_progress(broadcast.id)
        pause = max(_BETWEEN_EDITS, time_to_send(progress.people) / _EDITS)
        self._shown = (broadcast.id, now + pause)
        if progress.unsent and broadcast.card_message_id is not None:
            with suppress(SendError):
                await edit(
                    self.bot,
                    broadcast.chat_id,
                    broadcast.card_message_id,
                    broadcast_texts.sending(progress),
                    stop_button(broadcast),
                    urgency=Urgency.PROGRESS,
                )

    async def _end(self, broadcast: Broadcast, ending: Ending) -> float:
        """Show the report, and only then call it over."""
        now = self.clock()
        progress = await self.broadcasts.find_progress(broadcast.id)
        took = now - (broadcast.confirmed_at or now)
        try:
            await self._tell(broadcast, broadcast_texts.report(progress, ending, took))
        except (SendLater, OutcomeUnknown) as problem:
            return self._backed_off(problem)
        except SendError as problem:
            log.warning("the report about a broadcast could not be shown", problem=str(problem))
        await self.broadcasts.finish(broadcast.id, now=now)
        log.info(
            "a broadcast is over",
            broadcast=broadcast.id,
            ending=ending,
            people=progress.people,
            delivered=progress.delivered,
        )
        return 0.0

    async def _tell(self, broadcast: Broadcast, text: str) -> None:
        """Edit the card to this text, or send it as a new message if the card is gone."""
        if broadcast.card_message_id is not None:
            with suppress(StatusGone):
                await edit(self.bot, broadcast.chat_id, broadcast.card_message_id, text)
                return
        await send(self.bot, Destination(broadcast.chat_id, reply_to=broadcast.message_id), text)

    async def _is_answered(self) -> bool:
        """Ask Telegram something that does no harm: a message whose answer is lost is not sent again."""
        try:
            await self.bot.get_me()
        except TelegramError:
            return False
        return True

    def _backed_off(self, problem: SendError | None = None) -> float:
        """Return the seconds to wait: as many as Telegram asks for, else more with each trouble in a row."""
        if isinstance(problem, SendLater) and problem.pause is not None:
            return problem.pause.total_seconds()
        self._troubles += 1
        shortest = timedelta(seconds=self.shortest_pause)
        pause = exponential_backoff(self._troubles, shortest=shortest, longest=_MAX_BACKOFF)
        return pause.total_seconds()


def _is_message_gone(error: TelegramError) -> bool:
    """Tell whether it is the message that is out of reach, and not the person: deleted, or its group left."""
    if isinstance(error, ChatMigrated):
        return True
    words = error.message.lower()
    return isinstance(error, BadRequest | Forbidden) and any(known in words for known in _MESSAGE_GONE)


def _outcome_of(problem: SendError) -> Outcome:
    match problem:
        case ChatClosed():
            return Outcome.BLOCKED
        case SendRefused():
            return Outcome.FAILED
        case _:
            return Outcome.UNKNOWN
