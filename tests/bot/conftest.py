"""What the tests of the roof start from: both practice servers, settings that point at them, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.settings import Settings, read_settings
from sandbox.serving import serving
from sandbox.telegram import TelegramSandbox
from tests.bot.handling import Handling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sandbox.chats import Chat, User

KEY = "practice-key-of-the-roof"


@pytest.fixture
def telegram() -> TelegramSandbox:
    return TelegramSandbox()


@pytest.fixture
async def telegram_origin(telegram: TelegramSandbox) -> AsyncIterator[str]:
    async with serving(telegram.app) as origin:
        yield origin


@pytest.fixture
def settings_of(tmp_path: Path) -> Callable[..., Settings]:
    """Return a factory of settings, with data below the test's own folder."""

    def make(**changed: Any) -> Settings:  # noqa: ANN401 - any of the settings
        usual: dict[str, Any] = {
            "telegram_bot_token": TelegramSandbox().token,
            "video_api_key": KEY,
            "database_url": f"sqlite:///{tmp_path}/reelbot.db",
            "data_dir": tmp_path / "data",
        }
        return read_settings(_env_file=None, **usual | changed)

    return make


@pytest.fixture
def settings(settings_of: Callable[..., Settings], telegram_origin: str) -> Settings:
    """Return settings that point at the practice Telegram."""
    return settings_of(telegram_api_url=telegram_origin)


@pytest.fixture
def person(telegram: TelegramSandbox) -> User:
    return telegram.add_user("Mina", username="mina")


@pytest.fixture
def chat(telegram: TelegramSandbox, person: User) -> Chat:
    return telegram.private_chat(person)


@pytest.fixture
def handling() -> Handling:
    return Handling()
