"""The dialects on the wire: what each says after an order, while it draws, when it is done, and when it refuses."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

import httpx
import pytest

from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]
EPOCH = 1767225600
ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}
ORDERS = dict.fromkeys(OPENAI_DIALECTS, ORDER) | {
    Dialect.OPENAI: ORDER | {"seconds": "8", "size": "1280x720"}
}
IDS = {
    Dialect.YIBU: r"video_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    Dialect.NEWAPI: r"task_[0-9A-Za-z]{32}",
    Dialect.OPENAI: r"video_[0-9a-f]{48}",
    Dialect.LEGACY: r"sora-2:task_[0-9a-z]{26}",
}
Body = dict[str, Any]


class Clock(Protocol):
    def __call__(self) -> datetime: ...

    def forward(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    api: VideoApiSandbox
    customer: httpx.AsyncClient
    clock: Clock

    async def ordered(self, **fields: str) -> Body:
        form = [(name, (None, value)) for name, value in (ORDERS[self.api.dialect] | fields).items()]
        answer = await self.customer.post("/v1/videos", files=form)
        assert answer.status_code == 200, answer.text
        video_id = self.api.orders[-1].video_id
        await self.api.until(lambda: self.api.videos[video_id].clip)
        body: Body = answer.json()
        return body

    async def looked(self) -> Body:
        body: Body = (await self.customer.get(self.path())).json()
        return body

    def path(self) -> str:
        return f"/v1/videos/{quote(self.api.orders[-1].video_id, safe='')}"


@pytest.fixture
async def spoken(
    request: pytest.FixtureRequest, renderer: Renderer, clock: Clock, customer_of: CustomerOf
) -> AsyncIterator[Spoken]:
    api = VideoApiSandbox(dialect=request.param, renderer=renderer, clock=clock, seconds_to_render=100)
    async with customer_of(api) as customer:
        yield Spoken(api=api, customer=customer, clock=clock)


def in_dialects(*dialects: Dialect) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "spoken", dialects, indirect=True, ids=[dialect.value for dialect in dialects]
    )


@in_dialects(*OPENAI_DIALECTS)
async def test_ids_look_like_the_dialects(spoken: Spoken) -> None:
    body = await spoken.ordered()
    [order] = spoken.api.orders
    assert re.fullmatch(IDS[spoken.api.dialect], order.video_id)
    assert (body["data"]["task_id"] if "data" in body else body["id"]) == order.video_id


@in_dialects(Dialect.YIBU)
async def test_yibu_answers_an_order_as_its_page_says(spoken: Spoken) -> None:
    body = await spoken.ordered(size="16x9")
    assert body == {
        "id": spoken.api.orders[0].video_id,
        "object": "video",
        "model": "sora_video2",
        "status": "queued",
        "progress": 0,
        "created_at": EPOCH,
        "seconds": "10",
        "size": "1280x720",
    }


@in_dialects(Dialect.YIBU)
async def test_yibu_leaves_veos_model_and_size_as_they_were(spoken: Spoken) -> None:
    body = await spoken.ordered(model="veo_3_1-fast", seconds="8")
    assert (body["model"], body["size"], body["seconds"]) == ("veo_3_1-fast", "16x9", "8")


@in_dialects(Dialect.YIBU)
async def test_yibu_shows_a_finished_video(spoken: Spoken) -> None:
    await spoken.ordered()
    spoken.clock.forward(150)
    [video] = spoken.api.videos.values()
    assert await spoken.looked() == {
        "id": video.id,
        "size": "1280x720",
        "model": "sora-2",
        "object": "video",
        "status": "completed",
        "seconds": "10",
        "progress": 100,
        "video_url": f"{spoken.api.cdn_origin}/sora/{video.cdn_name}",
        "created_at": EPOCH,
        "completed_at": EPOCH + 100,
    }


@in_dialects(Dialect.NEWAPI)
async def test_newapi_shows_placeholders_milliseconds_and_no_url(spoken: Spoken) -> None:
    assert (await spoken.ordered())["created_at"] == EPOCH * 1000
    seen = []
    for seconds in (0, 10, 40, 60):
        spoken.clock.forward(seconds)
        seen.append(await spoken.looked())
    assert [(body["status"], body["progress"]) for body in seen] == [
        ("unknown", 10),
        ("queued", 20),
        ("in_progress", 30),
        ("completed", 100),
    ]
    assert (seen[-1]["completed_at"], seen[-1]["id"] == seen[-1]["task_id"]) == ((EPOCH + 100) * 1000, True)
    assert [name for name in seen[-1] if "url" in name] == []


@in_dialects(Dialect.OPENAI)
async def test_openai_shows_the_whole_resource_with_its_nulls(spoken: Spoken) -> None:
    body = await spoken.ordered()
    nothing_yet = dict.fromkeys(("completed_at", "expires_at", "error", "remixed_from_video_id"))
    assert (
        body
        == {
            "id": spoken.api.orders[0].video_id,
            "object": "video",
            "created_at": EPOCH,
            "status": "queued",
            "model": "sora-2",
            "progress": 0,
            "prompt": "a cat surfing",
            "seconds": "8",
            "size": "1280x720",
        }
        | nothing_yet
    )
    spoken.clock.forward(100)
    assert await spoken.looked() == body | {
        "status": "completed",
        "progress": 100,
        "completed_at": EPOCH + 100,
        "expires_at": EPOCH + 3700,
    }


@in_dialects(Dialect.OPENAI)
async def test_openai_forgets_clips_after_an_hour(spoken: Spoken) -> None:
    await spoken.ordered()
    spoken.clock.forward(3600)
    in_time = await spoken.customer.get(f"{spoken.path()}/content")
    spoken.clock.forward(101)
    late = await spoken.customer.get(f"{spoken.path()}/content")
    assert (in_time.status_code, late.status_code) == (200, 404)


@in_dialects(Dialect.LEGACY)
async def test_legacy_wraps_everything_in_data(spoken: Spoken) -> None:
    created = await spoken.ordered()
    [video] = spoken.api.videos.values()
    assert created == {"code": "success", "message": "", "data": {"task_id": video.id, "status": "SUBMITTED"}}
    spoken.clock.forward(67)
    under_way = (await spoken.looked())["data"]
    assert (under_way["status"], under_way["progress"], under_way["result_url"]) == ("IN_PROGRESS", "67%", "")
    spoken.clock.forward(33)
    assert (await spoken.looked())["data"] == {
        "task_id": video.id,
        "action": "generate",
        "status": "SUCCESS",
        "progress": "100%",
        "fail_reason": "",
        "result_url": f"{spoken.api.cdn_origin}/sora/{video.cdn_name}",
        "submit_time": EPOCH,
        "start_time": EPOCH,
        "finish_time": EPOCH + 100,
        "data": {},
    }


@in_dialects(Dialect.YIBU, Dialect.NEWAPI, Dialect.OPENAI)
async def test_content_is_bytes(spoken: Spoken) -> None:
    await spoken.ordered()
    spoken.clock.forward(100)
    clip = await spoken.customer.get(f"{spoken.path()}/content")
    assert (clip.headers["content-type"], clip.content[4:8]) == ("video/mp4", b"ftyp")


@in_dialects(Dialect.LEGACY)
async def test_legacys_content_is_json_that_points_to_the_cdn(spoken: Spoken) -> None:
    await spoken.ordered()
    spoken.clock.forward(100)
    told = (await spoken.customer.get(f"{spoken.path()}/content")).json()
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(told["url"])).content[4:8] == b"ftyp"


FAILURES: dict[Dialect, Callable[[Body], object]] = {
    Dialect.YIBU: lambda body: (body["status"], body["progress"], body["error"]["code"]),
    Dialect.NEWAPI: lambda body: (body["status"], body["progress"], list(body["error"])),
    Dialect.OPENAI: lambda body: (body["status"], body["error"]),
    Dialect.LEGACY: lambda body: (
        body["data"]["status"],
        body["data"]["progress"],
        body["data"]["fail_reason"],
    ),
}
FAILURES_SHOWN = {
    Dialect.YIBU: ("failed", 0, "generation_failed"),
    Dialect.NEWAPI: ("failed", 100, ["message"]),
    Dialect.OPENAI: ("failed", {"code": "generation_failed", "message": "out of ink"}),
    Dialect.LEGACY: ("FAILURE", "100%", "out of ink"),
}


@in_dialects(*OPENAI_DIALECTS)
async def test_a_failure_is_shown_the_dialects_way(spoken: Spoken) -> None:
    await spoken.ordered()
    spoken.api.fail(spoken.api.orders[0].video_id, "out of ink")
    dialect = spoken.api.dialect
    assert FAILURES[dialect](await spoken.looked()) == FAILURES_SHOWN[dialect]


UNKNOWN_IDS: dict[Dialect, tuple[int, Callable[[Body], object], object]] = {
    Dialect.YIBU: (404, lambda body: body["error"]["code"], "task_not_exist"),
    Dialect.NEWAPI: (400, lambda body: (body["code"], body["data"]), ("task_not_exist", None)),
    Dialect.OPENAI: (404, lambda body: body["error"]["type"], "invalid_request_error"),
    Dialect.LEGACY: (400, lambda body: (body["code"], body["data"]), ("task_not_exist", None)),
}


@in_dialects(*OPENAI_DIALECTS)
async def test_an_unknown_id_is_refused_the_dialects_way(spoken: Spoken) -> None:
    answer = await spoken.customer.get("/v1/videos/video_unheard-of")
    status, shown, expected = UNKNOWN_IDS[spoken.api.dialect]
    assert (answer.status_code, shown(answer.json())) == (status, expected)


WRONG_KEYS = {
    Dialect.YIBU: {"message_zh": "无效的令牌", "type": "new_api_error", "code": "invalid_api_key"},
    Dialect.OPENAI: {"type": "invalid_request_error", "param": None, "code": "invalid_api_key"},
}


@in_dialects(Dialect.YIBU, Dialect.OPENAI)
async def test_a_wrong_key_is_refused_the_dialects_way(spoken: Spoken) -> None:
    answer = await spoken.customer.get("/v1/videos/video_1", headers={"Authorization": "Bearer wrong"})
    error = answer.json()["error"]
    assert error.pop("message") in {"无效的令牌", "Incorrect API key provided."}
    assert (answer.status_code, error) == (401, WRONG_KEYS[spoken.api.dialect])


@in_dialects(Dialect.NEWAPI, Dialect.LEGACY)
async def test_a_relay_refuses_a_wrong_key_by_request_id(spoken: Spoken) -> None:
    answer = await spoken.customer.get("/v1/videos/video_1", headers={"Authorization": "Bearer wrong"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["type"]) == (401, "", "new_api_error")
    assert re.fullmatch(r"无效的令牌 \(request id: \d{20}\w{8}\)", error["message"])


@in_dialects(*OPENAI_DIALECTS)
async def test_content_is_refused_before_its_time(spoken: Spoken) -> None:
    await spoken.ordered()
    answer = await spoken.customer.get(f"{spoken.path()}/content")
    assert answer.status_code == UNKNOWN_IDS[spoken.api.dialect][0]


@in_dialects(*OPENAI_DIALECTS)
async def test_a_remix_names_its_source(spoken: Spoken) -> None:
    await spoken.ordered()
    source = spoken.api.orders[0].video_id
    spoken.clock.forward(100)
    answer = await spoken.customer.post(f"{spoken.path()}/remix", json={"prompt": "at night"})
    remix = spoken.api.videos[spoken.api.orders[1].video_id]
    assert (answer.status_code, remix.remixed_from, remix.prompt) == (200, source, "at night")
