"""The connections that the client of a video API speaks over: to the API itself, and to whoever else has its clips."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

import httpx

from upstream.http.proxies import Proxies
from upstream.http.public_net import PublicNet
from upstream.http.tls import trusted_authorities

_AT_ONCE: Final = 20
KEPT: Final = httpx.Limits(max_connections=_AT_ONCE)
#: Each connection is used once.
UNKEPT: Final = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0)


def open_client(
    auth: httpx.Auth | None,
    *,
    proxies: Proxies,
    connect: float,
    silence: float,
    limits: httpx.Limits,
    direct: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Return a client that waits so many seconds for a connection, and for the next byte; it keeps no cookies.

    What has no proxy goes over `direct`, httpx's own if none is given.
    """
    return httpx.AsyncClient(
        auth=auth,
        transport=proxies.transport(verify=trusted_authorities(), limits=limits, direct=direct),
        trust_env=False,
        # A place in the pool is waited for as long as the whole call may take; that is bounded where it is made.
        timeout=httpx.Timeout(silence, connect=connect, pool=None),
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"User-Agent": "reelbot", "Accept-Encoding": "identity"},
    )


def open_client_abroad(
    *, proxies: Proxies, connect: float, silence: float, only_public: bool
) -> httpx.AsyncClient:
    """Return a client for others than the API: it has no key, and with `only_public` reaches public addresses only.

    A proxy looks names up itself; there nothing but the name can be checked before, which is not done here.
    """
    direct = None
    if only_public:
        plain = httpx.AsyncHTTPTransport(verify=trusted_authorities(), limits=UNKEPT, trust_env=False)
        direct = PublicNet(plain)
    return open_client(None, proxies=proxies, connect=connect, silence=silence, limits=UNKEPT, direct=direct)
