"""What we want of any video API: a protocol is a folder beside this file whose client fulfils `VideoApi`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from domain.api_status import Balance
from domain.character import Character
from domain.failures import FailureReason
from domain.size import Size


class ApiProtocol(StrEnum):
    """How an API is spoken to; `upstream.registry` has the client of each."""

    #: `/v1/videos`, as OpenAI documents it and many gateways have it.
    OPENAI = "openai"


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
class Order:
    """What is asked of the API; `photos` are files on disk, already of exactly `size`, JPEG or PNG.

    `private` and `watermark` are None where the model knows no such thing; they are left out then.
    """

    model: str
    prompt: str
    seconds: int
    size: Size
    photos: tuple[Path, ...] = ()
    private: bool | None = None
    watermark: bool | None = None
    character: Character | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why the API made no video; `detail` is its own words, cleaned for people, or empty."""

    reason: FailureReason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """The API's object. `progress` is 0..100 or None if the API does not tell; `url` is where the MP4 lies, if told.

    `poll_after` is the pause before the next look that the API asks for, if it does.
    """

    id: str
    status: VideoStatus
    progress: int | None = None
    url: str | None = field(default=None, repr=False)
    failure: Failure | None = None
    poll_after: timedelta | None = None


class VideoApi(Protocol):
    """A video API. Every method raises the errors of `upstream.errors` and nothing else."""

    async def create(self, order: Order) -> Video:
        """Order a video; never sent twice by the client itself."""

    async def remix(self, video_id: str, prompt: str, *, model: str, size: Size | None = None) -> Video:
        """Order a changed copy of a finished video; never sent twice by the client itself."""

    async def retrieve(self, video_id: str) -> Video:
        """Look at a video."""

    async def download(self, video: Video, path: Path, *, least_rate: int = 0) -> int:
        """Fetch the MP4 of a completed video to `path`, whole or not at all; returns its size in bytes.

        What comes at fewer than `least_rate` bytes a second for a while may be broken off, to be tried later.
        """

    async def check(self) -> None:
        """Find out whether the API is there and lets us in, without ordering anything."""

    async def find_balance(self) -> Balance | None:
        """Ask what is left of our money; None if this API does not tell."""

    async def list_models(self) -> frozenset[str] | None:
        """Ask for the names of the models that are on offer to us; None if this API does not tell."""
