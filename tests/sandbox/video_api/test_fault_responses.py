"""What the faults make of looks and clips, as a stock HTTP client gets them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

import httpx
import pytest

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}
CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]


async def order(customer: httpx.AsyncClient, prompt: str = "a cat surfing") -> httpx.Response:
    files = [(name, (None, value)) for name, value in (ORDER | {"prompt": prompt}).items()]
    return await customer.post("/v1/videos", files=files)


async def completed(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> str:
    video_id = str((await order(customer)).json()["id"])
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    return video_id


LOOKS: list[tuple[FaultKind, Callable[[dict[str, object]], object], object]] = [
    (FaultKind.NULL_VIDEO_URL, lambda video: (video["status"], video["video_url"]), ("completed", None)),
    (FaultKind.STUCK_AT_90, lambda video: (video["status"], video["progress"]), ("in_progress", 90)),
    (FaultKind.EXPIRED, lambda video: video["status"], "expired"),
    (FaultKind.UNKNOWN_STATUS, lambda video: video["status"], "reviewing"),
    (FaultKind.ERROR_AS_TEXT, lambda video: (video["status"], type(video.get("error"))), ("failed", str)),
    (FaultKind.FAILED, lambda video: (video["status"], type(video.get("error"))), ("failed", dict)),
    (FaultKind.PERCENT_PROGRESS, lambda video: video["progress"], "67%"),
    (FaultKind.MILLISECOND_TIMES, lambda video: video["created_at"], 1767225600000),
    (
        FaultKind.COMPLETED_BUT_MODERATED,
        lambda video: (video["status"], video["video_url"], "error" in video),
        ("completed", None, True),
    ),
    (
        FaultKind.FAILED_IN_OTHER_WORDS,
        lambda video: (video["status"], "error" in video),
        ("reviewing", True),
    ),
    (FaultKind.ADDRESS_IN_VIDEO, lambda video: (video["status"], "video" in video), ("done", True)),
]


@pytest.mark.parametrize(("kind", "shown", "expected"), LOOKS, ids=[kind.value for kind, _, _ in LOOKS])
async def test_a_look_shows_the_fault_and_the_next_one_does_not(
    video_api: VideoApiSandbox,
    customer: httpx.AsyncClient,
    kind: FaultKind,
    shown: Callable[[dict[str, object]], object],
    expected: object,
) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    first, second = [(await customer.get(f"/v1/videos/{video_id}")).json() for _ in range(2)]
    assert shown(first) == expected
    assert shown(second) != expected
    assert second["status"] == "completed"


async def test_the_next_look_can_be_asked_for_later(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.POLL_AFTER, on=Route.RETRIEVE, seconds=7))
    looks = [await customer.get(f"/v1/videos/{video_id}") for _ in range(2)]
    assert [look.headers.get("openai-poll-after-ms") for look in looks] == ["7000", None]


@pytest.mark.parametrize(
    ("kind", "encoding"), [(FaultKind.COMPRESSED, "gzip"), (FaultKind.COMPRESSED_TWICE, "gzip, gzip")]
)
async def test_an_answer_can_be_compressed_without_being_asked_for(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, kind: FaultKind, encoding: str
) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE), VideoFault(kind=kind, on=Route.CONTENT))
    look = await customer.get(f"/v1/videos/{video_id}", headers={"Accept-Encoding": "identity"})
    content = await customer.get(f"/v1/videos/{video_id}/content", headers={"Accept-Encoding": "identity"})
    assert [look.headers["content-encoding"], content.headers["content-encoding"]] == [encoding, encoding]
    assert (look.json()["id"], content.content[4:8]) == (video_id, b"ftyp")


LEGACY_LOOKS = [
    (FaultKind.STUCK_AT_90, "progress", "90%"),
    (FaultKind.PERCENT_PROGRESS, "progress", "67%"),
    (FaultKind.EXPIRED, "status", "EXPIRED"),
    (FaultKind.NULL_VIDEO_URL, "result_url", ""),
    (FaultKind.MILLISECOND_TIMES, "submit_time", 1767225600000),
]


@pytest.fixture
def legacy_api(renderer: Renderer, clock: Callable[[], datetime]) -> VideoApiSandbox:
    return VideoApiSandbox(dialect=Dialect.LEGACY, renderer=renderer, clock=clock)


@pytest.mark.parametrize(
    ("kind", "key", "expected"), LEGACY_LOOKS, ids=[kind.value for kind, _, _ in LEGACY_LOOKS]
)
async def test_a_look_shows_the_fault_inside_an_envelope_too(
    legacy_api: VideoApiSandbox, customer_of: CustomerOf, kind: FaultKind, key: str, expected: object
) -> None:
    async with customer_of(legacy_api) as customer:
        await order(customer)
        video_id = legacy_api.orders[0].video_id
        legacy_api.finish(video_id)
        await legacy_api.until(lambda: legacy_api.is_ready(video_id))
        legacy_api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
        first, second = [(await customer.get(f"/v1/videos/{video_id}")).json()["data"] for _ in range(2)]
    assert (first[key] == expected, second[key] == expected) == (True, False)


async def test_content_can_come_as_json(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.CONTENT_AS_JSON, on=Route.CONTENT))
    told = (await customer.get(f"/v1/videos/{video_id}/content")).json()
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(told["video_url"])).content[4:8] == b"ftyp"


async def test_content_can_come_as_a_redirect_to_the_cdn(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_id = await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.CONTENT_AS_REDIRECT, on=Route.CONTENT))
    answer = await customer.get(f"/v1/videos/{video_id}/content")
    assert (answer.status_code, answer.headers["location"].startswith(video_api.cdn_origin)) == (302, True)
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(answer.headers["location"])).content[4:8] == b"ftyp"


CLIP_ROUTES = pytest.mark.parametrize("on", [Route.CONTENT, Route.CDN], ids=["content", "cdn"])


async def clip(video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route) -> httpx.Response:
    [video] = video_api.videos.values()
    if on is Route.CONTENT:
        return await customer.get(f"/v1/videos/{video.id}/content")
    async with httpx.AsyncClient() as stranger:
        return await stranger.get(f"{video_api.cdn_origin}/sora/{video.cdn_name}")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FaultKind.NOT_READY, 202),
        (FaultKind.NOT_FOUND, 404),
        (FaultKind.SERVER_ERROR, 500),
        (FaultKind.HTML_IN_OK, 200),
        (FaultKind.EMPTY_BODY, 200),
    ],
    ids=str,
)
@CLIP_ROUTES
async def test_a_clip_can_be_missing_first_and_there_later(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route, kind: FaultKind, status: int
) -> None:
    await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=kind, on=on))
    first, second = [await clip(video_api, customer, on) for _ in range(2)]
    assert (first.status_code, first.content[4:8] == b"ftyp") == (status, False)
    assert (second.status_code, second.content[4:8]) == (200, b"ftyp")


@CLIP_ROUTES
async def test_a_truncated_clip_is_seen_by_its_length(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route
) -> None:
    await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.TRUNCATED, on=on))
    with pytest.raises(httpx.RemoteProtocolError, match="peer closed connection without sending complete"):
        await clip(video_api, customer, on)
    assert (await clip(video_api, customer, on)).content[4:8] == b"ftyp"


@CLIP_ROUTES
async def test_a_silently_truncated_clip_is_half_of_it_and_says_nothing(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route
) -> None:
    await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.TRUNCATED_SILENTLY, on=on))
    half, whole = [await clip(video_api, customer, on) for _ in range(2)]
    assert (half.status_code, "content-length" in half.headers) == (200, False)
    assert half.content == whole.content[: len(whole.content) // 2]


@CLIP_ROUTES
async def test_a_slow_clip_is_whole_in_the_end(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, on: Route
) -> None:
    await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=on, seconds=0.1))
    slow, quick = [await clip(video_api, customer, on) for _ in range(2)]
    assert slow.content == quick.content


async def test_a_slow_clip_outlasts_the_clients_patience(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    await completed(video_api, customer)
    video_api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CONTENT, seconds=60))
    customer.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        await clip(video_api, customer, Route.CONTENT)
