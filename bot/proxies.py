"""The proxies that the settings and the environment name, for Telegram and for the video API."""

from __future__ import annotations

import re

import httpx
from pydantic import SecretStr

from bot.settings import Settings
from upstream.http.proxies import Proxies, name_of, read_exempt, read_proxy


def telegram_proxies(settings: Settings) -> Proxies:
    """Return through what Telegram is reached: TELEGRAM_PROXY, or what the environment says."""
    return _chosen(settings.telegram_proxy, settings)


def video_api_proxies(settings: Settings) -> Proxies:
    """Return through what the video API and its clips are reached: VIDEO_API_PROXY, or what the environment says."""
    return _chosen(settings.video_api_proxy, settings)


def proxy_for(proxies: Proxies, address: str) -> str | None:
    """Return host and port of the proxy through which `address` is reached, if there is one."""
    proxy = proxies.of(httpx.URL(address))
    return None if proxy is None else name_of(proxy)


def unread_exemptions(settings: Settings) -> list[str]:
    """Return the entries of NO_PROXY that cannot be understood, and are passed over."""
    return [entry for entry in _entries(settings) if read_exempt(entry) is None]


def _chosen(ours: SecretStr | None, settings: Settings) -> Proxies:
    if ours is not None:
        return Proxies.everywhere(read_proxy(ours.get_secret_value()))
    exempt = [read_exempt(entry) for entry in _entries(settings)]
    by_scheme = {
        scheme: read_proxy(address.get_secret_value())
        for scheme, named in (("http", settings.http_proxy), ("https", settings.https_proxy))
        if (address := named or settings.all_proxy)
    }
    return Proxies.but_for(tuple(each for each in exempt if each), **by_scheme)


def _entries(settings: Settings) -> list[str]:
    return [entry for entry in re.split(r"[\s,]+", settings.no_proxy) if entry]
