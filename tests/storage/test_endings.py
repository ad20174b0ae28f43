"""The latest endings: of what was asked for lately, newest first; and orders that nobody knows the fate of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import State
from storage.alerts import Alerts
from storage.claims import Claim, Claims
from storage.database import Database

HOUR = timedelta(hours=1)
LOST = FailureReason.UNKNOWN_OUTCOME


@pytest.fixture
def alerts(database: Database) -> Alerts:
    return Alerts(database)


@pytest.fixture
def end(claims: Claims, claim_in: Callable[..., Awaitable[Claim]]) -> Callable[..., Awaitable[None]]:
    """Return a way to a job that was asked for at a moment and is over then."""

    async def make(at: datetime, reason: FailureReason | None) -> None:
        claim = await claim_in(State.RENDERING, at=at)
        if reason is None:
            await claims.finish(claim, lifecycle.rendered(claim.saved, at, video_url=None), at, due_at=at)
            await claims.finish(claim, lifecycle.delivered(claim.saved, at), at, due_at=at)
        else:
            await claims.finish(claim, lifecycle.failed(claim.saved, reason=reason), at, due_at=at)
            await claims.finish(claim, lifecycle.failure_told(claim.saved, at), at, due_at=at)

    return make


async def test_the_latest_endings_come_first(
    alerts: Alerts, end: Callable[..., Awaitable[None]], now: datetime
) -> None:
    for hours, reason in enumerate((LOST, FailureReason.BUSY, None, FailureReason.MODERATED)):
        await end(now + hours * HOUR, reason)
    assert await alerts.find_last_endings(2, since=now) == [FailureReason.MODERATED, None]
    assert await alerts.find_last_endings(20, since=now) == [
        FailureReason.MODERATED,
        None,
        FailureReason.BUSY,
    ]


async def test_orders_of_unknown_fate_are_found_also_before_their_people_know(
    alerts: Alerts,
    claims: Claims,
    claim_in: Callable[..., Awaitable[Claim]],
    end: Callable[..., Awaitable[None]],
    now: datetime,
) -> None:
    await end(now, LOST)
    await end(now + HOUR, LOST)
    claim = await claim_in(State.SUBMITTING, at=now + 2 * HOUR)
    await claims.finish(claim, lifecycle.failed(claim.saved, reason=LOST), now, due_at=now)
    assert await alerts.find_possibly_paid(since=now) == [2, 3]
