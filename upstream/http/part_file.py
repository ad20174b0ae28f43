"""A file that is written as `NAME.part`, and renamed when it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import IO, Final

from upstream.http import mp4
from upstream.http.pace import Pace

_WRITTEN_AT_ONCE: Final = 256 * 1024


class PartFile:
    """A clip on its way to `path`, no slower than `pace`; the disk is touched in threads, 256 KiB at a time."""

    def __init__(self, path: Path, pace: Pace) -> None:
        self._pace = pace
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._file: IO[bytes] | None = None
        # A cancelled call leaves its thread at work; whoever tidies up after it waits for that.
        self._one_at_a_time = threading.Lock()
        self._pending = bytearray()
        self._written = 0
        #: What the server calls this version of the clip (ETag or Last-Modified), if it says.
        self.version: str | None = None

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._written + len(self._pending)

    async def restart(self) -> None:
        """Forget what there is."""
        self._pending.clear()
        self._written = 0
        self.version = None
        self._pace.begin()
        await asyncio.to_thread(self._reopen)

    async def append(self, chunk: bytes) -> None:
        """Take what came; raises Unreachable if it comes too slowly."""
        self._pace.note(len(chunk))
        self._pending += chunk
        if len(self._pending) >= _WRITTEN_AT_ONCE:
            await self._flush()

    async def is_whole(self) -> bool:
        """Return whether this is an MP4 with all its boxes."""
        await self._flush()
        return self._file is not None and await asyncio.to_thread(mp4.is_whole, self._file, self._written)

    async def finish(self) -> int:
        """Take the place of `path` and return the size."""
        await self._flush()
        await asyncio.to_thread(self._take_place)
        return self._written

    async def discard(self) -> None:
        """Remove what is left, if it has not taken its place."""
        await asyncio.to_thread(self._remove)

    async def _flush(self) -> None:
        if self._file is None or not self._pending:
            return
        chunk, self._pending = self._pending, bytearray()
        await asyncio.to_thread(self._write, self._file, chunk)
        self._written += len(chunk)

    def _write(self, file: IO[bytes], chunk: bytearray) -> None:
        with self._one_at_a_time:
            file.seek(self._written)
            file.write(chunk)

    def _reopen(self) -> None:
        with self._one_at_a_time:
            self._close()
            self._file = self._part.open("w+b")

    def _take_place(self) -> None:
        with self._one_at_a_time:
            self._close()
            self._part.replace(self._path)

    def _remove(self) -> None:
        with self._one_at_a_time:
            self._close()
            self._part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
