"""The practice video API in a process of its own: tells its address on stdout and, when stdin closes, what it saw."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.video_api.clip_spec import ClipSpec, Variant
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running

KEY = "practice-key-of-the-benchmarks"
#: What sora-2 draws when it is asked for nothing special, upright and lying.
_SIZES = ((720, 1280), (1280, 720))
_LENGTH = 10  # seconds
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoApiTerms:
    """How the video API behaves: `seconds` that renders take in turn, and how large each clip is (None: as drawn)."""

    dialect: Dialect = Dialect.YIBU
    seconds: tuple[float, ...]
    megabytes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the API saw of one video."""

    prompt: str
    ready_at: datetime
    #: When it was looked at, in order.
    looks: tuple[datetime, ...]


class VideoApi:
    """The process as the driver holds it."""

    def __init__(self, process: Process, origin: str) -> None:
        self._process = process
        self.origin = origin

    async def report(self) -> list[Record]:
        """End the process and return what it saw, for every video that was completed."""
        async with asyncio.timeout(_PATIENCE):
            seen, _ = await self._process.communicate(b"")
        return [_record(line) for line in seen.splitlines()]


@asynccontextmanager
async def video_api_process(terms: VideoApiTerms, folder: Path) -> AsyncIterator[VideoApi]:
    """Start the process; the clips lie in `folder` and are drawn before anybody asks."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, json.dumps(asdict(terms)), str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )  # fmt: skip
    try:
        if process.stdout is None:
            raise RuntimeError("the video API has no voice")
        async with asyncio.timeout(_PATIENCE):
            origin = (await process.stdout.readline()).decode().strip()
        yield VideoApi(process, origin)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def serve(terms: VideoApiTerms, folder: Path) -> None:
    renderer = Renderer(folder, reuse=True, variant=Variant(megabytes=terms.megabytes))
    for width, height in _SIZES:
        renderer.make(ClipSpec(width=width, height=height, seconds=_LENGTH))
    seconds = itertools.cycle(terms.seconds)
    sandbox = VideoApiSandbox(
        dialect=terms.dialect, api_key=KEY, seconds_to_render=lambda: next(seconds), renderer=renderer
    )
    async with running(sandbox) as origins:
        print(origins.api, flush=True)
        await asyncio.to_thread(sys.stdin.read)
    for order in sandbox.orders:
        ready_at = sandbox.ready_at.get(order.video_id)
        if ready_at is not None:
            looks = [look.isoformat() for look in sandbox.looked_at[order.video_id]]
            print(json.dumps({
                "prompt": order.fields["prompt"], "ready_at": ready_at.isoformat(), "looks": looks,
            }))  # fmt: skip


def _record(line: bytes) -> Record:
    told: dict[str, Any] = json.loads(line)
    return Record(
        prompt=told["prompt"],
        ready_at=datetime.fromisoformat(told["ready_at"]),
        looks=tuple(map(datetime.fromisoformat, told["looks"])),
    )


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    asyncio.run(
        serve(
            VideoApiTerms(
                dialect=Dialect(asked["dialect"]),
                seconds=tuple(asked["seconds"]),
                megabytes=asked["megabytes"],
            ),
            Path(sys.argv[2]),
        )
    )
