"""What was under way when a process died goes on at once, if nobody else can have it in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.job import Job, State
from storage.jobs import ANNOUNCING
from storage.recovery import Recovery
from tests.storage.conftest import LEASE, ROOM

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.claims import Claim, Claims
    from storage.database import Database
    from storage.jobs import Added, Jobs


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
    await claims.claim_queued(now, lease=LEASE, room=ROOM, in_hand=0)
    over = await jobs.cancel(called_off.id, 1, now=now)
    await Recovery(database).take_over(now + 2 * LEASE)
    assert over is not None
    assert await jobs.find(over.id) == over
    assert await jobs.find(waiting.id) is not None
