"""The client of APIs in the format of OpenAI's videos: `/v1/videos`, `/v1/videos/{id}`, `…/content`, `…/remix`."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

import httpx

from domain.api_status import Balance, ListedModel
from domain.order_form import PLAIN_FORM, OrderForm
from domain.size import Size
from upstream.answers import classify
from upstream.answers.response import Answer
from upstream.answers.videos import VideoReader
from upstream.api import Order, Video
from upstream.calls import ApiClient
from upstream.errors import AccountBroken, Busy, Garbled, NotSent, NoVideoApi, VideoApiError
from upstream.openai import key_lookup, request_form
from upstream.openai.account import AccountReader

_NO_SUCH_VIDEO: Final = "video_00000000-0000-4000-8000-000000000000"


class OpenAIVideos(ApiClient):
    """One account at one API (`https://yibuapi.com`, also with `/v1` or a path); fulfils `VideoApi`."""

    @cached_property
    def _videos(self) -> VideoReader:
        return VideoReader(self._origin)

    @cached_property
    def _account(self) -> AccountReader:
        return AccountReader(self._look, self._origin)

    async def create(self, order: Order) -> Video:
        """Order a video: `POST /v1/videos`, as multipart/form-data or JSON, whichever the order's form says.

        The order's key goes along in the header that the API is said to take it in, if it is.

        Raises:
            Over: The API does not make it.
            AccountBroken: It makes nothing for this account, or not with this model.
            Busy, NotSent: It provably did not take the order.
            UnknownOutcome: Anything else.
        """
        with ExitStack() as photos:
            try:
                written = await asyncio.to_thread(request_form.of_order, order, photos)
            except (OSError, ValueError) as exc:
                raise NotSent("a photo could not be read from disk") from exc
            request = written.request(self._orders, self._origin.route("videos"), self._headers(order.key))
            return await self._ordered(request, classify.of_order, order.prompt)

    async def remix(
        self,
        video_id: str,
        prompt: str,
        *,
        model: str,
        size: Size | None = None,
        form: OrderForm = PLAIN_FORM,
        key: str | None = None,
    ) -> Video:
        """Order a changed copy of a finished video that is not private: `POST /v1/videos/{id}/remix`, always as JSON.

        Raises:
            Gone: The API does not know the video, or has no remix.
            VideoApiError: As `create`.
        """
        body = request_form.of_remix(prompt, model=model, size=size, form=form)
        route = self._origin.route("videos", video_id, "remix")
        request = self._orders.build_request("POST", route, json=body, headers=self._headers(key))
        return await self._ordered(request, classify.of_remix, prompt)

    async def retrieve(self, video_id: str, *, prompt: str = "") -> Video:
        """Look at a video: `GET /v1/videos/{id}`; what a failure quotes of its `prompt` is not taken for the API's words.

        Raises:
            Gone: The API does not know the video; right after the order that may pass.
            KeyRefused: The key is not let in.
            TryLater: Anything else; the video is not touched by that.
        """
        answer = await self._look(self._origin.route("videos", video_id))
        return self._videos.of_look(video_id, replace(answer, prompt=prompt))

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
        content = self._origin.route("videos", video.id, "content")
        return await self._fetch(video.url, content, path, least_rate=least_rate)

    async def check(self) -> None:
        """Find out whether the API is there and lets us in, without ordering anything.

        Raises:
            KeyRefused, NoCredit: The key is not let in, or has nothing left.
            NoVideoApi: What is there is something else.
            TryLater: The API is not there, or does not answer for the moment.
        """
        answer = await self._look(self._origin.route("videos", _NO_SUCH_VIDEO))
        if classify.is_no_route(answer):
            raise NoVideoApi("/v1/videos is not there")
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

    async def list_models(self) -> Mapping[str, ListedModel] | None:
        """Ask for the models that are on offer to us, by their names; None if this API does not tell.

        Raises:
            VideoApiError: As `find_balance`.
        """
        return await self._account.list_models()

    @property
    def finds_orders(self) -> bool:
        return self._order_key_header is not None

    async def find(self, key: str) -> Video | None:
        """Look for the video of the order that went out with this key: `GET /v1/videos?idempotency_key=…`.

        What does not tell the key itself is believed only of an API that finds nothing by a key that nobody ever used:
        others hand out all videos of the account, whatever is asked.

        Raises:
            KeyRefused: The key is not let in.
            TryLater: The API does not answer for the moment, has no such look-up, or its answer may mean several things.
        """
        if self._order_key_header is None:
            return None
        found, answer = await self._find(key)
        if found is None:
            return None
        if not found.is_sure and (await self._find(secrets.token_hex(16)))[0] is not None:
            raise Garbled("the API does not look for orders by their key")
        return self._videos.video(found.id, found.video, answer)

    async def _find(self, key: str) -> tuple[key_lookup.Found | None, Answer]:
        answer = await self._look(self._origin.route("videos").copy_with(params={"idempotency_key": key}))
        listed = key_lookup.read(answer.json) if answer.is_success else None
        if listed is None:
            raise classify.of_find(answer)
        try:
            return key_lookup.only(listed, key), answer
        except ValueError as exc:
            raise Garbled(f"the API's answer to the look for an order is ambiguous: {exc}") from exc

    def _headers(self, key: str | None) -> dict[str, str]:
        return {self._order_key_header: key} if self._order_key_header and key else {}

    async def _ordered(
        self, request: httpx.Request, verdict_on: Callable[[Answer], VideoApiError], prompt: str
    ) -> Video:
        return self._videos.of_order(replace(await self._order(request), prompt=prompt), verdict_on)
