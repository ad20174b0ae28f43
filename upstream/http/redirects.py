"""Asks an address for a clip and follows its redirects: each address is checked, and signed or not, on its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx

from domain.clip_address import find_fault
from upstream.errors import Garbled, Withheld
from upstream.http.exchange import send
from upstream.http.origin import Origin, is_web

_REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True)
class Source:
    """An address of a clip; `from_api` while nobody but the API itself has pointed to it."""

    url: httpx.URL
    from_api: bool = True


class Redirects:
    """Reaches the API's own origin over `home`, which signs, and all others over `abroad`, which does not.

    With `only_public` other addresses have to be public https ones.
    """

    def __init__(
        self, *, home: httpx.AsyncClient, abroad: httpx.AsyncClient, origin: Origin, only_public: bool
    ) -> None:
        self._home = home
        self._abroad = abroad
        self._origin = origin
        self._only_public = only_public

    async def aclose(self) -> None:
        await self._home.aclose()
        await self._abroad.aclose()

    @asynccontextmanager
    async def opened(
        self, source: Source, headers: Mapping[str, str]
    ) -> AsyncIterator[tuple[httpx.Response, Source]]:
        """Yield the answer at the end of the redirects, and where that is.

        Raises:
            Withheld: An address on the way is one that we do not ask.
            Garbled: The redirects lead to no end, or off the web.
            httpx.HTTPError: No answer came.
        """
        for _ in range(_REDIRECTS + 1):
            response = await self._ask(source, headers)
            if response.next_request is None:
                break
            await response.aclose()
            source = self.next(source, response.next_request.url)
            if not is_web(source.url):
                raise Garbled("the API redirects to no web address")
        else:
            raise Garbled("the API redirects in circles")
        try:
            yield response, source
        finally:
            await response.aclose()

    def next(self, source: Source, url: httpx.URL) -> Source:
        """Return the address that `source` points to: once others than the API point, the key stays at home."""
        return Source(url, from_api=source.from_api and self._origin.owns(source.url))

    def signs(self, source: Source) -> bool:
        """Return whether the key goes along to an address: where the API hands out clips, and nowhere else."""
        return source.from_api and self._origin.hands_out(source.url)

    async def _ask(self, source: Source, headers: Mapping[str, str]) -> httpx.Response:
        url, is_home = source.url, source.from_api and self._origin.owns(source.url)
        if not is_home and self._only_public:
            url = _public(url)
        client = self._home if is_home else self._abroad
        request = client.build_request("GET", url, headers=dict(headers))
        return await send(client, request, is_signed=self.signs(source))


def _public(url: httpx.URL) -> httpx.URL:
    """Return the address as we ask it, with encryption where it was told without; raises Withheld if we do not."""
    secure = url.copy_with(scheme="https") if url.scheme == "http" and url.port is None else url
    fault = find_fault(str(secure))
    if fault is not None:
        raise Withheld(
            f"the clip lies at {url.host}, an address that is {fault} (ALLOW_PRIVATE_CLIP_ADDRESSES)"
        )
    return secure
