"""What the video sandbox's tests share: clips made once for each size and length, a clock, and a customer."""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running

CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]
#: Loading the world's certificates for each client would take longer than the tests.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Clock:
    """Stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def renderer(clips: Path) -> Renderer:
    return Renderer(clips, reuse=True)


@asynccontextmanager
async def _customer_of(sandbox: VideoApiSandbox) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": "Bearer sandbox-key"}
    async with (
        running(sandbox) as origins,
        httpx.AsyncClient(base_url=origins.api, headers=headers, verify=NO_CERTIFICATES) as client,
    ):
        yield client


@pytest.fixture
def customer_of() -> CustomerOf:
    """Serves a sandbox and gives a client that has its key."""
    return _customer_of


@pytest.fixture
def video_api(renderer: Renderer, clock: Clock) -> VideoApiSandbox:
    """Speaks `yibu`; a video takes 100 seconds by the fixture's clock."""
    return VideoApiSandbox(renderer=renderer, clock=clock, seconds_to_render=100)


@pytest.fixture
async def customer(video_api: VideoApiSandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with _customer_of(video_api) as client:
        yield client
