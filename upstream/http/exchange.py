"""Sends a request and reads its answer; whatever goes wrong on the wire becomes an error of httpx."""

from __future__ import annotations

from typing import Any

import httpx


class Sending:
    """Notices when the first byte of a request is written: until then it is provably not sent."""

    def __init__(self) -> None:
        self.began = False

    async def watch(self, event: str, _info: dict[str, Any]) -> None:
        """Hear what the transport does (httpx: the "trace" request extension)."""
        self.began = self.began or "send_request_headers" in event


async def send(
    client: httpx.AsyncClient, request: httpx.Request, *, is_signed: bool = True
) -> httpx.Response:
    """Send it, with the key if the client has one and `is_signed`; the body is still to be read, and to be closed.

    Raises:
        httpx.HTTPError: There is no answer, or it redirects to what is no address.
    """
    auth = httpx.USE_CLIENT_DEFAULT if is_signed else None
    try:
        return await client.send(request, auth=auth, stream=True)
    except (httpx.InvalidURL, ValueError) as exc:
        # httpx reads the address of a redirect at once, also of one that nobody follows.
        raise httpx.RemoteProtocolError("the answer redirects to what is no address") from exc
