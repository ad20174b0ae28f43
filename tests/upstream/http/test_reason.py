"""Why a server could not be reached, in words, of real failures."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest

from upstream.http.reason import reason_of


async def failure(address: str, *, timeout: float = 5) -> BaseException:  # noqa: ASYNC109 - httpx's own
    async with httpx.AsyncClient(trust_env=False, timeout=timeout) as client:
        with pytest.raises(httpx.HTTPError) as failed:
            await client.get(address)
    return failed.value


@pytest.fixture
async def silent() -> AsyncIterator[int]:
    """Return the port of a server that takes connections, and hangs up on whoever speaks."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_name_that_nobody_has_is_told() -> None:
    told = reason_of(await failure("https://no-such-name.invalid/"))
    assert told in {"no such name", "names cannot be looked up: is there internet?"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_port_at_which_nothing_listens_is_told(host: str) -> None:
    assert reason_of(await failure(f"http://{host}:9/")) == "nothing listens there"


async def test_a_broken_connection_is_told(silent: int) -> None:
    assert reason_of(await failure(f"http://127.0.0.1:{silent}/")) == "the connection broke"


async def test_a_server_that_speaks_no_https_is_told(silent: int) -> None:
    assert reason_of(await failure(f"https://127.0.0.1:{silent}/")) is not None


CAUSES: dict[str, tuple[BaseException, str | None]] = {
    "too slow": (httpx.ReadTimeout("slow"), "no answer in time"),
    "no such name": (socket.gaierror(socket.EAI_NONAME, "unknown"), "no such name"),
    "no name server": (
        socket.gaierror(socket.EAI_AGAIN, "later"),
        "names cannot be looked up: is there internet?",
    ),
    "of a proxy": (
        httpx.ProxyError("407 Proxy Authentication Required"),
        "407 Proxy Authentication Required",
    ),
    "no way": (OSError(101, "Connect call failed"), "there is no way there: is there internet?"),
    "of the disk": (OSError(28, "full"), "No space left on device"),
    "none of the network's": (ValueError("odd"), None),
    "several at once": (
        ExceptionGroup("all failed", [ConnectionRefusedError(111, "one"), ConnectionResetError(104, "two")]),
        "nothing listens there",
    ),
}


@pytest.mark.parametrize(("error", "words"), CAUSES.values(), ids=CAUSES)
def test_the_cause_is_told_of_any_error(error: BaseException, words: str | None) -> None:
    assert reason_of(error) == words
