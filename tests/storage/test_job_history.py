"""A job's dossier: itself, every move it made, and what of it was granted; nothing of who is forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert

from domain.job import State
from domain.quota import SpendingRules
from storage.claims import Claim
from storage.database import Database
from storage.job_history import JobHistories, Move
from storage.jobs import Added
from storage.operator_tables import grants


@pytest.fixture
def job_histories(database: Database) -> JobHistories:
    return JobHistories(database)


async def test_a_dossier_tells_every_move(
    job_histories: JobHistories, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    found = await job_histories.find(claim.job.id)
    assert found is not None
    assert (found.job, found.of_grants) == (claim.saved, 0)
    assert found.moves == [Move(state, now) for state in (State.QUEUED, State.SUBMITTING, State.RENDERING)]


async def test_a_dossier_tells_what_was_granted(
    job_histories: JobHistories, database: Database, ask: Callable[..., Awaitable[Added]], now: datetime
) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(grants), {"account_id": 1, "credits": 5, "at": now})
    rules = SpendingRules(allowance=1, with_grants=frozenset({1}))
    added = await ask("message:1:1", price=3, rules=rules)
    found = await job_histories.find(added.job.id)
    assert found is not None
    assert found.of_grants == 2


async def test_of_who_is_forgotten_there_is_none(
    job_histories: JobHistories, ask: Callable[..., Awaitable[Added]], query: Callable[[str], list[Any]]
) -> None:
    await ask("message:1:1")
    query("UPDATE jobs SET requester_id = 0")
    assert [await job_histories.find(number) for number in (1, 2)] == [None, None]
