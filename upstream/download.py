"""Fetches the MP4 of a video to disk: from wherever it lies, in as many pieces as it takes, whole or not at all."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

import httpx

from upstream.answers import classify, parse
from upstream.answers import response as answers
from upstream.api import VideoStatus
from upstream.errors import (
    AccountBroken,
    ClipTooLarge,
    Garbled,
    NotReady,
    NotSaved,
    Over,
    TryLater,
    Unreachable,
    VideoApiError,
    Withheld,
)
from upstream.http import bodies, mp4
from upstream.http.origin import Origin
from upstream.http.pace import Pace
from upstream.http.part_file import PartFile
from upstream.http.redirects import Redirects, Source

logger = logging.getLogger(__name__)

_PIECES: Final = 6
_SOURCES: Final = 4
#: Digits; a length that has more is none.
_LONGEST_LENGTH: Final = 18
_RANGE = re.compile(rf"bytes ([0-9]{{1,{_LONGEST_LENGTH}}})-")
#: Of several errors the one of the least weight says what to do; who says "later" is believed before who says nothing.
_WEIGHTS: Final = {AccountBroken: 0, Withheld: 2, TryLater: 1, Over: 3}


class ClipFetcher:
    """Downloads over `redirects`, at most `seconds` and `largest` bytes each; slow ones are seen after `pace` seconds."""

    def __init__(
        self, redirects: Redirects, origin: Origin, *, seconds: float, pace: float, largest: int
    ) -> None:
        self._redirects = redirects
        self._origin = origin
        self._seconds = seconds
        self._largest = largest
        self._pace = pace

    async def aclose(self) -> None:
        await self._redirects.aclose()

    async def fetch(self, urls: Sequence[httpx.URL], path: Path, *, least_rate: int) -> int:
        """Fetch from the first of `urls` that has the clip and hands it out no slower than `least_rate`.

        The `urls` are as the API told them. Returns the clip's size in bytes; the rate is in bytes a second.

        Raises:
            VideoApiError: None has it; of their errors the one that says most about what to do.
        """
        clock = asyncio.get_running_loop().time
        part = PartFile(path, Pace(clock, least_rate=least_rate, seconds=self._pace))
        try:
            async with asyncio.timeout(self._seconds):
                return await self._from_any([Source(url) for url in urls], part)
        except TimeoutError as exc:
            raise Unreachable(f"the clip took longer than {self._seconds:g} s") from exc
        except OSError as exc:
            raise NotSaved(f"the clip could not be written: {exc.strerror}") from exc
        finally:
            await part.discard()

    async def _from_any(self, sources: Sequence[Source], part: PartFile) -> int:
        untried, tried = deque(sources), set[Source]()
        problems: list[VideoApiError] = []
        while untried and len(tried) < _SOURCES:
            source = untried.popleft()
            if source in tried:
                continue
            tried.add(source)
            try:
                return await self._from(source, part)
            except _Elsewhere as pointer:
                untried.appendleft(pointer.source)
            except ClipTooLarge:
                raise
            except VideoApiError as problem:
                logger.debug("No clip at %s: %r", source.url.host, problem)
                problems.append(problem)
        if not problems:
            raise Garbled("the API only points from one address to the next")
        raise min(problems, key=_weight)

    async def _from(self, source: Source, part: PartFile) -> int:
        await part.restart()
        for _ in range(_PIECES):
            before = part.size
            broken: httpx.HTTPError | None = None
            try:
                await self._piece(source, part)
            except httpx.HTTPError as exc:
                broken = exc
            if broken is None and await part.is_whole():
                return await part.finish()
            if part.size == before:
                raise Unreachable("no more of the clip came") from broken
            logger.debug("The clip broke off after %d bytes", part.size)
        raise Unreachable("the clip broke off again and again")

    async def _piece(self, source: Source, part: PartFile) -> None:
        """Fetch what is missing of the clip, or all of it if the server does not hand out the rest alone."""
        async with self._redirects.opened(source, _headers(part)) as (response, end):
            match response.status_code:
                case 206 if _start(response) == part.size and not bodies.is_encoded(response):
                    pass
                case 206 | 416:
                    await part.restart()
                    return
                case 200:
                    await part.restart()
                case _:
                    raise await self._problem(response, end, bodies.pieces(response))
            part.version = _version(response)
            self._check_size(part.size + _length(response))
            await self._pour(response, end, part)

    async def _pour(self, response: httpx.Response, end: Source, part: PartFile) -> None:
        body = bodies.pieces(response)
        if part.size == 0:
            start = await _at_least(mp4.LONGEST_START, body)
            if not mp4.begins(start):
                raise await self._problem(response, end, _chained(start, body))
            await part.append(start)
        async for chunk in body:
            self._check_size(part.size + len(chunk))
            await part.append(chunk)

    async def _problem(self, response: httpx.Response, end: Source, body: AsyncIterator[bytes]) -> Exception:
        """Return what an answer without a clip comes to: an error, or where else the clip lies."""
        answer = await answers.read(response, body)
        found = parse.read_video(answer.json)
        elsewhere = self._origin.resolve(found.url) if found.url and answer.is_success else None
        if elsewhere is not None:
            return _Elsewhere(self._redirects.next(end, elsewhere))
        if answer.is_success and found.status in {VideoStatus.QUEUED, VideoStatus.RENDERING}:
            return NotReady(f"the API says {found.status} instead of handing out the clip")
        problem = classify.of_clip(answer)
        if isinstance(problem, AccountBroken) and not self._redirects.signs(end):
            return Withheld(f"{end.url.host} answered {answer.number}")
        return problem

    def _check_size(self, size: int) -> None:
        if size > self._largest:
            raise ClipTooLarge(f"the clip is larger than {self._largest} bytes")


class _Elsewhere(Exception):
    """The clip lies at another address."""

    def __init__(self, source: Source) -> None:
        super().__init__("the clip lies elsewhere")
        self.source = source


def _weight(problem: VideoApiError) -> int:
    return next(weight for kind, weight in _WEIGHTS.items() if isinstance(problem, kind))


def _headers(part: PartFile) -> dict[str, str]:
    """Return what asks for all that `part` lacks."""
    if not part.size:
        return {}
    headers = {"Range": f"bytes={part.size}-"}
    if part.version is not None:
        headers["If-Range"] = part.version
    return headers


def _version(response: httpx.Response) -> str | None:
    """Return what the server calls this version of the clip, if we can say it again and mean the same bytes by it."""
    version = response.headers.get("etag") or response.headers.get("last-modified") or ""
    is_exact = version.isascii() and version.isprintable() and not version.startswith("W/")
    return version if version and is_exact else None


def _start(response: httpx.Response) -> int | None:
    """Return the position in the clip at which a partial answer starts."""
    stated = _RANGE.match(response.headers.get("content-range", ""))
    return int(stated[1]) if stated else None


def _length(response: httpx.Response) -> int:
    stated = response.headers.get("content-length", "")
    return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST_LENGTH else 0


async def _at_least(length: int, body: AsyncIterator[bytes]) -> bytes:
    start = b""
    async for chunk in body:
        start += chunk
        if len(start) >= length:
            break
    return start


async def _chained(start: bytes, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield start
    async for chunk in body:
        yield chunk
