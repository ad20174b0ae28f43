"""The public net: a name is looked up once, and only its public numbers are connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from sandbox.serving import serving
from upstream.errors import Withheld
from upstream.http.public_net import PublicNet, numbers_of


class Server:
    """Listens at 127.0.0.1 and nowhere else, and notes by which names it was asked."""

    def __init__(self) -> None:
        self.named: list[str] = []
        self.app = Starlette(routes=[HttpRoute("/", self._answer)])
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://cdn.reelbot.org:{self.port}/"

    async def _answer(self, request: Request) -> Response:
        self.named.append(request.headers["host"])
        return Response(b"here")


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    async with serving(server.app) as origin:
        server.port = httpx.URL(origin).port or 0
        yield server


@asynccontextmanager
async def net(
    *numbers: str, public: AbstractSet[str] = frozenset({"127.0.0.1", "127.0.0.2"})
) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client to whom any name leads to these numbers, of which these are public."""

    async def look_up(_host: str) -> Sequence[str]:
        return numbers

    inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
    transport = PublicNet(inner, look_up=look_up, is_public=public.__contains__)
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "fd00::1", "fe80::1%eth0",
               "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]
)  # fmt: skip
async def test_a_name_that_leads_to_a_private_number_is_not_connected_to(server: Server, number: str) -> None:
    async def look_up(_host: str) -> Sequence[str]:
        return [number]

    async with httpx.AsyncClient(transport=PublicNet(httpx.AsyncHTTPTransport(), look_up=look_up)) as client:
        with pytest.raises(Withheld, match="not public"):
            await client.get(server.url)
    assert server.named == []


async def test_a_public_number_is_connected_to_and_the_host_keeps_its_name(server: Server) -> None:
    async with net("127.0.0.1") as client:
        answer = await client.get(server.url)
    assert (answer.content, str(answer.url), server.named) == (
        b"here",
        server.url,
        [f"cdn.reelbot.org:{server.port}"],
    )


async def test_of_several_numbers_only_the_public_ones_are_connected_to(server: Server) -> None:
    async with net("10.0.0.1", "127.0.0.1") as client:
        assert (await client.get(server.url)).content == b"here"


async def test_a_number_that_takes_no_connection_makes_room_for_the_next(server: Server) -> None:
    async with net("127.0.0.2", "127.0.0.1") as client:
        assert (await client.get(server.url)).content == b"here"


async def test_numbers_that_take_no_connection_are_no_connection(server: Server) -> None:
    async with net("127.0.0.2", "127.0.0.3", public={"127.0.0.2", "127.0.0.3"}) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(server.url)


async def test_the_host_keeps_its_name_in_tls() -> None:
    hellos: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hellos.append(await reader.read(4096))
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    async with server, net("127.0.0.1") as client:
        port: int = server.sockets[0].getsockname()[1]
        with pytest.raises(httpx.ConnectError):
            await client.get(f"https://cdn.reelbot.org:{port}/")
    assert [b"cdn.reelbot.org" in hello for hello in hellos] == [True]


async def test_a_name_that_leads_nowhere_is_no_connection() -> None:
    async with httpx.AsyncClient(transport=PublicNet(httpx.AsyncHTTPTransport())) as client:
        with pytest.raises(httpx.ConnectError, match="leads nowhere"):
            await client.get(f"http://{'a' * 64}.reelbot.org/")


async def test_numbers_are_looked_up_by_the_system_the_shorter_first() -> None:
    assert await numbers_of("127.0.0.1") == ["127.0.0.1"]
    assert await numbers_of("::1") == ["::1"]
    with pytest.raises(socket.gaierror):
        await numbers_of("not a name")
