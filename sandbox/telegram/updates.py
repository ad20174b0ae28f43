"""The queue of updates and the long polls that empty it (Bot API: getUpdates)."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sandbox.telegram.errors import BadRequest, Conflict

LONGEST_POLL_SECONDS = 50
LARGEST_BATCH = 100
LIFETIME = timedelta(hours=24)
#: Kinds that wait for less than a day.
LIFETIMES = {
    "callback_query": timedelta(seconds=150),
    "inline_query": timedelta(seconds=30),
    "chosen_inline_result": timedelta(seconds=600),
}
#: Kinds a bot gets only when it asks for them by name.
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = ON_REQUEST_ONLY | {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "purchased_paid_media",
    "managed_bot",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    body: dict[str, Any]
    expires_at: datetime

    @property
    def id(self) -> int:
        return int(self.body["update_id"])


class Updates:
    """Updates wait here until a call with a higher offset confirms them, or a day has passed."""

    def __init__(self, clock: Callable[[], datetime], *, on_wait: Callable[[], None] = lambda: None) -> None:
        self.clock = clock
        #: Called whenever a long poll begins to wait.
        self.on_wait = on_wait
        #: Deliver each update twice in a row, as a server may that lost a confirmation.
        self.repeat = False
        self.webhook_url = ""
        self.allowed = KINDS - ON_REQUEST_ONLY
        self._ids = count(870_000_001)
        self._pending: deque[_Pending] = deque()
        self._repeats: list[dict[str, Any]] = []
        self._last: dict[str, Any] | None = None
        self._waiting: asyncio.Future[bool] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits right now."""
        return self._waiting is not None

    def push(self, kind: str, body: dict[str, Any]) -> None:
        """Queues an update of a kind the bot listens to; others are dropped for good."""
        if kind in self.allowed:
            self._queue({kind: body}, LIFETIMES.get(kind, LIFETIME))

    def push_raw(self, body: dict[str, Any]) -> int:
        """Queues an update just as it is, however broken, and returns its id."""
        return self._queue(body, LIFETIME)

    def repeat_last(self) -> None:
        """Delivers the newest update once more, confirmed or not."""
        if self._last is not None:
            self._repeats.append(self._last)
            self._wake(proceed=True)

    async def poll(
        self, *, offset: int, limit: int, seconds: float, allowed: list[str] | None
    ) -> list[dict[str, Any]]:
        """Answers one getUpdates: at once when there is something, else when there is, else empty.

        Raises:
            Conflict: A webhook is set, or another poll has begun meanwhile.
        """
        if self.webhook_url:
            raise Conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._allow(allowed)
        self._confirm(offset)
        self._wake(proceed=False)
        if not self._pending and not self._repeats and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL_SECONDS))
        return self._batch(limit if 1 <= limit <= LARGEST_BATCH else LARGEST_BATCH)

    def abandon(self) -> None:
        """Ends the waiting poll, whose client is gone, before it swallows anything."""
        self._wake(proceed=True)

    def forget(self) -> None:
        """Drops what is pending (drop_pending_updates)."""
        self._pending.clear()

    def _queue(self, body: dict[str, Any], lifetime: timedelta) -> int:
        update = {"update_id": next(self._ids), **body}
        self._pending.append(_Pending(body=update, expires_at=self.clock() + lifetime))
        self._last = update
        self._wake(proceed=True)
        return int(update["update_id"])

    def _allow(self, allowed: list[str] | None) -> None:
        if allowed is None:  # what was asked for last is remembered
            return
        unknown = set(allowed) - KINDS
        if unknown:
            raise BadRequest(f"unknown update type {min(unknown)!r} in allowed_updates")
        self.allowed = set(allowed) or KINDS - ON_REQUEST_ONLY

    def _confirm(self, offset: int) -> None:
        while self._pending and self._pending[0].id < offset:
            self._pending.popleft()
        while offset < 0 and len(self._pending) > -offset:
            self._pending.popleft()

    async def _wait(self, seconds: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        self.on_wait()
        try:
            async with asyncio.timeout(seconds):
                proceed = await waiting
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if not proceed:
            raise Conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )

    def _wake(self, *, proceed: bool) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(proceed)

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        now = self.clock()
        while self._pending and self._pending[0].expires_at <= now:
            self._pending.popleft()
        repeats, self._repeats = self._repeats, []
        batch = [pending.body for pending in self._pending if pending.expires_at > now][:limit]
        times = 2 if self.repeat else 1
        return repeats + [body for body in batch for _ in range(times)]
