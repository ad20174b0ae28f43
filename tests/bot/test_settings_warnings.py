"""What deserves a second look before a start, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.proxies import telegram_proxies
from bot.settings import Settings
from bot.settings_warnings import find_warnings


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A folder of its own, where a `.env` may stand."""
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_nothing_is_doubtful_about_what_is_usual(settings_of: Callable[..., Settings]) -> None:
    assert find_warnings(settings_of()) == []


@pytest.mark.parametrize(
    ("name", "secret"),
    [("video_api_url", "VIDEO_API_KEY"), ("telegram_api_url", "TELEGRAM_BOT_TOKEN")],
)
@pytest.mark.parametrize("host", ["api.example.com", "8.8.8.8", "[2606:4700::1111]:8080"])
def test_a_secret_that_goes_out_in_the_clear_is_named(
    settings_of: Callable[..., Settings], name: str, secret: str, host: str
) -> None:
    assert find_warnings(settings_of(**{name: f"http://{host}"})) == [
        f"{name.upper()} begins with http://, so that everybody on the way can read {secret}; use https://"
    ]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8081", "localhost", "10.0.0.7", "192.168.1.2", "172.17.0.1", "[::1]", "[fd00::7]", "newapi:3000", "nas.local"],
)  # fmt: skip
def test_one_s_own_network_needs_no_https(settings_of: Callable[..., Settings], host: str) -> None:
    assert find_warnings(settings_of(video_api_url=f"http://{host}", telegram_api_url=f"http://{host}")) == []


@pytest.mark.parametrize(
    ("mode", "doubts"),
    [(0o600, []), (0o640, []), (0o644, ["can be read by everybody on this machine; chmod 600"])],
    ids=["mine", "my group's", "everybody's"],
)
def test_a_file_with_secrets_that_others_can_read_is_named(
    settings_of: Callable[..., Settings], tmp_path: Path, mode: int, doubts: list[str]
) -> None:
    paths = (Path(".env"), tmp_path / "token", tmp_path / "key")
    for path in paths:
        path.touch()
        path.chmod(mode)
    settings = settings_of(telegram_bot_token_file=tmp_path / "token", video_api_key_file=tmp_path / "key")
    assert find_warnings(settings) == [f"{path} {doubt} {path}" for path in paths for doubt in doubts]


def test_what_no_proxy_cannot_mean_is_passed_over_with_one_line(settings_of: Callable[..., Settings]) -> None:
    settings = settings_of(no_proxy="<local>, ::1 [fd07::1 .example.com", all_proxy="proxy:3128")
    assert find_warnings(settings) == [
        "NO_PROXY has entries that are no hosts: <local>, [fd07::1; the others apply"
    ]
    assert (
        len(telegram_proxies(settings).exempt) == len(telegram_proxies(settings_of(all_proxy="p")).exempt) + 2
    )


def test_a_slip_in_the_environment_is_named(
    settings_of: Callable[..., Settings], world: pytest.MonkeyPatch
) -> None:
    world.setenv("DAILY_ALOWANCE", "9")
    assert find_warnings(settings_of()) == [
        "DAILY_ALOWANCE in the environment is no setting; did you mean DAILY_ALLOWANCE?"
    ]


@pytest.mark.parametrize(
    ("address", "protocol", "number"),
    [
        ("https://openrouter.ai/api", "openai", 1),
        ("https://eu.openrouter.ai/api", "openai", 1),
        ("https://openrouter.ai/api", "openrouter", 0),
        ("https://notopenrouter.ai", "openai", 0),
    ],
)
def test_an_address_that_speaks_another_protocol_is_named(
    settings_of: Callable[..., Settings], address: str, protocol: str, number: int
) -> None:
    warnings = find_warnings(settings_of(video_api_url=address, video_api_protocol=protocol))
    assert [line.startswith("VIDEO_API_URL is openrouter.ai") for line in warnings] == [True] * number
