"""Fetches clips: how long somebody is asked who does not hand one out, and what ends the asking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs.download import ClipLost, Fetcher, NotFetched
from bot.jobs.files import Files
from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from domain.job import Job, State
from domain.provider import MAIN
from domain.retry import GIVE_UP_WITHHELD, back_off
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY, Clock
from upstream.api import Order
from upstream.openai.client import OpenAIVideos


@pytest.fixture
def video_api(clips: Path) -> VideoApiSandbox:
    return VideoApiSandbox(api_key=KEY, renderer=Renderer(clips, reuse=True), seconds_to_render=0)


@pytest.fixture
async def api(video_api: VideoApiSandbox) -> AsyncIterator[OpenAIVideos]:
    async with (
        running(video_api) as origins,
        OpenAIVideos(origins.api, KEY, allow_private_clip_addresses=True) as client,
    ):
        yield client


@pytest.fixture
async def fetcher(api: OpenAIVideos, tmp_path: Path, clock: Clock) -> AsyncIterator[Fetcher]:
    files = Files(tmp_path)
    files.open()
    async with MediaProcesses() as media:
        yield Fetcher(
            apis={MAIN: api}, media=media, files=files, limit_mb=50, on_trouble=lambda: None, clock=clock
        )


@pytest.fixture
async def job(
    api: OpenAIVideos, video_api: VideoApiSandbox, add: Callable[..., Awaitable[Job]], clock: Clock
) -> Job:
    """Return a job whose video is finished, and owed to its chat."""
    queued = await add()
    request = queued.request
    ordered = await api.create(
        Order(model=request.model, prompt=request.prompt, seconds=request.seconds, size=request.size)
    )
    await video_api.until(lambda: video_api.is_ready(ordered.id))
    video = await api.retrieve(ordered.id)
    return replace(
        queued,
        state=State.DELIVERING,
        video_id=video.id,
        video_url=video.url,
        ordered_at=clock(),
        rendered_at=clock(),
    )


def withhold(video_api: VideoApiSandbox, *, elsewhere: int) -> None:
    """Let the CDN answer with this number, and the API itself with 404, from now on."""
    video_api.faults.add(
        VideoFault(kind=FaultKind.GATEWAY_PAGE, on=Route.CDN, status=elsewhere, times=None),
        VideoFault(kind=FaultKind.NOT_FOUND, on=Route.CONTENT, times=None),
    )


async def asked_until_lost(fetcher: Fetcher, job: Job, clock: Clock) -> tuple[timedelta, FailureReason]:
    """Ask for the clip again and again, as the worker would; return for how long, and what it ended in."""
    began = clock()
    while True:
        try:
            await fetcher.fetched(job)
        except NotFetched:
            pause = back_off(job.attempts)
            job = replace(job, attempts=job.attempts + 1, troubled_since=job.troubled_since or clock())
            clock.move(pause.total_seconds())
        except ClipLost as lost:
            return clock() - began, lost.reason


@pytest.mark.parametrize("elsewhere", [401, 403, 404])
async def test_a_clip_that_nobody_hands_out_is_given_up_within_a_quarter_of_an_hour(
    fetcher: Fetcher, job: Job, video_api: VideoApiSandbox, clock: Clock, elsewhere: int
) -> None:
    withhold(video_api, elsewhere=elsewhere)
    took, reason = await asked_until_lost(fetcher, job, clock)
    assert GIVE_UP_WITHHELD / 2 < took <= GIVE_UP_WITHHELD
    assert reason is FailureReason.CLIP_MISSING
    assert {asked.origin for asked in video_api.downloads if asked.had_authorization} == {"api"}


async def test_a_clip_of_whom_somebody_says_later_is_asked_for_longer(
    fetcher: Fetcher, job: Job, video_api: VideoApiSandbox, clock: Clock
) -> None:
    video_api.faults.add(
        VideoFault(kind=FaultKind.GATEWAY_PAGE, on=Route.CDN, status=403, times=None),
        VideoFault(kind=FaultKind.NOT_READY, on=Route.CONTENT, times=None),
    )
    tried = replace(job, attempts=9, troubled_since=clock())
    clock.move(timedelta(hours=2).total_seconds())
    with pytest.raises(NotFetched):
        await fetcher.fetched(tried)


async def test_a_clip_that_was_withheld_is_fetched_when_it_is_handed_out(
    fetcher: Fetcher, job: Job, video_api: VideoApiSandbox
) -> None:
    withhold(video_api, elsewhere=404)
    with pytest.raises(NotFetched):
        await fetcher.fetched(job)
    video_api.faults.clear()
    clip, _ = await fetcher.fetched(replace(job, attempts=1))
    assert clip.path.exists()


async def test_a_video_that_was_said_to_be_finished_ends_in_what_is_said_of_it_later(
    fetcher: Fetcher, job: Job, video_api: VideoApiSandbox
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.COMPLETED_BUT_MODERATED, on=Route.RETRIEVE))
    with pytest.raises(ClipLost) as lost:
        await fetcher.fetched(replace(job, attempts=1))
    assert lost.value.reason is FailureReason.MODERATED
