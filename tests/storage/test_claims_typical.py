"""How long videos usually take: known from those that were made."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, State
from domain.queue import Concurrency
from domain.render_times import Typical
from storage.claims import Claim, Claims

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
Render = Callable[..., Awaitable[None]]
LEASE = timedelta(minutes=1)
KIND = ("sora-2", 10)
WIDE = Concurrency(in_all=100, per_person=100)


@pytest.fixture
def render(claims: Claims, add: Add, now: datetime) -> Callable[..., Awaitable[None]]:
    """Return a way to have videos made, one after the other, each taking so many seconds."""

    async def make(*took: float, **changes: Any) -> None:  # noqa: ANN401 - of the request
        for seconds in took:
            await add(**changes)
            (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=WIDE, in_hand=0)
            assert await claims.submit(claim, now, concurrency=WIDE)
            await claims.save(claim, lifecycle.ordered(claim.saved, now, video_id="v"), now)
            end = now + timedelta(seconds=seconds)
            await claims.finish(claim, lifecycle.rendered(claim.saved, end, video_url=None), end, due_at=end)

    return make


def typical(lower: float, median: float, upper: float) -> Typical:
    lower_span, median_span, upper_span = (timedelta(seconds=number) for number in (lower, median, upper))
    return Typical(lower=lower_span, median=median_span, upper=upper_span)


async def test_two_videos_say_nothing_of_how_long_one_takes(
    claims: Claims, render: Render, now: datetime
) -> None:
    await render(100, 110)
    assert await claims.find_typical(KIND, now) is None


async def test_the_typical_time_is_that_of_videos_of_the_same_kind(
    claims: Claims, render: Render, now: datetime
) -> None:
    await render(500, 100, 110.5)
    await render(7, 8, 9, model="veo")
    await render(1, 2, 3, seconds=15)
    assert await claims.find_typical(KIND, now) == typical(105.25, 110.5, 305.25)


async def test_the_typical_time_forgets_what_was_long_ago(
    claims: Claims, render: Render, now: datetime
) -> None:
    await render(*[900] * 25, *[100] * 25)
    assert await claims.find_typical(KIND, now) == typical(100, 100, 100)


async def test_a_video_that_was_never_finished_says_nothing(
    claims: Claims, render: Render, claim_in: Lead, now: datetime
) -> None:
    await render(100, 110)
    claim = await claim_in(State.RENDERING)
    await claims.finish(claim, lifecycle.failed(claim.saved, reason=FailureReason.EXPIRED), now, due_at=now)
    assert await claims.find_typical(KIND, now) is None


async def test_what_is_typical_is_asked_anew_after_a_minute_and_at_once_if_it_was_not_known(
    claims: Claims, render: Render, now: datetime
) -> None:
    found = [await claims.find_typical(KIND, now)]
    await render(100, 100, 100)
    found += [await claims.find_typical(KIND, now)]
    await render(*[900] * 25)
    found += [await claims.find_typical(KIND, now + timedelta(seconds=seconds)) for seconds in (59, 60)]
    assert found == [None, typical(100, 100, 100), typical(100, 100, 100), typical(900, 900, 900)]


async def test_what_waits_and_what_is_open_is_found_by_its_age(
    claims: Claims, add: Add, claim_in: Lead, *, render: Render, concurrency: Concurrency, now: datetime
) -> None:
    await render(100)
    rendering = (await claim_in(State.RENDERING)).saved
    submitting = (await claim_in(State.SUBMITTING)).saved
    waiting = await add(3, seconds=15)
    assert [
        (job.job_id, job.kind, job.is_open, job.ordered_at)
        for job in await claims.find_pending(concurrency, now, limit=100)
    ] == [
        (rendering.id, KIND, True, rendering.ordered_at),
        (submitting.id, KIND, True, None),
        (waiting.id, ("sora-2", 15), False, None),
    ]
