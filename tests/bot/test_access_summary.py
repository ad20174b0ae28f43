"""The line that tells an operator who may use the bot, and what may be spent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.access_summary import AccessSummary, open_storage
from bot.settings import Settings
from domain.account import AccessMode, Limit
from domain.admin_action import AdminAction, AdminActionKind
from storage.database import Database


@pytest.mark.parametrize(
    ("changed", "line", "warning"),
    [
        pytest.param(
            {},
            "everybody may use the bot; in 24 hours each may spend 3 credits, and all together 50 credits",
            "the bot has no admin: anybody who finds it spends your credits, and nobody can change that from the chat",
            id="nobody runs it",
        ),
        pytest.param(
            {"admin_ids": "7"},
            "new people ask, and may use the bot when an admin lets them in; in 24 hours each may spend 3 credits, "
            "and all together 50 credits",
            None,
            id="somebody runs it",
        ),
        pytest.param(
            {"admin_ids": "7", "access": "OPEN", "daily_budget": 0},
            "everybody may use the bot; in 24 hours each may spend 3 credits, and all together without limit",
            None,
            id="open as said",
        ),
        pytest.param(
            {"access": "closed", "daily_allowance": 1},
            "only people who were let in may use the bot; in 24 hours each may spend 1 credit, and all together "
            "50 credits",
            "the bot has no admin: nobody can let anybody in",
            id="nobody can let in",
        ),
    ],
)
async def test_settings_say_who_may_use_the_bot_and_what_may_be_spent(
    settings_of: Callable[..., Settings],
    database: Database,
    changed: dict[str, object],
    line: str,
    warning: str | None,
) -> None:
    settings = settings_of(**changed)
    openness = AccessSummary.now(settings, open_storage(settings, database).runtime_settings)
    assert (str(openness), openness.warning) == (line, warning)


async def test_what_an_admin_said_in_the_chat_goes_before_the_settings(
    settings_of: Callable[..., Settings], database: Database
) -> None:
    settings = settings_of(admin_ids="7", access="open")
    runtime_settings = open_storage(settings, database).runtime_settings
    await runtime_settings.set_access(action(1), AccessMode.CLOSED)
    await runtime_settings.set_allowance(action(2), Limit(None))
    await runtime_settings.set_budget(action(3), 9)
    assert str(AccessSummary.now(settings, runtime_settings)) == (
        "only people who were let in may use the bot; in 24 hours each may spend without limit, "
        "and all together 9 credits"
    )


def action(number: int) -> AdminAction:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return AdminAction(idempotency_key=f"message:7:{number}", admin_id=7, kind=AdminActionKind.ACCESS, at=at)
