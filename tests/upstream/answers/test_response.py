"""Answers: bounded, and with the pause the API asks for."""

import gzip
import zlib
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import repeat

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.answers import response as answers
from upstream.http import bodies


class Body(httpx.AsyncByteStream):
    """Comes in these pieces, as it stands on the wire, and counts what was taken of it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.taken = 0
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            self.taken += len(piece)
            yield piece


def response(
    number: int,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | Body = b"",
    key: str = "",
) -> httpx.Response:
    signed = {"Authorization": f"Bearer {key}"} if key else None
    request = httpx.Request("GET", "http://api.example", headers=signed)
    body = Body([content]) if isinstance(content, bytes) else content
    return httpx.Response(number, headers=headers, stream=body, request=request)


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
    "more digits than any number has": ({"Retry-After": "9" * 400}, None),
    "a year beyond all calendars": ({"Retry-After": "1 Jan 99999999999999999999 00:00:00"}, None),
    "a time zone beyond the world": (
        {"Retry-After": "Mon, 01 Jan 2020 00:00:00 +999999999999"},
        None,
    ),
    "the first moment, east of Greenwich": ({"Retry-After": "Mon, 01 Jan 0001 00:00:00 +1400"}, timedelta(0)),
    "the last moment, west of it": (
        {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -1400"},
        timedelta(hours=1),
    ),
    "a date without most of it": ({"Retry-After": "x, 1 2 3 4 5 6"}, None),
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


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=80))
async def test_no_header_whatsoever_breaks_the_reading(text: str) -> None:
    headers = [(name, text.encode("latin-1")) for name in (b"retry-after", b"openai-poll-after-ms")]
    request = httpx.Request("GET", "http://api.example")
    answer = await answers.read(httpx.Response(200, headers=headers, stream=Body([b"{}"]), request=request))
    for pause in (answer.retry_after, answer.poll_after):
        assert pause is None or timedelta(0) <= pause <= timedelta(hours=1)


async def test_the_key_is_struck_out_of_what_comes_back() -> None:
    echo = response(400, content=b'{"error": "my-own-key is wrong"}', key="my-own-key")
    assert (await answers.read(echo)).json == {"error": "… is wrong"}


async def test_a_body_without_end_is_not_read_to_its_end() -> None:
    body = Body(repeat(b" " * 65536))
    answer = await answers.read(response(200, content=body))
    assert (answer.json, body.taken <= answers.LONGEST_BODY + 65536) == (None, True)


ENCODED: dict[str, tuple[str, bytes]] = {
    "not at all": ("identity", b'{"id": "video_1"}'),
    "gzip": ("gzip", gzip.compress(b'{"id": "video_1"}')),
    "gzip in capitals": ("GZIP", gzip.compress(b'{"id": "video_1"}')),
    "gzip and something behind it": ("x-gzip", gzip.compress(b'{"id": "video_1"}') + b"\0" * 100),
    "deflate": ("deflate", zlib.compress(b'{"id": "video_1"}')),
}


@pytest.mark.parametrize(("encoding", "body"), ENCODED.values(), ids=ENCODED)
@pytest.mark.parametrize("step", [1, 5, 1000])
async def test_a_body_with_one_encoding_is_read(encoding: str, body: bytes, step: int) -> None:
    pieces = Body(body[start : start + step] for start in range(0, len(body), step))
    answer = await answers.read(response(200, headers={"Content-Encoding": encoding}, content=pieces))
    assert answer.json == {"id": "video_1"}


UNREADABLE: dict[str, tuple[str, bytes]] = {
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(b"{}"))),
    "in a way we do not know": ("br", b"{}"),
    "not as it says": ("gzip", b'{"id": "video_1"}'),
    "with a wrong sum": ("gzip", gzip.compress(b"{}")[:-8] + b"\xff" * 8),
}


@pytest.mark.parametrize(("encoding", "body"), UNREADABLE.values(), ids=UNREADABLE)
async def test_a_body_with_another_encoding_is_not_read(encoding: str, body: bytes) -> None:
    with pytest.raises(httpx.DecodingError):
        await answers.read(response(200, headers={"Content-Encoding": encoding}, content=body))


async def test_a_body_that_grows_without_end_is_not_decoded_to_its_end() -> None:
    packed = gzip.compress(bytes(64 << 20))
    body = Body(packed[start : start + 100] for start in range(0, len(packed), 100))
    answer = await answers.read(response(200, headers={"Content-Encoding": "gzip"}, content=body))
    assert (answer.json, body.taken < len(packed) // 10) == (None, True)


async def test_a_body_is_decoded_in_small_pieces() -> None:
    bomb = response(200, headers={"Content-Encoding": "gzip"}, content=gzip.compress(bytes(4 << 20)))
    sizes = [len(piece) async for piece in bodies.pieces(bomb)]
    assert (sum(sizes), max(sizes)) == (4 << 20, bodies.LARGEST_PIECE)
