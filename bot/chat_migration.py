"""Notices from Telegram's answers that a group has become a supergroup, and moves its data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import ChatMigrated
from telegram.ext import BaseRateLimiter

from bot.background import surviving
from handlers.context import Services
from handlers.groups.handlers import follow

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class MovedGroups(BaseRateLimiter[int]):
    """PTB asks it before every call; it hands all of them on to the one who keeps the limits.

    A call to a group that is a supergroup by now fails all the same: the group is moved by the time it is tried again.
    """

    def __init__(self, limiter: BaseRateLimiter[int]) -> None:
        self._limiter = limiter
        self._moved: asyncio.Queue[tuple[int, int]] = asyncio.Queue()

    async def initialize(self) -> None:
        await self._limiter.initialize()

    async def shutdown(self) -> None:
        await self._limiter.shutdown()

    async def process_request(  # noqa: PLR0917 - PTB's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - PTB's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        try:
            return await self._limiter.process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
        except ChatMigrated as error:
            self._moved.put_nowait((int(data["chat_id"]), error.new_chat_id))
            raise

    async def run(self, services: Services) -> None:
        """Move the groups one after the other, until cancelled."""
        while True:
            old_id, new_id = await self._moved.get()
            # The next call to a group that could not be moved tells of it again.
            with surviving("moving a group"):
                await follow(services, old_id, new_id)
