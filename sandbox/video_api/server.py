"""The local video API as a test or a demo holds it: what was ordered of it, what it shall do, how it is served."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sandbox.notify import Changes
from sandbox.serving import serving
from sandbox.video_api.account import Account
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Problem
from sandbox.video_api.faults import Route, VideoFaults
from sandbox.video_api.model_ends import ModelEnd
from sandbox.video_api.openrouter_routes import OpenRouterRoutes
from sandbox.video_api.order_keys import OrderKeys
from sandbox.video_api.orders import Download, Ledger, Order
from sandbox.video_api.render import Renderer
from sandbox.video_api.render_queue import Studio
from sandbox.video_api.routes import VideoRoutes
from sandbox.video_api.videos import Video

#: Under which path a dialect's routes are, if not at the root.
ROOTS = {Dialect.OPENROUTER: "/api"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the API is served, with the path its routes are under, and where its clips are."""

    api: str
    cdn: str


class VideoApiSandbox:
    """A video API of one dialect and one key. Serve it with `running`.

    A video is completed `seconds_to_render` after its order by `clock`, and not before its clip is drawn; a function
    is asked anew for each order. With `hold` set, videos ordered from then on wait for `finish` or `fail`. It has these
    `models`, or all that its dialect knows. It tells that its clips are at `public_cdn`, instead of where they are served.
    Clips are fine and smooth if they are `watched`; without a renderer of its own they live as long as it is served.
    """

    def __init__(
        self,
        *,
        dialect: Dialect = Dialect.YIBU,
        api_key: str = "sandbox-key",
        models: Sequence[str] = (),
        seconds_to_render: float | Callable[[], float] = 1.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        renderer: Renderer | None = None,
        public_cdn: str = "",
        watched: bool = False,
    ) -> None:
        self.dialect = dialect
        self.public_cdn = public_cdn
        #: The customer's key, money and models, to be changed at any moment.
        self.account = Account(dialect=dialect, api_key=api_key, offered=models)
        self._changes = Changes()
        self._ledger = Ledger()
        self.faults = VideoFaults(self._changes)
        self.studio = Studio(
            clock=clock,
            seconds_to_render=seconds_to_render,
            renderer=renderer,
            watched=watched,
            changes=self._changes,
        )
        routes = OpenRouterRoutes if dialect is Dialect.OPENROUTER else partial(VideoRoutes, dialect=dialect)
        self._routes = routes(
            account=self.account,
            studio=self.studio,
            ledger=self._ledger,
            faults=self.faults,
            changes=self._changes,
        )
        self.app = self._routes.api()
        self.cdn_app = self._routes.cdn()

    @property
    def orders(self) -> list[Order]:
        """Every POST that took effect, oldest first."""
        return self._ledger.orders

    @property
    def looks(self) -> Counter[str]:
        """How often each video was retrieved."""
        return self._ledger.looks

    @property
    def looked_at(self) -> Mapping[str, Sequence[datetime]]:
        """When each video was retrieved, by the sandbox's clock."""
        return self._ledger.looked_at

    @property
    def downloads(self) -> list[Download]:
        """Every request for a clip, answered or not, oldest first."""
        return self._ledger.downloads

    @property
    def requests(self) -> Counter[Route]:
        """How many requests with the right key came for each route, also those that were refused or went wrong."""
        return self._ledger.requests

    @property
    def videos(self) -> dict[str, Video]:
        return self.studio.videos

    @property
    def ready_at(self) -> dict[str, datetime]:
        """When each video's clip came to be offered, for those of which it is known."""
        return {video.id: video.ready_at for video in self.videos.values() if video.ready_at is not None}

    @property
    def hold(self) -> bool:
        return self.studio.hold

    @hold.setter
    def hold(self, hold: bool) -> None:
        self.studio.hold = hold

    @property
    def api_origin(self) -> str:
        return self._routes.api_origin

    @api_origin.setter
    def api_origin(self, origin: str) -> None:
        self._routes.api_origin = origin

    @property
    def cdn_origin(self) -> str:
        return self._routes.cdn_origin

    @cdn_origin.setter
    def cdn_origin(self, origin: str) -> None:
        self._routes.cdn_origin = origin

    @property
    def order_keys(self) -> OrderKeys:
        """What becomes of the keys that orders come with."""
        return self._routes.keys.mode

    @order_keys.setter
    def order_keys(self, mode: OrderKeys) -> None:
        self._routes.keys.mode = mode

    def retire(self, model: str, how: ModelEnd = ModelEnd.NO_CHANNEL) -> None:
        """The model is gone from now on; what is being made is still made."""
        self.account.retired[model] = how

    def revive(self, model: str) -> None:
        """The model is back."""
        self.account.retired.pop(model, None)

    def finish(self, video_id: str) -> None:
        """The video's time has come; it is completed as soon as its clip is drawn."""
        self.studio.finish(video_id)

    def fail(self, video_id: str, reason: str | Problem) -> None:
        """The video has failed, now."""
        problem = Problem(code="generation_failed", message=reason) if isinstance(reason, str) else reason
        self.studio.fail(video_id, problem)

    def is_ready(self, video_id: str) -> bool:
        """Whether the clip is offered."""
        ready_at = self.videos[video_id].ready_at
        return ready_at is not None and ready_at <= self.studio.clock()

    @property
    def is_busy(self) -> bool:
        """Whether a video is being made."""
        return any(
            not self.is_ready(video_id) for video_id, video in self.videos.items() if not video.failure
        )

    async def until(self, predicate: Callable[[], object], timeout: float = 10.0) -> None:  # noqa: ASYNC109 (the bound is the point)
        """Return once `predicate()` is true, looking again whenever something happened here.

        Raises:
            TimeoutError: It was still not true after `timeout` seconds.
        """
        await self._changes.until(predicate, timeout)


@asynccontextmanager
async def running(sandbox: VideoApiSandbox, *, port: int = 0, cdn_port: int = 0) -> AsyncIterator[Origins]:
    """Serves the API and its CDN on two origins of their own while the block runs."""
    with sandbox.studio.at_work():
        async with serving(sandbox.app, port=port) as api, serving(sandbox.cdn_app, port=cdn_port) as cdn:
            sandbox.api_origin, sandbox.cdn_origin = api, sandbox.public_cdn or cdn
            yield Origins(api=f"{api}{ROOTS.get(sandbox.dialect, '')}", cdn=cdn)
