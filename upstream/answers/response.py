"""An answer of the API, read whole but never beyond a bound: HTTP's number, its JSON and the pause it asks for."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from upstream.answers import parse
from upstream.http import bodies
from upstream.http.exchange import send

LONGEST_BODY: Final = 1 << 20
_MAX_BACKOFF = timedelta(hours=1)
#: Characters; HTTP's dates have 29.
_LONGEST_HEADER: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `json` is None if the body was no JSON, such as a gateway's page.

    `prompt` is what was asked for, of which the answer may quote.
    """

    number: int
    json: object | None
    retry_after: timedelta | None = None
    poll_after: timedelta | None = None
    prompt: str = field(default="", repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.number < 300  # noqa: PLR2004 - HTTP's successes

    @property
    def complaint(self) -> parse.Complaint | None:
        return parse.read_complaint(self.json, prompt=self.prompt)


async def read(response: httpx.Response, body: AsyncIterable[bytes] | None = None) -> Answer:
    """Read `response` to its end or to 1 MiB; `body` is what is left of it, decoded, if reading has begun already.

    Some servers echo the headers they dislike, so the key is struck out before anything else sees the body.

    Raises:
        httpx.HTTPError: The connection broke, or the body cannot be decoded.
    """
    received = bytearray()
    async for chunk in body or bodies.pieces(response):
        received += chunk
        if len(received) > LONGEST_BODY:
            break
    key = response.request.headers.get("authorization", "").removeprefix("Bearer ")
    if key:
        received = received.replace(key.encode(), "…".encode())
    return Answer(
        number=response.status_code,
        json=parse.parse(bytes(received)) if len(received) <= LONGEST_BODY else None,
        retry_after=_retry_after(response.headers),
        poll_after=_pause(response.headers.get("openai-poll-after-ms"), "milliseconds"),
    )


def _retry_after(headers: httpx.Headers) -> timedelta | None:
    written = headers.get("retry-after")
    readings = (
        _pause(headers.get("retry-after-ms"), "milliseconds"),
        _pause(written, "seconds"),
        _until(written),
    )
    return next((pause for pause in readings if pause is not None), None)


def _pause(text: str | None, unit: str) -> timedelta | None:
    if text is None or len(text) > _LONGEST_HEADER:
        return None
    try:
        return _bounded(timedelta(**{unit: float(text)}))
    except (ValueError, OverflowError):
        return None


def _until(text: str | None) -> timedelta | None:
    """Read HTTP's date form of Retry-After."""
    if text is None or len(text) > _LONGEST_HEADER:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (
        ValueError,
        OverflowError,
        IndexError,
    ):  # the last two: what the parser dies of when it is no date
        return None
    return _bounded(moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC))


def _bounded(pause: timedelta) -> timedelta:
    return min(max(pause, timedelta(0)), _MAX_BACKOFF)


async def answer_to(client: httpx.AsyncClient, request: httpx.Request) -> Answer:
    """Send it and read the answer.

    Raises:
        httpx.HTTPError: There is no answer that could be read to its end.
    """
    response = await send(client, request)
    try:
        return await read(response)
    finally:
        await response.aclose()
