"""A local video API of any dialect, and our client of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.size import Size
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import Origins, VideoApiSandbox, running
from upstream.api import Order, Video, VideoApi
from upstream.calls import Timeouts
from upstream.openai.client import OpenAIVideos
from upstream.openrouter.client import OpenRouterVideos

KEY = "sk-the-operators-own-key"
#: What each can make soonest: a model and a length.
ORDERED = dict.fromkeys(Dialect, ("sora-2", 10)) | {
    Dialect.NEWAPI: ("sora-2", 4),
    Dialect.OPENAI: ("sora-2", 4),
    Dialect.OPENROUTER: ("google/gemini-omni-1.2-flash", 3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FarSide:
    """The API on the other side, where it is, and the client on ours."""

    api: VideoApiSandbox
    origins: Origins
    client: VideoApi

    def order(self, prompt: str = "a cat surfing") -> Order:
        model, seconds = ORDERED[self.api.dialect]
        return Order(model=model, prompt=prompt, seconds=seconds, size=Size(1280, 720))

    async def completed(self) -> Video:
        """Order a video and wait until its clip is offered."""
        ordered = await self.client.create(self.order())
        await self.api.until(lambda: self.api.is_ready(ordered.id))
        return await self.client.retrieve(ordered.id)

    def clip(self, video: Video) -> bytes:
        """What the API has for `video`."""
        path = self.api.videos[video.id].clip
        assert path is not None
        return path.read_bytes()


Reach = Callable[..., Awaitable[FarSide]]


@pytest.fixture(scope="session")
def renderer(clips: Path) -> Renderer:
    return Renderer(clips, reuse=True)


@pytest.fixture
async def reach(renderer: Renderer) -> AsyncIterator[Reach]:
    """Serve an API of a dialect and open a client of it, which takes clips from the API's CDN on this machine."""
    async with AsyncExitStack() as open_things:

        async def one(
            dialect: Dialect = Dialect.YIBU,
            *,
            key: str = KEY,
            timeouts: Timeouts | None = None,
            largest_clip: int = 1 << 30,
            allow_private: bool = True,
            order_key_header: str | None = None,
        ) -> FarSide:
            api = VideoApiSandbox(dialect=dialect, api_key=KEY, seconds_to_render=0, renderer=renderer)
            origins = await open_things.enter_async_context(running(api))
            of_protocol = OpenRouterVideos if dialect is Dialect.OPENROUTER else OpenAIVideos
            client = of_protocol(
                origins.api,
                key,
                timeouts=timeouts,
                largest_clip=largest_clip,
                order_key_header=order_key_header,
                allow_private_clip_addresses=allow_private,
            )
            return FarSide(api=api, origins=origins, client=await open_things.enter_async_context(client))

        yield one


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clip.mp4"
