"""The API's own origin: the addresses of its routes, and the key that goes to it and nowhere else."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final
from urllib.parse import quote, unquote

import httpx
from pydantic import SecretStr

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_ROUTES: Final = "/v1"
_LONGEST_HOST: Final = 253


class Origin:
    """Scheme, host and port of an API, and the path its routes are under, if any."""

    def __init__(self, address: str) -> None:
        """Read `https://host[:port][/path]`; raises ValueError for anything else.

        A `/v1` at its end, as makers' pages have it, is where the routes begin, and no part of the path before them.
        """
        try:
            url = httpx.URL(address.strip())
        except httpx.InvalidURL as exc:
            raise ValueError("the video API's address is no address such as https://yibuapi.com") from exc
        if not is_web(url) or url.userinfo or url.query or url.fragment:
            raise ValueError("the video API's address is not of the form https://yibuapi.com")
        path = url.path.rstrip("/").removesuffix(_ROUTES).rstrip("/")
        self._url = url.copy_with(path=path or "/")
        self._path = self._url.raw_path.decode("ascii").rstrip("/")

    def __str__(self) -> str:
        return str(self._url).rstrip("/")

    def owns(self, url: httpx.URL) -> bool:
        """Return whether `url` is at this origin, so that the key may go there."""
        return _whereabouts(url) == _whereabouts(self._url)

    def hands_out(self, url: httpx.URL) -> bool:
        """Return whether `url` is the route by which the API hands out a clip: `/v1/videos/{id}/content`."""
        path, _, _ = url.raw_path.decode("ascii").partition("?")
        video_id = path.removeprefix(f"{self._path}{_ROUTES}/videos/").removesuffix("/content")
        is_route = path == f"{self._path}{_ROUTES}/videos/{video_id}/content" and "/" not in video_id
        return self.owns(url) and is_route and is_part(unquote(video_id))

    def route(self, *parts: str) -> httpx.URL:
        """Return the address of `/v1/<parts>`, each part percent-encoded, for ids may have a colon or a slash."""
        return self.page(_ROUTES.strip("/"), *parts)

    def page(self, *parts: str) -> httpx.URL:
        """Return the address of `/<parts>`, which is no route of the format."""
        path = "/".join(quote(part, safe="") for part in parts)
        return httpx.URL(f"{self}/{path}")

    def resolve(self, address: str) -> httpx.URL | None:
        """Return an address that the API gave, absolute or relative to where its routes are; None if it is unusable."""
        below = self._path if address.startswith(f"{_ROUTES}/") else ""
        try:
            url = self._url.join(f"{below}{address}")
        except (httpx.InvalidURL, ValueError):
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
    """Return whether `url` is an absolute http or https address, of a host that has a name or a number."""
    try:
        return url.scheme in _DEFAULT_PORTS and 0 < len(url.host) <= _LONGEST_HOST
    except ValueError:  # its host only looks like one that was written in another script
        return False


def is_part(text: str) -> bool:
    """Return whether `text` can be a part of a path: whoever undoes its escapes is not led out of the path by it."""
    return bool(text) and {".", ".."}.isdisjoint(text.split("/"))


def _whereabouts(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port or _DEFAULT_PORTS.get(url.scheme)
