"""The client: orders that go out with a key of ours, and are found again by it, or surely not, or nobody knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as HttpRoute

from domain.order_form import BodyKind, OrderForm
from sandbox.serving import serving
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.order_keys import OrderKeys
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Video, VideoStatus
from upstream.errors import Busy, Garbled, KeyRefused, TryLater, UnknownOutcome, Unreachable, VideoApiError
from upstream.openai.client import OpenAIVideos

HEADER = "Idempotency-Key"
KEY = "job-17"
every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)


async def taking(reach: Reach, dialect: Dialect = Dialect.YIBU, mode: OrderKeys = OrderKeys.TAKEN) -> FarSide:
    far = await reach(dialect, order_key_header=HEADER)
    far.api.order_keys = mode
    return far


# Orders


@pytest.mark.parametrize("form", [OrderForm(), OrderForm(body=BodyKind.JSON)], ids=["form", "JSON"])
async def test_an_order_takes_its_key_along(reach: Reach, form: OrderForm) -> None:
    far = await taking(reach)
    await far.client.create(replace(far.order(), key=KEY, form=form))
    assert far.api.orders[0].headers["idempotency-key"] == KEY


async def test_a_remix_takes_its_key_along(reach: Reach) -> None:
    far = await taking(reach)
    source = await far.completed()
    await far.client.remix(source.id, "at night", model="sora-2", key=KEY)
    assert [order.headers.get("idempotency-key") for order in far.api.orders] == [None, KEY]


async def test_no_key_goes_to_an_api_that_is_not_said_to_take_any(reach: Reach) -> None:
    far = await reach()
    await far.client.create(replace(far.order(), key=KEY))
    assert "idempotency-key" not in far.api.orders[0].headers
    assert (far.client.finds_orders, await far.client.find(KEY)) == (False, None)
    assert far.api.requests[Route.FIND] == 0


async def test_the_same_key_again_is_the_same_video(reach: Reach) -> None:
    far = await taking(reach)
    order = replace(far.order(), key=KEY)
    videos = [await far.client.create(order) for _ in range(2)]
    assert (videos[0].id == videos[1].id, len(far.api.orders)) == (True, 1)


# Finding them


@every_dialect
@pytest.mark.parametrize(
    "kind", [FaultKind.RESET_AFTER, FaultKind.GATEWAY_PAGE_AFTER, FaultKind.EMPTY_BODY_AFTER]
)
async def test_an_order_whose_answer_was_lost_is_found(
    reach: Reach, dialect: Dialect, kind: FaultKind
) -> None:
    far = await taking(reach, dialect)
    await far.client.create(replace(far.order(), key="another"))
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(replace(far.order(), key=KEY))
    found = await far.client.find(KEY)
    assert found is not None
    assert (found.id, far.client.finds_orders) == (far.api.orders[-1].video_id, True)


@every_dialect
async def test_an_order_that_never_arrived_is_not_found(reach: Reach, dialect: Dialect) -> None:
    far = await taking(reach, dialect)
    far.api.faults.add(VideoFault(kind=FaultKind.RESET_BEFORE, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(replace(far.order(), key=KEY))
    assert (await far.client.find(KEY), far.api.orders) == (None, [])


async def test_a_relay_that_drops_the_key_never_finds_anything(reach: Reach) -> None:
    far = await taking(reach, mode=OrderKeys.DROPPED)
    await far.client.create(replace(far.order(), key=KEY))
    assert await far.client.find(KEY) is None


@pytest.mark.parametrize("orders", [1, 2])
async def test_who_lists_everything_whatever_is_asked_is_not_believed(reach: Reach, orders: int) -> None:
    far = await taking(reach, mode=OrderKeys.LISTS_EVERYTHING)
    for number in range(orders):
        await far.client.create(replace(far.order(), key=f"another-{number}"))
    with pytest.raises(Garbled):
        await far.client.find(KEY)


async def test_who_has_no_such_page_is_not_believed(reach: Reach) -> None:
    far = await taking(reach, mode=OrderKeys.UNKNOWN)
    with pytest.raises(Garbled):
        await far.client.find(KEY)


TROUBLES = [
    (FaultKind.RATE_LIMITED, Busy),
    (FaultKind.BAD_KEY, KeyRefused),
    (FaultKind.GATEWAY_PAGE, Garbled),
    (FaultKind.HTML_IN_OK, Garbled),
    (FaultKind.EMPTY_BODY, Garbled),
    (FaultKind.NOT_FOUND, Garbled),
    (FaultKind.MODEL_GONE, Garbled),
    (FaultKind.RESET_BEFORE, Unreachable),
    (FaultKind.TRUNCATED, Unreachable),
    (FaultKind.TRUNCATED_SILENTLY, Garbled),
]


@pytest.mark.parametrize(("kind", "expected"), TROUBLES, ids=[kind.value for kind, _ in TROUBLES])
async def test_trouble_is_never_taken_for_an_order_that_is_not_there(
    reach: Reach, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await taking(reach)
    far.api.faults.add(VideoFault(kind=kind, on=Route.FIND))
    with pytest.raises(expected):
        await far.client.find(KEY)


# Lists of other shapes

Answering = Callable[..., Awaitable[Video | None]]
VIDEO = {"id": "v", "status": "in_progress"}
OURS = {**VIDEO, "idempotency_key": KEY}
FAILED = {"id": "v", "status": "failed", "error": {"code": "moderation_blocked", "message": "no"}}


@pytest.fixture
async def answering() -> AsyncIterator[Answering]:
    """Find an order at an API that answers the look for our key with the first, and any other with the second."""
    pages: list[object] = []

    async def answer(request: Request) -> Response:
        page = pages[0 if request.query_params["idempotency_key"] == KEY else 1]
        match page:
            case (int(number), body):
                return JSONResponse(body, number)
            case str(html):
                return HTMLResponse(html)
            case _:
                return JSONResponse(page)

    app = Starlette(routes=[HttpRoute("/v1/videos", answer)])
    async with serving(app) as origin, OpenAIVideos(origin, "sk-secret", order_key_header=HEADER) as client:

        async def find(page: object, other: object = None) -> Video | None:
            pages[:] = [page, {"data": []} if other is None else other]
            return await client.find(KEY)

        yield find


FOUND: dict[str, object] = {
    "a list that tells the key": {"data": [OURS]},
    "among others, which have theirs": {"data": [{"id": "w", "idempotency_key": "x"}, OURS]},
    "among others, which tell none": {"data": [{"id": "w", "status": "queued"}, OURS], "has_more": True},
    "the only one": {"object": "list", "data": [VIDEO], "has_more": False},
    "the only one, twice": {"data": [VIDEO, VIDEO]},
    "in an envelope": {"code": 0, "message": "SUCCEED", "data": [VIDEO]},
    "in a page": {"code": "success", "data": {"items": [VIDEO], "total": 1}},
    "called videos": {"videos": [VIDEO]},
    "bare": [VIDEO],
    "by itself": VIDEO,
    "by itself, wrapped": {"code": "success", "data": {"task_id": "v", "status": "IN_PROGRESS"}},
    "by Kling's name": {"data": [{"id": "v", "status": "processing", "external_id": KEY}]},
    "by Kling's older name": {"data": [{"task_id": "v", "task_info": {"external_task_id": KEY}}]},
    "in its metadata": {"data": [{**VIDEO, "metadata": {"idempotency_key": KEY}}]},
}


@pytest.mark.parametrize("page", FOUND.values(), ids=FOUND)
async def test_an_order_is_found_in_a_list_of_any_shape(answering: Answering, page: object) -> None:
    found = await answering(page)
    assert found is not None
    assert (found.id, found.status in {VideoStatus.RENDERING, VideoStatus.QUEUED}) == ("v", True)


async def test_an_order_that_failed_since_is_found(answering: Answering) -> None:
    found = await answering({"data": [FAILED]})
    assert found is not None
    assert (found.id, found.status) == ("v", VideoStatus.FAILED)


NOTHING: dict[str, object] = {
    "empty": {"data": []},
    "OpenAI's": {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False},
    "in an envelope": {"code": 0, "message": "SUCCEED", "data": []},
    "in a page": {"code": "success", "message": "", "data": {"items": [], "total": 0}},
    "bare": [],
}


@pytest.mark.parametrize("page", NOTHING.values(), ids=NOTHING)
async def test_an_empty_list_has_no_order(answering: Answering, page: object) -> None:
    assert await answering(page) is None


UNSURE: dict[str, object] = {
    "nothing": {},
    "null": {"data": None},
    "null with success": {"code": 0, "message": "SUCCEED", "data": None},
    "empty, and there is more": {"data": [], "has_more": True},
    "empty, of several": {"data": {"items": [], "total": 3}},
    "empty, and a complaint": {"success": False, "message": "no permission", "data": []},
    "a video without clips yet": {"id": "", "status": "queued", "videos": []},
    "several": {"data": [VIDEO, {"id": "w", "status": "queued"}]},
    "several with our key": {"data": [OURS, {**OURS, "id": "w"}]},
    "one with another key": {"data": [{**VIDEO, "idempotency_key": "x"}]},
    "one, and there is more": {"data": [VIDEO], "has_more": True},
    "one without an id": {"data": [{"status": "queued"}]},
    "strangers": {"data": [7, None]},
    "a web page": "<!doctype html><title>Videos</title>",
    "an error": (400, {"error": {"message": "Unknown parameter: 'idempotency_key'."}}),
    "not found": (404, {"code": "task_not_exist", "message": "task_not_exist", "data": None}),
    "an error in a success": {"error": {"message": "no"}},
    "not allowed": (405, {"detail": "Method Not Allowed"}),
}


@pytest.mark.parametrize("page", UNSURE.values(), ids=UNSURE)
async def test_what_may_mean_several_things_means_nothing(answering: Answering, page: object) -> None:
    with pytest.raises(TryLater):
        await answering(page)


@pytest.mark.parametrize(
    "other",
    [{"data": [VIDEO]}, {"data": [{"id": "w"}, VIDEO]}, (404, {"error": "no"}), "<p>"],
    ids=["the same", "several", "an error", "a page"],
)
async def test_a_video_that_is_there_for_any_key_is_not_ours(answering: Answering, other: object) -> None:
    with pytest.raises(TryLater):
        await answering({"data": [VIDEO]}, other)
