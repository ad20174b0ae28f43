"""Providers beside the main one: read from the catalogue, their keys from the environment, and one line for what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.providers import open_providers, read_providers, secrets_of_providers
from bot.settings import Settings, SettingsError, read_settings, secrets_of
from bot.settings_warnings import find_warnings
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.provider import ApiProtocol

MODELS = '[models.sora-2]\ntitle = "Sora 2"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n'
SECOND = 'address = "https://second.example.com/v1/"\nkey = "SECOND_API_KEY"\n'
KEY = "sk-second-0123456789"
WHERE = "[providers.second] in the catalogue: "


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An empty folder, and an environment with what is required and nothing else."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
    monkeypatch.setenv("VIDEO_API_KEY", "sk-practice-0123456789")
    return monkeypatch


@pytest.fixture
def settings() -> Settings:
    return read_settings()


def catalogue_with(**tables: str) -> Catalogue:
    return parse_catalogue(MODELS + "".join(f"[providers.{name}]\n{text}" for name, text in tables.items()))


def test_without_any_in_the_catalogue_there_is_the_one_of_the_settings(settings: Settings) -> None:
    (provider,) = read_providers(settings, catalogue_with()).values()
    assert (provider.name, provider.address, provider.protocol, provider.order_key_header) == (
        "main",
        "https://yibuapi.com",
        ApiProtocol.OPENAI,
        None,
    )
    assert provider.key == settings.video_api_key


ORDERS = {
    "the main one first": ({"second": SECOND}, ["main", "second"]),
    "as the catalogue says": ({"second": SECOND, "main": ""}, ["second", "main"]),
}


@pytest.mark.parametrize(("tables", "names"), ORDERS.values(), ids=ORDERS)
def test_the_main_one_comes_first_unless_the_catalogue_says_where(
    world: pytest.MonkeyPatch, settings: Settings, tables: dict[str, str], names: list[str]
) -> None:
    world.setenv("SECOND_API_KEY", KEY)
    assert list(read_providers(settings, catalogue_with(**tables))) == names


def test_a_header_for_our_keys_may_be_said_of_each(world: pytest.MonkeyPatch, settings: Settings) -> None:
    world.setenv("SECOND_API_KEY", KEY)
    header = 'order_key_header = "Idempotency-Key"\n'
    found = read_providers(settings, catalogue_with(main=header, second=SECOND + header))
    assert [provider.order_key_header for provider in found.values()] == ["Idempotency-Key"] * 2
    assert found["second"].address == "https://second.example.com/v1"
    assert len({provider.api for provider in found.values()}) == 2


def test_a_protocol_that_only_one_api_speaks_brings_its_address(
    world: pytest.MonkeyPatch, settings: Settings
) -> None:
    world.setenv("SECOND_API_KEY", KEY)
    table = 'protocol = "openrouter"\nkey = "SECOND_API_KEY"\n'
    found = read_providers(settings, catalogue_with(second=table))["second"]
    assert (found.protocol, found.address) == (ApiProtocol.OPENROUTER, "https://openrouter.ai/api")


def _in_environment(world: pytest.MonkeyPatch) -> None:
    world.setenv("SECOND_API_KEY", f'"{KEY}"')


def _in_dot_env(_world: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"SECOND_API_KEY={KEY}\n")


def _in_a_file(world: pytest.MonkeyPatch) -> None:
    Path("key").write_text(f"{KEY}\n")
    world.setenv("SECOND_API_KEY_FILE", "key")


PLACES = {"environment": _in_environment, ".env": _in_dot_env, "a file": _in_a_file}


@pytest.mark.parametrize("place", PLACES)
def test_a_key_comes_from_where_the_main_one_may_come_from(
    world: pytest.MonkeyPatch, settings: Settings, place: str
) -> None:
    PLACES[place](world)
    providers = read_providers(settings, catalogue_with(second=SECOND))
    assert providers["second"].key.get_secret_value() == KEY
    assert KEY in secrets_of_providers(providers)
    assert KEY not in repr(providers)


def test_a_further_key_is_no_slip_for_the_first_ones_name(
    world: pytest.MonkeyPatch, settings: Settings
) -> None:
    Path(".env").write_text(f"VIDEO_API_KEY_2={KEY}\n")
    second = SECOND.replace("SECOND_API_KEY", "VIDEO_API_KEY_2")
    assert read_settings() == settings
    assert read_providers(settings, catalogue_with(second=second))["second"].key.get_secret_value() == KEY
    Path(".env").write_text(f"VIDEO_API_KEY_FIEL={KEY}\n")
    world.delenv("VIDEO_API_KEY")
    with pytest.raises(SettingsError, match="did you mean VIDEO_API_KEY_FILE"):
        read_settings()


WRONG: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "no key": (
        {"second": SECOND},
        {},
        (
            f"{WHERE}SECOND_API_KEY is not set: put its key there, into the environment or .env "
            "(or the key's path into SECOND_API_KEY_FILE)"
        ),
    ),
    "a key that is none": (
        {"second": SECOND},
        {"SECOND_API_KEY": "sk second 0123456789"},
        f"{WHERE}SECOND_API_KEY has spaces, quotes, line ends or letters that no key has",
    ),
    "a short key": (
        {"second": SECOND},
        {"SECOND_API_KEY": "sk-2"},
        f"{WHERE}SECOND_API_KEY is too short to be a key: it needs 8 characters",
    ),
    "a file that is not there": (
        {"second": SECOND},
        {"SECOND_API_KEY_FILE": "nowhere"},
        f"{WHERE}SECOND_API_KEY_FILE cannot be read: nowhere: No such file or directory",
    ),
    "no name of a key": (
        {"second": 'address = "https://second.example.com"\n'},
        {},
        (
            f"{WHERE}its key is missing: write the name of the variable that holds it, such as key = "
            '"SECOND_API_KEY"'
        ),
    ),
    "no address": (
        {"second": 'key = "SECOND_API_KEY"\n'},
        {"SECOND_API_KEY": KEY},
        f'{WHERE}its address is missing, such as address = "https://api.example.com"',
    ),
    "an address that is none": (
        {"second": SECOND.replace("https://", "")},
        {"SECOND_API_KEY": KEY},
        f"{WHERE}its address has to begin with https:// (or http:// in your own network)",
    ),
    "the main one's address": (
        {"main": 'address = "https://other.example.com"\n'},
        {},
        "[providers.main] in the catalogue: its address is the setting VIDEO_API_URL; take it out there",
    ),
}


@pytest.mark.parametrize(("tables", "environment", "line"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line_with_the_entry_and_the_variable(
    world: pytest.MonkeyPatch,
    settings: Settings,
    tables: dict[str, str],
    environment: dict[str, str],
    line: str,
) -> None:
    for name, value in environment.items():
        world.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_providers(settings, catalogue_with(**tables))
    assert str(refused.value) == line


def test_a_key_that_goes_in_the_clear_or_lies_open_is_doubted(
    world: pytest.MonkeyPatch, settings: Settings
) -> None:
    _in_a_file(world)
    Path("key").chmod(0o644)
    second = SECOND.replace("https://", "http://")
    doubts = find_warnings(settings, read_providers(settings, catalogue_with(second=second)).values())
    assert doubts == [
        (
            "the address of [providers.second] in the catalogue begins with http://, so that everybody on the way can "
            "read SECOND_API_KEY; use https://"
        ),
        "key can be read by everybody on this machine; chmod 600 key",
    ]


async def test_each_has_a_client_of_its_own_and_none_gives_its_key_away(
    world: pytest.MonkeyPatch, settings: Settings
) -> None:
    world.setenv("SECOND_API_KEY", KEY)
    providers = read_providers(settings, catalogue_with(second=SECOND))
    async with open_providers(providers, settings) as apis:
        assert list(apis) == ["main", "second"]
        shown = repr(apis)
    assert [secret in shown for secret in (*secrets_of(settings)[:2], KEY)] == [False] * 3
