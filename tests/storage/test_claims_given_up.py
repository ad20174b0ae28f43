"""A claim that ends with a planned moment: the plan stands, whatever is kept meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain import lifecycle
from domain.job import State
from tests.storage.conftest import LEASE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.claims import Claim, Claims
    from storage.jobs import Jobs


async def test_a_planned_look_is_not_put_off_by_keeping_the_claims_in_hand(
    jobs: Jobs, claims: Claims, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    soon = now + timedelta(seconds=2)

    await claims.finish(claim, lifecycle.looked(claim.saved, now, progress=5), now, due_at=soon)
    await claims.keep([claim], now, lease=LEASE)

    found = await jobs.find(claim.job.id)
    assert found is not None
    assert found.due_at == soon


async def test_a_planned_look_is_not_brought_forward_by_giving_the_claim_back(
    jobs: Jobs, claims: Claims, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    late = now + timedelta(minutes=2)

    await claims.finish(claim, lifecycle.looked(claim.saved, now, progress=5), now, due_at=late)
    await claims.release(claim, now)

    found = await jobs.find(claim.job.id)
    assert found is not None
    assert found.due_at == late
