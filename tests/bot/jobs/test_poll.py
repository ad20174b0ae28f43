"""Polling videos: what the person is shown of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.application import build_bot
from bot.jobs.poll import Poll
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import ordered
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running
from storage.claims import Claim, Claims
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import KEY, Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.sora_catalogue import sora_offers
from upstream.api import Order
from upstream.openai.client import OpenAIVideos


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
) -> AsyncIterator[Poll]:
    async with build_bot(settings) as bot:
        status_messages = StatusMessages(
            bot, claims, jobs, CONCURRENCY, clock, holds=holds, offers=sora_offers()
        )
        yield Poll(
            claims=claims,
            api=api,
            status_messages=status_messages,
            shortest_pause=timedelta(seconds=5),
            clock=clock,
        )


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
    [claim] = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    await claims.submit(claim, clock(), concurrency=CONCURRENCY)
    now = clock()
    await claims.finish(claim, ordered(claim.saved, now, video_id=video.id), now, due_at=now)
    [claim] = await claims.claim_due(now, lease=LEASE, limit=1)
    return claim


async def test_a_look_at_an_unfinished_video_is_shown(
    watching: Poll, telegram: TelegramSandbox, claim: Claim
) -> None:
    await watching.take(claim)
    assert claim.saved.state is State.RENDERING
    assert [call.method for call in telegram.calls].count("editMessageText") == 1


async def test_a_video_that_is_there_is_not_announced_but_left_to_be_sent(
    watching: Poll, telegram: TelegramSandbox, video_api: VideoApiSandbox, claim: Claim
) -> None:
    video_id = str(claim.saved.video_id)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    await watching.take(claim)
    assert claim.saved.state is State.DELIVERING
    assert [call.method for call in telegram.calls].count("editMessageText") == 0


@pytest.fixture
async def pause_after_a_look(
    watching: Poll, jobs: Jobs, claim: Claim, clock: Clock
) -> Callable[[], Awaitable[timedelta]]:
    """Return a look at the job, which tells how long after it the next one is due."""

    async def look() -> timedelta:
        await watching.take(claim)
        job = await jobs.find(claim.job.id)
        assert job is not None
        return job.due_at - clock()

    return look


async def test_the_next_look_is_not_before_the_api_asks_for_it(
    video_api: VideoApiSandbox, pause_after_a_look: Callable[[], Awaitable[timedelta]]
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.POLL_AFTER, on=Route.RETRIEVE, seconds=90))
    assert await pause_after_a_look() == timedelta(seconds=90)


async def test_the_next_look_is_not_sooner_for_an_api_that_asks_for_it_at_once(
    video_api: VideoApiSandbox, pause_after_a_look: Callable[[], Awaitable[timedelta]]
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.POLL_AFTER, on=Route.RETRIEVE, seconds=0))
    assert await pause_after_a_look() >= timedelta(seconds=5)


async def test_a_look_that_is_refused_for_a_while_is_taken_after_it(
    video_api: VideoApiSandbox, pause_after_a_look: Callable[[], Awaitable[timedelta]]
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.RETRIEVE, retry_after=70))
    assert await pause_after_a_look() == timedelta(seconds=70)


@pytest.mark.parametrize("kind", [FaultKind.NOT_FOUND, FaultKind.MODERATED], ids=["not found", "refused"])
async def test_one_look_that_finds_no_video_is_not_believed(
    watching: Poll,
    video_api: VideoApiSandbox,
    claims: Claims,
    claim: Claim,
    *,
    clock: Clock,
    kind: FaultKind,
) -> None:
    clock.move(3600)
    video_api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    await watching.take(claim)
    first = claim.saved
    await watching.take(await _next(claims, clock, seconds=600))
    (after,) = await claims.claim_due(clock.move(3600), lease=LEASE, limit=1)

    assert (first.state, first.gone_since) == (State.RENDERING, clock.now - timedelta(seconds=4200))
    assert (after.job.state, after.job.gone_since, after.job.attempts) == (State.RENDERING, None, 0)


async def test_what_every_look_of_ten_minutes_does_not_find_is_gone(
    watching: Poll, video_api: VideoApiSandbox, claims: Claims, claim: Claim, clock: Clock
) -> None:
    video_api.faults.add(VideoFault(kind=FaultKind.NOT_FOUND, on=Route.RETRIEVE, times=None))
    states, looking = list[State](), claim
    for minutes in (0, 5, 4, 1):
        looking = await _next(claims, clock, seconds=60 * minutes) if minutes else claim
        await watching.take(looking)
        states.append(looking.saved.state)

    assert states == [State.RENDERING, State.RENDERING, State.RENDERING, State.DELIVERING]
    assert looking.saved.failure is FailureReason.VANISHED


async def test_a_video_past_its_deadline_is_looked_at_for_some_minutes_more(
    watching: Poll, claims: Claims, claim: Claim, clock: Clock
) -> None:
    await claims.finish(claim, claim.saved, clock(), due_at=clock())
    states, looking = list[State](), claim
    for seconds in (25 * 3600, 300, 300):
        looking = await _next(claims, clock, seconds=seconds)
        await watching.take(looking)
        states.append(looking.saved.state)

    assert states == [State.RENDERING, State.RENDERING, State.DELIVERING]
    assert looking.saved.failure is FailureReason.NEVER_FINISHED


async def test_a_video_that_is_ready_when_the_bot_comes_back_after_days_is_taken(
    watching: Poll, video_api: VideoApiSandbox, claims: Claims, claim: Claim, clock: Clock
) -> None:
    await claims.finish(claim, claim.saved, clock(), due_at=clock())
    video_api.faults.add(VideoFault(kind=FaultKind.SERVER_ERROR, on=Route.RETRIEVE))
    await watching.take(await _next(claims, clock, seconds=400 * 86_400))
    video_id = str(claim.saved.video_id)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    looking = await _next(claims, clock, seconds=60)
    await watching.take(looking)

    assert (looking.saved.state, looking.saved.failure) == (State.DELIVERING, None)


async def _next(claims: Claims, clock: Clock, *, seconds: float) -> Claim:
    """Return the claim of the job's next step, so much later."""
    (claim,) = await claims.claim_due(clock.move(seconds), lease=timedelta(), limit=1)
    return claim
