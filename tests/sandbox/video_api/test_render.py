"""Rendering: real clips of the asked size and length, whatever the prompt, and the deviations tests need."""

import asyncio
import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError

from sandbox.video_api.clip_spec import ClipSpec, Filler, Variant
from sandbox.video_api.render import Renderer, render


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    codecs: tuple[str, ...]
    pixel_format: str
    width: int
    height: int
    seconds: float


def facts_of(clip: Path) -> Facts:
    with av.open(clip) as container:
        video = container.streams.video[0]
        return Facts(
            codecs=tuple(stream.codec_context.name for stream in container.streams),
            pixel_format=str(video.pix_fmt),
            width=video.width,
            height=video.height,
            seconds=round((container.duration or 0) / 1_000_000, 1),
        )


def pictures_of(clip: Path) -> list[Image.Image]:
    with av.open(clip) as container:
        return [frame.to_image() for frame in container.decode(video=0)]  # type: ignore[no-untyped-call]  # PyAV


def boxes_of(clip: Path) -> list[str]:
    names = []
    with clip.open("rb") as file:
        while header := file.read(8):
            names.append(header[4:].decode())
            file.seek(int.from_bytes(header[:4], "big") - 8, io.SEEK_CUR)
    return names


def files_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def photo(colour: str = "green", size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    picture.paste("white", (size[0] // 3, size[1] // 3, size[0] // 2, size[1] // 2))
    picture.save(file, "PNG")
    return file.getvalue()


SMALL = ClipSpec(width=320, height=180, seconds=2, prompt="a cat")


@pytest.mark.parametrize(
    ("width", "height", "seconds"),
    [(1280, 720, 1), (720, 1280, 1), (320, 180, 10)],
    ids=["wide", "tall", "long"],
)
def test_a_clip_is_h264_and_aac_of_the_asked_size_and_length(
    tmp_path: Path, width: int, height: int, seconds: int
) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=width, height=height, seconds=seconds, prompt="a cat surfing"), clip)
    assert facts_of(clip) == Facts(
        codecs=("h264", "aac"), pixel_format="yuv420p", width=width, height=height, seconds=seconds
    )


def test_the_index_stands_before_the_pictures(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    render(SMALL, clip)
    boxes = boxes_of(clip)
    assert boxes.index("moov") < boxes.index("mdat")


def test_the_index_stands_at_the_end_when_asked(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=320, height=180, seconds=1, variant=Variant(index_first=False)), clip)
    boxes = boxes_of(clip)
    assert boxes.index("mdat") < boxes.index("moov")


def test_a_clip_without_sound_has_no_sound_track(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=320, height=180, seconds=1, variant=Variant(sound=False)), clip)
    assert facts_of(clip).codecs == ("h264",)


def test_a_clip_padded_with_a_free_box_has_the_asked_size_and_still_plays(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=320, height=180, seconds=1, variant=Variant(megabytes=40)), clip)
    assert (clip.stat().st_size, boxes_of(clip)[-1], len(pictures_of(clip))) == (40_000_000, "free", 8)


def test_a_noisy_clip_is_big_in_earnest(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    variant = Variant(megabytes=5, filler=Filler.NOISE)
    render(ClipSpec(width=640, height=360, seconds=4, variant=variant), clip)
    with av.open(clip) as container:
        pictures = sum(packet.size for packet in container.demux(video=0))
    assert 4_000_000 < pictures <= clip.stat().st_size < 7_000_000


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        " \n\t",
        "画面动起来" * 200,
        "مرحبا بالعالم",
        "🐈‍⬛ 🏳️‍🌈",
        "e\u0301" * 500,
        "\x00\x1b[31m\u202e",
        "\ud83d",
        "x" * 32_000,
    ],
    ids=[
        "empty",
        "blank",
        "chinese",
        "arabic",
        "emoji",
        "combining",
        "controls",
        "lone surrogate",
        "very long",
    ],
)
def test_any_prompt_can_be_drawn(tmp_path: Path, prompt: str) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=160, height=90, seconds=1, prompt=prompt), clip)
    assert facts_of(clip).seconds == 1.0


def test_the_prompt_is_written_on_moving_pictures(tmp_path: Path) -> None:
    blank, written = tmp_path / "blank.mp4", tmp_path / "written.mp4"
    render(ClipSpec(width=640, height=360, seconds=1, prompt="\u200b"), blank)
    render(ClipSpec(width=640, height=360, seconds=1, prompt="W " * 14), written)
    pictures = pictures_of(written)
    assert not has_white_letters(pictures_of(blank)[0])
    assert has_white_letters(pictures[0])
    assert all(difference(*pair) > 0.3 for pair in pairwise(pictures))


def has_white_letters(picture: Image.Image) -> bool:
    brightness = picture.crop((200, 300, 440, 350)).convert("L").histogram()
    return sum(brightness[200:]) > 20


def test_the_photo_is_shown_and_comes_nearer(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    render(ClipSpec(width=320, height=240, seconds=2, photos=(photo(),)), clip)
    pictures = pictures_of(clip)
    with Image.open(io.BytesIO(photo(size=(320, 240)))) as still:
        assert difference(pictures[0], still) < difference(pictures[-1], still)
    assert difference(pictures[0], Image.new("RGB", (320, 240), "green")) < 60


def test_a_photo_that_is_none_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnidentifiedImageError):
        render(ClipSpec(width=320, height=180, seconds=1, photos=(b"not a picture",)), tmp_path / "clip.mp4")
    assert files_in(tmp_path) == []


async def test_the_same_clip_is_made_once(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path)
    clips = await asyncio.gather(*(renderer.clip(SMALL) for _ in range(5)))
    assert (len(set(clips)), files_in(tmp_path)) == (1, clips[:1])


async def test_other_prompts_and_photos_make_other_clips(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path)
    specs = [
        ClipSpec(width=160, height=90, seconds=1, prompt="a dog"),
        ClipSpec(width=160, height=90, seconds=1, prompt="a dog", photos=(photo("red"),)),
        ClipSpec(width=160, height=90, seconds=1, prompt="a dog", photos=(photo("blue"),)),
    ]
    assert len({await renderer.clip(spec) for spec in specs}) == 3


async def test_a_reusing_renderer_makes_one_clip_for_each_size_and_length(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path, reuse=True)
    prompts = [ClipSpec(width=160, height=90, seconds=1, prompt=prompt) for prompt in ("a", "b", "c")]
    longer = ClipSpec(width=160, height=90, seconds=2, prompt="a")
    assert len({await renderer.clip(spec) for spec in [*prompts, longer]}) == 2


async def test_the_event_loop_goes_on_while_a_clip_is_made(tmp_path: Path) -> None:
    renderer, turns = Renderer(tmp_path), 0
    async with asyncio.TaskGroup() as tasks:
        making = tasks.create_task(renderer.clip(SMALL))
        while not making.done():
            await asyncio.sleep(0)
            turns += 1
    assert turns > 10
