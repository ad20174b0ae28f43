"""The practice chat's bot: the real one in a process of its own, which is killed on demand and started again."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from bot.demo.one_video import bot_process
from sandbox.practice.breakages import Breakage, Look
from sandbox.telegram.server import POLL, TelegramSandbox
from sandbox.video_api.server import VideoApiSandbox

_KILLED = (
    "The bot's process got SIGKILL: no good-bye, no tidying up. It is being started again. "
    "Watch the progress: it stands still for a few seconds, and goes on."
)
_BACK = (
    "The bot is back after {seconds:.1f} s, and what was under way goes on. "
    "Orders at the video API: {before} before the kill, {since} since. Nothing is ordered twice."
)
_BACK_IDLE = "The bot is back after {seconds:.1f} s. Nothing was being made: ask for a video, and kill it while that is."


class PracticeBot:
    """Runs the bot between two sandboxes, in `folder`, where its database lasts from one life to the next."""

    def __init__(
        self,
        telegram: TelegramSandbox,
        video_api: VideoApiSandbox,
        settings: Mapping[str, str],
        folder: Path,
    ) -> None:
        self._telegram = telegram
        self._video_api = video_api
        self._settings = settings
        self._folder = folder
        self._process: Process | None = None
        self._was_killed = False
        self._killed_at: float | None = None
        self._seconds_away: float | None = None
        self._orders_before = 0
        self._was_idle = False
        #: Whether it has begun to ask for messages.
        self.is_up = False

    async def run(self) -> None:
        """Start it, and again whenever it was killed; return when it has ended by itself."""
        while await self._live():
            pass

    async def listening(self) -> None:
        """Wait until it asks for messages."""
        while not self.is_up:
            await self._telegram.state.happenings.next()

    def kill(self) -> None:
        """End it as a machine does that has no memory left, in the middle of whatever it does."""
        if self._process is None or self._process.returncode is not None:
            return
        self._was_killed, self.is_up = True, False
        self._killed_at, self._orders_before = _now(), len(self._video_api.orders)
        self._was_idle = not self._video_api.is_busy
        self._process.kill()

    def breakage(self) -> Breakage:
        """Return the row of the menu “Break it” that kills it."""
        return Breakage(
            id="kill",
            group="The bot itself",
            title="Kill the bot now and start it again",
            detail="SIGKILL to its process. Best while a video is being made.",
            look=self._look,
            break_it=self.kill,
        )

    async def _live(self) -> bool:
        """Run it once; return whether it was killed from here."""
        self._was_killed = False
        async with bot_process(self._settings, self._folder) as self._process, asyncio.TaskGroup() as beside:
            watching = beside.create_task(self._watch())
            await self._process.wait()
            watching.cancel()
        self.is_up = False
        return self._was_killed

    async def _watch(self) -> None:
        """Note when it asks for messages for the first time in this life."""
        calls = self._telegram.calls
        before = len(calls)
        while all(call.method != POLL for call in calls[before:]):
            await self._telegram.state.happenings.next()
        if self._killed_at is not None:
            self._seconds_away = _now() - self._killed_at
        self.is_up, self._killed_at = True, None
        self._telegram.state.changed_elsewhere()

    def _look(self) -> Look:
        if self._killed_at is not None:
            return Look(is_broken=True, state="starting again", note=_KILLED)
        if self._seconds_away is None:
            return Look(is_broken=False)
        since = len(self._video_api.orders) - self._orders_before
        back = _BACK_IDLE if self._was_idle else _BACK
        note = back.format(seconds=self._seconds_away, before=self._orders_before, since=since)
        return Look(is_broken=False, note=note)


def _now() -> float:
    return asyncio.get_running_loop().time()
