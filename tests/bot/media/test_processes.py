"""The processes for pictures and clips: what they make of files, and what they say of those they cannot use."""

from __future__ import annotations

import asyncio
import pickle
from pathlib import Path

import pytest
from PIL import Image

from bot.media.errors import (
    ClipBroken,
    ClipNotShrinkable,
    ClipOversized,
    MediaCrashed,
    MediaError,
    MediaTimedOut,
    PictureBroken,
    PictureTooLarge,
    PictureUnsupported,
)
from bot.media.processes import MediaProcesses
from domain.size import Size
from sandbox.video_api.clip_spec import Filler, Variant
from tests.bot.media_files import (
    LIMIT,
    asked,
    names,
    photo,
    rendered,
)


async def test_a_picture_is_prepared(tmp_path: Path) -> None:
    source = photo(tmp_path / "photo")

    async with MediaProcesses() as room:
        await room.prepare_picture(source, tmp_path / "ready.jpg", Size(128, 72))

    with Image.open(tmp_path / "ready.jpg") as ready:
        assert ready.size == (128, 72)


async def test_a_sendable_clip_is_passed_through_untouched(tmp_path: Path) -> None:
    source = rendered(tmp_path / "clip.mp4")
    content = source.read_bytes()

    async with MediaProcesses() as room:
        clip = await room.make_sendable(source, tmp_path / "sendable.mp4", limit_bytes=LIMIT)

    assert clip.path == source
    assert source.read_bytes() == content
    assert names(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize(
    ("variant", "limit_bytes"),
    [
        pytest.param(Variant(sound=False), LIMIT, id="silent"),
        pytest.param(Variant(index_first=False), LIMIT, id="index at the end"),
        pytest.param(Variant(megabytes=1), 500_000, id="padded"),
        pytest.param(Variant(megabytes=1, filler=Filler.NOISE), 500_000, id="too large"),
        pytest.param(
            Variant(megabytes=1, filler=Filler.NOISE, sound=False), 500_000, id="too large and silent"
        ),
    ],
)
async def test_any_other_clip_is_made_sendable(tmp_path: Path, variant: Variant, limit_bytes: int) -> None:
    source, target = rendered(tmp_path / "clip.mp4", variant), tmp_path / "sendable.mp4"

    async with MediaProcesses() as room:
        clip = await room.make_sendable(source, target, limit_bytes=limit_bytes)

    assert clip.path == target
    assert (clip.audio_codec, clip.index_first) == ("aac", True)
    assert clip.size_bytes == target.stat().st_size
    assert clip.size_bytes <= limit_bytes


async def test_a_clip_that_only_just_fits_before_it_gets_its_silence_is_shrunk(tmp_path: Path) -> None:
    source = rendered(tmp_path / "clip.mp4", Variant(megabytes=0.5, filler=Filler.NOISE, sound=False))
    limit_bytes = source.stat().st_size

    async with MediaProcesses() as room:
        clip = await room.make_sendable(source, tmp_path / "sendable.mp4", limit_bytes=limit_bytes)

    assert clip.audio_codec == "aac"
    assert clip.size_bytes <= limit_bytes


async def test_a_clip_has_a_thumbnail(tmp_path: Path) -> None:
    async with MediaProcesses() as room:
        await room.thumbnail(rendered(tmp_path / "clip.mp4"), tmp_path / "thumbnail.jpg")

    with Image.open(tmp_path / "thumbnail.jpg") as thumbnail:
        assert thumbnail.size == (160, 120)


async def test_what_is_wrong_with_a_file_comes_back_with_its_facts(tmp_path: Path) -> None:
    heic, huge = tmp_path / "photo.heic", tmp_path / "huge.jpg"
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0")
    Image.new("L", (5000, 4000)).save(huge, progressive=True)
    clip = rendered(tmp_path / "clip.mp4")

    async with MediaProcesses() as room:
        with pytest.raises(PictureUnsupported) as unsupported:
            await room.prepare_picture(heic, tmp_path / "ready.jpg", Size(64, 48))
        with pytest.raises(PictureTooLarge) as too_large:
            await room.prepare_picture(huge, tmp_path / "ready.jpg", Size(64, 48))
        with pytest.raises(ClipBroken):
            await room.thumbnail(heic, tmp_path / "thumbnail.jpg")
        with pytest.raises(ClipNotShrinkable) as not_shrunk:
            await room.make_sendable(clip, tmp_path / "sendable.mp4", limit_bytes=1000)
        with pytest.raises(FileNotFoundError) as missing:
            await room.prepare_picture(tmp_path / "missing", tmp_path / "ready.jpg", Size(64, 48))

    assert unsupported.value.problem == "HEIC"
    assert too_large.value.size == Size(5000, 4000)
    assert not_shrunk.value.size_bytes == clip.stat().st_size
    assert missing.value.filename == str(tmp_path / "missing")


ERRORS: list[MediaError] = [
    PictureBroken("truncated"),
    PictureUnsupported("HEIC"),
    PictureTooLarge(90, Size(10, 10)),
    ClipBroken("no index"),
    ClipNotShrinkable(60_000_000),
    ClipOversized(Size(12_000, 12_000)),
    ClipOversized(),
    MediaCrashed(-9),
    MediaTimedOut(60.0),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_survives_the_way_between_processes(error: MediaError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in this line

    assert (type(copy), vars(copy), str(copy)) == (type(error), vars(error), str(error))


async def test_calls_at_the_same_time_each_get_their_own_answer() -> None:
    async with MediaProcesses() as room, asyncio.TaskGroup() as group:
        answers = [group.create_task(asked(room, "operator", "neg", number)) for number in range(12)]

    assert [answer.result() for answer in answers] == [-number for number in range(12)]
