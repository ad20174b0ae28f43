"""The local video API in the seed's dialect: order, look, download, remix, over real HTTP."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from sandbox.render import Renderer
from sandbox.video_api import VideoApiSandbox, running


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    return Renderer(tmp_path_factory.mktemp("clips"), reuse=True)


@pytest.fixture
async def sandbox(renderer: Renderer) -> VideoApiSandbox:
    return VideoApiSandbox(renderer=renderer)


@pytest.fixture
async def client(sandbox: VideoApiSandbox) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": "Bearer sandbox-key"}
    async with (
        running(sandbox) as origins,
        httpx.AsyncClient(base_url=origins.api, headers=headers) as client,
    ):
        yield client


def form(**fields: str) -> list[tuple[str, tuple[None, str]]]:
    return [(name, (None, value)) for name, value in fields.items()]


async def test_a_prompt_becomes_a_clip_on_the_cdn(
    sandbox: VideoApiSandbox, client: httpx.AsyncClient
) -> None:
    sandbox.hold = True
    created = await client.post(
        "/v1/videos", files=form(model="sora-2", prompt="画面动起来", seconds="10", size="16x9")
    )
    video_id = created.json()["id"]
    assert created.json()["status"] == "queued"
    sandbox.finish(video_id)
    await sandbox.until(lambda: sandbox.is_ready(video_id))
    done = (await client.get(f"/v1/videos/{video_id}")).json()
    assert (done["status"], done["progress"]) == ("completed", 100)
    async with httpx.AsyncClient() as stranger:
        clip = await stranger.get(done["video_url"])
    assert (clip.headers["content-type"], clip.content[4:8]) == ("video/mp4", b"ftyp")
    assert (await client.get(f"/v1/videos/{video_id}/content")).content == clip.content
