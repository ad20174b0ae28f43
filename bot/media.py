"""Keeps the CPU-heavy work on pictures, clips and charts off the event loop, in child processes that may die without harm."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from bot.clip import Clip, Treatment
from bot.media_errors import (
    ClipBroken,
    ClipTooLarge,
    MediaCrashed,
    MediaTimedOut,
    PictureBroken,
    PictureTooLarge,
    PictureUnsupported,
)
from domain.size import Size

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Sequence
    from types import TracebackType

    from domain.statistics import Day

#: Seconds that one look, one picture, one chart or one remux may take.
QUICK_SECONDS: Final = 60.0
#: Seconds that encoding one clip again may take.
REENCODING_SECONDS: Final = 600.0

#: All of the environment that the children see: what comes from strangers is decoded far from the bot's secrets.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class MediaRoom:
    """Two child processes, started when first needed: one for what is quick, one for encoding clips again.

    Use it as an async context manager around everything that calls it. Beside what each method names, all raise

    - MediaInterrupted: the child died over the file, or took too long (MediaCrashed, MediaTimedOut); the next call
      gets a new child.
    - OSError: a file cannot be read or written.
    """

    def __init__(
        self, *, quick_seconds: float = QUICK_SECONDS, reencoding_seconds: float = REENCODING_SECONDS
    ) -> None:
        self._quick = _Child(quick_seconds)
        self._slow = _Child(reencoding_seconds)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._quick.stop()
        await self._slow.stop()

    async def measure_picture(self, source: Path) -> Size:
        """Tell the size a person sees, after EXIF has turned the picture; raises PictureBroken, PictureTooLarge."""
        size: Size = await self._quick.call("bot.pictures", "measure", source)
        return size

    async def prepare_picture(self, source: Path, target: Path, size: Size) -> None:
        """Write the picture to `target` as a JPEG of exactly `size`; raises PictureBroken, PictureTooLarge."""
        await self._quick.call("bot.pictures", "prepare", source, target, size)

    async def make_sendable(self, source: Path, target: Path, *, limit_bytes: int) -> Clip:
        """Return a clip that Telegram shows well: `source` itself if it is one already, otherwise one at `target`.

        The returned clip's `path` says which; `target` is written only if it is the latter.

        Raises:
            ClipBroken: `source` is no MP4 that can be played.
            ClipTooLarge: It cannot be brought under `limit_bytes`.
        """
        clip: Clip = await self._quick.call("bot.clips", "probe", source)
        treatment = clip.treatment(limit_bytes)
        if treatment is Treatment.NONE:
            return clip
        if treatment is Treatment.REMUX:
            remuxed: Clip = await self._quick.call("bot.clip_conversion", "remux", source, target)
            if remuxed.size_bytes <= limit_bytes:
                return remuxed
        reencoded: Clip = await self._slow.call(
            "bot.clip_conversion", "reencode", source, target, limit_bytes
        )
        return reencoded

    async def thumbnail(self, source: Path, target: Path) -> None:
        """Write a JPEG of at most 320 pixels a side and 200 kB of an early picture of the clip; raises ClipBroken."""
        await self._quick.call("bot.clips", "thumbnail", source, target)

    async def draw_chart(self, days: Sequence[Day]) -> bytes:
        """Return the chart of these days as a PNG; see `bot.charts`."""
        chart: bytes = await self._quick.call("bot.charts", "draw", days)
        return chart


class _Child:
    """One process that does one call at a time; a call waits for its turn, then gets `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def call(self, module: str, function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it returns
        """Modules go by name, so that the decoders are never loaded into the bot's own process."""
        async with self._turn:
            answered = False
            try:
                process = self._process = await self._running()
                result, error = await self._exchange(process, pickle.dumps((module, function, arguments)))
                answered = True
            finally:
                if not answered:  # its answer, if it ever came, would be taken for the next call's
                    await self.stop()
        if error is not None:
            raise error
        return result

    async def stop(self) -> None:
        """End the process at once and wait until it is gone; a call in hand raises MediaCrashed."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["MALLOC_MMAP_THRESHOLD_"] = "1048576"  # glibc: a freed picture goes back to the system
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.media_child",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=environment, start_new_session=True,
        )  # fmt: skip

    async def _exchange(self, process: Process, request: bytes) -> tuple[Any, Exception | None]:
        try:
            async with asyncio.timeout(self._seconds):
                return await _ask(process, request)
        except TimeoutError as exc:
            raise MediaTimedOut(self._seconds) from exc
        except (EOFError, ConnectionError) as exc:
            raise MediaCrashed(await process.wait()) from exc
        except pickle.UnpicklingError as exc:
            raise MediaCrashed(None) from exc


async def _ask(process: Process, request: bytes) -> tuple[Any, Exception | None]:
    """Raises EOFError or ConnectionError if the process is gone."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise EOFError
    stdin.write(len(request).to_bytes(4, "big") + request)
    await stdin.drain()
    header = await stdout.readexactly(4)
    answer = await stdout.readexactly(int.from_bytes(header, "big"))
    result, error = _Answer(io.BytesIO(answer)).load()
    return result, error


class _Answer(pickle.Unpickler):
    """Reads nothing but plain facts and errors: a decoder overcome by a stranger's file may answer anything."""

    def find_class(self, module: str, name: str) -> type:
        kind = _ANSWERS.get((module, name))
        if kind is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no answer")
        return kind


_ANSWERS: Final = {
    (kind.__module__, kind.__name__): kind
    for kind in (
        Clip, Size, type(Path()), ClipBroken, ClipTooLarge, PictureBroken, PictureTooLarge, PictureUnsupported,
        OSError, FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError,
    )
}  # fmt: skip
