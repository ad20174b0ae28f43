"""Claims: no step is taken twice, nothing is written without the claim, and room is kept."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, State
from domain.queue import Concurrency
from storage.claims import Claim, Claims
from storage.database import Database
from storage.errors import ClaimLost, StorageError
from storage.jobs import Jobs

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
Query = Callable[[str], list[Any]]
LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
WIDE = Concurrency(in_all=100, per_person=100)


def ids(claims: list[Claim]) -> list[int]:
    return sorted(claim.job.id for claim in claims)


async def ordered(claims: Claims, claim: Claim, at: datetime, *, due_at: datetime) -> None:
    """Lead a claimed queued job through its order."""
    assert await claims.submit(claim, at, concurrency=WIDE)
    await claims.finish(
        claim, lifecycle.ordered(claim.saved, at, video_id=f"v{claim.job.id}"), at, due_at=due_at
    )


async def test_a_claimed_job_is_due_to_nobody_until_the_claim_runs_out(
    claims: Claims, add: Add, concurrency: Concurrency, now: datetime
) -> None:
    job = await add()
    taken = [
        ids([*await claims.claim_queued(now + after, lease=LEASE, concurrency=concurrency, in_hand=0)])
        for after in (timedelta(), timedelta(), LEASE - SECOND, LEASE)
    ]
    assert taken == [[job.id], [], [], [job.id]]


async def test_claims_made_together_are_all_made_or_none(
    claims: Claims, add: Add, claim_in: Lead, concurrency: Concurrency
) -> None:
    lost, queued = await claim_in(State.RENDERING), await add()

    async def claimed(together: Claims) -> list[int]:
        due = await together.claim_due(lost.until, lease=LEASE, limit=10)
        more = await together.claim_queued(lost.until, lease=LEASE, concurrency=concurrency, in_hand=0)
        return ids([*due, *more])

    with suppress(StorageError):
        async with claims.together() as together:
            in_vain = await claimed(together)
            raise StorageError
    async with claims.together() as together:
        made = await claimed(together)
        next_due = await together.next_due(lost.until)

    assert in_vain == made == [lost.job.id, queued.id]
    assert next_due == lost.until + LEASE
    assert await claimed(claims) == []


@pytest.mark.parametrize("state", [State.SUBMITTING, State.RENDERING, State.DELIVERING])
async def test_an_ordered_job_whose_claim_ran_out_is_claimed_again_as_it_was(
    claims: Claims, claim_in: Lead, state: State
) -> None:
    lost = await claim_in(state)
    assert await claims.claim_due(lost.until - SECOND, lease=LEASE, limit=10) == []
    (claim,) = await claims.claim_due(lost.until, lease=LEASE, limit=10)
    assert claim.saved == replace(lost.saved, due_at=lost.until + LEASE)
    assert claim.until == lost.until + LEASE


async def test_what_is_due_longest_is_claimed_first_and_no_more_than_asked(
    claims: Claims, add: Add, now: datetime
) -> None:
    for _ in range(4):
        await add()
    queued = await claims.claim_queued(now, lease=LEASE, concurrency=WIDE, in_hand=0)
    waits = {1: 30, 2: 10, 3: 20, 4: 50}
    for claim in queued:
        await ordered(claims, claim, now, due_at=now + waits[claim.job.id] * SECOND)
    due = [await claims.claim_due(now + 40 * SECOND, lease=LEASE, limit=2) for _ in range(3)]
    assert [ids([*some]) for some in due] == [[2, 3], [1], []]


async def test_jobs_that_are_over_are_never_due(
    jobs: Jobs, claims: Claims, claim_in: Lead, add: Add, now: datetime
) -> None:
    claim = await claim_in(State.DELIVERING)
    await claims.finish(claim, lifecycle.failure_told(claim.saved, now), now, due_at=now)
    await jobs.cancel((await add()).id, 1, now=now)
    later = now + timedelta(days=30)
    assert await claims.claim_due(later, lease=LEASE, limit=10) == []
    assert await claims.claim_queued(later, lease=LEASE, concurrency=WIDE, in_hand=0) == []
    assert await claims.next_due(now) is None


async def test_two_processes_never_take_the_same_step(
    claims: Claims, other_database: Database, add: Add, now: datetime
) -> None:
    for person in range(20):
        await add(person)
    processes = claims, Claims(other_database)
    queued = await asyncio.gather(
        *(processes[n % 2].claim_queued(now, lease=LEASE, concurrency=WIDE, in_hand=0) for n in range(6))
    )
    assert ids([claim for some in queued for claim in some]) == list(range(1, 21))
    for claim in (claim for some in queued for claim in some):
        await ordered(claims, claim, now, due_at=now + LEASE)
    due = await asyncio.gather(
        *(processes[n % 2].claim_due(now + LEASE, lease=LEASE, limit=4) for n in range(10))
    )
    assert ids([claim for some in due for claim in some]) == list(range(1, 21))


async def test_a_step_is_written_with_what_it_found_out(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    later = now + 10 * SECOND
    after = lifecycle.polled(claim.saved, later, progress=20)
    saved = await claims.save(claim, after, later)
    assert saved == after
    assert await jobs.find(claim.job.id) == saved


async def test_everything_a_job_may_carry_is_kept(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    full = replace(
        claim.saved,
        state=State.DELIVERING,
        attempts=3,
        troubled_since=now - SECOND,
        status_message_id=41,
        submitted_at=now - 10 * SECOND,
        ordered_at=now - 9 * SECOND,
        video_id="v9",
        progress=99,
        progress_at=now - 2 * SECOND,
        pace=0.123456789,
        gone_since=now - 3 * SECOND,
        kept_at=now - SECOND,
        asked_at=now - 20 * SECOND,
        wanted_at=now - 19 * SECOND,
        rendered_at=now - timedelta(microseconds=1),
        video_url="https://example.org/v9.mp4",
        failure=FailureReason.CLIP_REFUSED,
        failure_detail="too odd ✗",
        sending=True,
        result_message_id=42,
        file_id="f9",
    )
    await claims.save(claim, full, now)
    assert await jobs.find(full.id) == full


async def test_a_step_of_a_lost_claim_is_not_written(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime, query: Query
) -> None:
    lost = await claim_in(State.RENDERING)
    (claim,) = await claims.claim_due(lost.until, lease=LEASE, limit=10)
    history = query("SELECT * FROM job_moves")
    with pytest.raises(ClaimLost, match=f"job {lost.job.id} was moved"):
        await claims.finish(lost, lifecycle.rendered(lost.saved, now, video_url=None), now, due_at=now)
    assert await jobs.find(lost.job.id) == claim.saved
    assert query("SELECT * FROM job_moves") == history


async def test_a_step_is_written_once(claims: Claims, claim_in: Lead, now: datetime) -> None:
    claim = await claim_in(State.RENDERING)
    twin = replace(claim)
    await claims.finish(claim, lifecycle.polled(claim.saved, now, progress=5), now, due_at=now + SECOND)
    with pytest.raises(ClaimLost):
        await claims.finish(twin, lifecycle.rendered(twin.saved, now, video_url=None), now, due_at=now)


async def test_a_kept_claim_lasts_longer_and_its_old_token_is_dead(
    claims: Claims, claim_in: Lead, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    old = replace(claim)
    later = now + LEASE / 2
    await claims.keep([claim], later, lease=LEASE)
    assert claim.until == later + LEASE
    assert await claims.claim_due(old.until, lease=LEASE, limit=10) == []
    with pytest.raises(ClaimLost):
        await claims.finish(old, lifecycle.rendered(old.saved, later, video_url=None), later, due_at=later)
    await claims.finish(claim, lifecycle.rendered(claim.saved, later, video_url=None), later, due_at=later)
    assert claim.saved.state is State.DELIVERING


async def test_a_lost_claim_cannot_be_kept_and_does_not_stand_in_the_way_of_others(
    claims: Claims, add: Add, now: datetime
) -> None:
    for _ in range(2):
        await add()
    lost, kept = await claims.claim_queued(now, lease=LEASE, concurrency=WIDE, in_hand=0)
    token = lost.until
    await claims.release(replace(lost), now)
    await claims.keep([lost, kept], now + SECOND, lease=LEASE)
    assert (lost.until, kept.until) == (token, now + SECOND + LEASE)


async def test_a_step_that_goes_on_keeps_its_claim_even_when_it_was_kept_meanwhile(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)
    (claim,) = await claims.claim_due(now, lease=LEASE, limit=10)
    begun = claim.saved
    await claims.keep([claim], now + SECOND, lease=LEASE)
    await claims.save(claim, replace(begun, sending=True), now + 2 * SECOND)
    assert claim.until == claim.saved.due_at == now + SECOND + LEASE
    assert await claims.claim_due(now + LEASE, lease=LEASE, limit=10) == []
    await claims.save(claim, lifecycle.sent(claim.saved, message_id=9, file_id="f"), now + 3 * SECOND)
    found = await jobs.find(claim.job.id)
    assert found == claim.saved
    assert (claim.saved.file_id, claim.until) == ("f", now + SECOND + LEASE)


async def test_a_submitted_order_keeps_its_claim(
    claims: Claims, claim_in: Lead, concurrency: Concurrency, now: datetime
) -> None:
    claim = await claim_in(State.QUEUED)
    until = claim.until
    assert await claims.submit(claim, now + SECOND, concurrency=concurrency)
    assert (claim.saved.state, claim.until) == (State.SUBMITTING, until)
    assert await claims.claim_due(until - SECOND, lease=LEASE, limit=10) == []


async def test_a_released_claim_is_due_at_once_and_untouched(
    jobs: Jobs, claims: Claims, claim_in: Lead, concurrency: Concurrency, now: datetime
) -> None:
    claim = await claim_in(State.QUEUED)
    await claims.release(claim, now + SECOND)
    assert await jobs.find(claim.job.id) == replace(claim.saved, due_at=now + SECOND)
    (again,) = await claims.claim_queued(now + SECOND, lease=LEASE, concurrency=concurrency, in_hand=0)
    assert again.job.id == claim.job.id


async def test_a_released_claim_of_somebody_else_stays_theirs(
    claims: Claims, claim_in: Lead, now: datetime
) -> None:
    lost = await claim_in(State.RENDERING)
    (claim,) = await claims.claim_due(lost.until, lease=LEASE, limit=10)
    await claims.release(lost, lost.until)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)


async def test_an_order_is_not_submitted_when_there_is_no_room_any_more(
    jobs: Jobs, claims: Claims, other_database: Database, add: Add, now: datetime
) -> None:
    concurrency = Concurrency(in_all=3, per_person=2)
    for person in range(8):
        await add(person)
    taken = [
        *await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0),
        *await Claims(other_database).claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0),
    ]
    assert ids(taken) == [1, 2, 3, 4, 5, 6]
    submitted = await asyncio.gather(*(claims.submit(claim, now, concurrency=concurrency) for claim in taken))
    assert sum(job is None for job in submitted) == 3
    refused = next(claim for claim, went in zip(taken, submitted, strict=True) if not went)
    assert await jobs.find(refused.job.id) == refused.job


async def test_every_change_of_state_is_in_the_history_and_nothing_else(
    claims: Claims, claim_in: Lead, now: datetime, query: Query
) -> None:
    claim = await claim_in(State.QUEUED)
    await claims.submit(claim, now + SECOND, concurrency=WIDE)
    back = now + 2 * SECOND
    await claims.finish(claim, lifecycle.requeued(claim.saved, back), back, due_at=back)
    (claim,) = await claims.claim_queued(back, lease=LEASE, concurrency=WIDE, in_hand=0)
    await claims.submit(claim, now + 3 * SECOND, concurrency=WIDE)
    taken = lifecycle.ordered(claim.saved, now + 3 * SECOND, video_id="v1")
    await claims.save(claim, taken, now + 3 * SECOND)
    await claims.save(claim, lifecycle.polled(claim.saved, back, progress=5), back)
    end = now + 4 * SECOND
    await claims.save(claim, lifecycle.rendered(claim.saved, end, video_url=None), end)
    await claims.finish(claim, lifecycle.delivered(claim.saved, end), end, due_at=end)
    moves = query(
        "SELECT state_before, state, (at - (SELECT created_at FROM jobs)) / 1000000 FROM job_moves ORDER BY id"
    )
    assert moves == [
        (None, "queued", 0),
        ("queued", "submitting", 1),
        ("submitting", "queued", 2),
        ("queued", "submitting", 3),
        ("submitting", "rendering", 3),
        ("rendering", "delivering", 4),
        ("delivering", "done", 4),
    ]


async def test_the_next_step_is_due_when_the_earliest_is(claims: Claims, add: Add, now: datetime) -> None:
    assert await claims.next_due(now) is None
    for _ in range(2):
        await add()
    first, second = await claims.claim_queued(now, lease=LEASE, concurrency=WIDE, in_hand=0)
    await ordered(claims, first, now, due_at=now + 20 * SECOND)
    await claims.finish(second, lifecycle.retry_scheduled(second.saved, now), now, due_at=now + 10 * SECOND)
    assert await claims.next_due(now) == now + 10 * SECOND
    assert await claims.next_due(now + 10 * SECOND) == now + 20 * SECOND
    assert await claims.next_due(now + 30 * SECOND) == now + 20 * SECOND


async def test_a_queued_job_that_waits_for_room_is_not_waited_for_by_the_clock(
    claims: Claims, add: Add, now: datetime
) -> None:
    await add()
    assert await claims.next_due(now) is None
