"""The client of OpenRouter's videos: `/api/v1/videos`, `/api/v1/videos/{id}`, `…/content`, `/api/v1/videos/models`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from domain.api_status import Balance, ListedModel
from domain.order_form import PLAIN_FORM, OrderForm
from domain.size import Size
from upstream.answers import classify
from upstream.answers.videos import VideoReader
from upstream.api import Order, Video
from upstream.calls import ApiClient
from upstream.errors import NotSent, Refused
from upstream.openrouter import complaints, order_body
from upstream.openrouter.account import AccountReader


class OpenRouterVideos(ApiClient):
    """One account at OpenRouter (`https://openrouter.ai/api`, also with `/v1`); fulfils `VideoApi`."""

    @cached_property
    def _videos(self) -> VideoReader:
        return VideoReader(self._origin)

    @cached_property
    def _account(self) -> AccountReader:
        return AccountReader(self._look, self._origin)

    async def create(self, order: Order) -> Video:
        """Order a video: `POST /api/v1/videos`, as JSON with the photos in it.

        Raises:
            Over: The API does not make it.
            AccountBroken: It makes nothing for this account, or not with this model.
            Busy, NotSent: It provably did not take the order.
            UnknownOutcome: Anything else.
        """
        try:
            body = await asyncio.to_thread(order_body.of_order, order)
        except (OSError, ValueError) as exc:
            raise NotSent("a photo could not be read from disk") from exc
        request = self._orders.build_request("POST", self._origin.route("videos"), json=body)
        answer = replace(complaints.plain_of_order(await self._order(request)), prompt=order.prompt)
        return self._videos.of_order(answer, classify.of_order)

    async def remix(
        self,
        video_id: str,  # noqa: ARG002
        prompt: str,  # noqa: ARG002
        *,
        model: str,  # noqa: ARG002
        size: Size | None = None,  # noqa: ARG002
        form: OrderForm = PLAIN_FORM,  # noqa: ARG002
        key: str | None = None,  # noqa: ARG002
    ) -> Video:
        """Raise Refused: OpenRouter has no such call, and nothing is sent."""
        raise Refused("OpenRouter does not change finished videos")

    async def retrieve(self, video_id: str, *, prompt: str = "") -> Video:
        """Look at a video: `GET /api/v1/videos/{id}`.

        Raises:
            Gone: The API does not know the video; right after the order that may pass.
            KeyRefused: The key is not let in.
            TryLater: Anything else; the video is not touched by that.
        """
        answer = complaints.plain(await self._look(self._origin.route("videos", video_id)))
        return self._videos.of_look(video_id, replace(answer, prompt=prompt))

    async def download(self, video: Video, path: Path, *, least_rate: int = 0) -> int:
        """Fetch the MP4 of a completed video to `path`, whole or not at all, and return its size in bytes.

        It is taken from the video's own address if the API gave one, else from
        `GET /api/v1/videos/{id}/content?index=0`, and from the other of the two if the first has none, or brings under
        `least_rate` bytes a second for a while.

        Raises:
            Expired: The API threw the clip away.
            ClipTooLarge: It is larger than `largest_clip`.
            KeyRefused: The key is not let in.
            TryLater: Anything else; the clip may be there later.
        """
        content = self._origin.route("videos", video.id, "content").copy_with(params={"index": "0"})
        return await self._fetch(video.url, content, path, least_rate=least_rate)

    async def check(self) -> None:
        """Find out whether the API is there and lets us in, without ordering anything.

        Raises:
            KeyRefused, NoCredit: The key is not let in, or has nothing left.
            NoVideoApi: What is there is something else.
            TryLater: The API is not there, or does not answer for the moment.
        """
        await self._account.check()

    async def find_balance(self) -> Balance | None:
        """Ask what is left of our money; None if nothing limits the key and the account is not for it to see.

        Raises:
            KeyRefused, NoCredit: The key is not let in, or has nothing left.
            TryLater: The API does not answer for the moment.
        """
        return await self._account.find_balance()

    async def list_models(self) -> Mapping[str, ListedModel] | None:
        """Ask for the models that make videos, by their names, with all that is told of them.

        Raises:
            VideoApiError: As `find_balance`.
        """
        return await self._account.list_models()

    @property
    def finds_orders(self) -> bool:
        return False

    async def find(self, key: str) -> Video | None:  # noqa: ARG002 - of `VideoApi`
        """Return None: OpenRouter takes no key of ours for an order."""
        return None
