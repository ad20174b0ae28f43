"""Serves an ASGI app on the loopback interface inside the running event loop, and hangs up on purpose."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = "127.0.0.1"
SECONDS_TO_STOP = 5.0


@asynccontextmanager
async def serving(app: ASGIApp, *, port: int = 0) -> AsyncIterator[str]:
    """Serves `app` over HTTP/1.1 while the block runs; port 0 takes any free one.

    Leaving the block closes every connection at once, answered or not, and cancels the requests under way.

    Yields:
        The origin, such as `http://127.0.0.1:43210`.

    Raises:
        OSError: The port is taken.
    """
    listener = _listen(port)
    config = uvicorn.Config(
        _quiet_at_the_end(app),
        http=_Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        server_header=False,
        timeout_keep_alive=60,
        backlog=1024,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        await _stop(server)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Closes the request's connection after what was sent so far, even nothing or half a body.

    The app must return without sending more once this is done.
    """
    scope["state"]["transport"].close()
    while (await receive())["type"] != "http.disconnect":
        continue


@contextmanager
def when_gone(scope: Scope, react: Callable[[], None]) -> Iterator[None]:
    """Calls `react` if the request's client closes its connection while the block runs."""
    reactions: list[Callable[[], None]] = scope["state"]["when_gone"]
    reactions.append(react)
    try:
        yield
    finally:
        reactions.remove(react)


class HangUp(Response):
    """The answer that never comes: the connection closes without a byte."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's signature)
        await hang_up(scope, receive)


class _Connection(H11Protocol):
    """A connection that lends the app its transport and its end, which ASGI has no words for."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self.when_gone: list[Callable[[], None]] = []
        self.app_state = {**self.app_state, "transport": transport, "when_gone": self.when_gone}

    def connection_lost(self, exc: Exception | None) -> None:
        for react in list(self.when_gone):
            react()
        super().connection_lost(exc)


def _listen(port: int) -> socket.socket:
    # Named as TCP, unlike socket.create_server does: only then asyncio turns Nagle's algorithm off, and without that
    # every answer waits 40 ms for the client's acknowledgement of its headers.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener


def _quiet_at_the_end(app: ASGIApp) -> ASGIApp:
    async def quiet(scope: Scope, receive: Receive, send: Send) -> None:
        # Clients that leave and requests cut short by stopping are everyday life here, not errors to log.
        with contextlib.suppress(ClientDisconnect, asyncio.CancelledError):
            await app(scope, receive, send)

    return quiet


async def _stop(server: uvicorn.Server) -> None:
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        if connection.transport is not None:
            connection.transport.abort()
    await asyncio.sleep(0)  # lets the connections learn that they are gone before their requests end
    requests = list(server.server_state.tasks)
    for request in requests:
        request.cancel()
    if requests:
        await asyncio.wait(requests, timeout=SECONDS_TO_STOP)
