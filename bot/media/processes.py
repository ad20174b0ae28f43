"""Runs CPU-heavy work on pictures, clips and charts in child processes, which may die without harm."""

from __future__ import annotations

import asyncio
import io
import math
import os
import pickle
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakValueDictionary

from bot.media.clip import Clip
from bot.media.errors import (
    ClipBroken,
    ClipNotShrinkable,
    ClipOversized,
    MediaCrashed,
    MediaTimedOut,
    PictureBroken,
    PictureTooLarge,
    PictureUnsupported,
)
from domain.size import Size
from domain.statistics import Day

#: Seconds that one picture may take: the largest that is opened takes one or two.
PICTURE_SECONDS: Final = 10.0
#: Seconds that one look, one chart or one remux may take.
QUICK_SECONDS: Final = 60.0
#: Seconds that encoding one clip again may take.
REENCODING_SECONDS: Final = 600.0
#: Seconds after which a child that has nothing to do is ended, for it holds some 55 MB.
IDLE_SECONDS: Final = 300.0

# Address space that the children may take; at the bounds of `bot.media.images` and `bot.media.clip` they took 180 MB for a
# picture, 520 MB for a look and 1.2 GB for encoding again, of which about half was in use.
_PICTURE_MEMORY: Final = 512 << 20
_QUICK_MEMORY: Final = 1 << 30
_REENCODING_MEMORY: Final = 2 << 30
_LARGEST_PICTURE: Final = 64 << 20
_LARGEST_CLIP: Final = 2 << 30
#: Bytes of an answer; a chart has some ten thousand.
_LONGEST_ANSWER: Final = 16 << 20
#: Threads that may work on one call; each second of a call they may take a second of CPU each.
_THREADS: Final = 4

#: All of the environment that the children see: what comes from strangers is decoded far from the bot's secrets.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class MediaProcesses:
    """Three child processes, started when first needed and ended when idle: strangers' pictures hold up no clip.

    One is for pictures, one for what is quick with clips and charts, one for encoding clips again. Use it as an async
    context manager around everything that calls it. Beside what each method names, all raise

    - MediaInterrupted: the child died over the file, or took too long (MediaCrashed, MediaTimedOut); the next call
      gets a new child.
    - OSError: a file cannot be read or written.
    """

    def __init__(
        self,
        *,
        picture_seconds: float = PICTURE_SECONDS,
        quick_seconds: float = QUICK_SECONDS,
        reencoding_seconds: float = REENCODING_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._pictures = _Child(
            picture_seconds, idle_seconds, memory_bytes=_PICTURE_MEMORY, file_bytes=_LARGEST_PICTURE
        )
        self._quick = _Child(
            quick_seconds, idle_seconds, memory_bytes=_QUICK_MEMORY, file_bytes=_LARGEST_CLIP
        )
        self._slow = _Child(
            reencoding_seconds, idle_seconds, memory_bytes=_REENCODING_MEMORY, file_bytes=_LARGEST_CLIP
        )
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for child in (self._pictures, self._quick, self._slow):
            await child.stop()

    async def prepare_picture(self, source: Path, target: Path, size: Size, *, person: int = 0) -> None:
        """Write the picture to `target` as a JPEG of exactly `size`.

        Of each `person` one picture waits at a time, so that whoever sends many is no earlier than who sends one.

        Raises:
            PictureBroken: It cannot be opened, or not in the time that any honest picture needs.
            PictureTooLarge: It would take too much memory.
        """
        turn = self._turns.setdefault(person, asyncio.Lock())
        async with turn:
            try:
                await self._pictures.call("bot.media.images", "prepare", source, target, size)
            except MediaTimedOut as error:
                raise PictureBroken(f"it takes more than {error.seconds:g} s") from error

    async def make_sendable(self, source: Path, target: Path, *, limit_bytes: int) -> Clip:
        """Return a clip that Telegram shows well: `source` itself if it is one already, otherwise one at `target`.

        The returned clip's `path` says which; `target` is written only if it is the latter, and taken as it is if an
        earlier call for this source has written it.

        Raises:
            ClipBroken: `source` is no MP4 that can be played.
            ClipNotShrinkable: It cannot be brought under `limit_bytes`.
            ClipOversized: It has more pixels than can be opened safely.
        """
        clip: Clip | None = await self._quick.call(
            "bot.media.convert", "remux_if_needed", source, target, limit_bytes
        )
        if clip is None:
            clip = await self._slow.call("bot.media.convert", "reencode", source, target, limit_bytes)
        return clip

    async def thumbnail(self, source: Path, target: Path) -> None:
        """Write a JPEG of at most 320 pixels a side and 200 kB of an early picture of the clip; raises ClipBroken."""
        await self._quick.call("bot.media.probe", "thumbnail", source, target)

    async def draw_chart(self, days: Sequence[Day]) -> bytes:
        """Return the chart of these days as a PNG; see `bot.media.chart`."""
        chart: bytes = await self._quick.call("bot.media.chart", "draw", days)
        return chart


class _Child:
    """One process that does one call at a time; a call waits for its turn, then gets `seconds`."""

    def __init__(self, seconds: float, idle_seconds: float, *, memory_bytes: int, file_bytes: int) -> None:
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._limits = (memory_bytes, file_bytes, math.ceil(seconds) * _THREADS)
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._retirement: asyncio.TimerHandle | None = None

    async def call(self, module: str, function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it returns
        """Modules go by name, so that the decoders are never loaded into the bot's own process."""
        async with self._turn:
            self._stay()
            answered = False
            try:
                process = self._process = await self._running()
                result, error = await self._exchange(process, pickle.dumps((module, function, arguments)))
                answered = True
            finally:
                if not answered:  # its answer, if it ever came, would be taken for the next call's
                    await self._abandon()
            self._retirement = asyncio.get_running_loop().call_later(self._idle_seconds, self._retire)
        if error is not None:
            raise error
        return result

    async def stop(self) -> None:
        """End the process at once and wait until it is gone; a call in hand raises MediaCrashed."""
        process = self._process
        self._retire()
        if process is not None:
            await process.wait()

    async def _abandon(self) -> None:
        """End the process in the middle of its answer."""
        process = self._process
        self._retire()
        if process is not None:
            await process.communicate()  # wait() would wait for ever for somebody to read what is left

    def _retire(self) -> None:
        """End the process at once."""
        self._stay()
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()

    def _stay(self) -> None:
        if self._retirement is not None:
            self._retirement.cancel()
            self._retirement = None

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["MALLOC_MMAP_THRESHOLD_"] = "1048576"  # glibc: a freed picture goes back to the system
        environment["MALLOC_ARENA_MAX"] = "2"  # glibc: a thread reserves no address space of its own
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.media.child", *map(str, self._limits),
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
            exit_code = await process.wait()
            if exit_code == -signal.SIGXCPU:
                raise MediaTimedOut(self._seconds) from exc
            raise MediaCrashed(exit_code) from exc
        except pickle.UnpicklingError as exc:
            raise MediaCrashed(None) from exc


async def _ask(process: Process, request: bytes) -> tuple[Any, Exception | None]:
    """Raises EOFError or ConnectionError if the process is gone."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise EOFError
    stdin.write(len(request).to_bytes(4, "big") + request)
    await stdin.drain()
    length = int.from_bytes(await stdout.readexactly(4), "big")
    if length > _LONGEST_ANSWER:
        raise pickle.UnpicklingError(f"an answer of {length:,} bytes")
    answer = await stdout.readexactly(length)
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
        Clip, Size, type(Path()), ClipBroken, ClipOversized, ClipNotShrinkable, PictureBroken, PictureTooLarge, PictureUnsupported,
        OSError, FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError,
    )
}  # fmt: skip
