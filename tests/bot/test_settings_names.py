"""Names that are no settings: other programs' are left alone, and one that is near a setting is asked about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings, slips_in_environment


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An empty folder, and an environment with what is required and nothing else."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
    monkeypatch.setenv("VIDEO_API_KEY", "sk-practice-0123456789")
    return monkeypatch


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("telegram_bot_tokens", "TELEGRAM_BOT_TOKEN"),
        ("VIDEO_API_KEYS", "VIDEO_API_KEY"),
        ("VIDEO_API_URI", "VIDEO_API_URL"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("DATADIR", "DATA_DIR"),
        ("ADMIN_ID", "ADMIN_IDS"),
        ("DAILY_ALOWANCE", "DAILY_ALLOWANCE"),
        ("MAX_RENDERINGS", "MAX_RENDERING"),
        ("MAX_RENDERING_USER", "MAX_RENDERING_PER_USER"),
        ("POLL_INTERVAL", "POLL_INTERVAL_SECONDS"),
        ("LATE_AFTER", "LATE_AFTER_SECONDS"),
    ],
)
def test_a_name_in_dot_env_that_is_near_a_setting_is_asked_about(
    tmp_path: Path, name: str, meant: str
) -> None:
    (tmp_path / ".env").write_text(f"{name}=9\n", encoding="utf-8")
    assert refusal() == f"{name.upper()} in .env is no setting; did you mean {meant}?"


OTHER_PROGRAMS = (
    "POSTGRES_PASSWORD",
    "COMPOSE_PROJECT_NAME",
    "TELEGRAM_API_ID",  # of a local Bot API server, as the next one
    "TELEGRAM_API_HASH",
    "TELEGRAM_CHAT_ID",
    "DATABASE_USER",
    "DATABASE_PASSWORD",
    "ACCESS_TOKEN",
    "OPENAI_API_KEY",
    "API_KEY",
    "BOT_TOKEN",
    "LOG_FORMAT",
    "FTP_PROXY",
    "TZ",
)


def test_names_of_other_programs_in_dot_env_are_left_alone(tmp_path: Path) -> None:
    lines = [f"{name}=x\n" for name in OTHER_PROGRAMS]
    (tmp_path / ".env").write_text("".join(lines) + "DAILY_ALLOWANCE=9\n", encoding="utf-8")
    assert read_settings().daily_allowance == 9


def test_a_near_name_in_the_environment_ends_no_start_and_is_known(world: pytest.MonkeyPatch) -> None:
    for name in ("DAILY_ALOWANCE", *OTHER_PROGRAMS):
        world.setenv(name, "x")
    read_settings()
    assert slips_in_environment() == [("DAILY_ALOWANCE", "DAILY_ALLOWANCE")]
