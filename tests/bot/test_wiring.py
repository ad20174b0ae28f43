"""The parts that settings lead to, where no admin has changed anything in the chat."""

from __future__ import annotations

import pytest

from bot.access_summary import open_storage
from bot.settings import read_settings
from domain.account import AccessMode
from storage.database import Database

TOKEN = "123456:" + "a" * 35

DEFAULTS = {
    "nobody runs it from the chat": ({}, (AccessMode.OPEN, 50)),
    "there is an admin": ({"admin_ids": "7"}, (AccessMode.INVITE, 50)),
    "an admin who wants it open": ({"admin_ids": "7", "access": "open"}, (AccessMode.OPEN, 50)),
    "closed without an admin": ({"access": "closed"}, (AccessMode.CLOSED, 50)),
    "another budget": ({"daily_budget": "7"}, (AccessMode.OPEN, 7)),
    "no budget": ({"daily_budget": "0"}, (AccessMode.OPEN, None)),
}


@pytest.mark.parametrize(("chosen", "expected"), DEFAULTS.values(), ids=list(DEFAULTS))
async def test_access_and_budget_are_as_the_settings_say(
    chosen: dict[str, str], expected: tuple[AccessMode, int | None], database: Database
) -> None:
    settings = read_settings(_env_file=None, telegram_bot_token=TOKEN, video_api_key="practice-key", **chosen)
    runtime_settings = open_storage(settings, database).runtime_settings
    assert (runtime_settings.access, runtime_settings.budget) == expected
