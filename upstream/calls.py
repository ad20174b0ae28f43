"""What the client of any protocol is made of: its calls over HTTP, each of which ends in time and in our errors."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from pydantic import SecretStr

from upstream.answers.response import Answer, answer_to
from upstream.download import ClipFetcher
from upstream.errors import NotSent, UnknownOutcome, Unreachable
from upstream.http.connections import KEPT, UNKEPT, open_client, open_client_abroad
from upstream.http.exchange import Sending
from upstream.http.origin import KeyAuth, Origin
from upstream.http.proxies import DIRECT, Proxies
from upstream.http.reason import reason_of
from upstream.http.redirects import Redirects


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long to wait, in seconds, before a call counts as failed.

    `connect` for a connection, `order` for an order's whole way there and back, its photos included, `look` for a
    look's, `stall` for the next byte of a clip, `pace` until a slow clip counts as too slow, `clip` for a whole clip.
    """

    connect: float = 10.0
    order: float = 180.0
    look: float = 30.0
    stall: float = 60.0
    pace: float = 30.0
    clip: float = 1800.0


class ApiClient:
    """One account at one API; close it with `aclose` or use it as `async with`.

    Orders are never repeated here. They go over connections of their own, each used once: an idle connection that
    the other side has closed would lose an order's answer, and nobody could tell whether it was taken.
    """

    def __init__(
        self,
        address: str,
        key: str | SecretStr,
        *,
        timeouts: Timeouts | None = None,
        largest_clip: int = 1 << 30,
        order_key_header: str | None = None,
        allow_private_clip_addresses: bool = False,
        proxies: Proxies = DIRECT,
    ) -> None:
        """Take the API's address (also with `/v1` or a path) and key; `largest_clip` is in bytes.

        `order_key_header` is the header in which the API takes a key of ours for an order, if it is known to. Clips
        that are not at the API's own origin have to be at public https addresses, unless others are allowed.

        Raises:
            ValueError: The address or the key cannot be one; the text does not give the key away.
        """
        self._origin = Origin(address)
        self._order_key_header = order_key_header
        self._timeouts = waits = timeouts or Timeouts()
        auth = KeyAuth(SecretStr(key) if isinstance(key, str) else key, self._origin)
        only_public = not allow_private_clip_addresses
        open_home = partial(open_client, auth, proxies=proxies, connect=waits.connect)
        #: Builds the requests that `_order` sends.
        self._orders = open_home(silence=waits.order, limits=UNKEPT)
        self._looks = open_home(silence=waits.look, limits=KEPT)
        redirects = Redirects(
            home=open_home(silence=waits.stall, limits=KEPT),
            abroad=open_client_abroad(
                proxies=proxies, connect=waits.connect, silence=waits.stall, only_public=only_public
            ),
            origin=self._origin,
            only_public=only_public,
        )
        self._clips = ClipFetcher(
            redirects, self._origin, seconds=waits.clip, pace=waits.pace, largest=largest_clip
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._origin)!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._orders.aclose()
        await self._looks.aclose()
        await self._clips.aclose()

    async def _order(self, request: httpx.Request) -> Answer:
        """Send an order and read its answer, whatever it says.

        Raises:
            NotSent: It provably never left us.
            UnknownOutcome: It did, at least in part, and no answer came.
        """
        sending = Sending()
        request.extensions["trace"] = sending.watch
        try:
            async with asyncio.timeout(self._timeouts.order):
                return await answer_to(self._orders, request)
        except httpx.ProxyError as exc:
            raise NotSent("the proxy did not connect us to the API") from exc
        except (httpx.HTTPError, OSError) as exc:
            happened = f"{type(exc).__name__} while ordering"
            raise UnknownOutcome(happened) if sending.began else NotSent(happened) from exc

    async def _look(self, url: httpx.URL) -> Answer:
        """Ask for a page of the API and read the answer, whatever it says; raises Unreachable if none came."""
        try:
            async with asyncio.timeout(self._timeouts.look):
                return await answer_to(self._looks, self._looks.build_request("GET", url))
        except (httpx.HTTPError, OSError) as exc:
            raise Unreachable(reason_of(exc) or "no answer") from exc

    async def _fetch(self, told: str | None, content: httpx.URL, path: Path, *, least_rate: int) -> int:
        """Fetch a clip to `path` from the address that the API told, if any, or from its route `content`.

        The one is asked if the other does not have it, or brings too little for a while; returns the size in bytes.

        Raises:
            VideoApiError: As `ClipFetcher.fetch`.
        """
        address = self._origin.resolve(told) if told else None
        sources = [address, content] if address else [content]
        return await self._clips.fetch(sources, path, least_rate=least_rate)
