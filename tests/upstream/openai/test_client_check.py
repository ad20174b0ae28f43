"""The client: a check of address and key, and the key's way into logs and errors barred."""

from __future__ import annotations

import logging
import socket
from contextlib import closing
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route as HttpRoute

from domain.size import Size
from sandbox.serving import serving
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import Reach
from upstream.api import Order
from upstream.calls import Timeouts
from upstream.errors import (
    Garbled,
    KeyRefused,
    NoCredit,
    NoVideoApi,
    Refused,
    Unreachable,
    VideoApiError,
)
from upstream.openai.client import OpenAIVideos

TROUBLES = (
    FaultKind.RATE_LIMITED,
    FaultKind.GATEWAY_PAGE,
    FaultKind.SERVER_ERROR,
    FaultKind.ERROR_IN_OK,
    FaultKind.HTML_IN_OK,
    FaultKind.BAD_KEY,
    FaultKind.MODERATED,
    FaultKind.RESET_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.TRUNCATED,
)
every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
PATIENT = Timeouts(connect=5, order=20, look=20, stall=20, clip=20)


def closed_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@every_dialect
async def test_a_check_orders_nothing(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    await far.client.check()
    assert (far.api.orders, far.api.requests) == ([], {Route.RETRIEVE: 1})


@every_dialect
async def test_a_check_with_a_wrong_key_says_so(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect, key="sk-of-somebody-else")
    with pytest.raises(KeyRefused):
        await far.client.check()


@every_dialect
async def test_a_check_with_a_key_that_has_spent_its_credit_says_so(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.account.key_spent = True
    with pytest.raises(NoCredit):
        await far.client.check()


async def test_a_check_of_nobody_says_that_nobody_is_there() -> None:
    async with OpenAIVideos(f"http://127.0.0.1:{closed_port()}", "key", timeouts=PATIENT) as client:
        with pytest.raises(Unreachable):
            await client.check()


OTHER_SERVERS = {
    "a page": PlainTextResponse("<html>It works!</html>", 404),
    "a page for everything": PlainTextResponse("<html>It works!</html>"),
    "no such method": PlainTextResponse("", 405),
    "chat completions only": JSONResponse(
        {"error": {"message": "Invalid URL (GET /v1/videos/x)", "type": "invalid_request_error"}}, 404
    ),
    "a web framework": JSONResponse({"message": "Cannot GET /v1/videos/x", "statusCode": 404}, 404),
}


@pytest.mark.parametrize("answer", OTHER_SERVERS.values(), ids=OTHER_SERVERS)
async def test_a_check_of_another_kind_of_server_says_so(answer: Response) -> None:
    async def page(_request: Request) -> Response:
        return answer

    app = Starlette(routes=[HttpRoute("/{path:path}", page)])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(NoVideoApi):
            await client.check()


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        pytest.param(PlainTextResponse("down", 502), [Garbled], id="down"),
        pytest.param(JSONResponse({"detail": "Not Found"}, 404), [], id="no such video"),
    ],
)
async def test_a_check_does_not_mistake_an_api_for_another_server(
    answer: Response, kinds: list[type[VideoApiError]]
) -> None:
    async def page(_request: Request) -> Response:
        return answer

    app = Starlette(routes=[HttpRoute("/{path:path}", page)])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        found: list[VideoApiError] = []
        try:
            await client.check()
        except VideoApiError as error:
            found.append(error)
    assert [type(error) for error in found] == kinds


# Secrets


def all_that_was_said(caplog: pytest.LogCaptureFixture, errors: list[BaseException]) -> str:
    chained = [part for error in errors for part in (error, error.__cause__, error.__context__) if part]
    return "\n".join(
        [*(record.getMessage() for record in caplog.records), *map(repr, chained), *map(str, chained)]
    )


async def test_the_key_is_in_no_log_error_or_repr(
    reach: Reach, key: str, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for logger in (None, "httpx"):
        caplog.set_level(logging.DEBUG, logger=logger)
    far = await reach()
    video = await far.completed()
    await far.client.download(video, path)
    problems: list[BaseException] = []
    for kind in TROUBLES:
        far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE), VideoFault(kind=kind, on=Route.RETRIEVE))
        for call in (far.client.create(far.order()), far.client.retrieve(video.id)):
            with pytest.raises(VideoApiError) as caught:
                await call
            problems.append(caught.value)
    said = all_that_was_said(caplog, problems) + repr(far.client) + repr(vars(far.client)) + repr(video)
    assert len(problems) == 2 * len(TROUBLES)
    assert "HTTP Request: POST" in said
    assert key not in said


async def test_an_echo_of_the_key_does_not_reach_people(key: str) -> None:
    async def echo(request: Request) -> Response:
        return JSONResponse({"error": {"message": f"Wrong: {request.headers['authorization']}."}}, 400)

    app = Starlette(routes=[HttpRoute("/{path:path}", echo, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, key) as client:
        with pytest.raises(Refused) as caught:
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))
    assert (caught.value.detail, key in str(caught.value)) == ("Wrong: …", False)
