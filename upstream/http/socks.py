"""The way through a SOCKS5 proxy (RFC 1928), with a password or without (RFC 1929).

httpcore's own way waits for ever on a silent proxy, loses a connection at each refusal, and fails in words that
httpx does not know.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from contextlib import AsyncExitStack
from ipaddress import ip_address
from typing import Final

import httpcore
import httpx

_VERSION: Final = 5
_USUAL_PORT: Final = 1080
_NO_PASSWORD, _PASSWORD = 0, 2
_PASSWORD_VERSION: Final = 1
_CONNECT: Final = 1
#: Kinds of addresses, with how long those are whose kind says it.
_IPV4, _NAME, _IPV6 = 1, 3, 4
_LENGTHS: Final = {_IPV4: 4, _IPV6: 16}
_LONGEST_WORD: Final = 255


class SocksTransport(httpx.AsyncHTTPTransport):
    """httpx's own, every connection of which leads through the proxy. The proxy looks names up."""

    def __init__(self, proxy: httpx.Proxy, *, verify: ssl.SSLContext, limits: httpx.Limits) -> None:
        super().__init__(verify=verify, limits=limits, trust_env=False)
        # There is no other way in: httpx does not hand a network through.
        self._pool._network_backend = _Network(proxy, self._pool._network_backend)  # noqa: SLF001


class _Network(httpcore.AsyncNetworkBackend):
    """Opens connections through the proxy; fails with errors of httpcore, which are httpx's, too."""

    def __init__(self, proxy: httpx.Proxy, network: httpcore.AsyncNetworkBackend) -> None:
        self._proxy = proxy
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        url = self._proxy.url
        stream = await self._network.connect_tcp(
            url.raw_host.decode("ascii"), url.port or _USUAL_PORT, timeout, local_address, socket_options
        )
        async with AsyncExitStack() as failing:
            failing.push_async_callback(stream.aclose)
            try:
                async with asyncio.timeout(timeout):
                    await _let_in(stream, self._proxy.raw_auth)
                    await _connect(stream, host, port)
            except TimeoutError as error:
                raise httpcore.ConnectTimeout("the SOCKS proxy does not answer") from error
            failing.pop_all()
        return stream

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


async def _let_in(stream: httpcore.AsyncNetworkStream, auth: tuple[bytes, bytes] | None) -> None:
    way = _NO_PASSWORD if auth is None else _PASSWORD
    await stream.write(bytes((_VERSION, 1, way)))
    if await _read(stream, 2) != bytes((_VERSION, way)):
        wanted = "does not let in without a password" if auth is None else "takes no password"
        raise httpcore.ProxyError(f"the SOCKS proxy {wanted}")
    if auth is not None:
        user, password = auth
        await stream.write(bytes((_PASSWORD_VERSION,)) + _counted(user) + _counted(password))
        if (await _read(stream, 2))[1]:
            raise httpcore.ProxyError("the SOCKS proxy does not take this user and password")


async def _connect(stream: httpcore.AsyncNetworkStream, host: str, port: int) -> None:
    await stream.write(bytes((_VERSION, _CONNECT, 0)) + _address(host) + port.to_bytes(2))
    version, refused, _, kind = await _read(stream, 4)
    if version != _VERSION or refused:
        raise httpcore.ProxyError(f"the SOCKS proxy does not connect us ({refused})")
    length = _LENGTHS.get(kind) or (await _read(stream, 1))[0]
    await _read(stream, length + 2)  # where it connects us from, which nobody needs


def _address(host: str) -> bytes:
    try:
        address = ip_address(host)
    except ValueError:
        return bytes((_NAME,)) + _counted(host.encode("ascii"))
    return bytes((_IPV4 if address.version == 4 else _IPV6,)) + address.packed  # noqa: PLR2004 - IPv4


def _counted(word: bytes) -> bytes:
    if len(word) > _LONGEST_WORD:
        raise httpcore.ProxyError("a SOCKS proxy takes no name, user or password that is so long")
    return bytes((len(word),)) + word


async def _read(stream: httpcore.AsyncNetworkStream, length: int) -> bytes:
    content = b""
    while len(content) < length:
        piece = await stream.read(length - len(content))
        if not piece:
            raise httpcore.ProxyError("the SOCKS proxy hung up")
        content += piece
    return content
