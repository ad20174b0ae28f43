"""How long videos usually take: known from those that were made."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.fairness import Room
from domain.job import Job, State
from storage.claims import Claim, Claims

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
Render = Callable[..., Awaitable[None]]
LEASE = timedelta(minutes=1)
WIDE = Room(in_all=100, per_person=100)


@pytest.fixture
def render(claims: Claims, add: Add, now: datetime) -> Callable[..., Awaitable[None]]:
    """Return a way to have videos made, one after the other, each taking so many seconds."""

    async def make(*took: float, **changes: Any) -> None:  # noqa: ANN401 - of the request
        for seconds in took:
            await add(**changes)
            (claim,) = await claims.claim_queued(now, lease=LEASE, room=WIDE, in_hand=0)
            assert await claims.submit(claim, now, room=WIDE)
            await claims.move(claim, lifecycle.ordered(claim.job, now, video_id="v", due_at=claim.until), now)
            end = now + timedelta(seconds=seconds)
            await claims.move(claim, lifecycle.rendered(claim.job, end, video_url=None), end)

    return make


async def test_two_videos_say_nothing_of_how_long_one_takes(claims: Claims, render: Render) -> None:
    await render(100, 110)
    assert await claims.find_typical("sora-2", 10) is None


async def test_the_typical_time_is_the_median_of_videos_of_the_same_kind(
    claims: Claims, render: Render
) -> None:
    await render(500, 100, 110.5)
    await render(7, 8, 9, model="veo")
    await render(1, 2, 3, seconds=15)
    assert await claims.find_typical("sora-2", 10) == timedelta(seconds=110.5)


async def test_the_typical_time_forgets_what_was_long_ago(claims: Claims, render: Render) -> None:
    await render(*[900] * 25, *[100] * 13)
    assert await claims.find_typical("sora-2", 10) == timedelta(seconds=100)


async def test_a_video_that_was_never_finished_says_nothing(
    claims: Claims, render: Render, claim_in: Lead, now: datetime
) -> None:
    await render(100, 110)
    claim = await claim_in(State.RENDERING)
    await claims.move(claim, lifecycle.failed(claim.job, now, reason=FailureReason.EXPIRED), now)
    assert await claims.find_typical("sora-2", 10) is None
