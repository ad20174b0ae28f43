"""The local video API's faults: each seen by a stock HTTP client, with what took effect and what did not."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}
CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]


async def order(customer: httpx.AsyncClient, prompt: str = "a cat surfing") -> httpx.Response:
    files = [(name, (None, value)) for name, value in (ORDER | {"prompt": prompt}).items()]
    return await customer.post("/v1/videos", files=files)


async def clip(video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route) -> httpx.Response:
    [video] = video_api.videos.values()
    if on is Route.CONTENT:
        return await customer.get(f"/v1/videos/{video.id}/content")
    async with httpx.AsyncClient() as stranger:
        return await stranger.get(f"{video_api.cdn_origin}/sora/{video.cdn_name}")


async def completed(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> str:
    video_id = str((await order(customer)).json()["id"])
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    return video_id


ANSWERS_INSTEAD = [
    (FaultKind.RATE_LIMITED, 429),
    (FaultKind.GATEWAY_PAGE, 502),
    (FaultKind.SERVER_ERROR, 500),
    (FaultKind.OVERLOADED, 503),
    (FaultKind.ERROR_IN_OK, 200),
    (FaultKind.EMPTY_BODY, 200),
    (FaultKind.HTML_IN_OK, 200),
    (FaultKind.BAD_KEY, 401),
    (FaultKind.KEY_SPENT, 401),
    (FaultKind.PAYMENT_REQUIRED, 402),
    (FaultKind.QUOTA_SPENT, 403),
    (FaultKind.MODEL_GONE, 503),
    (FaultKind.MODERATED, 400),
    (FaultKind.NOT_FOUND, 404),
    (FaultKind.NOT_READY, 202),
]


@pytest.mark.parametrize(("kind", "status"), ANSWERS_INSTEAD, ids=[kind.value for kind, _ in ANSWERS_INSTEAD])
async def test_an_order_answered_with_trouble_does_not_take_effect_and_the_next_one_does(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, status: int
) -> None:
    video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    refused, taken = await order(customer), await order(customer)
    assert (refused.status_code, taken.status_code) == (status, 200)
    assert [one.video_id for one in video_api.orders] == [taken.json()["id"]]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FaultKind.RATE_LIMITED, "rate_limit_exceeded"),
        (FaultKind.ERROR_IN_OK, "heavy_load"),
        (FaultKind.QUOTA_SPENT, "insufficient_user_quota"),
        (FaultKind.MODEL_GONE, "model_not_found"),
        (FaultKind.MODERATED, "content_policy_violation"),
    ],
    ids=str,
)
async def test_trouble_has_the_code_it_has_in_the_field(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, code: str
) -> None:
    video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    assert (await order(customer)).json()["error"]["code"] == code


@pytest.mark.parametrize("seconds", [None, 7], ids=["without Retry-After", "with Retry-After"])
async def test_a_rate_limit_says_how_long_only_when_asked_to(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, seconds: int | None
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.CREATE, retry_after=seconds))
    answer = await order(customer)
    assert answer.headers.get("retry-after") == (None if seconds is None else str(seconds))


@pytest.mark.parametrize("status", [502, 504, 524])
async def test_a_gateways_page_is_html_with_its_status(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, status: int
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.GATEWAY_PAGE, on=Route.RETRIEVE, status=status))
    answer = await customer.get("/v1/videos/video_1")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


EFFECTS = [(FaultKind.RESET_BEFORE, 0), (FaultKind.RESET_AFTER, 1)]


@pytest.mark.parametrize(("kind", "orders"), EFFECTS, ids=[kind.value for kind, _ in EFFECTS])
async def test_a_lost_connection_leaves_the_client_without_an_answer(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, orders: int
) -> None:
    video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(httpx.RemoteProtocolError):
        await order(customer)
    assert len(video_api.orders) == orders


async def test_a_gateways_page_can_hide_an_order_that_took_effect(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.GATEWAY_PAGE_AFTER, on=Route.CREATE, status=504))
    assert ((await order(customer)).status_code, len(video_api.orders)) == (504, 1)


async def test_an_empty_body_can_hide_an_order_that_took_effect(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.EMPTY_BODY_AFTER, on=Route.CREATE))
    answer = await order(customer)
    assert (answer.status_code, answer.content, len(video_api.orders)) == (200, b"", 1)


HOLDS = [(FaultKind.HELD_BEFORE, 0), (FaultKind.HELD_AFTER, 1)]


@pytest.mark.parametrize(("kind", "orders"), HOLDS, ids=[kind.value for kind, _ in HOLDS])
async def test_an_order_is_held_until_released(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, orders: int
) -> None:
    video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    async with asyncio.TaskGroup() as tasks:
        ordering = tasks.create_task(order(customer))
        await video_api.until(lambda: video_api.faults.held == 1)
        while_held = (len(video_api.orders), ordering.done())
        video_api.faults.release()
    assert (while_held, ordering.result().status_code) == ((orders, False), 200)
    assert (len(video_api.orders), video_api.faults.held) == (1, 0)


async def test_a_held_answer_outlasts_the_clients_patience(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.HELD_AFTER, on=Route.CREATE))
    customer.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        await order(customer)
    assert len(video_api.orders) == 1


async def test_a_fault_hits_as_often_as_it_says(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.CREATE, times=2))
    assert [(await order(customer)).status_code for _ in range(4)] == [503, 503, 200, 200]


async def test_a_fault_for_ever_lasts_until_cleared(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.CREATE, times=None))
    before = [(await order(customer)).status_code for _ in range(3)]
    video_api.faults.clear()
    assert [*before, (await order(customer)).status_code] == [503, 503, 503, 200]


async def test_a_fault_hits_only_the_prompts_it_is_meant_for(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(
        VideoFault(
            kind=FaultKind.MODERATED, on=Route.CREATE, times=None, prompt=lambda prompt: "war" in prompt
        )
    )
    assert [(await order(customer, prompt)).status_code for prompt in ("a cat", "a war", "a dog")] == [
        200,
        400,
        200,
    ]


async def test_a_fault_on_looks_knows_the_videos_prompt(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(
        VideoFault(kind=FaultKind.EXPIRED, on=Route.RETRIEVE, prompt=lambda prompt: prompt == "a dog")
    )
    ids = [(await order(customer, prompt)).json()["id"] for prompt in ("a cat", "a dog")]
    statuses = [(await customer.get(f"/v1/videos/{video_id}")).json()["status"] for video_id in ids]
    assert statuses == ["queued", "expired"]


async def test_a_fault_that_nothing_could_show_is_refused() -> None:
    with pytest.raises(ValueError, match="stuck_at_90 cannot be on cdn"):
        VideoFault(kind=FaultKind.STUCK_AT_90, on=Route.CDN)


async def test_a_video_can_be_doomed_by_its_order(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE))
    created = (await order(customer)).json()
    video_api.finish(created["id"])
    video = (await customer.get(f"/v1/videos/{created['id']}")).json()
    assert (created["status"], video["status"], video["error"]["code"]) == (
        "queued",
        "failed",
        "content_policy_violation",
    )


async def test_an_id_can_be_very_long_and_is_the_video_s(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.LONG_ID, on=Route.CREATE))
    video_id = (await order(customer)).json()["id"]
    assert len(video_id) > 370
    assert (await customer.get(f"/v1/videos/{video_id}")).json()["id"] == video_id


async def test_an_id_can_be_told_as_that_of_a_request(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.ID_AS_REQUEST_ID, on=Route.CREATE))
    assert (await order(customer)).json() == {"request_id": video_api.orders[0].video_id}


async def test_a_slow_answer_outlasts_the_clients_patience(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CREATE, seconds=60))
    customer.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        await order(customer)
    assert len(video_api.orders) == 1


async def test_a_connection_can_be_lost_at_every_route(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(*(VideoFault(kind=FaultKind.RESET_BEFORE, on=route) for route in Route))
    lost = [
        await is_lost(order(customer)),
        await is_lost(customer.post(f"/v1/videos/{video_id}/remix", json={"prompt": "at night"})),
        await is_lost(customer.get("/v1/videos")),
        await is_lost(customer.get(f"/v1/videos/{video_id}")),
        await is_lost(customer.get(f"/v1/videos/{video_id}/content")),
        await is_lost(clip(video_api, customer, Route.CDN)),
        await is_lost(customer.get("/v1/models")),
        await is_lost(customer.get("/v1/dashboard/billing/subscription")),
        await is_lost(customer.get("/v1/dashboard/billing/usage")),
    ]
    assert (lost, len(video_api.orders)) == ([True] * len(Route), 1)


async def is_lost(answering: Coroutine[Any, Any, httpx.Response]) -> bool:
    try:
        await answering
    except httpx.RemoteProtocolError:
        return True
    return False


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
async def test_trouble_is_worded_by_the_dialect(
    dialect: Dialect, renderer: Renderer, customer_of: CustomerOf
) -> None:
    video_api = VideoApiSandbox(dialect=dialect, renderer=renderer)
    async with customer_of(video_api) as customer:
        video_api.faults.add(VideoFault(kind=FaultKind.QUOTA_SPENT, on=Route.CREATE))
        body = (await order(customer)).json()
    assert (body["code"] if "code" in body else body["error"]["code"]) == "insufficient_user_quota"
