"""Fetches the MP4 of a video to disk: from wherever it lies, in as many pieces as it takes, whole or not at all."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import httpx

from upstream import answers, mp4, verdicts, wire
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
)
from upstream.origin import is_web
from upstream.partfile import PartFile
from upstream.provider import VideoStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from upstream.origin import Origin

logger = logging.getLogger(__name__)

_PIECES: Final = 6
_REDIRECTS: Final = 5
_SOURCES: Final = 4
_RANGE = re.compile(r"bytes (\d+)-")
_WEIGHT: Final = (AccountBroken, TryLater, Over)


class ClipFetcher:
    """Downloads over `client`, at most `seconds` and `largest` bytes each."""

    def __init__(self, client: httpx.AsyncClient, origin: Origin, *, seconds: float, largest: int) -> None:
        self._client = client
        self._origin = origin
        self._seconds = seconds
        self._largest = largest

    async def aclose(self) -> None:
        await self._client.aclose()

    async def fetch(self, sources: Sequence[httpx.URL], path: Path) -> int:
        """Fetch from the first of `sources` that has the clip, and return its size.

        Raises:
            VideoApiError: None has it; of their errors the one that says most about what to do.
        """
        part = PartFile(path)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._from_any(sources, part)
        except TimeoutError as exc:
            raise Unreachable(f"the clip took longer than {self._seconds:g} s") from exc
        except OSError as exc:
            raise NotSaved(f"the clip could not be written: {exc.strerror}") from exc
        finally:
            await part.discard()

    async def _from_any(self, sources: Sequence[httpx.URL], part: PartFile) -> int:
        untried, tried = deque(sources), set[httpx.URL]()
        problems: list[VideoApiError] = []
        while untried and len(tried) < _SOURCES:
            source = untried.popleft()
            if source in tried:
                continue
            tried.add(source)
            try:
                return await self._from(source, part)
            except _Elsewhere as pointer:
                untried.appendleft(pointer.url)
            except ClipTooLarge:
                raise
            except VideoApiError as problem:
                logger.debug("No clip at %s: %r", source.host, problem)
                problems.append(problem)
        if not problems:
            raise Garbled("the API only points from one address to the next")
        raise min(problems, key=_weight)

    async def _from(self, source: httpx.URL, part: PartFile) -> int:
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

    async def _piece(self, source: httpx.URL, part: PartFile) -> None:
        """Fetch what is missing of the clip, or all of it if the server does not hand out the rest alone."""
        async with self._open(source, part) as response:
            match response.status_code:
                case 206 if _start(response) == part.size:
                    pass
                case 206 | 416:
                    await part.restart()
                    return
                case 200:
                    await part.restart()
                case _:
                    raise await self._problem(response, response.aiter_bytes())
            part.version = response.headers.get("etag") or response.headers.get("last-modified")
            self._check_size(part.size + _length(response))
            await self._pour(response, part)

    async def _pour(self, response: httpx.Response, part: PartFile) -> None:
        body = response.aiter_bytes()
        if part.size == 0:
            start = await _at_least(mp4.LONGEST_START, body)
            if not mp4.begins(start):
                raise await self._problem(response, _chained(start, body))
            await part.append(start)
        async for chunk in body:
            self._check_size(part.size + len(chunk))
            await part.append(chunk)

    async def _problem(self, response: httpx.Response, body: AsyncIterator[bytes]) -> Exception:
        """Return what an answer without a clip comes to: an error, or where else the clip lies."""
        answer = await answers.read(response, body)
        found = wire.read_video(answer.json)
        elsewhere = self._origin.resolve(found.url) if found.url and answer.is_success else None
        if elsewhere is not None:
            return _Elsewhere(elsewhere)
        if answer.is_success and found.status in {VideoStatus.QUEUED, VideoStatus.RENDERING}:
            return NotReady(f"the API says {found.status} instead of handing out the clip")
        problem = verdicts.of_clip(answer)
        if isinstance(problem, AccountBroken) and not self._origin.owns(response.url):
            return NotReady(f"{response.url.host} answered {answer.number}")
        return problem

    @asynccontextmanager
    async def _open(self, url: httpx.URL, part: PartFile) -> AsyncIterator[httpx.Response]:
        """Ask for what `part` lacks, and follow redirects by hand: the key is decided upon anew for each address."""
        headers = {"Accept-Encoding": "identity"}
        if part.size:
            headers["Range"] = f"bytes={part.size}-"
            if part.version is not None and not part.version.startswith("W/"):
                headers["If-Range"] = part.version
        for _ in range(_REDIRECTS + 1):
            request = self._client.build_request("GET", url, headers=headers)
            response = await self._client.send(request, stream=True)
            if response.next_request is None:
                break
            await response.aclose()
            url = response.next_request.url
            if not is_web(url):
                raise Garbled("the API redirects to no web address")
        else:
            raise Garbled("the API redirects in circles")
        try:
            yield response
        finally:
            await response.aclose()

    def _check_size(self, size: int) -> None:
        if size > self._largest:
            raise ClipTooLarge(f"the clip is larger than {self._largest} bytes")


class _Elsewhere(Exception):  # noqa: N818 - no error, a signpost
    """The clip lies at another address."""

    def __init__(self, url: httpx.URL) -> None:
        super().__init__("the clip lies elsewhere")
        self.url = url


def _weight(problem: VideoApiError) -> int:
    return next(weight for weight, kind in enumerate(_WEIGHT) if isinstance(problem, kind))


def _start(response: httpx.Response) -> int | None:
    """Return the position in the clip at which a partial answer starts."""
    stated = _RANGE.match(response.headers.get("content-range", ""))
    return int(stated[1]) if stated else None


def _length(response: httpx.Response) -> int:
    stated = response.headers.get("content-length", "")
    return int(stated) if stated.isdecimal() else 0


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
