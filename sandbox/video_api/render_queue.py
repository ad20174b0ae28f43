"""Where the local video API's videos are made: one clip drawn at a time, each offered when its time has come."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.notify import Changes
from sandbox.video_api.clip_spec import ClipSpec
from sandbox.video_api.errors import Problem
from sandbox.video_api.order_rules import Terms
from sandbox.video_api.render import Renderer
from sandbox.video_api.videos import Video


class Studio:
    """Videos by id. Clips are drawn on a thread of the studio's own, from the order on, whatever the clock says."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        seconds_to_render: float | Callable[[], float],
        renderer: Renderer | None,
        watched: bool = False,
        changes: Changes,
    ) -> None:
        self.videos: dict[str, Video] = {}
        self.hold = False
        self.seconds_to_render = seconds_to_render
        self.clock = clock
        self.renderer = renderer
        self._watched = watched
        self._changes = changes
        self._thread: ThreadPoolExecutor | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Clips can be drawn inside the block; without a renderer of their own they live as long as it."""
        lent = self.renderer
        with TemporaryDirectory(prefix="sandbox-clips-") as directory, ThreadPoolExecutor(1) as thread:
            self.renderer = lent or Renderer(Path(directory), watched=self._watched)
            self._thread = thread
            try:
                yield
            finally:
                thread.shutdown(wait=False, cancel_futures=True)
                self.renderer, self._thread = lent, None

    def begin(self, video: Video) -> None:
        """Take the video on and start to draw its clip."""
        if self.renderer is None or self._thread is None:
            raise RuntimeError("Nobody draws clips: serve the sandbox with running().")
        self.videos[video.id] = video
        loop = asyncio.get_running_loop()
        spec = ClipSpec(
            width=video.width,
            height=video.height,
            seconds=int(video.seconds),
            prompt=video.prompt,
            photos=video.photos,
            edited=video.edited,
            enlarged=self.renderer.enlarged,
            frames_per_second=self.renderer.frames_per_second,
        )
        drawing = loop.run_in_executor(self._thread, self.renderer.make, spec)
        drawing.add_done_callback(partial(self._drawn, video))
        if video.due_at is not None:
            loop.call_later(video.takes.total_seconds(), self._changes.announce)
        self._changes.announce()

    def _drawn(self, video: Video, drawing: asyncio.Future[Path]) -> None:
        if drawing.cancelled():
            return
        if (error := drawing.exception()) is not None:
            video.failure = Problem(code="internal_error", message=f"The picture could not be drawn: {error}")
            video.due_at = self.clock()
        else:
            video.clip = drawing.result()
            video.rendered_at = self.clock()
        self._changes.announce()

    def video_of(
        self,
        terms: Terms,
        video_id: str,
        *,
        remixed_from: Video | None = None,
        failure: Problem | None = None,
    ) -> Video:
        """A video on these terms, due after `seconds_to_render`, or when it is finished while they are held."""
        now = self.clock()
        told = self.seconds_to_render
        takes = timedelta(seconds=told() if callable(told) else told)
        return Video(
            id=video_id,
            model=terms.model,
            prompt=terms.prompt,
            seconds=terms.seconds,
            size=terms.size,
            width=terms.width,
            height=terms.height,
            private=terms.private,
            created_at=now,
            takes=takes,
            due_at=None if self.hold else now + takes,
            remixed_from=remixed_from.id if remixed_from else None,
            edited=(*remixed_from.edited, remixed_from.prompt) if remixed_from else (),
            photos=terms.photos,
            cost=terms.cost,
            failure=failure,
            moderated_is_completed=terms.moderated_is_completed,
        )

    def finish(self, video_id: str) -> None:
        """The video's time has come; it is completed as soon as its clip is drawn."""
        self.videos[video_id].due_at = self.clock()
        self._changes.announce()

    def fail(self, video_id: str, problem: Problem) -> None:
        """The video has failed, now."""
        video = self.videos[video_id]
        video.failure, video.due_at = problem, self.clock()
        self._changes.announce()

    def with_cdn_name(self, name: str) -> Video | None:
        return next((video for video in self.videos.values() if video.cdn_name == name), None)
