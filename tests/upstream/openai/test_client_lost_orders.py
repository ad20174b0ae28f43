"""The client: orders that go wrong are told by what to do, and never sent twice."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as HttpRoute

from domain.size import Size
from sandbox.serving import serving
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import Reach
from upstream.api import Order
from upstream.calls import Timeouts
from upstream.errors import (
    Busy,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotSent,
    Refused,
    UnknownOutcome,
    VideoApiError,
)
from upstream.openai.client import OpenAIVideos

every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
HURRIED = Timeouts(order=1, look=1)
PATIENT = Timeouts(connect=5, order=20, look=20, stall=20, clip=20)


def closed_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


NOT_TAKEN: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: UnknownOutcome,
    FaultKind.SERVER_ERROR: UnknownOutcome,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: UnknownOutcome,
    FaultKind.HTML_IN_OK: UnknownOutcome,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: NoCredit,
    FaultKind.QUOTA_SPENT: NoCredit,
    FaultKind.MODEL_GONE: ModelGone,
    FaultKind.MODERATED: Moderated,
    FaultKind.NOT_FOUND: Refused,
    FaultKind.NOT_READY: Refused,
    FaultKind.RESET_BEFORE: UnknownOutcome,
}
ANSWER_LOST = (
    FaultKind.RESET_AFTER,
    FaultKind.GATEWAY_PAGE_AFTER,
    FaultKind.EMPTY_BODY_AFTER,
    FaultKind.TRUNCATED,
    FaultKind.TRUNCATED_SILENTLY,
)


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), NOT_TAKEN.items(), ids=NOT_TAKEN)
async def test_an_order_that_is_not_taken_is_told_by_what_to_do_and_sent_once(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(VideoApiError) as caught:
        await far.client.create(far.order())
    assert (type(caught.value), far.api.requests[Route.CREATE], far.api.orders) == (expected, 1, [])


@every_dialect
@pytest.mark.parametrize("kind", ANSWER_LOST)
async def test_an_order_whose_answer_is_lost_is_of_unknown_outcome_and_sent_once(
    reach: Reach, dialect: Dialect, kind: FaultKind
) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, 1)


@pytest.mark.parametrize("kind", [*NOT_TAKEN, *ANSWER_LOST])
async def test_a_remix_is_sent_once_whatever_happens(reach: Reach, kind: FaultKind) -> None:
    far = await reach()
    source = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.REMIX))
    with pytest.raises(VideoApiError):
        await far.client.remix(source.id, "again", model="sora-2")
    assert far.api.requests[Route.REMIX] == 1


@pytest.mark.parametrize(("kind", "orders"), [(FaultKind.HELD_BEFORE, 0), (FaultKind.HELD_AFTER, 1)])
async def test_an_order_without_an_answer_in_time_is_of_unknown_outcome(
    reach: Reach, kind: FaultKind, orders: int
) -> None:
    far = await reach(timeouts=HURRIED)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, orders)


async def test_an_answer_that_trickles_beyond_the_time_for_an_order_is_of_unknown_outcome(
    reach: Reach,
) -> None:
    far = await reach(timeouts=HURRIED)
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CREATE, seconds=30))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert far.api.requests[Route.CREATE] == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 524])
async def test_a_gateways_page_tells_nothing_of_an_order(reach: Reach, status: int) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.GATEWAY_PAGE_AFTER, on=Route.CREATE, status=status))
    with pytest.raises(UnknownOutcome) as caught:
        await far.client.create(far.order())
    assert (str(caught.value), caught.value.detail) == (f"the API answered {status}", "")


async def test_an_order_to_nobody_is_not_sent() -> None:
    async with OpenAIVideos(f"http://127.0.0.1:{closed_port()}", "key", timeouts=PATIENT) as client:
        with pytest.raises(NotSent):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))


async def test_an_order_that_is_only_sent_elsewhere_is_not_sent() -> None:
    async def elsewhere(_request: Request) -> Response:
        return RedirectResponse("https://www.example/v1/videos", 308)

    app = Starlette(routes=[HttpRoute("/v1/videos", elsewhere, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(NotSent, match="308"):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))


async def test_each_order_has_a_connection_of_its_own() -> None:
    ports = set[int]()

    async def create(request: Request) -> Response:
        assert request.client is not None
        ports.add(request.client.port)
        return JSONResponse({"id": f"video_{len(ports)}", "status": "queued"})

    app = Starlette(routes=[HttpRoute("/v1/videos", create, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        for _ in range(3):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))
    assert len(ports) == 3


async def test_a_busy_api_says_when_to_come_back(reach: Reach) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.CREATE, retry_after=7))
    with pytest.raises(Busy) as caught:
        await far.client.create(far.order())
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 7


async def test_an_order_in_hand_can_be_cancelled(reach: Reach) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE))
    async with asyncio.TaskGroup() as tasks:
        ordering = tasks.create_task(far.client.create(far.order()))
        await far.api.until(lambda: far.api.faults.held)
        ordering.cancel()
    assert (ordering.cancelled(), far.api.requests[Route.CREATE]) == (True, 1)
