"""Serving: a real origin, a quick end whatever is under way, and hanging up on purpose."""

import asyncio
import logging
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.serving import HangUp, hang_up, serving, when_gone


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def nodelay(request: Request) -> Response:
    connection = request.scope["state"]["transport"].get_extra_info("socket")
    return PlainTextResponse(str(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))


async def forever(request: Request) -> Response:
    request.app.state.asked.set()
    await asyncio.Event().wait()
    return PlainTextResponse("never")


async def lost(_request: Request) -> Response:
    return HangUp()


async def half(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"10")]})
    await send({"type": "http.response.body", "body": b"half!", "more_body": True})
    await hang_up(scope, receive)


@pytest.fixture
def app() -> Starlette:
    routes = [
        Route("/hello", hello),
        Route("/forever", forever),
        Route("/lost", lost, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=routes)
    app.state.asked = asyncio.Event()
    return app


async def test_an_app_answers_under_the_origin_it_was_given(app: Starlette) -> None:
    async with serving(app) as origin, httpx.AsyncClient(base_url=origin) as client:
        answer = await client.get("/hello")
    assert answer.text == "hello"


async def test_answers_do_not_wait_for_acknowledgements(app: Starlette) -> None:
    async with serving(app) as origin, httpx.AsyncClient(base_url=origin) as client:
        assert (await client.get("/nodelay")).text != "0"


async def test_two_servers_live_side_by_side(app: Starlette) -> None:
    async with serving(app) as one, serving(app) as other, httpx.AsyncClient() as client:
        texts = [(await client.get(f"{origin}/hello")).text for origin in (one, other)]
    assert texts == ["hello", "hello"]


async def test_stopping_cuts_requests_under_way_and_logs_nothing(
    app: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="uvicorn")
    async with httpx.AsyncClient() as client, asyncio.TaskGroup() as tasks, serving(app) as origin:
        asked = tasks.create_task(_error_of(client, f"{origin}/forever"))
        await asyncio.wait_for(app.state.asked.wait(), 5)
    assert asked.result() in {httpx.ReadError, httpx.RemoteProtocolError}
    assert [record.message for record in caplog.records if record.name.startswith("uvicorn")] == []


async def test_an_app_can_tell_that_its_client_is_gone() -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def patient(scope: Scope, _receive: Receive, _send: Send) -> None:
        with when_gone(scope, gone.set):
            asked.set()
            await gone.wait()

    async with serving(patient) as origin, httpx.AsyncClient() as client, asyncio.TaskGroup() as tasks:
        leaving = tasks.create_task(client.get(origin))
        await asyncio.wait_for(asked.wait(), 5)
        leaving.cancel()
        await asyncio.wait_for(gone.wait(), 5)


async def test_nothing_listens_once_the_block_is_left(app: Starlette) -> None:
    async with serving(app) as origin:
        pass
    async with httpx.AsyncClient() as client:
        assert await _error_of(client, f"{origin}/hello") is httpx.ConnectError


async def test_a_lost_answer_is_a_closed_connection_and_the_next_request_is_answered(app: Starlette) -> None:
    async with serving(app) as origin, httpx.AsyncClient(base_url=origin) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post("/lost", content=b"a body that was read by nobody")
        assert (await client.get("/hello")).text == "hello"


async def test_hanging_up_half_way_truncates_the_body() -> None:
    async with serving(half) as origin, httpx.AsyncClient() as client:
        with pytest.raises(httpx.RemoteProtocolError, match="received 5 bytes, expected 10"):
            await client.get(origin)


async def test_a_taken_port_is_refused(app: Starlette) -> None:
    async with serving(app) as origin:
        with pytest.raises(OSError, match="in use"):
            async with serving(app, port=int(origin.rsplit(":", 1)[1])):
                pass


async def _error_of(client: httpx.AsyncClient, url: str) -> type[httpx.HTTPError] | None:
    try:
        await client.get(url)
    except httpx.HTTPError as error:
        return type(error)
    return None
