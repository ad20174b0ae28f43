"""The API's own origin: the addresses of its routes, and the key that goes to it and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import httpx

if TYPE_CHECKING:
    from collections.abc import Generator

    from pydantic import SecretStr

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Origin:
    """Scheme, host and port of an API, and the path its routes are under, if any."""

    def __init__(self, address: str) -> None:
        """Read `https://host[:port][/path]`; raises ValueError for anything else."""
        try:
            url = httpx.URL(address.strip().rstrip("/"))
        except httpx.InvalidURL as exc:
            raise ValueError("the video API's address is no address such as https://yibuapi.com") from exc
        if not is_web(url) or url.userinfo or url.query or url.fragment:
            raise ValueError("the video API's address is not of the form https://yibuapi.com")
        self._url = url

    def __str__(self) -> str:
        return str(self._url)

    def owns(self, url: httpx.URL) -> bool:
        """Return whether `url` is at this origin, so that the key may go there."""
        return _whereabouts(url) == _whereabouts(self._url)

    def route(self, *parts: str) -> httpx.URL:
        """Return the address of `/v1/<parts>`, each part percent-encoded, for ids may have a colon or a slash."""
        return self.page("v1", *parts)

    def page(self, *parts: str) -> httpx.URL:
        """Return the address of `/<parts>`, which is no route of the format."""
        path = "/".join(quote(part, safe="") for part in parts)
        return httpx.URL(f"{self._url}/{path}")

    def resolve(self, address: str) -> httpx.URL | None:
        """Return an address that the API gave, relative to its origin or absolute; None if it is unusable."""
        try:
            url = self._url.join(address)
        except httpx.InvalidURL:
            return None
        return url if is_web(url) else None


class KeyAuth(httpx.Auth):
    """Signs the requests to the API's own origin, and no others."""

    def __init__(self, key: SecretStr, origin: Origin) -> None:
        """Take the key; raises ValueError if it cannot stand in a header, without saying what it is."""
        text = key.get_secret_value()
        if not text or not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("the video API's key is empty, or has spaces or letters that no key has")
        self._key = key
        self._origin = origin

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._origin.owns(request.url):
            request.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        yield request


def is_web(url: httpx.URL) -> bool:
    """Return whether `url` is an absolute http or https address."""
    return url.scheme in _DEFAULT_PORTS and bool(url.host)


def _whereabouts(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or _DEFAULT_PORTS.get(url.scheme)
