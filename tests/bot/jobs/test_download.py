"""Finished clips come to disk in a form that can be sent: the quick before the slow, and whatever the disk says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs.download import ClipLost, Fetcher, NotFetched
from bot.jobs.files import Files
from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from domain.job import Job
from domain.provider import MAIN
from sandbox.video_api.clip_spec import Variant
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY, Clock
from tests.bot.media_files import film
from upstream.api import Order
from upstream.openai.client import OpenAIVideos


class FarSide:
    """A video API, and what fetches its clips."""

    def __init__(self, api: VideoApiSandbox, client: OpenAIVideos, files: Files, clock: Clock) -> None:
        self.api = api
        self.client = client
        self.files = files
        self.clock = clock
        #: What operators were told of the disk.
        self.told: list[str | None] = []

    def fetcher(self, media: MediaProcesses) -> Fetcher:
        return Fetcher(
            apis={MAIN: self.client},
            media=media,
            files=self.files,
            limit_mb=50,
            on_trouble=lambda: self.told.append(self.files.problem),
            clock=self.clock,
        )

    async def finished(self, job: Job, prompt: str = "a cat") -> Job:
        """Order the job's video and wait until its clip is there."""
        request = job.request
        video = await self.client.create(
            Order(model=request.model, prompt=prompt, seconds=request.seconds, size=request.size)
        )
        await self.api.until(lambda: self.api.is_ready(video.id))
        return replace(job, video_id=video.id, rendered_at=self.clock())


@asynccontextmanager
async def api_of(files: Files, clock: Clock, renderer: Renderer) -> AsyncIterator[FarSide]:
    api = VideoApiSandbox(api_key=KEY, seconds_to_render=0, renderer=renderer)
    async with running(api) as origins, OpenAIVideos(origins.api, KEY) as client:
        yield FarSide(api, client, files, clock)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    files = Files(tmp_path)
    files.open()
    return files


@pytest.fixture
async def far(files: Files, clock: Clock, clips: Path) -> AsyncIterator[FarSide]:
    async with api_of(files, clock, Renderer(clips, reuse=True)) as far:
        yield far


@pytest.fixture
async def silent(files: Files, clock: Clock, tmp_path: Path) -> AsyncIterator[FarSide]:
    """An API whose clips have no sound, so that each has to be written anew."""
    folder = tmp_path / "silent"
    folder.mkdir()
    async with api_of(files, clock, Renderer(folder, variant=Variant(sound=False))) as far:
        yield far


def part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


OBSTACLES: dict[str, Callable[[Files, int], Path]] = {
    "the download": lambda files, job_id: part_of(files.clip(job_id)),
    "the clip": lambda files, job_id: files.clip(job_id),
    "the clip made sendable": lambda files, job_id: files.sendable(job_id),
    "its beginning": lambda files, job_id: part_of(files.sendable(job_id)),
}


@pytest.mark.parametrize("obstacle", OBSTACLES.values(), ids=OBSTACLES)
async def test_what_the_disk_refuses_is_told_to_operators_and_fetched_once_it_does_not(
    silent: FarSide,
    media: MediaProcesses,
    add: Callable[..., Awaitable[Job]],
    obstacle: Callable[[Files, int], Path],
) -> None:
    job = await silent.finished(await add())
    in_the_way = obstacle(silent.files, job.id)
    await asyncio.to_thread(in_the_way.mkdir)
    fetcher = silent.fetcher(media)
    with pytest.raises(NotFetched) as refused:
        await fetcher.fetched(job)
    assert refused.value.reason is FailureReason.INTERNAL
    assert len(silent.told) == 1
    assert "directory" in str(silent.told[0])
    await asyncio.to_thread(in_the_way.rmdir)
    clip, _ = await fetcher.fetched(job)
    assert (clip.path, silent.files.problem) == (silent.files.sendable(job.id), None)


async def test_a_clip_that_was_made_sendable_is_not_made_again(
    silent: FarSide, media: MediaProcesses, add: Callable[..., Awaitable[Job]]
) -> None:
    job = await silent.finished(await add())
    fetcher = silent.fetcher(media)
    first, _ = await fetcher.fetched(job)
    written = first.path.stat().st_mtime_ns
    again, _ = await fetcher.fetched(job)
    assert again == first
    assert again.path.stat().st_mtime_ns == written


async def test_first_tries_have_places_that_repeated_ones_cannot_take(
    far: FarSide, add: Callable[..., Awaitable[Job]]
) -> None:
    slow, quick = await far.finished(await add(), "slow"), await far.finished(await add(), "quick")
    held = [
        VideoFault(kind=FaultKind.HELD_BEFORE, on=route, times=None, prompt="slow".__eq__)
        for route in (Route.CDN, Route.CONTENT)
    ]
    far.api.faults.add(*held)
    async with MediaProcesses() as media, asyncio.TaskGroup() as tasks:
        fetcher = far.fetcher(media)
        waiting = [
            tasks.create_task(fetcher.fetched(replace(slow, id=1000 + number, attempts=1)))
            for number in range(12)
        ]
        await far.api.until(lambda: len(far.api.downloads) == 8)
        await fetcher.fetched(quick)
        begun = len(far.api.downloads)
        for task in waiting:
            task.cancel()
    assert begun == 9


async def test_a_clip_that_took_too_long_to_look_at_is_left_alone_for_an_hour(
    far: FarSide, add: Callable[..., Awaitable[Job]]
) -> None:
    job = await far.finished(await add())
    async with MediaProcesses(quick_seconds=0) as media:
        with pytest.raises(NotFetched) as later:
            await far.fetcher(media).fetched(job)
    assert later.value.pause == timedelta(hours=1)


async def test_a_clip_of_too_many_pixels_is_no_clip(far: FarSide, add: Callable[..., Awaitable[Job]]) -> None:
    job = await add()
    film(far.files.clip(job.id), size=(4100, 4096), pictures=1)
    async with MediaProcesses() as media:
        with pytest.raises(ClipLost, match="4100x4096") as lost:
            await far.fetcher(media).fetched(job)
    assert lost.value.reason is FailureReason.CLIP_TOO_LARGE
