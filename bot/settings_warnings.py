"""Finds settings that work but are probably not meant."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.providers import ProviderSettings
from bot.proxies import unread_exemptions
from bot.settings import Settings, slips_in_environment
from domain.provider import MAIN, ApiProtocol

#: How names end that mean a host of one's own network.
_OWN_NETWORK = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_OPENROUTER = "openrouter.ai"
#: Where containers are handed secrets: whoever could read them there is inside already.
_CONTAINER_SECRETS = Path("/run/secrets")


def find_warnings(settings: Settings, providers: Iterable[ProviderSettings] = ()) -> list[str]:
    """Return a line for each, with the setting's name and what to do; `providers` are those beside the settings."""
    return [
        *_slips(),
        *_exemptions(settings),
        *_protocol(settings),
        *_in_the_clear(settings, providers),
        *_open_files(settings, providers),
    ]


def _slips() -> Iterator[str]:
    for name, meant in slips_in_environment():
        yield f"{name} in the environment is no setting; did you mean {meant}?"


def _exemptions(settings: Settings) -> Iterator[str]:
    unread = unread_exemptions(settings)
    if unread:
        yield f"NO_PROXY has entries that are no hosts: {', '.join(unread)}; the others apply"


def _protocol(settings: Settings) -> Iterator[str]:
    host = urlsplit(settings.video_api_url).hostname or ""
    is_openrouter = host == _OPENROUTER or host.endswith(f".{_OPENROUTER}")
    if is_openrouter and settings.video_api_protocol is not ApiProtocol.OPENROUTER:
        yield f"VIDEO_API_URL is {_OPENROUTER}, which takes no orders by this protocol; set VIDEO_API_PROTOCOL=openrouter"


def _in_the_clear(settings: Settings, providers: Iterable[ProviderSettings]) -> Iterator[str]:
    for name, address, secret in (
        ("VIDEO_API_URL", settings.video_api_url, "VIDEO_API_KEY"),
        ("TELEGRAM_API_URL", settings.telegram_api_url, "TELEGRAM_BOT_TOKEN"),
        *(
            (f"the address of {provider.entry}", provider.address, provider.key_variable)
            for provider in providers
            if provider.name != MAIN
        ),
    ):
        parts = urlsplit(address)
        if parts.scheme == "http" and not _is_near(parts.hostname or ""):
            yield f"{name} begins with http://, so that everybody on the way can read {secret}; use https://"


def _is_near(host: str) -> bool:
    """Return whether a host is this machine or in a network of one's own."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_OWN_NETWORK)


def _open_files(settings: Settings, providers: Iterable[ProviderSettings]) -> Iterator[str]:
    further = (os.environ.get(f"{provider.key_variable}_FILE") for provider in providers)
    secrets = (
        settings.telegram_bot_token_file,
        settings.video_api_key_file,
        *map(Path, filter(None, further)),
    )
    for path in (Path(".env"), *(path for path in secrets if path)):
        if _may_be_read_by_others(path):
            yield f"{path} can be read by everybody on this machine; chmod 600 {path}"


def _may_be_read_by_others(path: Path) -> bool:
    if os.name != "posix" or path.is_relative_to(_CONTAINER_SECRETS):
        return False
    try:
        return bool(path.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
