"""Polling videos: what the person is shown of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.application import build_bot
from bot.jobs.poll import Poll
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job, State
from domain.lifecycle import ordered, requeued_on_hold
from domain.money import Money
from domain.provider import MAIN
from domain.retry import MAX_FAILED_ORDERS
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.account import CostsTold
from sandbox.video_api.errors import Problem
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
            apis={MAIN: api},
            holds=holds,
            status_messages=status_messages,
            on_trouble=lambda: None,
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


ENDS_FOR_OUR_SAKE = {
    "the model is gone": (
        Problem(code="fail_to_fetch_task", message="models/sora-2 is no longer available."),
        "model:sora-2",
    ),
    "the credit is used up": (
        Problem(code="insufficient_quota", message="You have insufficient balance."),
        "balance",
    ),
}


@pytest.mark.parametrize(("problem", "hold"), ENDS_FOR_OUR_SAKE.values(), ids=ENDS_FOR_OUR_SAKE)
async def test_an_order_that_fails_for_our_accounts_sake_holds_others_and_is_made_anew(
    watching: Poll, video_api: VideoApiSandbox, holds: Holds, claim: Claim, *, problem: Problem, hold: str
) -> None:
    video_api.fail(str(claim.saved.video_id), problem)
    await watching.take(claim)
    job = claim.saved
    assert (job.state, job.video_id, job.submitted_at, job.failed_orders) == (State.QUEUED, None, None, 1)
    assert [(each.name, each.until_made) for each in holds.find_all()] == [(hold, True)]


async def test_an_order_is_made_anew_three_times_and_then_its_person_is_told(
    watching: Poll,
    video_api: VideoApiSandbox,
    holds: Holds,
    claims: Claims,
    claim: Claim,
    *,
    clock: Clock,
) -> None:
    video_id = str(claim.saved.video_id)
    video_api.fail(video_id, Problem(code="model_not_found", message="The model is gone."))
    looking, came_to = claim, list[tuple[State, int]]()
    for _ in range(MAX_FAILED_ORDERS + 1):
        await watching.take(looking)
        came_to.append((looking.saved.state, looking.saved.failed_orders))
        [looking] = [
            *await claims.claim_queued(clock.move(1), lease=LEASE, concurrency=CONCURRENCY, in_hand=0),
            *await claims.claim_due(clock(), lease=LEASE, limit=1),
        ]
        if looking.saved.state is State.QUEUED:
            await claims.submit(looking, clock(), concurrency=CONCURRENCY)
            await claims.save(looking, ordered(looking.saved, clock(), video_id=video_id), clock())
            looking = Claim.of(looking.saved)

    assert came_to == [(State.QUEUED, 1), (State.QUEUED, 2), (State.QUEUED, 3), (State.DELIVERING, 3)]
    assert looking.saved.failure is FailureReason.MODEL_GONE
    assert [hold.name for hold in holds.find_all()] == ["model:sora-2"]


@pytest.fixture
async def only_a_video_ends_it(
    holds: Holds, claim: Claim, claims: Claims, add: Callable[..., Awaitable[Job]], clock: Clock
) -> None:
    """Let another order of the model have been taken and not made, while the job's own is."""
    other = await add(99, person=99)
    (refused,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert (refused.job.id, claim.saved.state) == (other.id, State.RENDERING)
    await claims.submit(refused, clock(), concurrency=CONCURRENCY)
    earlier = clock() - timedelta(minutes=1)
    hold = hold_after(FailureReason.MODEL_GONE, "sora-2", earlier, why="", until_made=True)
    await holds.hold_back(refused, requeued_on_hold(refused.saved), hold)


@pytest.mark.usefixtures("only_a_video_ends_it")
async def test_what_a_finished_video_says_of_its_cost_is_kept_and_ends_what_only_a_video_could(
    watching: Poll, video_api: VideoApiSandbox, holds: Holds, claim: Claim
) -> None:
    assert [hold.name for hold in holds.find_all()] == ["model:sora-2"]
    video_api.account.costs_told = CostsTold.USAGE
    video_id = str(claim.saved.video_id)
    video_api.finish(video_id)
    await video_api.until(lambda: video_api.is_ready(video_id))
    await watching.take(claim)
    assert (claim.saved.state, claim.saved.cost) == (State.DELIVERING, Money(Decimal("0.5"), "USD"))
    assert list(holds.find_all()) == []


async def test_a_video_whose_provider_is_not_there_is_not_asked_for_and_not_given_up_for_two_days(
    watching: Poll, video_api: VideoApiSandbox, claims: Claims, claim: Claim, clock: Clock
) -> None:
    elsewhere = replace(claim.saved, provider="gone")
    await claims.finish(claim, elsewhere, clock(), due_at=clock())
    states, looking = list[State](), claim
    for hours in (0, 25, 22, 2):
        looking = await _next(claims, clock, seconds=hours * 3600)
        await watching.take(looking)
        states.append(looking.saved.state)

    assert states == [State.RENDERING, State.RENDERING, State.RENDERING, State.DELIVERING]
    assert (looking.saved.failure, looking.saved.video_id) == (
        FailureReason.NEVER_FINISHED,
        elsewhere.video_id,
    )
    assert video_api.looks == {}


async def _next(claims: Claims, clock: Clock, *, seconds: float) -> Claim:
    """Return the claim of the job's next step, so much later."""
    (claim,) = await claims.claim_due(clock.move(seconds), lease=timedelta(), limit=1)
    return claim
