"""Small pictures and clips, and a look at the media processes, for the tests of the media room."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from sandbox.clips import ClipSpec, Variant
from sandbox.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
LIMIT = 50_000_000
BOUND_SECONDS = 20
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def rendered(path: Path, variant: Variant | None = None, seconds: int = 1) -> Path:
    render(ClipSpec(width=160, height=120, seconds=seconds, variant=variant or Variant()), path)
    return path


def photo(path: Path, size: tuple[int, int] = (64, 48)) -> Path:
    Image.new("RGB", size, (200, 0, 0)).save(path, "JPEG")
    return path


def children(parent: int) -> list[int]:
    """The media processes of this process, from /proc/*/stat: pid (name) state parent ..."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z" and "bot.media_child" in command:
            found.append(int(entry.name))
    return found


def environment_of(pid: int) -> str:
    return Path(f"/proc/{pid}/environ").read_text()


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(BOUND_SECONDS):
        while not true():  # noqa: ASYNC110 - another process has no event to wait for
            await asyncio.sleep(0.01)
