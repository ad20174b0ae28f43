"""Separate connections for files and for calls, so that many uploads never hold up an answer."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from telegram.error import TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

#: A call that found no connection so often is given back to its caller, as one that has not left.
_TRIES = 4


class Connections(BaseRequest):
    """Two pools behind one transport of python-telegram-bot: `files` go up and down through one, calls through the other."""

    def __init__(self, *, files: HTTPXRequest, calls: HTTPXRequest, uploads: int) -> None:
        """At most `uploads` are open at once; fewer than `files` has connections, so that some are left for downloads."""
        self._files = files
        self._calls = calls
        self._uploads = asyncio.Semaphore(uploads)

    @property
    def read_timeout(self) -> float | None:
        """Seconds, as python-telegram-bot asks for them."""
        return self._calls.read_timeout

    async def initialize(self) -> None:
        await self._files.initialize()
        await self._calls.initialize()

    async def shutdown(self) -> None:
        await self._calls.shutdown()
        await self._files.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ANN401 - PTB's own
        **named: Any,  # noqa: ANN401 - PTB's own
    ) -> tuple[int, bytes]:
        if request_data is not None and request_data.contains_files:
            async with self._uploads:
                return await self._files.do_request(url, method, request_data, *timeouts, **named)
        if method == "GET":
            return await self._files.do_request(url, method, request_data, *timeouts, **named)
        for _ in range(_TRIES - 1):
            try:
                return await self._calls.do_request(url, method, request_data, *timeouts, **named)
            except TimedOut as error:
                if not isinstance(error.__cause__, httpx.PoolTimeout):
                    raise
        return await self._calls.do_request(url, method, request_data, *timeouts, **named)
