"""Looks at videos: what a look shows to the person, and what it leaves to the video itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.application import build_bot
from bot.status import StatusBoard
from bot.watching import Watching
from domain.job import State
from domain.lifecycle import ordered
from sandbox.render import Renderer
from sandbox.video_api import VideoApiSandbox, running
from sandbox.video_faults import FaultKind, Route, VideoFault
from tests.bot.conftest import KEY
from tests.bot.steps import LEASE, ROOM
from upstream.openai_videos import OpenAIVideos
from upstream.provider import Order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.settings import Settings
    from domain.job import Job
    from sandbox.chats import Chat
    from sandbox.telegram import TelegramSandbox
    from storage.claims import Claim, Claims
    from storage.holds import Holds
    from storage.jobs import Jobs
    from tests.bot.conftest import Clock


@pytest.fixture
def video_api(clips: Path) -> VideoApiSandbox:
    """Make no video before it is told to."""
    video_api = VideoApiSandbox(api_key=KEY, renderer=Renderer(clips, reuse=True))
    video_api.hold = True
    return video_api


@pytest.fixture
async def api(video_api: VideoApiSandbox) -> AsyncIterator[OpenAIVideos]:
    async with running(video_api) as origins, OpenAIVideos(origins.api, KEY) as api:
        yield api


@pytest.fixture
async def watching(  # noqa: PLR0917 - fixtures
    api: OpenAIVideos, settings: Settings, claims: Claims, jobs: Jobs, holds: Holds, clock: Clock
) -> AsyncIterator[Watching]:
    async with build_bot(settings) as bot:
        board = StatusBoard(bot, claims, jobs, ROOM, clock, holds=holds)
        yield Watching(claims=claims, api=api, board=board, shortest_pause=timedelta(seconds=5), clock=clock)


@pytest.fixture
async def job(telegram: TelegramSandbox, chat: Chat, add: Callable[..., Awaitable[Job]]) -> Job:
    shown = telegram.state.post(telegram.state.new_message(chat, telegram.bot))
    shown.text = "status"
    return await add(chat.id, person=chat.id, status_message_id=shown.id)


@pytest.fixture
async def claim(job: Job, api: OpenAIVideos, claims: Claims, clock: Clock) -> Claim:
    """Return the claim of a job that was ordered just now."""
    request = job.request
    video = await api.create(
        Order(model=request.model, prompt=request.prompt, seconds=request.seconds, size=request.size)
    )
    [claim] = await claims.claim_queued(clock(), lease=LEASE, room=ROOM, in_hand=0)
    await claims.submit(claim, clock(), room=ROOM)
    now = clock()
    await claims.finish(claim, ordered(claim.saved, now, video_id=video.id), now, due_at=now)
    [claim] = await claims.claim_due(now, lease=LEASE, limit=1)
    return claim


async def test_a_look_at_an_unfinished_video_is_shown(
    watching: Watching, telegram: TelegramSandbox, claim: Claim
) -> None:
    await watching.take(claim)
    assert claim.saved.state is State.RENDERING
    assert [call.method for call in telegram.calls].count("editMessageText") == 1


async def test_a_video_that_is_there_is_not_announced_but_left_to_be_sent(
    watching: Watching, telegram: TelegramSandbox, video_api: VideoApiSandbox, claim: Claim
) -> None:
    video_id = str(claim.saved.video_id)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    await watching.take(claim)
    assert claim.saved.state is State.DELIVERING
    assert [call.method for call in telegram.calls].count("editMessageText") == 0


async def test_the_next_look_is_not_before_the_api_asks_for_it(
    watching: Watching, video_api: VideoApiSandbox, claim: Claim, clock: Clock
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.POLL_AFTER, on=Route.RETRIEVE, seconds=90))
    await watching.take(claim)
    assert claim.job.due_at - clock() == timedelta(seconds=90)


async def test_the_next_look_is_not_sooner_for_an_api_that_asks_for_it_at_once(
    watching: Watching, video_api: VideoApiSandbox, claim: Claim, clock: Clock
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.POLL_AFTER, on=Route.RETRIEVE, seconds=0))
    await watching.take(claim)
    assert claim.job.due_at - clock() >= timedelta(seconds=5)


async def test_a_look_that_is_refused_for_a_while_is_taken_after_it(
    watching: Watching, video_api: VideoApiSandbox, claim: Claim, clock: Clock
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.RETRIEVE, retry_after=70))
    await watching.take(claim)
    assert claim.job.due_at - clock() == timedelta(seconds=70)
