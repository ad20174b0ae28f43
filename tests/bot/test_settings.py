"""The settings: their defaults, where they come from, and the one line that a wrong one ends with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, SettingsError, read_settings

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
KEY = "sk-practice-0123456789"
SECRETS = {"TELEGRAM_BOT_TOKEN": TOKEN, "VIDEO_API_KEY": KEY}


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An empty folder and an environment with nothing of ours in it."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    return monkeypatch


def read(world: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        world.setenv(name, value)
    return read_settings()


def refusal(world: pytest.MonkeyPatch, **environment: str) -> str:
    with pytest.raises(SettingsError) as refused:
        read(world, **environment)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("telegram_api_url", "https://api.telegram.org"),
        ("video_api_url", "https://yibuapi.com"),
        ("database_url", "sqlite:///data/reelbot.db"),
        ("data_dir", Path("data")),
        ("admin_ids", frozenset()),
        ("daily_allowance", 3),
        ("max_rendering", 20),
        ("max_rendering_per_user", 2),
        ("poll_interval_seconds", 5),
        ("models_file", None),
    ],
)
def test_what_is_not_set_has_its_default(world: pytest.MonkeyPatch, name: str, default: object) -> None:
    assert getattr(read(world, **SECRETS), name) == default


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("VIDEO_API_URL", "https://[::1]:8443", "https://[::1]:8443"),
        ("VIDEO_API_URL", "https://yibuapi.com/v1/", "https://yibuapi.com/v1"),
        ("VIDEO_API_URL", " https://openrouter.ai/api/v1 ", "https://openrouter.ai/api/v1"),
        ("ALLOW_PRIVATE_CLIP_ADDRESSES", "true", True),
        ("DATABASE_URL", "postgresql://bot@db/reelbot", "postgresql://bot@db/reelbot"),
        ("DATA_DIR", "/var/lib/reelbot", Path("/var/lib/reelbot")),
        ("ADMIN_IDS", "7", {7}),
        ("ADMIN_IDS", "7,8", {7, 8}),
        ("ADMIN_IDS", " 7, 8 ,,9 ", {7, 8, 9}),
        ("ADMIN_IDS", "", frozenset()),
        ("DAILY_ALLOWANCE", "0", 0),
        ("DAILY_ALLOWANCE", "", 3),
        ("MAX_RENDERING", "50", 50),
        ("MAX_RENDERING_PER_USER", "5", 5),
        ("POLL_INTERVAL_SECONDS", "0.5", 0.5),
        ("MODELS_FILE", "models.toml", Path("models.toml")),
        ("LOG_LEVEL", "debug", "DEBUG"),
    ],
)
def test_the_environment_sets_it(world: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    assert getattr(read(world, **SECRETS, **{name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "https://openrouter.ai/api"),
        ({"VIDEO_API_URL": ""}, "https://openrouter.ai/api"),
        ({"VIDEO_API_URL": "https://gateway.example"}, "https://gateway.example"),
    ],
)
def test_a_protocol_of_one_provider_brings_its_address(
    world: pytest.MonkeyPatch, given: dict[str, str], address: str
) -> None:
    assert read(world, **SECRETS, VIDEO_API_PROTOCOL="openrouter", **given).video_api_url == address


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("TELEGRAM_BOT_TOKEN", "hunter2", "does not look like a token from @BotFather"),
        ("TELEGRAM_BOT_TOKEN", f"bot{TOKEN}", "does not look like a token from @BotFather"),
        ("VIDEO_API_KEY", "two words", "has spaces, quotes, line ends or letters that no key has"),
        ("VIDEO_API_KEY", "line\nend", "has spaces, quotes, line ends or letters that no key has"),
        ("VIDEO_API_KEY", "ключ", "has spaces, quotes, line ends or letters that no key has"),
        ("VIDEO_API_KEY", "'sk-practice-0123", "has spaces, quotes, line ends or letters that no key has"),
        ("VIDEO_API_KEY", "sk-1234", "is too short to be a key: it needs 8 characters"),
        ("TELEGRAM_PROXY", "socks4://127.0.0.1:1080", "is no address of a proxy"),
        ("VIDEO_API_PROXY", "http://me:pass/word@proxy:3128", "is no address of a proxy"),
        ("HTTP_PROXY", "ftp://proxy", "is no address of a proxy"),
        ("HTTPS_PROXY", "http://proxy:port", "is no address of a proxy"),
        ("ALL_PROXY", "://proxy", "is no address of a proxy"),
        ("VIDEO_API_PROTOCOL", "sora", "'openai'"),
        ("TELEGRAM_API_URL", "api.telegram.org", "has to begin with https://"),
        ("TELEGRAM_API_URL", "localhost:8081", "has to begin with https://"),
        (
            "TELEGRAM_API_URL",
            "ftp://api.telegram.org",
            "should look like https://api.example.com, without a path",
        ),
        (
            "TELEGRAM_API_URL",
            "https://api.telegram.org/bot",
            "should look like https://api.example.com, without a path",
        ),
        ("VIDEO_API_URL", "https://", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "yibuapi.com/v1", "has to begin with https://"),
        ("VIDEO_API_URL", "https://yibuapi.com/v1?key=1", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://yibuapi.com/v1#videos", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://yibuapi.com/my api", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://yibuapi.com:eighty", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://yibuapi.com:99999", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://me:secret@yibuapi.com/v1", "should look like https://api.example.com or"),
        ("VIDEO_API_URL", "https://[::1", "should look like https://api.example.com or"),
        (
            "ADMIN_IDS",
            "@mina",
            "should be your numeric Telegram id (“@mina”), or several with commas between.",
        ),
        ("ADMIN_IDS", "7;8", "should be your numeric Telegram id (“7;8”), or several"),
        ("ADMIN_IDS", TOKEN, "should be your numeric Telegram id, or several"),
        ("DAILY_ALLOWANCE", "many", "whole number"),
        ("DAILY_ALLOWANCE", "-1", "greater than or equal to 0"),
        ("MAX_RENDERING", "0", "greater than or equal to 1"),
        ("MAX_RENDERING_PER_USER", "0", "greater than or equal to 1"),
        ("POLL_INTERVAL_SECONDS", "0", "greater than 0"),
        ("POLL_INTERVAL_SECONDS", "301", "less than or equal to 300"),
        ("POLL_INTERVAL_SECONDS", "nan", "less than or equal to 300"),
        ("UPLOAD_LIMIT_MB", "0", "greater than or equal to 1"),
        ("LEASE_SECONDS", "soon", "should be a number"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
)
def test_a_wrong_setting_ends_with_one_line_that_names_it(
    world: pytest.MonkeyPatch, name: str, text: str, says: str
) -> None:
    line = refusal(world, **SECRETS | {name: text})
    assert line.startswith(f"{name} ")
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("TELEGRAM_BOT_TOKEN", {}),
        ("TELEGRAM_BOT_TOKEN", {"TELEGRAM_BOT_TOKEN": ""}),
        ("VIDEO_API_KEY", {}),
        ("VIDEO_API_KEY", {"VIDEO_API_KEY": ""}),
    ],
)
def test_a_missing_setting_is_named_with_both_ways_to_set_it(
    world: pytest.MonkeyPatch, name: str, left_out: dict[str, str]
) -> None:
    others = {other: value for other, value in SECRETS.items() if other != name}
    line = refusal(world, **others, **left_out)
    assert line == (
        f"{name} is not set: `reelbot setup` asks for it; or put it into the environment or .env "
        f"(or its path into {name}_FILE)"
    )


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "wrong",
    [
        {"VIDEO_API_URL": "nowhere"},
        {"VIDEO_API_KEY": f"{KEY} and more"},
        {"TELEGRAM_BOT_TOKEN": f"{TOKEN}:"},
        {"VIDEO_API_URL": f"https://{KEY}:{TOKEN}@yibuapi.com"},
        {"ADMIN_IDS": TOKEN},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_no_refusal_gives_a_secret_away(world: pytest.MonkeyPatch, name: str, wrong: dict[str, str]) -> None:
    assert SECRETS[name] not in refusal(world, **SECRETS | wrong)


def test_settings_that_are_shown_give_no_secret_away(world: pytest.MonkeyPatch) -> None:
    settings = read(
        world,
        **SECRETS,
        DATABASE_URL="postgresql://bot:hunter2@db/reelbot",
        TELEGRAM_PROXY="socks5://me:hunter3@proxy",
        HTTPS_PROXY="me:hunter3@proxy:3128",
    )
    shown = f"{settings} {settings!r}"
    assert [secret in shown for secret in (TOKEN, KEY, "hunter2", "hunter3")] == [False] * 4


def test_secrets_may_stand_in_files(world: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {f"{name}_FILE": str(tmp_path / name) for name in SECRETS}
    for name, value in SECRETS.items():
        (tmp_path / name).write_text(f"{value}\n", encoding="utf-8")
    settings = read(world, **files)
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.video_api_key.get_secret_value() == KEY


def test_a_secret_that_is_set_goes_before_its_file(world: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-from-the-file", encoding="utf-8")
    settings = read(world, **SECRETS, VIDEO_API_KEY_FILE=str(tmp_path / "key"))
    assert settings.video_api_key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "cannot be read: {path}: No such file or directory", id="not there"),
        pytest.param(b" \n", "names an empty file: {path}", id="empty"),
        pytest.param(b"\xff\xfe\x00", "cannot be read: {path} is no text", id="no text"),
    ],
)
def test_a_secret_s_file_that_is_no_good_is_named(
    world: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    line = refusal(world, TELEGRAM_BOT_TOKEN=TOKEN, VIDEO_API_KEY_FILE=str(path))
    assert line == f"VIDEO_API_KEY_FILE {says.format(path=path)}"


def test_settings_may_stand_in_dot_env_and_the_environment_goes_first(
    world: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"# ours\nTELEGRAM_BOT_TOKEN={TOKEN}\nVIDEO_API_KEY='{KEY}'\nADMIN_IDS=7,8\nDAILY_ALLOWANCE=9\n",
        encoding="utf-8",
    )
    settings = read(world, DAILY_ALLOWANCE="4")
    assert (set(settings.admin_ids), settings.daily_allowance) == ({7, 8}, 4)
    assert settings.video_api_key.get_secret_value() == KEY


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_that_a_container_leaves_around_values_are_taken_off(
    world: pytest.MonkeyPatch, tmp_path: Path, quote: str
) -> None:
    (tmp_path / "key").write_text(KEY, encoding="utf-8")
    quoted = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "VIDEO_API_KEY_FILE": str(tmp_path / "key"),
        "VIDEO_API_URL": "https://api.example.com",
        "ADMIN_IDS": "7,8",
        "DAILY_ALLOWANCE": "9",
        "DAILY_BUDGET": "",
        "ALLOW_PRIVATE_CLIP_ADDRESSES": "true",
    }
    settings = read(world, **{name: f"{quote}{value}{quote} " for name, value in quoted.items()})
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.video_api_key.get_secret_value() == KEY
    assert settings.video_api_url == "https://api.example.com"
    assert (set(settings.admin_ids), settings.daily_allowance, settings.daily_budget) == ({7, 8}, 9, 50)
    assert settings.allow_private_clip_addresses is True


def test_a_dot_env_that_is_no_text_is_named(world: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfeT\x00")
    assert refusal(world, **SECRETS).startswith(".env cannot be read: ")


def test_the_example_names_only_settings_of_ours() -> None:
    example = Path(__file__).parent.parent.parent / ".env.example"
    names = [line.lstrip("#").partition("=")[0] for line in example.read_text().splitlines() if "=" in line]
    assert {name for name in names if name.isupper()} <= {name.upper() for name in Settings.model_fields}
    assert {"TELEGRAM_BOT_TOKEN", "VIDEO_API_KEY"} <= set(names)


def test_settings_do_not_change(world: pytest.MonkeyPatch) -> None:
    settings: Any = read(world, **SECRETS)
    with pytest.raises(ValueError, match="frozen"):
        settings.daily_allowance = 100
