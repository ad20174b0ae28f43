"""Holds in the database: kept through restarts, written with what they concern, and one probe at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.admin_action import AdminAction, AdminActionKind
from domain.failures import FailureReason
from domain.hold import Hold, HoldCause, due_at_once, hold_after
from domain.job import Job, State
from domain.lifecycle import requeued_on_hold
from domain.queue import Concurrency
from storage.claims import Claim, Claims
from storage.database import Database
from storage.errors import ClaimLost
from storage.holds import Holds
from storage.jobs import Jobs

LEASE = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
PROVIDERS = {"sora-2": ("main",), "veo": ("main",)}


@pytest.fixture
async def holds(database: Database, now: datetime) -> Holds:
    holds = Holds(database)
    await holds.load(now, find_providers=lambda: PROVIDERS)
    return holds


@pytest.fixture
def refuse(
    holds: Holds, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> Callable[..., Awaitable[bool]]:
    """Return a way to have the order of a new job refused for our account's sake."""

    async def make(reason: FailureReason = FailureReason.KEY_REFUSED, **changes: Any) -> bool:  # noqa: ANN401 - of the request
        claim = await claim_in(State.SUBMITTING, **changes)
        return await hold_back(holds, claim, reason, now)

    return make


@pytest.fixture
def let_out(claims: Claims, holds: Holds, concurrency: Concurrency) -> Callable[..., Awaitable[list[Claim]]]:
    """Return a way to claim what the gate lets out, as the worker does, and to submit that if it is to be."""

    async def make(at: datetime, *, submit: bool = False) -> list[Claim]:
        claimed = await claims.claim_queued(
            at, lease=LEASE, concurrency=concurrency, in_hand=0, gate=holds.gate(at)
        )
        for claim in claimed:
            holds.let_out(claim.saved, at)
            assert not submit or await claims.submit(claim, at, concurrency=concurrency)
        return list(claimed)

    return make


async def hold_back(holds: Holds, claim: Claim, reason: FailureReason, now: datetime) -> bool:
    refusal = hold_after(reason, claim.saved.request.model, now, why="no")
    return await holds.hold_back(claim, requeued_on_hold(claim.saved), refusal)


def action(number: int, kind: AdminActionKind, now: datetime, why: str = "") -> AdminAction:
    return AdminAction(idempotency_key=f"message:1:{number}", admin_id=1, kind=kind, at=now, why=why)


def ids(claims: list[Claim]) -> list[int]:
    return sorted(claim.job.id for claim in claims)


async def test_a_refusal_puts_the_job_back_with_its_hold_as_one_and_is_news_once(
    holds: Holds, jobs: Jobs, refuse: Callable[..., Awaitable[bool]], now: datetime
) -> None:
    news = [await refuse(person=1)]
    job = await jobs.find(1)
    assert job is not None
    assert (job.state, job.due_at, job.attempts, job.troubled_since) == (State.QUEUED, now, 0, None)
    assert news == [True]
    assert list(holds.find_all()) == [Hold(cause=HoldCause.KEY, since=now, why="no", probe_at=now + MINUTE)]


async def test_a_claim_that_is_lost_opens_no_hold(
    holds: Holds,
    claims: Claims,
    claim_in: Callable[..., Awaitable[Claim]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    claim = await claim_in(State.SUBMITTING)
    stale = await claims.claim_due(now + 2 * LEASE, lease=LEASE, limit=1)
    with pytest.raises(ClaimLost):
        await hold_back(holds, claim, FailureReason.KEY_REFUSED, now)
    assert len(stale) == 1
    assert (list(holds.find_all()), query("SELECT name FROM holds")) == ([], [])


async def test_two_orders_that_are_refused_at_once_open_one_hold(
    holds: Holds,
    add: Callable[..., Awaitable[Job]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    now: datetime,
) -> None:
    for person in (1, 2):
        await add(person)
    first, second = await let_out(now, submit=True)
    assert await hold_back(holds, first, FailureReason.NO_CREDIT, now)
    assert not await hold_back(holds, second, FailureReason.NO_CREDIT, now + MINUTE)
    assert [hold.since for hold in holds.find_all()] == [now]
    assert await let_out(now + timedelta(seconds=59)) == []


async def test_when_its_time_has_come_one_order_is_let_through_and_no_second(
    holds: Holds,
    add: Callable[..., Awaitable[Job]],
    refuse: Callable[..., Awaitable[bool]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    now: datetime,
) -> None:
    await refuse(person=1)
    other = await add(2)
    later = now + MINUTE
    (probe,) = await let_out(later, submit=True)
    assert (holds.allows(probe.saved), holds.allows(other)) == (True, False)
    assert await let_out(later) == []

    assert not await hold_back(holds, probe, FailureReason.KEY_REFUSED, later)
    holds.step_is_over(probe.saved)
    assert await let_out(later + MINUTE) == []
    assert holds.next_probe(later) == later + 2 * MINUTE

    (again,) = await let_out(later + 2 * MINUTE)
    assert again.job.id == probe.job.id
    assert [hold.name for hold in await holds.close_probed(again.job)] == ["key"]
    holds.step_is_over(again.job)
    assert ids(await let_out(later + 2 * MINUTE)) == [other.id]


async def test_a_probe_whose_step_ends_without_an_order_leaves_the_try_to_the_next(
    holds: Holds,
    add: Callable[..., Awaitable[Job]],
    refuse: Callable[..., Awaitable[bool]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    now: datetime,
) -> None:
    await refuse(person=1)
    other = await add(2)
    later = now + MINUTE
    (probe,) = await let_out(later)
    holds.step_is_over(probe.saved)
    (next_one,) = await let_out(later)
    assert next_one.job.id == other.id
    await holds.learn_nothing(next_one.job, later)
    holds.step_is_over(next_one.job)
    assert holds.next_probe(later) == later + MINUTE


async def test_a_model_that_is_gone_holds_its_own_orders_and_lets_one_of_them_try(
    holds: Holds,
    add: Callable[..., Awaitable[Job]],
    refuse: Callable[..., Awaitable[bool]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    now: datetime,
) -> None:
    await refuse(FailureReason.MODEL_GONE, model="veo")
    # All of one person, who may have two orders open at once.
    for model in ("veo", "veo", "sora-2", "sora-2"):
        await add(1, model=model)
    passed = await let_out(now)
    assert (ids(passed), {claim.saved.request.model for claim in passed}) == ([4, 5], {"sora-2"})
    (probe,) = await let_out(now + MINUTE)
    assert (probe.job.id, holds.allows(probe.saved)) == (1, True)


async def test_jobs_that_are_held_stand_in_nobodys_way(
    holds: Holds,
    jobs: Jobs,
    add: Callable[..., Awaitable[Job]],
    refuse: Callable[..., Awaitable[bool]],
    *,
    concurrency: Concurrency,
    now: datetime,
) -> None:
    await refuse(FailureReason.MODEL_GONE, model="veo")
    for model in ("veo", "sora-2", "sora-2", "sora-2"):
        await add(1, model=model)
    assert await jobs.find_positions(concurrency, now, holds.models) == {5: 1}
    assert (await jobs.count_pending()).waiting == 5


async def test_a_probe_that_is_refused_for_another_reason_shows_that_the_key_is_good(
    holds: Holds,
    refuse: Callable[..., Awaitable[bool]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    await refuse()
    (probe,) = await let_out(now + MINUTE, submit=True)
    assert await hold_back(holds, probe, FailureReason.NO_CREDIT, now + MINUTE)
    assert [hold.name for hold in holds.find_all()] == query("SELECT name FROM holds") == ["balance"]


async def test_holds_outlive_their_process_and_the_next_one_tries_at_once(
    holds: Holds, database: Database, refuse: Callable[..., Awaitable[bool]], now: datetime
) -> None:
    await refuse(FailureReason.MODEL_GONE, model="veo")
    await holds.pause(action(1, AdminActionKind.PAUSE, now, "back at eight"))
    later, reborn = now + timedelta(seconds=1), Holds(database)
    await reborn.load(later, find_providers=lambda: PROVIDERS)
    assert sorted(reborn.find_all(), key=lambda hold: hold.name) == sorted(
        (due_at_once(hold, later) for hold in holds.find_all()), key=lambda hold: hold.name
    )


async def test_the_hold_of_a_model_that_nobody_may_choose_any_more_is_over(
    database: Database,
    refuse: Callable[..., Awaitable[bool]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    await refuse(FailureReason.MODEL_GONE, model="veo")
    reborn = Holds(database)
    await reborn.load(now, find_providers=lambda: {"sora-2": ("main",)})
    assert (list(reborn.find_all()), query("SELECT name FROM holds")) == ([], [])


async def test_a_pause_holds_all_until_it_is_ended_and_each_deed_is_done_once(
    holds: Holds,
    add: Callable[..., Awaitable[Job]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    job = await add()
    done = [
        await holds.pause(action(1, AdminActionKind.PAUSE, now, why)) for why in ("lunch", "twice delivered")
    ]
    assert (done, [hold.why for hold in holds.find_all()]) == ([True, False], ["lunch"])
    assert await let_out(now + timedelta(days=1)) == []
    assert not await holds.try_now(action(2, AdminActionKind.PROBE, now))
    ended = [await holds.resume(action(number, AdminActionKind.RESUME, now)) for number in (3, 3, 4)]
    assert ended == [True, False, False]
    assert ids(await let_out(now)) == [job.id]
    assert query("SELECT action FROM audit ORDER BY id") == ["pause", "resume"]


async def test_who_waits_reads_of_the_pause_before_all_else(
    holds: Holds, refuse: Callable[..., Awaitable[bool]], now: datetime
) -> None:
    await refuse(FailureReason.MODEL_GONE, model="veo")
    assert [holds.find(model) is not None for model in ("veo", "sora-2")] == [True, False]
    await holds.pause(action(1, AdminActionKind.PAUSE, now))
    found = [holds.find(model) for model in ("veo", "sora-2")]
    assert [hold and hold.cause for hold in found] == [HoldCause.PAUSE] * 2


async def test_an_admin_has_it_tried_before_its_time(
    holds: Holds,
    refuse: Callable[..., Awaitable[bool]],
    let_out: Callable[..., Awaitable[list[Claim]]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    await refuse()
    assert await let_out(now) == []
    assert await holds.try_now(action(1, AdminActionKind.PROBE, now))
    assert ids(await let_out(now)) == [1]
    assert query("SELECT action FROM audit") == ["probe"]
