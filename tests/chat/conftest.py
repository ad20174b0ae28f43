"""Fixtures of the tests of `chat`: a job in any state, and a local Telegram with settings that point at it."""

from tests.bot.conftest import chat, person, settings, settings_of, telegram, telegram_origin
from tests.handlers.conftest import catalogue, job_in, now, read

__all__ = [
    "catalogue",
    "chat",
    "job_in",
    "now",
    "person",
    "read",
    "settings",
    "settings_of",
    "telegram",
    "telegram_origin",
]
