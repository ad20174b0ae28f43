"""What holds for everybody: what the settings say, until an operator says otherwise in the chat."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from domain.account import AccessMode
from domain.admin_action import AdminAction, AdminActionKind
from storage.database import Database
from storage.runtime_settings import RuntimeSettings

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def action(kind: AdminActionKind, detail: str) -> AdminAction:
    return AdminAction(idempotency_key=f"{action}:{detail}", at=NOON, admin_id=1, kind=kind, detail=detail)


def rules(database: Database, *, budget: int | None = 50) -> RuntimeSettings:
    return RuntimeSettings(database, access=AccessMode.INVITE, budget=budget)


async def learnt(database: Database, *, budget: int | None = 50) -> RuntimeSettings:
    """Return the rules as a process has them that starts now."""
    found = rules(database, budget=budget)
    await found.load()
    return found


async def test_what_nobody_has_said_in_the_chat_is_as_the_settings_say(database: Database) -> None:
    found = await learnt(database)
    assert (found.access, found.budget) == (AccessMode.INVITE, 50)


async def test_access_said_in_the_chat_outlives_the_process(database: Database) -> None:
    await rules(database).set_access(action(AdminActionKind.ACCESS, "open"), AccessMode.OPEN)
    assert (await learnt(database)).access is AccessMode.OPEN


@pytest.mark.parametrize("by_default", [50, None], ids=["a budget by default", "none by default"])
@pytest.mark.parametrize("said", [7, 0, None], ids=["a number", "nothing at all", "off"])
async def test_a_budget_said_in_the_chat_outlives_the_process(
    said: int | None, by_default: int | None, database: Database
) -> None:
    runtime_settings = rules(database, budget=by_default)
    await runtime_settings.set_budget(action(AdminActionKind.BUDGET, "said"), said)
    assert runtime_settings.budget == said
    assert (await learnt(database, budget=by_default)).budget == said


async def test_one_person_becomes_the_admin_of_a_bot_without_one_and_stays_it(database: Database) -> None:
    settings = RuntimeSettings(database, access=None, budget=50)
    told: list[frozenset[int]] = []
    settings.tell_of_admin(lambda: told.append(settings.admin_ids))
    before = (settings.admin_ids, settings.access)
    outcomes = [await settings.become_admin(become_admin(7)), await settings.become_admin(become_admin(8))]
    faster = RuntimeSettings(database, access=None, budget=50)  # of a process that does not know it yet
    outcomes.append(await faster.become_admin(become_admin(9)))
    after = RuntimeSettings(database, access=None, budget=50)
    await after.load()
    assert before == (frozenset(), AccessMode.OPEN)
    assert (outcomes, told) == ([True, False, False], [frozenset({7})])
    assert (after.admin_ids, after.access) == (frozenset({7}), AccessMode.INVITE)


async def test_of_many_at_the_same_moment_one_becomes_the_admin(database: Database) -> None:
    settings = [RuntimeSettings(database, access=None, budget=50) for _ in range(2)]
    outcomes = await asyncio.gather(
        *(settings[person % 2].become_admin(become_admin(person)) for person in range(1, 9))
    )
    assert sum(outcomes) == 1


async def test_the_admins_of_the_settings_go_before_who_became_it_by_a_link(database: Database) -> None:
    await RuntimeSettings(database, access=None, budget=50).become_admin(become_admin(7))
    settings = RuntimeSettings(database, access=None, budget=50, admin_ids=[8])
    await settings.load()
    assert (settings.admin_ids, await settings.become_admin(become_admin(9))) == (frozenset({8}), False)


def become_admin(person_id: int) -> AdminAction:
    return AdminAction(
        idempotency_key=f"message:{person_id}:1",
        admin_id=person_id,
        kind=AdminActionKind.BECOME_ADMIN,
        at=NOON,
    )
