"""Connects to the public net only: a name is looked up once, and what was looked at is what is connected to.

A name may lead into our own network, and to another number each time it is asked for; so its number is not left to
whoever connects.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

import httpx

from domain.clip_address import is_public_number
from upstream.errors import Withheld

LookUp = Callable[[str], Awaitable[Sequence[str]]]

#: Of the numbers of one name so many are tried.
_TRIED: Final = 4


class PublicNet(httpx.AsyncBaseTransport):
    """A transport that reaches, through `inner`, only numbers that are public.

    `inner` must not keep connections: it would share one between two names that have the same number.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        *,
        look_up: LookUp | None = None,
        is_public: Callable[[str], bool] = is_public_number,
    ) -> None:
        self._inner = inner
        self._look_up = look_up or numbers_of
        self._is_public = is_public

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to the first public number of its host that takes connections.

        Raises:
            Withheld: There is none.
            httpx.HTTPError: As `inner`; also if the name leads nowhere.
        """
        host = request.url.raw_host.decode("ascii")
        seconds = request.extensions.get("timeout", {}).get("connect")
        numbers = [number for number in await self._numbers(host, seconds) if self._is_public(number)]
        if not numbers:
            raise Withheld(f"{host} leads into a network that is not public (ALLOW_PRIVATE_CLIP_ADDRESSES)")
        *others, last = numbers[:_TRIED]
        for number in others:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._inner.handle_async_request(_pinned(request, host, number))
        return await self._inner.handle_async_request(_pinned(request, host, last))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _numbers(self, host: str, seconds: float | None) -> Sequence[str]:
        try:
            async with asyncio.timeout(seconds):
                return await self._look_up(host)
        except (OSError, ValueError) as exc:
            raise httpx.ConnectError(f"the name of the host leads nowhere: {type(exc).__name__}") from exc


async def numbers_of(host: str) -> Sequence[str]:
    """Look up the numbers of a host, the shorter ones first: where the longer do not work, trying them takes long.

    Raises:
        OSError, ValueError: It has none, or can have none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    numbers = dict.fromkeys(str(address[0]) for *_, address in found)
    return sorted(numbers, key=lambda number: ":" in number)


def _pinned(request: httpx.Request, host: str, number: str) -> httpx.Request:
    """Return the same request to the number; in its header and in TLS the host keeps its name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=number),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
