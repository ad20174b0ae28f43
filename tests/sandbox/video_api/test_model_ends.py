"""Models that end while the local video API runs, in each of the ways in which gateways tell it."""

from __future__ import annotations

import httpx
import pytest

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import MODERATION
from sandbox.video_api.model_ends import ModelEnd
from sandbox.video_api.server import VideoApiSandbox
from tests.sandbox.conftest import Clock, CustomerOf

ORDER = {"model": "sora-2", "prompt": "a cat", "seconds": "10", "size": "16x9"}
ENDS: dict[ModelEnd, tuple[int, str, bool]] = {
    ModelEnd.NOT_FOUND: (404, "model not found", True),
    ModelEnd.RETIRED: (404, "sora-2 has been retired. Please use gemini-omni-1.2-flash instead.", True),
    ModelEnd.NO_CHANNEL: (503, "无可用渠道", True),
    ModelEnd.GONE: (410, "sora-2 is gone.", True),
    ModelEnd.FAILED_TASK: (200, "queued", True),
    ModelEnd.UNLISTED: (404, "model not found", False),
    ModelEnd.ONLY_UNLISTED: (200, "queued", False),
}


async def order(customer: httpx.AsyncClient) -> httpx.Response:
    return await customer.post("/v1/videos", json=ORDER)


async def lists_it(customer: httpx.AsyncClient) -> bool:
    return "sora-2" in (await customer.get("/v1/models")).text.replace("sora-2-pro", "")


@pytest.mark.parametrize("how", ModelEnd)
async def test_a_model_ends_and_comes_back(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, how: ModelEnd
) -> None:
    video_api.retire("sora-2", how)
    answer, listed = await order(customer), await lists_it(customer)
    status, words, is_listed = ENDS[how]
    video_api.revive("sora-2")
    assert (answer.status_code, words in answer.text, listed) == (status, True, is_listed), answer.text
    assert ((await order(customer)).status_code, await lists_it(customer)) == (200, True)


async def test_what_is_taken_fails_with_the_makers_words(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    before = (await order(customer)).json()["id"]
    video_api.retire("sora-2", ModelEnd.FAILED_TASK)
    after = (await order(customer)).json()["id"]
    clock.forward(100)
    await video_api.until(lambda: video_api.is_ready(before))
    bodies = [(await customer.get(f"/v1/videos/{one}")).json() for one in (before, after)]
    assert [body["status"] for body in bodies] == ["completed", "failed"]
    assert bodies[1]["error"] == {
        "code": "fail_to_fetch_task",
        "message": "models/sora-2 is no longer available.",
    }


async def test_the_maker_tells_when_a_model_will_end(customer_of: CustomerOf) -> None:
    video_api = VideoApiSandbox(dialect=Dialect.OPENAI)
    video_api.account.shutdown_dates["sora-2"] = "2026-12-01"
    async with customer_of(video_api) as customer:
        listed = (await customer.get("/v1/models")).json()["data"]
    assert {model["id"]: model["shutdown_date"] for model in listed} == {
        "sora-2": "2026-12-01",
        "sora-2-pro": None,
    }


async def test_what_moderation_stops_is_completed_with_some(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    grok = {"model": "grok-imagine-video-1.5", "prompt": "a cat", "seconds": "1", "size": "848x480"}
    video_id = (await customer.post("/v1/videos", json=grok)).json()["id"]
    video_api.fail(video_id, MODERATION)
    body = (await customer.get(f"/v1/videos/{video_id}")).json()
    content = await customer.get(f"/v1/videos/{video_id}/content")
    assert (body["status"], body["video_url"], body["error"]["code"], content.status_code) == (
        "completed",
        None,
        "moderation_blocked",
        404,
    )
