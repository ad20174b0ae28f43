"""The local OpenRouter is as strict, as silent and as talkative as the real one."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest
from PIL import Image

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]
ORDER: dict[str, Any] = {"model": "google/veo-3.1", "prompt": "a cat surfing", "duration": 4}


def data_url(colour: str = "red") -> str:
    file = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, "PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def image(**fields: object) -> dict[str, object]:
    return {"type": "image_url", "image_url": {"url": data_url()}} | fields


@pytest.fixture
def openrouter(renderer: Renderer) -> VideoApiSandbox:
    return VideoApiSandbox(dialect=Dialect.OPENROUTER, renderer=renderer, seconds_to_render=0)


@pytest.fixture
async def customer(openrouter: VideoApiSandbox, customer_of: CustomerOf) -> AsyncIterator[httpx.AsyncClient]:
    async with customer_of(openrouter) as client:
        yield client


async def test_an_order_is_a_job_until_its_clip_is_there(
    openrouter: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    openrouter.hold = True
    taken = await customer.post("/v1/videos", json=ORDER)
    job = taken.json()
    assert (taken.status_code, job) == (
        202,
        {"id": job["id"], "polling_url": f"/api/v1/videos/{job['id']}", "status": "pending"},
    )
    openrouter.finish(job["id"])
    await openrouter.until(lambda: openrouter.is_ready(job["id"]))
    done = (await customer.get(f"/v1/videos/{job['id']}")).json()
    assert (done["status"], done["usage"]) == ("completed", {"cost": 1.6, "is_byok": False})
    [url] = done["unsigned_urls"]
    assert url == str(customer.base_url.join(f"/api/v1/videos/{job['id']}/content?index=0"))
    clip = await customer.get(url)
    assert (clip.status_code, clip.headers["content-type"]) == (200, "video/mp4")


async def test_a_clip_is_for_the_key_only(openrouter: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    job = (await customer.post("/v1/videos", json=ORDER)).json()
    await openrouter.until(lambda: openrouter.is_ready(job["id"]))
    refused = await customer.get(f"/v1/videos/{job['id']}/content", headers={"Authorization": "Bearer x"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, 401)


async def test_a_field_that_nobody_knows_is_passed_over_and_the_video_paid_for(
    openrouter: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    taken = await customer.post("/v1/videos", json=ORDER | {"image": data_url(), "size_of_the_cat": 7})
    assert taken.status_code == 202
    assert openrouter.account.used > 0


@pytest.mark.parametrize(
    ("order", "path", "message"),
    [
        (ORDER | {"frame_images": [data_url()]}, ["frame_images", 0, "type"], "Invalid input"),
        (
            ORDER | {"frame_images": [image()]},
            ["frame_images", 0, "frame_type"],
            'Invalid option: expected one of "first_frame"|"last_frame"',
        ),
        (
            ORDER | {"input_references": [{"type": "image_url", "image_url": data_url()}]},
            ["input_references", 0, "image_url", "url"],
            "Invalid input: expected string",
        ),
        (ORDER | {"frame_images": image()}, ["frame_images"], "Invalid input: expected array"),
        (ORDER | {"duration": "4"}, ["duration"], "Invalid input: expected number"),
        (ORDER | {"generate_audio": 1}, ["generate_audio"], "Invalid input: expected boolean"),
        ({"prompt": "x"}, ["model"], "Invalid input: expected string"),
    ],
    ids=["a bare picture", "no frame type", "no url", "no list", "a text", "a number", "no model"],
)
async def test_a_field_of_another_type_is_a_zod_error(
    openrouter: VideoApiSandbox,
    customer: httpx.AsyncClient,
    order: dict[str, object],
    path: list[object],
    message: str,
) -> None:
    refused = await customer.post("/v1/videos", json=order)
    error = refused.json()["error"]
    [issue] = json.loads(error["message"])
    assert (refused.status_code, error["name"], issue["path"], issue["message"]) == (
        400,
        "ZodError",
        path,
        message,
    )
    assert openrouter.orders == []


REFUSED = {
    "a length": (ORDER | {"duration": 5}, 400, "duration 5 is not supported by google/veo-3.1"),
    "a tier": (ORDER | {"resolution": "480p"}, 400, "resolution 480p is not supported by google/veo-3.1"),
    "a ratio": (ORDER | {"aspect_ratio": "1:1"}, 400, "aspect_ratio 1:1 is not supported by google/veo-3.1"),
    "a size": (
        ORDER | {"model": "minimax/hailuo-3", "size": "1280x720"},
        400,
        "size 1280x720 is not supported by minimax/hailuo-3",
    ),
    "a frame": (
        ORDER | {"model": "alibaba/wan-3.0", "frame_images": [image(frame_type="last_frame")]},
        400,
        "frame_type last_frame is not supported by alibaba/wan-3.0",
    ),
    "a frame twice": (
        ORDER | {"frame_images": [image(frame_type="first_frame")] * 2},
        400,
        "frame_images has the same frame_type twice",
    ),
    "no picture": (
        ORDER
        | {"frame_images": [image(frame_type="first_frame", image_url={"url": "data:image/png;base64,AAAA"})]},
        400,
        "Failed to load the image",
    ),
    "no words": (ORDER | {"prompt": " "}, 400, "prompt is required"),
    "no such model": (ORDER | {"model": "openai/sora-9"}, 400, "openai/sora-9 is not a valid model ID"),
    "a model that is gone": (
        ORDER | {"model": "bytedance/seedance-2.5"},
        404,
        "No endpoints found for bytedance/seedance-2.5.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("order", "status", "words"), REFUSED.values(), ids=REFUSED)
async def test_what_a_model_does_not_take_is_refused(
    openrouter: VideoApiSandbox,
    customer: httpx.AsyncClient,
    order: dict[str, object],
    status: int,
    words: str,
) -> None:
    openrouter.account.withdrawn.add("bytedance/seedance-2.5")
    refused = await customer.post("/v1/videos", json=order)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (status, status)
    assert error["message"].startswith(words)
    assert openrouter.orders == []


async def test_an_order_is_json_and_nothing_else(customer: httpx.AsyncClient) -> None:
    for refused in (
        await customer.post("/v1/videos", files={"model": (None, "google/veo-3.1")}),
        await customer.post("/v1/videos", content=b"{", headers={"Content-Type": "application/json"}),
    ):
        assert (refused.status_code, refused.json()["error"]["message"]) == (400, "Invalid JSON body")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FaultKind.BAD_KEY, 401),
        (FaultKind.KEY_SPENT, 403),
        (FaultKind.PAYMENT_REQUIRED, 402),
        (FaultKind.QUOTA_SPENT, 402),
        (FaultKind.MODEL_GONE, 404),
        (FaultKind.MODERATED, 403),
        (FaultKind.RATE_LIMITED, 429),
        (FaultKind.OVERLOADED, 503),
        (FaultKind.SERVER_ERROR, 500),
        (FaultKind.NOT_FOUND, 404),
    ],
)
async def test_a_fault_is_told_in_openrouters_number_and_shape(
    openrouter: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, status: int
) -> None:
    openrouter.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    refused = await customer.post("/v1/videos", json=ORDER)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["message"].isascii()) == (status, status, True)


async def test_the_list_of_models_is_for_everybody(customer: httpx.AsyncClient) -> None:
    listed = await customer.get("/v1/videos/models", headers={"Authorization": "Bearer x"})
    assert [model["id"] for model in listed.json()["data"]] == list(OPENROUTER_MODELS)


PRICES = [
    ("google/veo-3.1", "1080p", 8, True, "3.20"),
    ("google/veo-3.1", "4K", 4, False, "1.60"),
    ("alibaba/wan-3.0", "720p", 10, True, "1.0"),
    ("kwaivgi/kling-v3.0-std", "720p", 5, False, "0.420"),
    ("x-ai/grok-imagine-video-1.5", "720p", 5, True, "0.7"),
]


@pytest.mark.parametrize(("name", "resolution", "seconds", "sound", "cost"), PRICES)
def test_a_video_costs_what_the_name_says_that_says_most(
    name: str, resolution: str, seconds: int, *, sound: bool, cost: str
) -> None:
    assert float(OPENROUTER_MODELS[name].cost(resolution, seconds, sound=sound)) == float(cost)
