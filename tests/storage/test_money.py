"""What orders cost all together, what is kept, what failed for free, and what waits for an answer, in the tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain import lifecycle
from domain.account import AccessMode
from domain.admin_action import AdminAction, AdminActionKind
from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.quota import SpendingRules
from domain.quota_refusals import BudgetSpent, TooManyFailures
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import Added, Jobs
from storage.runtime_settings import RuntimeSettings
from storage.videos import Videos
from tests.storage.conftest import CONCURRENCY, LEASE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def runtime_settings(database: Database) -> RuntimeSettings:
    """Return the rules of a bot whose orders may cost two credits a day."""
    return RuntimeSettings(database, access=AccessMode.OPEN, budget=2)


@pytest.fixture
def fail(add: Callable[..., Awaitable[Job]], claims: Claims, now: datetime) -> Callable[..., Awaitable[None]]:
    """Return a way to an order that was taken and failed."""

    async def make(
        *, person: int = 1, reason: FailureReason = FailureReason.MODERATED, ago: timedelta
    ) -> None:
        at = now - ago
        await add(person, at=at)
        (claim,) = await claims.claim_queued(at, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        assert await claims.submit(claim, at, concurrency=CONCURRENCY)
        ordered = lifecycle.ordered(claim.saved, at, video_id=f"v{claim.job.id}")
        await claims.save(claim, ordered, at)
        await claims.finish(claim, lifecycle.failed(ordered, reason=reason), at, due_at=at)
        (claim,) = await claims.claim_due(at, lease=LEASE, limit=1)
        await claims.finish(claim, lifecycle.failure_told(claim.saved, at), at, due_at=at)

    return make


async def test_an_order_over_the_budget_goes_back_into_the_queue_until_enough_is_free(
    add: Callable[..., Awaitable[Job]], claims: Claims, runtime_settings: RuntimeSettings, now: datetime
) -> None:
    for person, hours in ((1, 20), (2, 1)):
        at = now - hours * HOUR
        await add(person, at=at)
        (claim,) = await claims.claim_queued(at, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        assert await claims.submit(claim, at, concurrency=CONCURRENCY, runtime_settings=runtime_settings)
    await add(3)
    (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    waits = await claims.submit(claim, now, concurrency=CONCURRENCY, runtime_settings=runtime_settings)
    frees_at = now + 4 * HOUR

    assert waits is not None
    assert (waits.state, waits.submitted_at) == (State.QUEUED, None)
    assert (waits.over_budget_until, waits.due_at, claim.is_finished) == (frees_at, frees_at, True)
    just_before = frees_at - timedelta(microseconds=1)
    assert await claims.claim_queued(just_before, lease=LEASE, concurrency=CONCURRENCY, in_hand=0) == []
    (claim,) = await claims.claim_queued(frees_at, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    left = await claims.submit(claim, frees_at, concurrency=CONCURRENCY, runtime_settings=runtime_settings)
    assert left is not None
    assert (left.state, left.over_budget_until) == (State.SUBMITTING, None)


async def test_a_change_of_the_budget_lets_those_who_wait_for_it_try_again(
    add: Callable[..., Awaitable[Job]],
    claims: Claims,
    runtime_settings: RuntimeSettings,
    jobs: Jobs,
    now: datetime,
) -> None:
    waiting = await add(1, price=3)
    (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert await claims.submit(claim, now, concurrency=CONCURRENCY, runtime_settings=runtime_settings)
    later = now + HOUR
    await runtime_settings.set_budget(
        AdminAction(idempotency_key="m:1", admin_id=9, kind=AdminActionKind.BUDGET, at=later), 3
    )
    found = await jobs.find(waiting.id)
    assert found is not None
    assert (found.due_at, found.over_budget_until) == (later, None)


async def test_a_request_meets_a_budget_of_which_the_queue_has_its_part(
    ask: Callable[..., Awaitable[Added]], place: Callable[..., Place], now: datetime
) -> None:
    rules = SpendingRules(allowance=None, budget=3)
    await ask("m:1", rules=rules, price=2)
    await ask("m:2", rules=rules, place=place(2), price=1)
    with pytest.raises(BudgetSpent) as refused:
        await ask("m:3", rules=rules, place=place(3), price=1)
    assert (refused.value.left, refused.value.frees_at) == (0, now + DAY)


FAILURES = {
    "three of them": ([(1, "moderated")] * 3, True),
    "two of them": ([(1, "moderated")] * 2, False),
    "one of three a day ago": ([(24, "moderated"), (1, "moderated"), (2, "moderated")], False),
    "one the operator's own": ([(1, "moderated"), (2, "moderated"), (3, "no_credit")], False),
    "one of which nobody knows": ([(1, "moderated"), (2, "render_failed"), (3, "unknown_outcome")], True),
}


@pytest.mark.parametrize(("failures", "is_refused"), FAILURES.values(), ids=list(FAILURES))
async def test_orders_that_failed_for_free_hold_up_the_next_request(
    failures: list[tuple[int, str]],
    is_refused: bool,  # noqa: FBT001 - a table's
    fail: Callable[..., Awaitable[None]],
    ask: Callable[..., Awaitable[Added]],
) -> None:
    for hours, reason in failures:
        await fail(ago=hours * HOUR, reason=FailureReason(reason))
    outcome: object = None
    try:
        await ask("m:99", rules=SpendingRules(allowance=1))
    except TooManyFailures as refused:
        outcome = refused.failures
    assert outcome == (3 if is_refused else None)


async def test_failures_hold_up_neither_others_nor_what_an_operator_wants_made(
    fail: Callable[..., Awaitable[None]], ask: Callable[..., Awaitable[Added]], place: Callable[..., Place]
) -> None:
    for _ in range(3):
        await fail(ago=HOUR)
    assert (await ask("m:1", place=place(2), rules=SpendingRules(allowance=1))).is_new
    assert (await ask("m:2", rules=SpendingRules(allowance=None))).is_new
    assert (await ask("m:3", rules=SpendingRules(allowance=3, forgives_failures=True))).is_new


async def test_a_kept_video_counts_and_is_fetched_once(
    claim_in: Callable[..., Awaitable[Claim]], claims: Claims, jobs: Jobs, database: Database, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)
    (claim,) = await claims.claim_due(now, lease=LEASE, limit=1)
    kept = await claims.finish(claim, lifecycle.kept(claim.saved, now), now, due_at=now)
    videos, elsewhere = Videos(database), replace(kept.place, chat_id=-100)
    used = (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own.used

    assert (used, await videos.count_kept(1), await videos.count_kept(2)) == (1, 1, 0)
    fetched = await videos.fetch(kept.id, elsewhere, now=now + HOUR)
    assert fetched is not None
    assert (fetched.state, fetched.place.chat_id) == (State.DELIVERING, -100)
    assert await videos.fetch(kept.id, elsewhere, now=now + HOUR) is None
    assert await videos.count_kept(1) == 0
    assert [again.job.id for again in await claims.claim_due(now + HOUR, lease=LEASE, limit=9)] == [kept.id]


async def test_what_is_asked_about_stands_in_no_line_and_comes_due_when_nobody_answers(
    add: Callable[..., Awaitable[Job]], claims: Claims, jobs: Jobs, now: datetime
) -> None:
    first, second = await add(1), await add(1)
    (claim,) = [
        claim
        for claim in await claims.claim_queued(now, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        if claim.job.id == first.id
    ]
    await claims.finish(claim, lifecycle.asked(claim.saved, now), now, due_at=now + DAY)
    alone = replace(CONCURRENCY, per_person=1)
    taken = await claims.claim_queued(now + HOUR, lease=LEASE, concurrency=alone, in_hand=0)
    assert [claim.job.id for claim in taken] == [second.id]
    assert (
        await claims.claim_queued(
            now + DAY, lease=LEASE, concurrency=CONCURRENCY, in_hand=0, but_not=[second.id]
        )
        == []
    )
    overdue = await claims.claim_due(now + DAY, lease=LEASE, limit=9, but_not=[second.id])
    assert [claim.job.id for claim in overdue] == [first.id]
    wanted = await jobs.want(first.id, now=now + DAY)
    assert wanted is not None
    assert (wanted.is_asked_about, wanted.due_at) == (False, now + DAY)
    assert await jobs.want(first.id, now=now + DAY) is None
