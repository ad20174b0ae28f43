"""Holds of several providers: each holds its own orders, and a job waits only if every provider of its model is held."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job, State
from domain.lifecycle import requeued_on_hold, returned
from domain.queue import Concurrency
from domain.request import Original
from storage.claims import Claim, Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs

LEASE = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
#: One model has both providers, the second of them first; the other has only the main one.
PROVIDERS = {"wan": ("second", "main"), "sora-2": ("main",)}

Query = Callable[[str], list[Any]]


@pytest.fixture
async def holds(database: Database, now: datetime) -> Holds:
    holds = Holds(database)
    await holds.load(now, find_providers=lambda: PROVIDERS)
    return holds


@pytest.fixture
def refuse(
    holds: Holds, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> Callable[..., Awaitable[Job]]:
    """Return a way to have the order of a new job refused by a provider."""

    async def make(reason: FailureReason, provider: str, *, model: str = "wan", person: int = 1) -> Job:
        claim = await claim_in(State.SUBMITTING, model=model, person=person)
        hold = hold_after(reason, model, now, why="no", provider=provider)
        await holds.hold_back(claim, requeued_on_hold(claim.saved), hold)
        return claim.saved

    return make


@pytest.fixture
def let_out(claims: Claims, holds: Holds, concurrency: Concurrency) -> Callable[..., Awaitable[list[Job]]]:
    """Return a way to claim what the gate lets out, as the worker does."""

    async def make(at: datetime) -> list[Job]:
        claimed = await claims.claim_queued(
            at, lease=LEASE, concurrency=concurrency, in_hand=0, gate=holds.gate(at)
        )
        for claim in claimed:
            holds.let_out(claim.saved, at)
        return [claim.job for claim in claimed]

    return make


async def test_what_one_provider_refuses_another_may_have_at_once(
    holds: Holds,
    refuse: Callable[..., Awaitable[Job]],
    let_out: Callable[..., Awaitable[list[Job]]],
    query: Query,
    now: datetime,
) -> None:
    job = await refuse(FailureReason.NO_CREDIT, "second")
    assert query("SELECT name, provider, model FROM holds") == [("balance@second", "second", None)]
    assert [each.id for each in await let_out(now)] == [job.id]
    assert [holds.allows(job, provider) for provider in ("second", "main")] == [False, True]
    assert (holds.find("wan"), holds.find_for(job), holds.models) == (None, None, frozenset())


async def test_a_model_waits_when_all_its_providers_are_held_and_others_pass_it_by(
    holds: Holds,
    refuse: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    let_out: Callable[..., Awaitable[list[Job]]],
    now: datetime,
) -> None:
    await refuse(FailureReason.KEY_REFUSED, "second")
    await let_out(now)
    await refuse(FailureReason.MODEL_GONE, "main", person=2)
    await add(3, model="wan")
    other = await add(4)
    assert holds.models == {"wan"}
    assert holds.find_gone(now) == {("wan", "main")}
    assert [job.id for job in await let_out(now)] == [other.id]
    found = holds.find("wan")
    assert found is not None
    assert found.provider == "second"


async def test_a_provider_that_may_be_tried_gets_one_order_though_another_is_open(
    holds: Holds,
    refuse: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    let_out: Callable[..., Awaitable[list[Job]]],
    now: datetime,
) -> None:
    first = await refuse(FailureReason.KEY_REFUSED, "second")
    second = await add(2, model="wan")
    await let_out(now + MINUTE)
    assert [(holds.is_probe(job, "second"), holds.allows(job, "main")) for job in (first, second)] == [
        (True, True),
        (False, True),
    ]
    assert [hold.name for hold in await holds.close_probed(first)] == ["key@second"]
    assert holds.allows(second, "second")


async def test_where_orders_are_taken_and_not_made_only_a_video_shows_that_all_is_well(
    holds: Holds,
    claim_in: Callable[..., Awaitable[Claim]],
    let_out: Callable[..., Awaitable[list[Job]]],
    query: Query,
    now: datetime,
) -> None:
    claim = await claim_in(State.RENDERING, model="sora-2")
    hold = hold_after(FailureReason.MODEL_GONE, "sora-2", now, why="no longer available", until_made=True)
    assert await holds.hold_back(claim, returned(claim.saved), hold)
    assert query("SELECT state, video_id, submitted_at, failed_orders FROM jobs") == [
        ("queued", None, None, 1)
    ]
    (probe,) = await let_out(now + MINUTE)
    taken = replace(probe, ordered_at=now + MINUTE, provider="main")
    assert list(await holds.close_probed(taken)) == []
    holds.step_is_over(taken)
    assert holds.next_probe(now) == now + 16 * MINUTE
    others = replace(taken, provider="second"), replace(taken, ordered_at=now)
    assert [list(await holds.close_made(other)) for other in others] == [[], []]
    assert [over.name for over in await holds.close_made(taken)] == ["model:sora-2"]
    assert (list(holds.find_all()), query("SELECT name FROM holds")) == ([], [])


async def test_what_is_changed_waits_for_the_one_provider_that_has_it(
    holds: Holds,
    jobs: Jobs,
    add: Callable[..., Awaitable[Job]],
    refuse: Callable[..., Awaitable[Job]],
    query: Query,
) -> None:
    original = await refuse(FailureReason.NO_CREDIT, "second")
    query(
        f"UPDATE jobs SET provider = 'second' WHERE id = {original.id}"  # noqa: S608 - ours
    )
    edit = await add(2, model="wan", original=Original(job_id=original.id, video_id="v1"))
    found = await jobs.find(edit.id)
    assert found is not None
    assert found.bound_to == "second"
    hold = holds.find_for(found)
    assert hold is not None
    assert (hold.name, holds.find("wan")) == ("balance@second", None)


async def test_the_hold_of_a_provider_that_is_taken_out_is_over(
    database: Database, refuse: Callable[..., Awaitable[Job]], query: Query, now: datetime
) -> None:
    await refuse(FailureReason.NO_CREDIT, "second")
    reborn = Holds(database)
    await reborn.load(now, find_providers=lambda: {"wan": ("main",), "sora-2": ("main",)})
    assert (list(reborn.find_all()), query("SELECT name FROM holds")) == ([], [])


async def test_a_hold_of_the_version_before_is_one_of_the_main_provider(
    database: Database, query: Query, now: datetime
) -> None:
    query("INSERT INTO holds (name, cause, model, since, why) VALUES ('model:wan', 'model', 'wan', 0, 'no')")
    holds = Holds(database)
    await holds.load(now, find_providers=lambda: PROVIDERS)
    assert [(hold.name, hold.provider, hold.until_made) for hold in holds.find_all()] == [
        ("model:wan", "main", False)
    ]


async def test_a_hold_of_a_model_ends_where_it_is_listed_again_and_is_doubted_when_nobody_probes_it(
    holds: Holds,
    refuse: Callable[..., Awaitable[Job]],
    now: datetime,
) -> None:
    await refuse(FailureReason.MODEL_GONE, "main")
    gone = holds.find_gone(now)
    doubted = holds.find_gone(now + timedelta(minutes=20))
    elsewhere = await holds.end_for([(model, "second") for model, _ in gone])
    over = await holds.end_for(gone)
    assert (len(gone), doubted, elsewhere) == (1, frozenset(), [])
    assert [(hold.model, hold.provider) for hold in over] == list(gone)
    assert holds.find_all() == []
