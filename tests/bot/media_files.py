"""Small pictures and clips for the tests of media, and a look at the media processes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.media import convert, probe
from bot.media.clip import Clip
from bot.media.processes import MediaProcesses
from sandbox.video_api.clip_spec import ClipSpec, Variant
from sandbox.video_api.render import render
from tests.bot.four_colours import quarters

LIMIT = 50_000_000
BOUND_SECONDS = 20
_OPTIONS = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "mjpeg": {},
}
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def rendered(path: Path, variant: Variant | None = None, seconds: int = 1) -> Path:
    render(ClipSpec(width=160, height=120, seconds=seconds, variant=variant or Variant()), path)
    return path


def photo(path: Path, size: tuple[int, int] = (64, 48)) -> Path:
    Image.new("RGB", size, (200, 0, 0)).save(path, "JPEG")
    return path


def film(
    path: Path,
    *,
    codec: str = "libx264",
    size: tuple[int, int] = (160, 160),
    aspect: Fraction | None = None,
    rotation: int = 0,
    pictures: int = 3,
) -> Path:
    """A silent clip of four colours whose pixels are `aspect` times as wide as tall."""
    with av.open(path, "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=25, options=_OPTIONS[codec])
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation:
            stream.set_display_rotation(rotation)
        frame = av.VideoFrame.from_image(quarters(*size))  # type: ignore[no-untyped-call] # PyAV leaves it untyped
        for number in range(pictures):
            picture = frame.reformat(format=stream.pix_fmt)
            picture.pts, picture.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


async def asked(room: MediaProcesses, module: str, function: str, *arguments: object) -> object:
    """Have the child for what is quick call any function, to see what it is able to."""
    answer: object = await room._quick.call(module, function, *arguments)
    return answer


def children(parent: int) -> list[int]:
    """The media processes of this process, from /proc/*/stat: pid (name) state parent ..."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z" and "bot.media.child" in command:
            found.append(int(entry.name))
    return found


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(BOUND_SECONDS):
        while not true():  # noqa: ASYNC110 - another process has no event to wait for
            await asyncio.sleep(0.01)


def remuxed(source: Path, target: Path) -> Clip:
    """Return the clip of a file, remuxed."""
    return convert.remux(probe.probe(source), target)
