"""The settings as they will be: the environment, .env, and answers; and what only the environment can change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError
from bot.setup.answers import NO_KEY, NO_TOKEN, Answers

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An empty folder and an environment with nothing of ours in it."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    return monkeypatch


def answers(text: str = "") -> Answers:
    path = Path(".env")
    path.write_text(text, encoding="utf-8")
    return Answers(path)


def test_what_was_not_answered_has_a_stand_in() -> None:
    settings = answers().settings()
    assert settings.telegram_bot_token.get_secret_value() == NO_TOKEN
    assert settings.video_api_key.get_secret_value() == NO_KEY


def test_the_environment_goes_before_the_file_and_is_not_changed_here(world: pytest.MonkeyPatch) -> None:
    world.setenv("DAILY_BUDGET", "9")
    found = answers(f"DAILY_BUDGET=5\nTELEGRAM_BOT_TOKEN={TOKEN}\n")
    assert (found.settings().daily_budget, found.is_set("DAILY_BUDGET")) == (9, True)
    with pytest.raises(SettingsError, match="DAILY_BUDGET is set in the environment, which goes before"):
        found.set("DAILY_BUDGET", "7")


def test_a_secret_in_a_file_of_its_own_needs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    found = answers(f"TELEGRAM_BOT_TOKEN_FILE={tmp_path}/token\n")
    assert found.settings().telegram_bot_token.get_secret_value() == TOKEN


def test_what_is_answered_and_taken_out_is_what_settings_read_and_the_file_holds() -> None:
    found = answers("# mine\nADMIN_IDS=7\nLOG_LEVEL=DEBUG\n")
    found.set("ADMIN_IDS", "8")
    found.set("LOG_LEVEL", None)
    assert (set(found.settings().admin_ids), str(found.settings().log_level)) == ({8}, "INFO")
    found.write()
    assert Path(".env").read_text() == "# mine\nADMIN_IDS=8\n"


@pytest.mark.parametrize(
    ("text", "setting", "meant"),
    [
        pytest.param("ADMIN_ID=5\n", "ADMIN_ID", "ADMIN_IDS", id="a slip"),
        pytest.param("VIDEO_API_KEY=k\n", "VIDEO_API_KEY", "", id="one letter for a key"),
        pytest.param("VIDEO_API_URL=api.example.com/v1\n", "VIDEO_API_URL", "", id="no https"),
    ],
)
def test_what_is_wrong_is_named_by_its_setting(text: str, setting: str, meant: str) -> None:
    with pytest.raises(SettingsError) as refused:
        answers(text).settings()
    assert (refused.value.setting, refused.value.meant) == (setting, meant)


def test_a_file_that_is_no_text_is_named() -> None:
    Path(".env").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read: "):
        Answers(Path(".env"))
