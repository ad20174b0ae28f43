"""Limits how many files are sent at a time, because they share one event loop with every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import httpx
from telegram.request import HTTPXRequest, RequestData

#: More would bring no clip sooner.
_MAX_CONCURRENT = 3


class UploadLimiter(HTTPXRequest):
    """PTB's transport. An upload takes a slot only while its bytes go out.

    A call that still waits for its chat's room, or whose answer Telegram keeps back, is in nobody's way.
    """

    def __init__(self, *, httpx_kwargs: dict[str, Any], **settings: Any) -> None:  # noqa: ANN401 - PTB's own
        super().__init__(httpx_kwargs=httpx_kwargs | {"event_hooks": {"request": [_watch]}}, **settings)
        self._slots = asyncio.Semaphore(_MAX_CONCURRENT)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ANN401 - PTB's own
        **named: Any,  # noqa: ANN401 - PTB's own
    ) -> tuple[int, bytes]:
        if request_data is None or not request_data.contains_files:
            return await super().do_request(url, method, request_data, *timeouts, **named)
        async with _taken(self._slots):
            return await super().do_request(url, method, request_data, *timeouts, **named)


class _Slot:
    """One upload's slot; given back once."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots = slots
        self._is_taken = True

    def give_back(self) -> None:
        if self._is_taken:
            self._is_taken = False
            self._slots.release()

    async def follow(self, event: str, _info: dict[str, Any]) -> None:
        """Hear what the transport does (httpx: the "trace" request extension)."""
        if event.endswith("send_request_body.complete"):
            self.give_back()


_slot = ContextVar[_Slot | None]("slot", default=None)


@asynccontextmanager
async def _taken(slots: asyncio.Semaphore) -> AsyncIterator[None]:
    await slots.acquire()
    slot = _Slot(slots)
    token = _slot.set(slot)
    try:
        yield
    finally:
        _slot.reset(token)
        slot.give_back()


async def _watch(request: httpx.Request) -> None:
    if (slot := _slot.get()) is not None:
        request.extensions["trace"] = slot.follow
