"""What we want of any video API: a protocol is a folder beside this file whose client fulfils `VideoApi`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from domain.api_status import Balance, ListedModel
from domain.character import Character
from domain.failures import FailureReason
from domain.money import Money
from domain.order_form import PLAIN_FORM, OrderForm, PhotoRole
from domain.size import Size


class VideoStatus(StrEnum):
    """Where the API is with a video; every provider's words are translated to these."""

    #: Taken, not begun.
    QUEUED = "queued"
    #: Being made; also whatever the API says that nobody has heard of.
    RENDERING = "rendering"
    #: Finished and to be fetched.
    COMPLETED = "completed"
    #: Over without a video.
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPhoto:
    """A photo of an order: a file on disk, JPEG or PNG, already of exactly the order's size."""

    path: Path
    role: PhotoRole = PhotoRole.FIRST_FRAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked of the API: `model` is its name there, and `form` says how it wants to be asked.

    `private`, `watermark`, `seed` and `negative_prompt` are None where nothing is to be said of them; they are left out then.
    `key` is ours and unique to the order; it goes along where the API takes one.
    """

    model: str
    prompt: str
    seconds: int
    size: Size
    form: OrderForm = PLAIN_FORM
    photos: tuple[OrderPhoto, ...] = ()
    key: str | None = None
    seed: int | None = None
    negative_prompt: str | None = None
    private: bool | None = None
    watermark: bool | None = None
    character: Character | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why the API made no video; `detail` is its own words, cleaned for people, or empty.

    `for_operators` are its words where they are about the operator's account or a model's end; nobody else sees them.
    """

    reason: FailureReason
    detail: str = ""
    for_operators: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """The API's object. `progress` is 0..100 or None if the API does not tell; `url` is where the MP4 lies, if told.

    `poll_after` is the pause before the next look that the API asks for, if it does, and `cost` what it says that it
    took from us for the video.
    """

    id: str
    status: VideoStatus
    progress: int | None = None
    url: str | None = field(default=None, repr=False)
    failure: Failure | None = None
    poll_after: timedelta | None = None
    cost: Money | None = None


class VideoApi(Protocol):
    """A video API. Every method raises the errors of `upstream.errors` and nothing else."""

    async def create(self, order: Order) -> Video:
        """Order a video; never sent twice by the client itself."""

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
        """Order a changed copy of a finished video; never sent twice by the client itself.

        `form` and `key` are as an order's.
        """

    async def retrieve(self, video_id: str, *, prompt: str = "") -> Video:
        """Look at a video.

        `prompt` is what it was ordered with: what a failure quotes of that is not taken for the API's own words.
        """

    async def download(self, video: Video, path: Path, *, least_rate: int = 0) -> int:
        """Fetch the MP4 of a completed video to `path`, whole or not at all; returns its size in bytes.

        What comes at fewer than `least_rate` bytes a second for a while may be broken off, to be tried later.
        """

    async def check(self) -> None:
        """Find out whether the API is there and lets us in, without ordering anything."""

    async def find_balance(self) -> Balance | None:
        """Ask what is left of our money; None if this API does not tell."""

    async def list_models(self) -> Mapping[str, ListedModel] | None:
        """Ask for the models that are on offer to us, by their names; None if this API does not tell."""

    @property
    def finds_orders(self) -> bool:
        """Whether `find` can be asked: the API is said to take keys of ours."""

    async def find(self, key: str) -> Video | None:
        """Look for the video of the order that went out with this key of ours; None if the API knows none.

        A None proves nothing at an API that has never found an order by its key: many drop fields they do not know.
        """
