"""Answers: bounded, and with the pause the API asks for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from upstream import answers


def response(
    number: int, *, headers: dict[str, str] | None = None, content: bytes | AsyncIterator[bytes] = b""
) -> httpx.Response:
    request = httpx.Request("GET", "http://api.example")
    return httpx.Response(number, headers=headers, content=content, request=request)


PAUSES: dict[str, tuple[dict[str, str], timedelta | None]] = {
    "none": ({}, None),
    "seconds": ({"Retry-After": "7"}, timedelta(seconds=7)),
    "at once": ({"Retry-After": "0"}, timedelta(0)),
    "milliseconds": ({"retry-after-ms": "250"}, timedelta(milliseconds=250)),
    "the finer one": ({"Retry-After": "1", "retry-after-ms": "250"}, timedelta(milliseconds=250)),
    "a date gone by": ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, timedelta(0)),
    "negative": ({"Retry-After": "-5"}, timedelta(0)),
    "a week": ({"Retry-After": "604800"}, timedelta(hours=1)),
    "nonsense": ({"Retry-After": "soon"}, None),
    "not a number": ({"Retry-After": "nan"}, None),
    "endless": ({"Retry-After": "inf"}, None),
}


@pytest.mark.parametrize(("headers", "expected"), PAUSES.values(), ids=PAUSES)
async def test_the_pause_asked_for_is_read(headers: dict[str, str], expected: timedelta | None) -> None:
    answer = await answers.read(response(429, headers=headers, content=b"{}"))
    assert answer.retry_after == expected


async def test_a_date_ahead_is_a_pause_until_then() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    answer = await answers.read(response(503, headers={"Retry-After": later}, content=b""))
    assert answer.retry_after is not None
    assert timedelta(minutes=8) < answer.retry_after <= timedelta(minutes=10)


async def test_the_pause_between_looks_is_read() -> None:
    answer = await answers.read(response(200, headers={"openai-poll-after-ms": "5000"}, content=b"{}"))
    assert answer.poll_after == timedelta(seconds=5)


async def test_the_key_is_struck_out_of_what_comes_back() -> None:
    request = httpx.Request("GET", "http://api.example", headers={"Authorization": "Bearer my-own-key"})
    echo = httpx.Response(400, content=b'{"error": "my-own-key is wrong"}', request=request)
    assert (await answers.read(echo)).json == {"error": "… is wrong"}


async def test_a_body_without_end_is_not_read_to_its_end() -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 65536
            yield b" " * 65536

    answer = await answers.read(response(200, content=endless()))
    assert (answer.json, given <= answers.LONGEST_BODY + 65536) == (None, True)
