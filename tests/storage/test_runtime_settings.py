"""What holds for everybody: what the settings say, until an operator says otherwise in the chat."""

from __future__ import annotations

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
