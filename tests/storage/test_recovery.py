"""What was under way when a process died goes on at once, if nobody else can have it in hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain import lifecycle
from domain.account import AccessMode
from domain.job import Job, State
from domain.quota import SpendingRules
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import ANNOUNCING, Added, Jobs
from storage.recovery import Recovery
from storage.runtime_settings import RuntimeSettings
from tests.storage.conftest import CONCURRENCY, LEASE

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("state", [State.QUEUED, State.SUBMITTING, State.RENDERING, State.DELIVERING])
async def test_what_the_dead_had_in_hand_is_due_at_once(
    database: Database,
    jobs: Jobs,
    claim_in: Callable[..., Awaitable[Claim]],
    *,
    now: datetime,
    state: State,
) -> None:
    claim = await claim_in(state)
    later = now + timedelta(seconds=1)
    number = await Recovery(database).take_over(later)
    after = await jobs.find(claim.job.id)
    assert after is not None
    assert (number, after.state, after.due_at) == (1, state, later)


async def test_what_is_not_announced_waits_for_that(
    database: Database, ask: Callable[..., Awaitable[Added]], jobs: Jobs, now: datetime
) -> None:
    added = await ask("message:1:1")
    await Recovery(database).take_over(now)
    after = await jobs.find(added.job.id)
    assert after is not None
    assert after.due_at == now + ANNOUNCING


@pytest.mark.parametrize(("wanted_after", "moves"), [(None, False), (-1, False), (1, True)])
async def test_what_waits_for_its_persons_answer_goes_on_waiting(
    database: Database,
    claim_in: Callable[..., Awaitable[Claim]],
    claims: Claims,
    jobs: Jobs,
    *,
    now: datetime,
    wanted_after: int | None,
    moves: bool,
) -> None:
    claim, hours = await claim_in(State.QUEUED), now + timedelta(hours=6)
    wanted_at = None if wanted_after is None else now + timedelta(hours=wanted_after)
    asked = replace(claim.saved, asked_at=now, wanted_at=wanted_at)
    await claims.finish(claim, asked, now, due_at=hours)
    await Recovery(database).take_over(now)
    after = await jobs.find(claim.job.id)
    assert after is not None
    assert after.due_at == (now if moves else hours)


async def test_what_is_over_or_due_already_is_left_alone(
    database: Database, add: Callable[..., Awaitable[Job]], jobs: Jobs, claims: Claims, now: datetime
) -> None:
    called_off, waiting = await add(), await add()
    await claims.claim_queued(now, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    over = await jobs.cancel(called_off.id, 1, now=now)
    await Recovery(database).take_over(now + 2 * LEASE)
    assert over is not None
    assert await jobs.find(over.id) == over
    assert await jobs.find(waiting.id) is not None


@pytest.mark.parametrize("by", [timedelta(hours=-2), timedelta(hours=2), timedelta(days=400)])
async def test_what_was_spent_counts_for_a_day_wherever_the_clock_was_set(
    database: Database,
    jobs: Jobs,
    claims: Claims,
    claim_in: Callable[..., Awaitable[Claim]],
    *,
    now: datetime,
    by: timedelta,
) -> None:
    delivered = await claim_in(State.RENDERING)
    await claims.save(delivered, lifecycle.rendered(delivered.saved, now, video_url=None), now)
    await claims.finish(delivered, lifecycle.delivered(delivered.saved, now), now, due_at=now)
    rendering = await claim_in(State.RENDERING)
    runtime_settings = RuntimeSettings(database, access=AccessMode.OPEN, budget=50)

    await Recovery(database).shift(by, [rendering], now=now + by)

    moments = [now + by + DAY + off for off in (-MINUTE, timedelta(), MINUTE)]
    used = [(await jobs.find_funds(1, rules=SpendingRules(allowance=9), now=at)).own.used for at in moments]
    ordered = [(await runtime_settings.find_budget(now=at)).ordered.used for at in moments]
    assert (used[0], used[-1], ordered[0], ordered[-1]) == (2, 0, 2, 0)
    for claim in (delivered, rendering):
        before, after = claim.saved, await jobs.find(claim.job.id)
        assert after is not None
        moved = [
            (getattr(before, name), getattr(after, name))
            for name in ("created_at", "submitted_at", "ordered_at", "rendered_at", "finished_at")
        ]
        assert [(old, new) for old, new in moved if old is not None and new != old + by] == []


async def test_an_order_on_the_wire_stays_known_by_its_moment_although_the_clock_is_set(
    database: Database, jobs: Jobs, claim_in: Callable[..., Awaitable[Claim]], *, now: datetime
) -> None:
    claim = await claim_in(State.SUBMITTING)
    sent_at = claim.saved.submitted_at
    assert sent_at is not None
    recovery = Recovery(database)
    await recovery.shift(timedelta(hours=-2), [claim], now=now)
    assert await recovery.adopt(claim.job.id, submitted_at=sent_at, ordered_at=now, video_id="v", now=now)
    found = await jobs.find(claim.job.id)
    assert found is not None
    assert (found.state, found.video_id) == (State.RENDERING, "v")
