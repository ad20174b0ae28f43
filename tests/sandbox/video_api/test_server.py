"""The local video API as its users hold it: what it records, how time is driven, who may have a clip."""

import asyncio
import io
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import av
import httpx
import pytest
from PIL import Image, ImageStat

from sandbox.video_api.clip_spec import Variant
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Problem
from sandbox.video_api.faults import Route
from sandbox.video_api.orders import UploadedPart
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]
ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}
SHORT = ORDER | {"seconds": "4"}


class Clock(Protocol):
    now: datetime

    def forward(self, seconds: float) -> None: ...


Part = tuple[str, tuple[None, str] | tuple[str, bytes, str]]


def form(photo: bytes | None = None, /, **fields: str) -> list[Part]:
    parts: list[Part] = [(name, (None, value)) for name, value in fields.items()]
    return [*parts, ("input_reference", ("photo.png", photo, "image/png"))] if photo else parts


def photo(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, "PNG")
    return file.getvalue()


async def ordered(customer: httpx.AsyncClient, **fields: str) -> str:
    answer = await customer.post("/v1/videos", files=form(**(ORDER | fields)))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def completed(video_api: VideoApiSandbox, customer: httpx.AsyncClient, **fields: str) -> str:
    video_id = await ordered(customer, **fields)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    return video_id


async def test_a_prompt_becomes_a_clip_of_the_asked_shape_and_length(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, tmp_path: Path
) -> None:
    video_id = await completed(video_api, customer, size="9x16")
    video = (await customer.get(f"/v1/videos/{video_id}")).json()
    clip = tmp_path / "clip.mp4"
    async with httpx.AsyncClient() as stranger:
        clip.write_bytes((await stranger.get(video["video_url"])).content)
    with av.open(clip) as container:
        picture = container.streams.video[0]
        assert (picture.width, picture.height, container.duration) == (720, 1280, 10_000_000)


async def test_a_photo_becomes_the_clip(tmp_path: Path, customer_of: CustomerOf) -> None:
    video_api = VideoApiSandbox(dialect=Dialect.NEWAPI, renderer=Renderer(tmp_path), seconds_to_render=0)
    async with customer_of(video_api) as customer:
        files = form(photo("red"), **SHORT)
        video_id = (await customer.post("/v1/videos", files=files)).json()["id"]
        await video_api.until(lambda: video_api.is_ready(video_id))
        clip = await customer.get(f"/v1/videos/{video_id}/content")
    with av.open(io.BytesIO(clip.content), "r") as container:
        frame = next(container.decode(video=0)).to_image()  # type: ignore[no-untyped-call]  # PyAV leaves it untyped
    red, green, blue = ImageStat.Stat(frame.convert("RGB")).mean
    assert (red > 200, green < 50, blue < 50) == (True, True, True)


async def test_an_order_is_kept_as_it_came_but_for_the_key(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    files = form(photo(), **ORDER, private="true")
    video_id = (await customer.post("/v1/videos", files=files)).json()["id"]
    [order] = video_api.orders
    part = UploadedPart(
        field="input_reference", filename="photo.png", content_type="image/png", content=photo()
    )
    assert (order.path, order.fields, order.files, order.video_id, order.at) == (
        "/v1/videos",
        ORDER | {"private": "true"},
        [part],
        video_id,
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert ("authorization" in order.headers, "content-type" in order.headers) == (False, True)


async def test_every_look_is_noted_with_its_time(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    video_id = await ordered(customer)
    for _ in range(2):
        clock.forward(7)
        await customer.get(f"/v1/videos/{video_id}")
    [order] = video_api.orders
    assert [(look - order.at).total_seconds() for look in video_api.looked_at[video_id]] == [7, 14]


async def test_renders_may_take_a_time_of_their_own_each(renderer: Renderer, customer_of: CustomerOf) -> None:
    times = iter([3.0, 5.0])
    video_api = VideoApiSandbox(renderer=renderer, seconds_to_render=lambda: next(times))
    async with customer_of(video_api) as customer:
        ids = [await ordered(customer), await ordered(customer)]
    assert [video_api.videos[video_id].takes.total_seconds() for video_id in ids] == [3, 5]


async def test_every_order_counts_however_alike(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    ids = [await ordered(customer), await ordered(customer)]
    assert [order.video_id for order in video_api.orders] == ids
    assert len(set(ids)) == 2


async def test_a_refused_order_is_none(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    answer = await customer.post("/v1/videos", files=form(model="sora-2", prompt=" "))
    assert (answer.status_code, video_api.orders, video_api.requests) == (400, [], {Route.CREATE: 1})


async def test_progress_rises_with_the_clock_and_ends_with_the_clip(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    video_id = await ordered(customer)
    await video_api.until(lambda: video_api.videos[video_id].clip)
    seen = []
    for seconds in (0, 10, 57, 32.5, 0.5):
        clock.forward(seconds)
        video = (await customer.get(f"/v1/videos/{video_id}")).json()
        seen.append((video["status"], video["progress"], video["video_url"] is not None))
    assert seen == [
        ("queued", 0, False),
        ("in_progress", 10, False),
        ("in_progress", 67, False),
        ("in_progress", 99, False),
        ("completed", 100, True),
    ]
    assert video_api.looks == {video_id: 5}


async def test_ready_at_says_when_the_clip_came_to_be_offered(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    video_id = await ordered(customer)
    await video_api.until(lambda: video_api.videos[video_id].clip)
    assert video_api.ready_at == {video_id: clock.now + timedelta(seconds=100)}


async def test_a_video_is_not_completed_before_its_clip_is_drawn(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    video_id = await ordered(customer)
    await video_api.until(lambda: video_api.videos[video_id].clip)
    video_api.videos[video_id].rendered_at = clock.now + timedelta(seconds=300)
    clock.forward(200)
    early = (await customer.get(f"/v1/videos/{video_id}")).json()
    assert (early["status"], early["progress"]) == ("in_progress", 99)


async def test_held_videos_wait_for_the_test(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, clock: Clock
) -> None:
    video_api.hold = True
    video_id = await ordered(customer)
    clock.forward(10_000)
    assert (await customer.get(f"/v1/videos/{video_id}")).json()["status"] == "in_progress"
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    assert (await customer.get(f"/v1/videos/{video_id}")).json()["status"] == "completed"


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("out of ink", {"code": "generation_failed", "message": "out of ink"}),
        (Problem(code="heavy_load", message="busy"), {"code": "heavy_load", "message": "busy"}),
    ],
    ids=["a sentence", "a code and a sentence"],
)
async def test_a_video_fails_when_the_test_says_so(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, reason: str | Problem, error: dict[str, str]
) -> None:
    video_id = await ordered(customer)
    video_api.fail(video_id, reason)
    video = (await customer.get(f"/v1/videos/{video_id}")).json()
    assert (video["status"], video["error"], video["video_url"]) == ("failed", error, None)
    assert not video_api.is_ready(video_id)


async def test_real_time_completes_a_video_and_wakes_who_waits(
    customer_of: CustomerOf, renderer: Renderer
) -> None:
    video_api = VideoApiSandbox(renderer=renderer, seconds_to_render=0.2)
    async with customer_of(video_api) as customer:
        video_id = await ordered(customer)
        await video_api.until(lambda: video_api.is_ready(video_id))
        assert (await customer.get(f"/v1/videos/{video_id}")).json()["status"] == "completed"


async def test_waiting_for_what_never_happens_ends(video_api: VideoApiSandbox) -> None:
    with pytest.raises(TimeoutError, match="did not come true"):
        await video_api.until(lambda: video_api.orders, timeout=0.01)


async def test_the_renderers_variant_is_what_clips_are_like(tmp_path: Path, customer_of: CustomerOf) -> None:
    renderer = Renderer(tmp_path, reuse=True, variant=Variant(sound=False, megabytes=20))
    video_api = VideoApiSandbox(dialect=Dialect.NEWAPI, renderer=renderer, seconds_to_render=0)
    async with customer_of(video_api) as customer:
        video_id = await completed(video_api, customer, seconds="4")
        clip = await customer.get(f"/v1/videos/{video_id}/content")
    assert len(clip.content) == 20_000_000


async def test_a_picture_that_cannot_be_drawn_fails_the_video_not_the_server(
    tmp_path: Path, customer_of: CustomerOf
) -> None:
    video_api = VideoApiSandbox(renderer=Renderer(tmp_path))
    async with customer_of(video_api) as customer:
        files = form(photo()[:-30], **ORDER)
        video_id = (await customer.post("/v1/videos", files=files)).json()["id"]
        await video_api.until(lambda: video_api.videos[video_id].failure)
        video = (await customer.get(f"/v1/videos/{video_id}")).json()
    assert (video["status"], video["error"]["code"]) == ("failed", "internal_error")


async def test_a_hundred_orders_at_once_are_served(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    async with asyncio.TaskGroup() as tasks:
        orders = [tasks.create_task(ordered(customer, prompt=f"cat {number}")) for number in range(100)]
    ids = {order.result() for order in orders}
    await video_api.until(lambda: len(video_api.ready_at) == 100)
    assert (len(ids), len(video_api.orders)) == (100, 100)


async def test_a_sandbox_can_be_left_while_clips_are_being_drawn_and_served_again(
    customer_of: CustomerOf,
) -> None:
    video_api = VideoApiSandbox(dialect=Dialect.NEWAPI, seconds_to_render=0)
    async with customer_of(video_api) as customer:
        for prompt in ("one", "two", "three"):
            await ordered(customer, **SHORT | {"prompt": prompt})
    async with customer_of(video_api) as customer:
        await completed(video_api, customer, **SHORT)
    assert len(video_api.orders) == 4
