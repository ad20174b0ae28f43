"""The client of APIs in the format of OpenAI's videos: `/v1/videos`, `/v1/videos/{id}`, `…/content`, `…/remix`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx
from pydantic import SecretStr

from domain.api_status import Balance
from domain.size import Size
from upstream.api import Order, Video, VideoStatus
from upstream.errors import (
    AccountBroken,
    Busy,
    NotSent,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
)
from upstream.http.connections import KEPT, UNKEPT, open_client, open_client_abroad
from upstream.http.exchange import Sending
from upstream.http.origin import KeyAuth, Origin
from upstream.http.proxies import DIRECT, Proxies
from upstream.http.redirects import Redirects
from upstream.openai import classify, parse, request_form
from upstream.openai.account import AccountReader
from upstream.openai.codes import STATUSES
from upstream.openai.download import ClipFetcher
from upstream.openai.response import Answer, answer_to

logger = logging.getLogger(__name__)

_NO_SUCH_VIDEO: Final = "video_00000000-0000-4000-8000-000000000000"
_WORDS_TO_REMEMBER: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long to wait, in seconds, before a call counts as failed.

    `connect` for a connection, `order` for an order's whole way there and back, its photos included, `look` for a
    look's, `stall` for the next byte of a clip, `pace` until a slow clip counts as too slow, `clip` for a whole clip.
    """

    connect: float = 10.0
    order: float = 180.0
    look: float = 30.0
    stall: float = 60.0
    pace: float = 30.0
    clip: float = 1800.0


class OpenAIVideos:
    """One account at one API; fulfils `VideoApi`. Close it with `aclose` or use it as `async with`.

    Orders are never repeated here. They go over connections of their own, each used once: an idle connection that
    the other side has closed would lose an order's answer, and nobody could tell whether it was taken.
    """

    def __init__(
        self,
        address: str,
        key: str | SecretStr,
        *,
        timeouts: Timeouts | None = None,
        largest_clip: int = 1 << 30,
        allow_private_clip_addresses: bool = False,
        proxies: Proxies = DIRECT,
    ) -> None:
        """Take the API's address (`https://yibuapi.com`, also with `/v1` or a path) and key; `largest_clip` is in bytes.

        Clips that are not at the API's own origin have to be at public https addresses, unless others are allowed.

        Raises:
            ValueError: The address or the key cannot be one; the text does not give the key away.
        """
        self._origin = Origin(address)
        self._timeouts = timeouts or Timeouts()
        auth = KeyAuth(SecretStr(key) if isinstance(key, str) else key, self._origin)
        waits, only_public = self._timeouts, not allow_private_clip_addresses
        open_home = partial(open_client, auth, proxies=proxies, connect=waits.connect)
        self._orders = open_home(silence=waits.order, limits=UNKEPT)
        self._looks = open_home(silence=waits.look, limits=KEPT)
        redirects = Redirects(
            home=open_home(silence=waits.stall, limits=KEPT),
            abroad=open_client_abroad(
                proxies=proxies, connect=waits.connect, silence=waits.stall, only_public=only_public
            ),
            origin=self._origin,
            only_public=only_public,
        )
        self._clips = ClipFetcher(
            redirects, self._origin, seconds=waits.clip, pace=waits.pace, largest=largest_clip
        )
        self._account = AccountReader(self._look, self._origin)
        self._strange_words: set[str] = set()

    def __repr__(self) -> str:
        return f"OpenAIVideos({str(self._origin)!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._orders.aclose()
        await self._looks.aclose()
        await self._clips.aclose()

    async def create(self, order: Order) -> Video:
        """Order a video: `POST /v1/videos`, always as multipart/form-data.

        Raises:
            Over: The API does not make it.
            AccountBroken: It makes nothing for this account, or not with this model.
            Busy, NotSent: It provably did not take the order.
            UnknownOutcome: Anything else.
        """
        with ExitStack() as photos:
            try:
                form = await asyncio.to_thread(request_form.of_order, order, photos)
            except (OSError, ValueError) as exc:
                raise NotSent("a photo could not be read from disk") from exc
            return await self._order(
                self._orders.build_request("POST", self._origin.route("videos"), files=form),
                classify.of_order,
            )

    async def remix(self, video_id: str, prompt: str, *, model: str, size: Size | None = None) -> Video:
        """Order a changed copy of a finished video that is not private: `POST /v1/videos/{id}/remix`, as JSON.

        Raises:
            Gone: The API does not know the video, or has no remix.
            VideoApiError: As `create`.
        """
        body = {"model": model, "prompt": prompt} | ({"size": str(size)} if size else {})
        route = self._origin.route("videos", video_id, "remix")
        return await self._order(self._orders.build_request("POST", route, json=body), classify.of_remix)

    async def retrieve(self, video_id: str) -> Video:
        """Look at a video: `GET /v1/videos/{id}`.

        Raises:
            Gone: The API does not know the video; right after the order that may pass.
            KeyRefused: The key is not let in.
            TryLater: Anything else; the video is not touched by that.
        """
        answer = await self._look(self._origin.route("videos", video_id))
        if not answer.is_success:
            raise classify.of_look(answer)
        found = parse.read_video(answer.json)
        if found.status is None and (found.complaint is not None or found.id is None):
            raise classify.of_look(answer)
        return self._video(video_id, found, answer)

    async def download(self, video: Video, path: Path, *, least_rate: int = 0) -> int:
        """Fetch the MP4 of a completed video to `path`, whole or not at all, and return its size in bytes.

        It is taken from the video's own address if the API gave one, else from `GET /v1/videos/{id}/content`, and from
        the other of the two if the first has none, or brings under `least_rate` bytes a second for a while.

        Raises:
            Expired: The API threw the clip away.
            ClipTooLarge: It is larger than `largest_clip`.
            KeyRefused: The key is not let in.
            TryLater: Anything else; the clip may be there later.
        """
        told = self._origin.resolve(video.url) if video.url else None
        content = self._origin.route("videos", video.id, "content")
        sources = [told, content] if told else [content]
        return await self._clips.fetch(sources, path, least_rate=least_rate)

    async def check(self) -> None:
        """Find out whether the API is there and lets us in, without ordering anything.

        Raises:
            KeyRefused, NoCredit: The key is not let in, or has nothing left.
            TryLater: The API is not there, or what is there is no such API.
        """
        answer = await self._look(self._origin.route("videos", _NO_SUCH_VIDEO))
        if answer.complaint is None:
            raise classify.of_look(answer)
        problem = classify.of_account(answer)
        if isinstance(problem, AccountBroken | Busy):
            raise problem

    async def find_balance(self) -> Balance | None:
        """Ask what is left of our money; None if this API does not tell.

        Raises:
            KeyRefused, NoCredit: The key is not let in, or has nothing left.
            TryLater: The API does not answer for the moment.
        """
        return await self._account.find_balance()

    async def list_models(self) -> frozenset[str] | None:
        """Ask for the names of the models that are on offer to us; None if this API does not tell.

        Raises:
            VideoApiError: As `find_balance`.
        """
        return await self._account.list_models()

    async def _order(self, request: httpx.Request, verdict_on: Callable[[Answer], VideoApiError]) -> Video:
        sending = Sending()
        request.extensions["trace"] = sending.watch
        try:
            async with asyncio.timeout(self._timeouts.order):
                answer = await answer_to(self._orders, request)
        except httpx.ProxyError as exc:
            raise NotSent("the proxy did not connect us to the API") from exc
        except (httpx.HTTPError, OSError) as exc:
            happened = f"{type(exc).__name__} while ordering"
            raise UnknownOutcome(happened) if sending.began else NotSent(happened) from exc
        return self._ordered(answer, verdict_on)

    def _ordered(self, answer: Answer, verdict_on: Callable[[Answer], VideoApiError]) -> Video:
        found = parse.read_video(answer.json)
        is_taken = found.id is not None and (found.status is not None or found.complaint is None)
        if not answer.is_success or not is_taken or found.id is None:
            raise verdict_on(answer)
        logger.info("Ordered %s", found.id)
        return self._video(found.id, found, answer)

    async def _look(self, url: httpx.URL) -> Answer:
        try:
            async with asyncio.timeout(self._timeouts.look):
                return await answer_to(self._looks, self._looks.build_request("GET", url))
        except (httpx.HTTPError, OSError) as exc:
            raise Unreachable(f"{type(exc).__name__} while looking") from exc

    def _video(self, video_id: str, found: parse.WireVideo, answer: Answer) -> Video:
        status = classify.status_of(found)
        if status is VideoStatus.RENDERING:
            self._note_strange_word(found.status_word)
        url = self._origin.resolve(found.url) if found.url and status is VideoStatus.COMPLETED else None
        is_failed = status is VideoStatus.FAILED
        logger.debug("Video %s is %s, progress %s", video_id, status, found.progress)
        return Video(
            id=video_id,
            status=status,
            progress=found.progress,
            url=str(url) if url else None,
            failure=classify.of_failed_job(found.status_word, found.complaint) if is_failed else None,
            poll_after=answer.poll_after or answer.retry_after,
        )

    def _note_strange_word(self, word: str) -> None:
        is_new = word and word not in STATUSES and word not in self._strange_words
        if is_new and len(self._strange_words) < _WORDS_TO_REMEMBER:
            self._strange_words.add(word)
            logger.info("The API says %r of a video, which we take for rendering", word[:40])
