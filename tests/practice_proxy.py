"""A proxy on the loopback interface that speaks HTTP and SOCKS5, and writes down where it was asked to go."""

from __future__ import annotations

import asyncio
import base64
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

_SOCKS5 = b"\x05"
_NO_PASSWORD, _PASSWORD, _NO_WAY_IN = b"\x00", b"\x02", b"\xff"
_NAME = 3
#: Of IPv4 and IPv6 addresses.
_LENGTHS = {1: 4, 4: 16}
_CONNECTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


class _HungUp(Exception):
    """The proxy has said all it will say on this connection."""


@dataclass(slots=True, kw_only=True)
class PracticeProxy:
    """Lets through whoever has the password, if there is one; `ports` say where on this machine each name lives."""

    ports: Mapping[str, int] = field(default_factory=dict)
    user: str = ""
    password: str = ""
    #: What it answers whatever it is asked, instead of what it should.
    babble: bytes | None = None
    #: `host:port` of every request that it let through.
    asked: list[str] = field(default_factory=list)
    #: `host:port` of the proxy itself.
    host: str = ""
    _connections: set[StreamWriter] = field(default_factory=set)
    _served: set[asyncio.Task[None] | None] = field(default_factory=set)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._connections.add(writer)
        self._served.add(asyncio.current_task())
        with suppress(_HungUp, OSError, asyncio.IncompleteReadError):
            first = await reader.readexactly(1)
            if self.babble is not None:
                writer.write(self.babble)
            elif first == _SOCKS5:
                await self._socks(reader, writer)
            else:
                await self._http(first, reader, writer)
            if self.babble == b"":
                await reader.read()  # until who asks has lost patience
        writer.close()

    async def close(self) -> None:
        for writer in self._connections:
            writer.close()
        await asyncio.gather(*(task for task in self._served if task))
        for writer in self._connections:
            with suppress(OSError):
                await writer.wait_closed()

    async def _socks(self, reader: StreamReader, writer: StreamWriter) -> None:
        ways = await reader.readexactly((await reader.readexactly(1))[0])
        way = _PASSWORD if self.password else _NO_PASSWORD
        writer.write(_SOCKS5 + (way if way in ways else _NO_WAY_IN))
        if way not in ways:
            raise _HungUp
        if self.password:
            await reader.readexactly(1)
            user, password = await _counted(reader), await _counted(reader)
            knows = (user, password) == (self.user, self.password)
            writer.write(b"\x01" + (b"\x00" if knows else b"\x01"))
            if not knows:
                raise _HungUp
        kind = (await reader.readexactly(4))[3]
        host = await _counted(reader) if kind == _NAME else await _address(reader, _LENGTHS[kind])
        port = int.from_bytes(await reader.readexactly(2))
        there = await self._connected(host, port)
        writer.write(_CONNECTED)
        await _relayed(reader, writer, *there)

    async def _http(self, first: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *headers = head.strip().split("\r\n")
        method, target, _ = line.split(" ")
        if self.password and f"Proxy-Authorization: Basic {self._basic()}" not in headers:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            raise _HungUp
        parts = urlsplit(target if method != "CONNECT" else f"//{target}")
        there = await self._connected(parts.hostname or "", parts.port or 80)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            kept = [name for name in headers if not name.lower().startswith(("proxy-", "connection:"))]
            path = target.partition("://")[2].partition("/")[2]
            asked = "\r\n".join([f"{method} /{path} HTTP/1.1", *kept, "Connection: close", "", ""])
            there[1].write(asked.encode("latin-1"))
        await _relayed(reader, writer, *there)

    def _basic(self) -> str:
        return base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    async def _connected(self, host: str, port: int) -> tuple[StreamReader, StreamWriter]:
        self.asked.append(f"{host}:{port}")
        if host in self.ports:
            host, port = "127.0.0.1", self.ports[host]
        if host != "127.0.0.1":
            raise _HungUp
        reader, writer = await asyncio.open_connection(host, port)
        self._connections.add(writer)
        return reader, writer


async def _address(reader: StreamReader, length: int) -> str:
    return str(ip_address(await reader.readexactly(length)))


async def _counted(reader: StreamReader) -> str:
    return (await reader.readexactly((await reader.readexactly(1))[0])).decode()


async def _relayed(
    reader: StreamReader, writer: StreamWriter, from_there: StreamReader, there: StreamWriter
) -> None:
    async with asyncio.TaskGroup() as ways:
        ways.create_task(_piped(reader, there))
        ways.create_task(_piped(from_there, writer))


async def _piped(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def proxying(
    *,
    user: str = "",
    password: str = "",
    babble: bytes | None = None,
    **origins: str,
) -> AsyncIterator[PracticeProxy]:
    """Serve a proxy that knows each of `origins` as `NAME.test`, `_` in its name standing for `-`."""
    ports = {
        f"{name.replace('_', '-')}.test": urlsplit(origin).port or 80 for name, origin in origins.items()
    }
    proxy = PracticeProxy(ports=ports, user=user, password=password, babble=babble)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
