"""A claim that ends with a planned moment: the plan stands, whatever is kept meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import State
from storage.claims import Claim, Claims
from storage.database import Database
from storage.errors import DatabaseTrouble
from storage.holds import Holds
from storage.jobs import Jobs
from tests.storage.conftest import LEASE


async def test_a_planned_look_is_not_put_off_by_keeping_the_claims_in_hand(
    jobs: Jobs, claims: Claims, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    soon = now + timedelta(seconds=2)

    await claims.finish(claim, lifecycle.polled(claim.saved, now, progress=5), now, due_at=soon)
    await claims.keep([claim], now, lease=LEASE)

    found = await jobs.find(claim.job.id)
    assert found is not None
    assert found.due_at == soon


async def test_a_planned_look_is_not_brought_forward_by_giving_the_claim_back(
    jobs: Jobs, claims: Claims, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    late = now + timedelta(minutes=2)

    await claims.finish(claim, lifecycle.polled(claim.saved, now, progress=5), now, due_at=late)
    await claims.release(claim, now)

    found = await jobs.find(claim.job.id)
    assert found is not None
    assert found.due_at == late


async def test_what_is_taken_back_by_a_database_in_trouble_can_be_written_again(
    database: Database,
    claim_in: Callable[..., Awaitable[Claim]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    claim, holds = await claim_in(State.SUBMITTING), Holds(database)
    before, refusal = claim.saved, hold_after(FailureReason.KEY_REFUSED, "sora-2", now, why="no")
    query("CREATE TRIGGER full BEFORE INSERT ON holds BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    with pytest.raises(DatabaseTrouble):
        await holds.hold_back(claim, lifecycle.requeued_on_hold(before), refusal)
    assert (claim.saved, claim.is_finished) == (before, False)

    query("DROP TRIGGER full")
    assert await holds.hold_back(claim, lifecycle.requeued_on_hold(before), refusal)
    assert (claim.saved.state, claim.is_finished) == (State.QUEUED, True)
