"""Keys that orders come with: taken, dropped, or of no interest; and what a finished video says of its cost."""

from __future__ import annotations

from decimal import Decimal

import httpx
import pytest

from sandbox.video_api.account import CostsTold
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.order_keys import OrderKeys
from sandbox.video_api.server import VideoApiSandbox
from tests.sandbox.conftest import Clock

ORDER = {"model": "sora-2", "prompt": "a cat", "seconds": "10", "size": "16x9"}


async def order(customer: httpx.AsyncClient, key: str) -> str:
    answer = await customer.post("/v1/videos", json=ORDER, headers={"Idempotency-Key": key})
    return str(answer.json()["id"])


async def find(customer: httpx.AsyncClient, key: str) -> list[str]:
    answer = await customer.get("/v1/videos", params={"idempotency_key": key})
    return [video["id"] for video in answer.json()["data"]]


async def test_the_same_key_is_the_same_order(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.order_keys = OrderKeys.TAKEN
    first, again, other = [await order(customer, key) for key in ("a", "a", "b")]
    assert (first == again, first == other, len(video_api.orders)) == (True, False, 2)
    assert [await find(customer, key) for key in ("a", "b", "c")] == [[first], [other], []]


async def test_an_order_whose_answer_is_lost_is_found(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.order_keys = OrderKeys.TAKEN
    video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    with pytest.raises(httpx.RemoteProtocolError):
        await order(customer, "a")
    assert await find(customer, "a") == [video_api.orders[0].video_id]


async def test_a_relay_may_drop_the_key(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    video_api.order_keys = OrderKeys.DROPPED
    assert await order(customer, "a") != await order(customer, "a")
    assert (len(video_api.orders), await find(customer, "a")) == (2, [])


async def test_another_lists_everything_whatever_is_asked(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.order_keys = OrderKeys.LISTS_EVERYTHING
    first, second = await order(customer, "a"), await order(customer, "b")
    assert await find(customer, "c") == [second, first]


async def test_most_have_no_such_page(customer: httpx.AsyncClient) -> None:
    answer = await customer.get("/v1/videos", params={"idempotency_key": "a"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Invalid URL (GET /v1/videos)")


COSTS: dict[CostsTold, dict[str, object]] = {
    CostsTold.NOT: {},
    CostsTold.USAGE: {"usage": {"cost": 0.3, "is_byok": False}},
    CostsTold.BILLING: {"billing": [{"amount": "0.3", "charge_type": "cash", "package_type": ""}]},
    CostsTold.PLAIN: {"cost": 0.3},
}


@pytest.mark.parametrize(("told", "expected"), COSTS.items(), ids=[told.value for told in COSTS])
async def test_a_finished_video_may_tell_its_cost(
    video_api: VideoApiSandbox,
    customer: httpx.AsyncClient,
    clock: Clock,
    told: CostsTold,
    expected: dict[str, object],
) -> None:
    video_api.account.costs_told, video_api.account.price = told, Decimal("0.3")
    video_id = await order(customer, "a")
    before = (await customer.get(f"/v1/videos/{video_id}")).json()
    clock.forward(100)
    await video_api.until(lambda: video_api.is_ready(video_id))
    after = (await customer.get(f"/v1/videos/{video_id}")).json()
    names = {"usage", "billing", "cost"}
    assert ({name: after[name] for name in names & after.keys()}, names & before.keys()) == (expected, set())
