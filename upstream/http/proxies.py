"""Chooses the proxy through which an address is reached, if any."""

from __future__ import annotations

import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

import httpx

from upstream.http.socks import SocksTransport

_KINDS: Final = ("http", "https", "socks5", "socks5h")
#: As desktops write it in ALL_PROXY.
_ALSO: Final = {"socks": "socks5"}
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LAST_PORT: Final = 65_535
#: `[address]`, `[address]/length` or `[address/length]`.
_IN_BRACKETS = re.compile(r"\[([^\]/]{0,64})(?:\](/[0-9]{1,3})?|(/[0-9]{1,3})\])")
_NAME = re.compile(r"[a-z0-9_.*-]+")


def read_proxy(address: str) -> httpx.Proxy:
    """Read `socks5://user:password@host:port`, or http, https or socks5h; without any of them it is http.

    Raises ValueError, whose text gives nothing of the address away: it may hold a password.
    """
    kind, is_named, rest = address.strip().partition("://")
    if not is_named:
        kind, rest = "http", kind
    kind = _ALSO.get(kind.lower(), kind.lower())
    try:
        url = httpx.URL(f"{kind}://{rest}")
    except httpx.InvalidURL:
        url = httpx.URL()
    is_address = bool(url.host) and (url.port or 1) <= _LAST_PORT
    if kind not in _KINDS or not is_address or url.raw_path.strip(b"/") or url.fragment:
        known = ", ".join(f"{known}://" for known in _KINDS)
        raise ValueError(
            f"is no address of a proxy: one of {known}, then host:port, or user:password@host:port with "
            "each / @ : # ? % of the password as %2F and so on"
        )
    return httpx.Proxy(url)


def name_of(proxy: httpx.Proxy) -> str:
    """Return what may be told of a proxy: its host and port."""
    return proxy.url.netloc.decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Hosts that are reached directly, as one entry of NO_PROXY names them."""

    #: Lower-case, `*` standing for anything; hosts below it are meant, too.
    name: str = ""
    network: IPv4Network | IPv6Network | None = None
    #: None: every port.
    port: int | None = None

    def covers(self, url: httpx.URL) -> bool:
        if self.port not in {None, url.port or _DEFAULT_PORTS.get(url.scheme)}:
            return False
        host = url.raw_host.decode("ascii").lower().rstrip(".")
        address = _address(host)
        if self.network is not None:
            return address is not None and address in self.network
        return fnmatchcase(host, self.name) or (address is None and host.endswith(f".{self.name}"))


#: No proxy elsewhere could reach what is on this machine.
_THIS_MACHINE: Final = (
    Exempt(name="localhost"),
    Exempt(network=IPv4Network("127.0.0.0/8")),
    Exempt(network=IPv6Network("::1/128")),
)


def read_exempt(entry: str) -> Exempt | None:
    """Read `example.com`, `.example.com`, `*`, `10.0.*`, `10.0.0.0/8`, `::1`, `[fd07::]/64`, each also with `:port`.

    None if it names nothing that could be a host.
    """
    rest = entry.lower().rpartition("://")[2].rstrip("/")
    network = _network(rest)
    if network is not None:
        return Exempt(network=network)
    host, is_named, port = rest.rpartition(":")
    if not is_named or not re.fullmatch(r"[0-9]{1,5}", port):
        host, port = rest, ""
    network, name = _network(host), host.strip(".")
    if network is None and not _NAME.fullmatch(name):
        return None
    return Exempt(
        name="" if network else name,
        network=network,
        port=int(port) if port else None,
    )


def _network(text: str) -> IPv4Network | IPv6Network | None:
    bracketed = _IN_BRACKETS.fullmatch(text)
    try:
        return ip_network("".join(bracketed.groups("")) if bracketed else text, strict=False)
    except ValueError:
        return None


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """Which proxy each address has."""

    #: By the scheme of the address: "http", "https".
    by_scheme: Mapping[str, httpx.Proxy] = field(default_factory=dict)
    exempt: tuple[Exempt, ...] = ()

    @classmethod
    def everywhere(cls, proxy: httpx.Proxy) -> Proxies:
        """Return that everything goes through this one."""
        return cls(by_scheme=dict.fromkeys(_DEFAULT_PORTS, proxy))

    @classmethod
    def but_for(cls, exempt: tuple[Exempt, ...], **by_scheme: httpx.Proxy) -> Proxies:
        """Return that addresses have the proxy of their scheme, but for the exempt ones and this machine's."""
        return cls(by_scheme=by_scheme, exempt=(*_THIS_MACHINE, *exempt))

    def of(self, url: httpx.URL) -> httpx.Proxy | None:
        """Return the proxy through which `url` is reached; None if it is reached directly."""
        proxy = self.by_scheme.get(url.scheme)
        if proxy is None or any(exempt.covers(url) for exempt in self.exempt):
            return None
        return proxy

    def transport(
        self,
        *,
        verify: ssl.SSLContext,
        limits: httpx.Limits,
        direct: httpx.AsyncBaseTransport | None = None,
    ) -> httpx.AsyncBaseTransport:
        """Return what sends each request its way; `limits` hold for each way. The environment is not asked.

        What has no proxy goes over `direct`, httpx's own if none is given.
        """
        direct = direct or httpx.AsyncHTTPTransport(verify=verify, limits=limits, trust_env=False)
        if not self.by_scheme:
            return direct
        through = {
            proxy: _transport_through(proxy, verify=verify, limits=limits)
            for proxy in self.by_scheme.values()
        }
        return _EachItsWay(self, direct, through)


#: No proxy at all.
DIRECT: Final = Proxies()


def _transport_through(
    proxy: httpx.Proxy, *, verify: ssl.SSLContext, limits: httpx.Limits
) -> httpx.AsyncBaseTransport:
    if proxy.url.scheme.startswith("socks"):
        return SocksTransport(proxy, verify=verify, limits=limits)
    if proxy.url.scheme == "https":
        proxy = httpx.Proxy(proxy.url, auth=proxy.auth, ssl_context=verify)
    return _Tunnel(verify=verify, limits=limits, proxy=proxy, trust_env=False)


class _Tunnel(httpx.AsyncHTTPTransport):
    """httpx's own, whose watchers hear nothing of the CONNECT that goes before a request: it is none of theirs."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "trace" in request.extensions:
            request.extensions["trace"] = _OwnEvents(request.extensions["trace"]).hear
        return await super().handle_async_request(request)


class _OwnEvents:
    """Passes on what is heard of a request (httpx: the "trace" request extension)."""

    def __init__(self, pass_on: Callable[[str, dict[str, Any]], Awaitable[None]]) -> None:
        self._pass_on = pass_on
        self._is_connect = False

    async def hear(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self._is_connect = info["request"].method == b"CONNECT"
        if not self._is_connect:
            await self._pass_on(event, info)


class _EachItsWay(httpx.AsyncBaseTransport):
    """Sends each request directly, or through the proxy of its address."""

    def __init__(
        self,
        proxies: Proxies,
        direct: httpx.AsyncBaseTransport,
        through: Mapping[httpx.Proxy, httpx.AsyncBaseTransport],
    ) -> None:
        self._proxies = proxies
        self._direct = direct
        self._through = through

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = self._proxies.of(request.url)
        way = self._direct if proxy is None else self._through[proxy]
        return await way.handle_async_request(request)

    async def aclose(self) -> None:
        for way in (self._direct, *self._through.values()):
            await way.aclose()
