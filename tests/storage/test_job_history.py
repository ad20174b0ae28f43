"""A job's dossier: itself, every move it made, and what of it was granted; nothing of who is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from domain.job import State
from domain.quota import Terms
from storage.job_history import Dossiers, Move
from storage.operator_tables import grants

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.claims import Claim
    from storage.database import Database
    from storage.jobs import Added


@pytest.fixture
def dossiers(database: Database) -> Dossiers:
    return Dossiers(database)


async def test_a_dossier_tells_every_move(
    dossiers: Dossiers, claim_in: Callable[..., Awaitable[Claim]], now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    found = await dossiers.find(claim.job.id)
    assert found is not None
    assert (found.job, found.of_grants) == (claim.saved, 0)
    assert found.moves == [Move(state, now) for state in (State.QUEUED, State.SUBMITTING, State.RENDERING)]


async def test_a_dossier_tells_what_was_granted(
    dossiers: Dossiers, database: Database, ask: Callable[..., Awaitable[Added]], now: datetime
) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(grants), {"account_id": 1, "credits": 5, "at": now})
    terms = Terms(allowance=1, with_grants=frozenset({1}))
    added = await ask("message:1:1", price=3, terms=terms)
    found = await dossiers.find(added.job.id)
    assert found is not None
    assert found.of_grants == 2


async def test_of_who_is_forgotten_there_is_none(
    dossiers: Dossiers, ask: Callable[..., Awaitable[Added]], query: Callable[[str], list[Any]]
) -> None:
    await ask("message:1:1")
    query("UPDATE jobs SET requester_id = 0")
    assert [await dossiers.find(number) for number in (1, 2)] == [None, None]
