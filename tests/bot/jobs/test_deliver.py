"""Deliveries that cannot be made now: the chat has no room, or the API has no clip."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.application import build_bot
from bot.jobs.deliver import Deliver
from bot.jobs.download import Fetcher
from bot.jobs.files import Files
from bot.jobs.notify import Notifier
from bot.jobs.send_video import ClipSender
from bot.jobs.status import StatusMessages
from bot.media.processes import MediaProcesses
from bot.settings import Settings
from chat.urgency import Urgency
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import ordered, rendered
from domain.provider import MAIN
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running
from storage.accounts import Accounts
from storage.claims import Claim, Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs
from storage.preferences import PreferencesStore
from tests.bot.conftest import KEY, Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.sora_catalogue import sora_offers
from upstream.openai.client import OpenAIVideos


class Room:
    """How many seconds a chat has no room for."""

    delay = 0.0

    def delay_of(self, _chat_id: int, _urgency: Urgency) -> float:
        return self.delay


@pytest.fixture
def chats_room() -> Room:
    return Room()


@pytest.fixture
async def delivering(  # noqa: PLR0917 - fixtures
    settings: Settings,
    database: Database,
    claims: Claims,
    jobs: Jobs,
    holds: Holds,
    clock: Clock,
    chats_room: Room,
    clips: Path,
    tmp_path: Path,
) -> AsyncIterator[Deliver]:
    """Return the step, beside an API that knows no video."""
    files = Files(tmp_path / "data")
    files.open()
    async with (
        build_bot(settings) as bot,
        running(VideoApiSandbox(api_key=KEY, renderer=Renderer(clips, reuse=True))) as origins,
        OpenAIVideos(origins.api, KEY) as api,
        MediaProcesses() as media,
    ):
        yield Deliver(
            claims=claims,
            fetcher=Fetcher(
                apis={MAIN: api}, media=media, files=files, limit_mb=50, on_trouble=lambda: None, clock=clock
            ),
            sender=ClipSender(
                bot,
                sora_offers(),
                accounts=Accounts(database),
                preferences=PreferencesStore(database),
                jobs=Jobs(database),
            ),
            notifier=Notifier(bot, sora_offers()),
            status_messages=StatusMessages(
                bot, claims, jobs, CONCURRENCY, clock, holds=holds, offers=sora_offers()
            ),
            files=files,
            clock=clock,
            delay_of=chats_room.delay_of,
        )


@pytest.fixture
async def claim(add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock) -> Claim:
    """Return the claim of a job whose video was finished just now."""
    await add()
    (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    await claims.submit(claim, clock(), concurrency=CONCURRENCY)
    await claims.save(claim, ordered(claim.saved, clock(), video_id="video_nobody_knows"), clock())
    await claims.save(claim, rendered(claim.saved, clock(), video_url=None), clock())
    return Claim.of(claim.saved)


async def next_step(claims: Claims, clock: Clock, *, seconds: float) -> Claim:
    """Return the claim of the job's next step, so much later."""
    (claim,) = await claims.claim_due(clock.move(seconds), lease=timedelta(), limit=1)
    return claim


async def test_a_clip_for_which_its_chat_has_no_room_comes_back_when_there_is(
    delivering: Deliver, claim: Claim, chats_room: Room, clock: Clock, tmp_path: Path
) -> None:
    before = claim.saved
    chats_room.delay = 40.0
    (tmp_path / "data" / "jobs" / f"{before.id}.mp4").write_bytes(b"fetched already")
    await delivering.take(claim)

    after = claim.saved
    assert claim.is_finished
    assert (after.due_at, after.attempts) == (clock.now + timedelta(seconds=40), before.attempts)


@pytest.mark.parametrize(("delay", "waited"), [(4.0, 0), (40.0, 121)], ids=["a short wait", "long enough"])
async def test_a_clip_gets_into_its_chats_line_for_a_short_wait_or_once_it_has_waited(
    delivering: Deliver,
    claim: Claim,
    claims: Claims,
    chats_room: Room,
    *,
    clock: Clock,
    delay: float,
    waited: int,
) -> None:
    await claims.release(claim, clock())
    chats_room.delay = delay
    step = await next_step(claims, clock, seconds=waited)
    await delivering.take(step)

    assert step.saved.attempts == 1, "it was tried to be fetched"


async def test_a_clip_that_the_api_does_not_have_is_asked_for_over_ten_minutes(
    delivering: Deliver, claim: Claim, claims: Claims, clock: Clock
) -> None:
    await claims.release(claim, clock())
    found: list[tuple[State, FailureReason | None]] = []
    for seconds in (0, 600, 300, 299, 60):
        step = await next_step(claims, clock, seconds=seconds)
        await delivering.take(step)
        found.append((step.saved.state, step.saved.failure))

    waits = (State.DELIVERING, None)
    assert found == [waits] * 4 + [(State.DELIVERING, FailureReason.VANISHED)]
