"""The local video API's routes: who is let in, what is remixed, and how clips are handed out."""

import httpx
import pytest

from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running

ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}


def form(**fields: str) -> list[tuple[str, tuple[None, str]]]:
    return [(name, (None, value)) for name, value in fields.items()]


async def ordered(customer: httpx.AsyncClient, **fields: str) -> str:
    answer = await customer.post("/v1/videos", files=form(**(ORDER | fields)))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def completed(video_api: VideoApiSandbox, customer: httpx.AsyncClient, **fields: str) -> str:
    video_id = await ordered(customer, **fields)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    return video_id


async def test_the_cdn_refuses_whoever_brings_a_key(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_id = await completed(video_api, customer)
    url = (await customer.get(f"/v1/videos/{video_id}")).json()["video_url"]
    refused = await customer.get(url)
    assert (refused.status_code, "Only one auth mechanism allowed" in refused.text) == (400, True)
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(url)).status_code == 200
    downloads = [
        (download.origin, download.video_id, download.had_authorization) for download in video_api.downloads
    ]
    assert downloads == [("cdn", video_id, True), ("cdn", video_id, False)]


async def test_the_cdn_is_another_origin(video_api: VideoApiSandbox) -> None:
    async with running(video_api) as origins:
        assert origins.api != origins.cdn == video_api.cdn_origin


async def test_the_cdn_may_be_called_as_if_it_were_public_and_as_a_proxy_lets_nobody_there(
    renderer: Renderer,
) -> None:
    public = "https://cdn.practice.example.org"
    video_api = VideoApiSandbox(renderer=renderer, public_cdn=public)
    video_api.hold = True
    async with running(video_api) as origins:
        key = {"Authorization": "Bearer sandbox-key"}
        async with httpx.AsyncClient(base_url=origins.api, headers=key) as customer:
            busy = [video_api.is_busy]
            video_id = await ordered(customer)
            busy.append(video_api.is_busy)
            video_api.finish(video_id)
            await video_api.until(lambda: not video_api.is_busy)
            url = (await customer.get(f"/v1/videos/{video_id}")).json()["video_url"]
            clip = await customer.get(f"/v1/videos/{video_id}/content")
        async with httpx.AsyncClient(proxy=origins.cdn) as stranger:
            with pytest.raises(httpx.ProxyError, match="404"):
                await stranger.get(url)
    assert url == f"{public}/sora/{video_api.videos[video_id].cdn_name}"
    assert (clip.status_code, busy) == (200, [False, True])


async def test_the_cdn_serves_lengths_and_ranges(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_id = await completed(video_api, customer)
    url = (await customer.get(f"/v1/videos/{video_id}")).json()["video_url"]
    async with httpx.AsyncClient() as stranger:
        whole = await stranger.get(url)
        rest = await stranger.get(url, headers={"Range": "bytes=1000-"})
    size = len(whole.content)
    assert int(whole.headers["content-length"]) == size
    assert (rest.status_code, rest.content, rest.headers["content-range"]) == (
        206,
        whole.content[1000:],
        f"bytes 1000-{size - 1}/{size}",
    )
    assert video_api.downloads[-1].range == "bytes=1000-"


async def test_the_cdn_has_no_clip_before_its_time(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video = video_api.videos[await ordered(customer)]
    async with httpx.AsyncClient() as stranger:
        answers = [
            await stranger.get(f"{video_api.cdn_origin}/sora/{name}")
            for name in (video.cdn_name, "guessed.mp4")
        ]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_completed_video_can_be_remixed(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    source = await completed(video_api, customer)
    answer = await customer.post(f"/v1/videos/{source}/remix", json={"prompt": "now at night"})
    remix = answer.json()
    assert (remix["status"], remix["remixed_from_video_id"], remix["seconds"], remix["size"]) == (
        "queued",
        source.removeprefix("video_"),
        "10",
        "1280x720",
    )
    order = video_api.orders[-1]
    assert (order.path, order.fields, order.video_id) == (
        f"/v1/videos/{source}/remix",
        {"prompt": "now at night"},
        remix["id"],
    )
    video_api.finish(remix["id"])
    await video_api.until(lambda: video_api.is_ready(remix["id"]))
    again = (await customer.post(f"/v1/videos/{remix['id']}/remix", json={"prompt": "and snow"})).json()
    assert video_api.videos[again["id"]].edited == (video_api.videos[source].prompt, "now at night")


async def test_what_cannot_be_remixed_is_refused(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    unfinished = await ordered(customer)
    private = await completed(video_api, customer, private="true")
    answers = [
        await customer.post(f"/v1/videos/{source}/remix", json={"prompt": "now at night"})
        for source in (unfinished, private, "video_unheard-of")
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 404]
    assert len(video_api.orders) == 2


async def test_a_remix_needs_a_prompt(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    source = await completed(video_api, customer)
    answer = await customer.post(f"/v1/videos/{source}/remix", json={"prompt": ""})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "prompt is required")


@pytest.mark.parametrize("key", [None, "Bearer wrong", "sandbox-key", "Basic sandbox-key"])
async def test_nobody_is_served_without_the_key(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, key: str | None
) -> None:
    video_id = await ordered(customer)
    async with httpx.AsyncClient(base_url=customer.base_url) as stranger:
        headers = {"Authorization": key} if key else {}
        answers = [
            await stranger.post("/v1/videos", files=form(**ORDER), headers=headers),
            await stranger.post(f"/v1/videos/{video_id}/remix", json={"prompt": "p"}, headers=headers),
            await stranger.get(f"/v1/videos/{video_id}", headers=headers),
            await stranger.get(f"/v1/videos/{video_id}/content", headers=headers),
            await stranger.get("/v1/models", headers=headers),
            await stranger.get("/v1/dashboard/billing/subscription", headers=headers),
            await stranger.get("/v1/dashboard/billing/usage", headers=headers),
        ]
    assert [answer.status_code for answer in answers] == [401] * 7
    assert (len(video_api.orders), video_api.looks) == (1, {})


async def test_a_wrong_address_is_named(customer: httpx.AsyncClient) -> None:
    answer = await customer.get("/v2/videos")
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Invalid URL (GET /v2/videos)")
