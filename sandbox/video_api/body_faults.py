"""Answers whose bodies trickle in, end half-way, or are compressed."""

import asyncio
import gzip
from collections.abc import Iterator

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from sandbox.serving import hang_up

SLOW_PIECES = 10


class SlowBody(Response):
    """An answer whose body trickles in over the given seconds."""

    def __init__(self, answer: Response, seconds: float) -> None:
        super().__init__()
        self.answer = answer
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = 0

        async def trickle(message: Message) -> None:
            nonlocal length
            if message["type"] == "http.response.start":
                length = _content_length(message)
                await send(message)
                return
            for piece in _pieces(message, max(1, length // SLOW_PIECES)):
                await asyncio.sleep(self.seconds * len(piece["body"]) / max(1, length))
                await send(piece)

        await self.answer(scope, receive, trickle)


class CutShort(Response):
    """Half of an answer; openly, when the Content-Length still says how much there was to be."""

    def __init__(self, answer: Response, *, openly: bool) -> None:
        super().__init__()
        self.answer = answer
        self.openly = openly

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = 0

        async def cut(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.start":
                left = _content_length(message) // 2
                await send(message if self.openly else _without_length(message))
                return
            piece = message["body"][:left]
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            if left == 0:
                raise _HalfIsOutError

        try:
            await self.answer(scope, receive, cut)
        except _HalfIsOutError:
            if self.openly:
                await hang_up(scope, receive)
            else:
                await send({"type": "http.response.body", "body": b"", "more_body": False})


class Compressed(Response):
    """An answer whose body is compressed so many times, whatever encoding was asked for."""

    def __init__(self, answer: Response, times: int) -> None:
        super().__init__()
        self.answer = answer
        self.times = times

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        starts: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                starts.append(_without_length(message))
            else:
                body.extend(message.get("body", b""))

        await self.answer(scope, receive, collect)
        encoded = bytes(body)
        for _ in range(self.times):
            encoded = gzip.compress(encoded)
        encoding = ", ".join(["gzip"] * self.times).encode()
        [start] = starts
        await send({**start, "headers": [*start["headers"], (b"content-encoding", encoding)]})
        await send({"type": "http.response.body", "body": encoded})


class _HalfIsOutError(Exception):
    """Stops the answer that is being cut short."""


def _content_length(start: Message) -> int:
    return next((int(value) for name, value in start["headers"] if name == b"content-length"), 0)


def _without_length(start: Message) -> Message:
    return {**start, "headers": [header for header in start["headers"] if header[0] != b"content-length"]}


def _pieces(message: Message, size: int) -> Iterator[Message]:
    body = message.get("body", b"")
    starts = range(0, len(body), size) or range(1)
    for start in starts:
        is_last = start + size >= len(body)
        more = message.get("more_body", False) if is_last else True
        yield {"type": "http.response.body", "body": body[start : start + size], "more_body": more}
