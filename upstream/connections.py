"""The connections that the client of a video API speaks over: to the API itself, and to whoever else has its clips."""

from __future__ import annotations

from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Final
from urllib.request import getproxies

import httpx

from upstream.public_net import PublicNet

if TYPE_CHECKING:
    import ssl

_AT_ONCE: Final = 20
KEPT: Final = httpx.Limits(max_connections=_AT_ONCE)
#: Each connection is used once.
UNKEPT: Final = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0)


def open_client(
    auth: httpx.Auth | None,
    *,
    connect: float,
    silence: float,
    limits: httpx.Limits,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Return a client that waits so many seconds for a connection, and for the next byte; it keeps no cookies."""
    return httpx.AsyncClient(
        auth=auth,
        verify=_trusted_authorities(),
        transport=transport,
        # A place in the pool is waited for as long as the whole call may take; that is bounded where it is made.
        timeout=httpx.Timeout(silence, connect=connect, pool=None),
        limits=limits,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"User-Agent": "reelbot", "Accept-Encoding": "identity"},
    )


def open_client_abroad(*, connect: float, silence: float, only_public: bool) -> httpx.AsyncClient:
    """Return a client for others than the API: it has no key, and with `only_public` reaches public addresses only.

    A proxy looks names up itself; there nothing but the name can be checked before, which is not done here.
    """
    transport = None
    if only_public and not _is_behind_a_proxy():
        transport = PublicNet(httpx.AsyncHTTPTransport(verify=_trusted_authorities(), limits=UNKEPT))
    return open_client(None, connect=connect, silence=silence, limits=UNKEPT, transport=transport)


def _is_behind_a_proxy() -> bool:
    return not {"https", "all"}.isdisjoint(getproxies())


@cache
def _trusted_authorities() -> ssl.SSLContext:
    """Return the certificates we trust, read from disk once: that takes longer than many a call."""
    return httpx.create_ssl_context()
