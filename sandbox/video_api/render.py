"""Makes real clips: H.264 and AAC in an MP4, in about a second of CPU, one at a time and off the event loop."""

import asyncio
import hashlib
import math
import os
import threading
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av

from sandbox.video_api.clip_spec import FRAMES_PER_SECOND, ClipSpec, Variant
from sandbox.video_api.frames import pictures

SAMPLES_PER_SECOND = 44_100
MEGABYTE = 1_000_000
#: As smooth as can be drawn in half of the time that people wait for a clip in the practice chat.
WATCHED_FRAMES_PER_SECOND = 15
#: What nobody watches need not move smoothly, nor be fine: drawing is most of what a clip costs.
UNWATCHED_FRAMES_PER_SECOND = 1
UNWATCHED_ENLARGED = 8
UNWATCHED_PROMPT = "A house on a hill by day, for every prompt"


class Renderer:
    """Clips as files in a directory, where processes may share them; the same clip is never made twice.

    With `reuse` one clip serves every prompt and photo of its size and length, so that a hundred jobs cost one;
    it moves by the second only, unless it is to be big in earnest.
    How fine and smooth clips are stands in their specs: whether these are `watched` says what to ask for.
    `variant` may be set at any time: it is what clips made from then on are like.
    """

    def __init__(
        self,
        directory: Path,
        *,
        reuse: bool = False,
        variant: Variant | None = None,
        watched: bool = False,
    ) -> None:
        self.directory = directory
        self.reuse = reuse
        self.frames_per_second = WATCHED_FRAMES_PER_SECOND if watched else FRAMES_PER_SECOND
        self.enlarged = 1 if watched else UNWATCHED_ENLARGED
        self.variant = variant or Variant()
        self._one_at_a_time = threading.Lock()  # an asyncio lock would tie the renderer to one event loop

    async def clip(self, spec: ClipSpec) -> Path:
        """As `make`, off the event loop."""
        return await asyncio.to_thread(self.make, spec)

    def make(self, spec: ClipSpec) -> Path:
        """The clip's file, made now if there is none yet; the renderer's own variant replaces the spec's.

        Raises:
            PIL.UnidentifiedImageError: A photo is no picture.
        """
        if self.reuse:
            spec = replace(spec, prompt=UNWATCHED_PROMPT, photos=(), edited=())
            if not self.variant.noisy:
                spec = replace(
                    spec, frames_per_second=UNWATCHED_FRAMES_PER_SECOND, enlarged=UNWATCHED_ENLARGED
                )
        spec = replace(spec, variant=self.variant)
        target = self.directory / f"{_fingerprint(spec)}.mp4"
        with self._one_at_a_time:
            if not target.exists():
                render(spec, target)
        return target


def _fingerprint(spec: ClipSpec) -> str:
    photos = [hashlib.sha256(photo).hexdigest() for photo in spec.photos]
    return hashlib.sha256(f"{spec!r} {photos}".encode(errors="replace")).hexdigest()[:32]


def render(spec: ClipSpec, target: Path) -> None:
    """Write the clip; whoever finds a file at `target` finds a whole one.

    Raises:
        PIL.UnidentifiedImageError: A photo is no picture.
    """
    part = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        _mux(spec, part)
        _pad(part, spec.variant)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _mux(spec: ClipSpec, path: Path) -> None:
    options = {"movflags": "+faststart"} if spec.variant.index_first else {}
    with av.open(path, "w", format="mp4", options=options) as container:
        video = container.add_stream("libx264", rate=spec.frames_per_second, options=_x264_options(spec))
        video.width, video.height, video.pix_fmt = spec.width, spec.height, "yuv420p"
        video.codec_context.thread_count = 1  # the clip shares its cores with what is being tried out
        audio = None
        if spec.variant.sound:
            audio = container.add_stream("aac", rate=SAMPLES_PER_SECOND, layout="mono")
        for number, frame in enumerate(_frames(spec)):
            container.mux(video.encode(frame))
            if audio is not None and number % spec.frames_per_second == 0:
                second = number // spec.frames_per_second
                container.mux(audio.encode(_second_of_tone(second, spec.prompt)))
        container.mux(video.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))


def _x264_options(spec: ClipSpec) -> dict[str, str]:
    options = {"preset": "ultrafast", "profile": "baseline"}
    if not spec.variant.noisy or spec.variant.megabytes is None:
        return options | {"crf": "28"}
    rate = f"{int(spec.variant.megabytes * MEGABYTE * 8 / spec.seconds / 1000)}k"
    return options | {"b": rate, "minrate": rate, "maxrate": rate, "bufsize": rate, "nal-hrd": "cbr"}


def _frames(spec: ClipSpec) -> Iterator[av.VideoFrame]:
    for number, picture in enumerate(pictures(spec)):
        coloured = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # PyAV leaves it untyped
        frame = coloured.reformat(format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, spec.frames_per_second)
        yield frame


def _second_of_tone(second: int, prompt: str) -> av.AudioFrame:
    frame = av.AudioFrame(format="fltp", layout="mono", samples=SAMPLES_PER_SECOND)
    frame.planes[0].update(_wave(220 + zlib.crc32(prompt.encode(errors="replace")) % 12 * 20))
    frame.sample_rate, frame.pts = SAMPLES_PER_SECOND, second * SAMPLES_PER_SECOND
    frame.time_base = Fraction(1, SAMPLES_PER_SECOND)
    return frame


@lru_cache(maxsize=12)
def _wave(hertz: int) -> bytes:
    """One second of a soft fifth as 32-bit floats; of `hertz`, a multiple of 20, each tenth of it is the same."""
    turn = 2 * math.pi / SAMPLES_PER_SECOND
    angles = (turn * position * hertz for position in range(SAMPLES_PER_SECOND // 10))
    return (
        array("f", (0.08 * math.sin(angle) + 0.04 * math.sin(angle * 1.5) for angle in angles)).tobytes() * 10
    )


def _pad(path: Path, variant: Variant) -> None:
    """Grow the file with a `free` box (ISO 14496-12) of zeros, which most file systems store as a hole."""
    if variant.megabytes is None:
        return
    wanted = int(variant.megabytes * MEGABYTE)
    missing = wanted - path.stat().st_size
    if missing < len(_free_box_header(0)):
        return
    with path.open("ab") as clip:
        clip.write(_free_box_header(missing))
        clip.truncate(wanted)


def _free_box_header(size: int) -> bytes:
    return size.to_bytes(4, "big") + b"free"
