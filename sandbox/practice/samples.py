"""What people send besides words and photos: clips of their own, and ready-made ones for whoever has none at hand."""

import io
from array import array
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from math import pi, sin
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from av.error import FFmpegError
from PIL import Image, ImageDraw

from sandbox.telegram.files import FileKind, Media, TelegramFiles
from sandbox.telegram.probe import probe
from sandbox.video_api.clip_spec import ClipSpec, Variant
from sandbox.video_api.render import render

CLIP = ClipSpec(width=640, height=360, seconds=3, prompt="a sailing boat on a calm sea at noon")
STICKER_SIDE = 512
VOICE_SECONDS = 2
SAMPLES_PER_SECOND = 48_000


class Sample(StrEnum):
    """What there is ready-made."""

    VIDEO = "video"
    #: A clip without sound, as which Telegram keeps GIFs.
    GIF = "gif"
    VOICE = "voice"
    STICKER = "sticker"


def sample(files: TelegramFiles, kind: Sample) -> Media:
    """Store a ready-made one. It takes a second of CPU the first time."""
    content = MAKERS[kind]()
    match kind:
        case Sample.VIDEO | Sample.GIF:
            return _clip(files, content, f"{kind}.mp4")
        case Sample.VOICE:
            file = files.write(content, kind=FileKind.VOICE, suffix=".ogg")
            return files.remember(Media(file=file, mime_type="audio/ogg", duration=VOICE_SECONDS))
        case Sample.STICKER:
            file = files.write(content, kind=FileKind.STICKER, suffix=".webp")
            return files.remember(
                Media(file=file, mime_type="image/webp", width=STICKER_SIDE, height=STICKER_SIDE)
            )


def read_clip(files: TelegramFiles, content: bytes, name: str | None) -> Media | None:
    """Store an MP4 or a GIF as people's clients send it; None if it is neither."""
    if content.startswith(b"GIF8"):
        return _gif(files, content, name)
    with TemporaryDirectory() as folder:
        path = Path(folder, "clip.mp4")
        path.write_bytes(content)
        is_clip = probe(path) is not None
    try:
        return _clip(files, content, name) if is_clip else None
    except (FFmpegError, StopIteration):  # not one picture of it can be seen
        return None


def _clip(files: TelegramFiles, content: bytes, name: str | None) -> Media:
    with av.open(io.BytesIO(content), "r") as container:
        has_sound, seconds = bool(container.streams.audio), (container.duration or 0) / av.time_base
        picture: Image.Image = next(container.decode(video=0)).to_image()  # type: ignore[no-untyped-call]  # av's own
    still = io.BytesIO()
    picture.save(still, "JPEG")
    kind = FileKind.VIDEO if has_sound else FileKind.ANIMATION
    return files.remember(
        Media(
            file=files.write(content, kind=kind, suffix=".mp4"),
            mime_type="video/mp4",
            file_name=name,
            width=picture.width,
            height=picture.height,
            duration=max(1, round(seconds)),
            thumbnail=files.draw_thumbnail(still.getvalue()),
        )
    )


def _gif(files: TelegramFiles, content: bytes, name: str | None) -> Media | None:
    thumbnail = files.draw_thumbnail(content)
    if thumbnail is None:
        return None
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    file = files.write(content, kind=FileKind.ANIMATION, suffix=".gif")
    return files.remember(
        Media(
            file=file,
            mime_type="image/gif",
            file_name=name,
            width=width,
            height=height,
            duration=1,
            thumbnail=thumbnail,
        )
    )


@lru_cache
def _drawn_clip(*, sound: bool) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "clip.mp4")
        spec = ClipSpec(
            width=CLIP.width,
            height=CLIP.height,
            seconds=CLIP.seconds,
            prompt=CLIP.prompt,
            variant=Variant(sound=sound),
        )
        render(spec, path)
        return path.read_bytes()


@lru_cache
def _voice() -> bytes:
    """Two tones, which stand for somebody who says something."""
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=SAMPLES_PER_SECOND, layout="mono")
        for begin in range(0, VOICE_SECONDS * SAMPLES_PER_SECOND, 960):
            tones = array("h", (_wave(begin + at) for at in range(960)))
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(tones.tobytes())
            frame.sample_rate, frame.pts = SAMPLES_PER_SECOND, begin
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _wave(at: int) -> int:
    pitch = 220 if at < SAMPLES_PER_SECOND else 330
    return int(4000 * sin(2 * pi * pitch * at / SAMPLES_PER_SECOND))


@lru_cache
def _sticker() -> bytes:
    """A smiling sun."""
    picture = Image.new("RGBA", (STICKER_SIDE, STICKER_SIDE))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 40, 472, 472), fill="#ffc83d", outline="#ffffff", width=16)
    for left in (170, 290):
        draw.ellipse((left, 180, left + 52, 250), fill="#4a3412")
    draw.arc((150, 190, 362, 390), 20, 160, fill="#4a3412", width=18)
    out = io.BytesIO()
    picture.save(out, "WEBP")
    return out.getvalue()


MAKERS: Mapping[Sample, Callable[[], bytes]] = {
    Sample.VIDEO: lambda: _drawn_clip(sound=True),
    Sample.GIF: lambda: _drawn_clip(sound=False),
    Sample.VOICE: _voice,
    Sample.STICKER: _sticker,
}
