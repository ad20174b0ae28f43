"""The room of pictures and clips: its children do the work, die without harm, and never outlive the bot."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot import media
from bot.media import MediaRoom
from bot.media_errors import (
    ClipBroken,
    ClipTooLarge,
    MediaCrashed,
    MediaError,
    MediaTimedOut,
    PictureBroken,
    PictureTooLarge,
    PictureUnsupported,
)
from domain.size import Size
from sandbox.clips import ClipSpec, Filler, Variant
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


async def test_a_picture_is_measured_and_prepared(tmp_path: Path) -> None:
    source = photo(tmp_path / "photo")

    async with MediaRoom() as room:
        size = await room.measure_picture(source)
        await room.prepare_picture(source, tmp_path / "ready.jpg", Size(128, 72))

    assert size == Size(64, 48)
    with Image.open(tmp_path / "ready.jpg") as ready:
        assert ready.size == (128, 72)


async def test_a_sendable_clip_is_passed_through_untouched(tmp_path: Path) -> None:
    source = rendered(tmp_path / "clip.mp4")
    content = source.read_bytes()

    async with MediaRoom() as room:
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

    async with MediaRoom() as room:
        clip = await room.make_sendable(source, target, limit_bytes=limit_bytes)

    assert clip.path == target
    assert (clip.has_audio, clip.index_first) == (True, True)
    assert clip.size_bytes == target.stat().st_size
    assert clip.size_bytes <= limit_bytes


async def test_a_clip_that_only_just_fits_before_it_gets_its_silence_is_shrunk(tmp_path: Path) -> None:
    source = rendered(tmp_path / "clip.mp4", Variant(megabytes=0.5, filler=Filler.NOISE, sound=False))
    limit_bytes = source.stat().st_size

    async with MediaRoom() as room:
        clip = await room.make_sendable(source, tmp_path / "sendable.mp4", limit_bytes=limit_bytes)

    assert clip.has_audio
    assert clip.size_bytes <= limit_bytes


async def test_a_clip_has_a_thumbnail(tmp_path: Path) -> None:
    async with MediaRoom() as room:
        await room.thumbnail(rendered(tmp_path / "clip.mp4"), tmp_path / "thumbnail.jpg")

    with Image.open(tmp_path / "thumbnail.jpg") as thumbnail:
        assert thumbnail.size == (160, 120)


async def test_what_is_wrong_with_a_file_comes_back_with_its_facts(tmp_path: Path) -> None:
    heic, huge = tmp_path / "photo.heic", tmp_path / "huge.jpg"
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0")
    Image.new("L", (5000, 4000)).save(huge, progressive=True)
    clip = rendered(tmp_path / "clip.mp4")

    async with MediaRoom() as room:
        with pytest.raises(PictureUnsupported) as unsupported:
            await room.measure_picture(heic)
        with pytest.raises(PictureTooLarge) as too_large:
            await room.prepare_picture(huge, tmp_path / "ready.jpg", Size(64, 48))
        with pytest.raises(ClipBroken):
            await room.thumbnail(heic, tmp_path / "thumbnail.jpg")
        with pytest.raises(ClipTooLarge) as not_shrunk:
            await room.make_sendable(clip, tmp_path / "sendable.mp4", limit_bytes=1000)
        with pytest.raises(FileNotFoundError) as missing:
            await room.measure_picture(tmp_path / "missing")

    assert unsupported.value.format_name == "HEIC"
    assert too_large.value.size == Size(5000, 4000)
    assert not_shrunk.value.size_bytes == clip.stat().st_size
    assert missing.value.filename == str(tmp_path / "missing")


ERRORS: list[MediaError] = [
    PictureBroken("truncated"),
    PictureUnsupported("HEIC"),
    PictureTooLarge(90, Size(10, 10)),
    ClipBroken("no index"),
    ClipTooLarge(60_000_000),
    MediaCrashed(-9),
    MediaTimedOut(60.0),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_survives_the_way_between_processes(error: MediaError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in this line

    assert (type(copy), vars(copy), str(copy)) == (type(error), vars(error), str(error))


async def test_calls_at_the_same_time_each_get_their_own_answer(tmp_path: Path) -> None:
    sizes = [(10 + number, 20) for number in range(12)]
    photos = [photo(tmp_path / f"{number}.jpg", size) for number, size in enumerate(sizes)]

    async with MediaRoom() as room, asyncio.TaskGroup() as group:
        answers = [group.create_task(room.measure_picture(path)) for path in photos]

    assert [answer.result() for answer in answers] == [Size(*size) for size in sizes]


@on_linux
async def test_a_child_that_dies_over_a_file_spoils_that_call_only(tmp_path: Path) -> None:
    source, clip = photo(tmp_path / "photo"), rendered(tmp_path / "clip.mp4")

    async with MediaRoom() as room, asyncio.TaskGroup() as group:
        await room.measure_picture(source)
        (child,) = children(os.getpid())
        os.kill(child, signal.SIGSTOP)
        doomed = group.create_task(_error_of(room, clip))
        waiting = group.create_task(room.measure_picture(source))
        for _ in range(10):  # turns of the loop: enough for the call to be handed over to the halted child
            await asyncio.sleep(0)
        os.kill(child, signal.SIGKILL)

    crashed = doomed.result()
    assert isinstance(crashed, MediaCrashed)
    assert crashed.exit_code == -signal.SIGKILL
    assert waiting.result() == Size(64, 48)


async def _error_of(room: MediaRoom, clip: Path) -> MediaError | None:
    try:
        await room.make_sendable(clip, clip.with_name("sendable.mp4"), limit_bytes=LIMIT)
    except MediaError as error:
        return error
    return None


@on_linux
async def test_a_child_found_dead_is_replaced(tmp_path: Path) -> None:
    source = photo(tmp_path / "photo")

    async with MediaRoom() as room:
        await room.measure_picture(source)
        (child,) = children(os.getpid())
        os.kill(child, signal.SIGKILL)
        await until(lambda: not children(os.getpid()))
        with suppress(MediaCrashed):  # its death need not have been noticed yet
            await room.measure_picture(source)

        assert await room.measure_picture(source) == Size(64, 48)


async def test_a_call_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    async with MediaRoom(quick_seconds=0) as room:
        with pytest.raises(MediaTimedOut) as stopped:
            await room.measure_picture(photo(tmp_path / "photo"))

    assert stopped.value.seconds == 0


async def test_the_next_call_never_gets_the_answer_of_a_cancelled_one(tmp_path: Path) -> None:
    small, large = photo(tmp_path / "small", (10, 10)), photo(tmp_path / "large", (4000, 3000))

    async with MediaRoom() as room:
        await room.measure_picture(small)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await room.prepare_picture(large, tmp_path / "ready.jpg", Size(64, 48))

        assert await room.measure_picture(small) == Size(10, 10)


@on_linux
async def test_a_room_that_is_left_has_no_children(tmp_path: Path) -> None:
    async with MediaRoom() as room:
        await room.measure_picture(photo(tmp_path / "photo"))
        before = children(os.getpid())

    assert (len(before), children(os.getpid())) == (1, [])


@on_linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
async def test_a_signal_meant_for_the_bot_does_not_stop_the_work(
    tmp_path: Path, number: signal.Signals
) -> None:
    source = photo(tmp_path / "photo")

    async with MediaRoom() as room:
        await room.measure_picture(source)
        before = children(os.getpid())
        os.kill(before[0], number)

        assert await room.measure_picture(source) == Size(64, 48)
        assert children(os.getpid()) == before


PARENT = """
import asyncio, sys
from pathlib import Path
from bot.media import MediaRoom

async def main():
    async with MediaRoom() as room:
        await room.measure_picture(Path(sys.argv[1]))
        print("ready", flush=True)
        await room.make_sendable(Path(sys.argv[2]), Path(sys.argv[3]), limit_bytes=9_000_000)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@on_linux
async def test_no_child_outlives_a_bot_that_is_killed(tmp_path: Path) -> None:
    source = photo(tmp_path / "photo")
    clip = rendered(tmp_path / "clip.mp4", Variant(megabytes=10, filler=Filler.NOISE), seconds=4)
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, source, clip, tmp_path / "sendable.mp4",
        stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    await until(lambda: len(children(parent.pid)) == 2)
    orphans = children(parent.pid)

    parent.kill()
    await parent.wait()

    await until(lambda: not any(_alive(child) for child in orphans))


def _alive(pid: int) -> bool:
    try:
        return "bot.media_child" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


@on_linux
async def test_the_children_do_not_know_the_bots_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:made-up")

    async with MediaRoom() as room:
        await room.measure_picture(photo(tmp_path / "photo"))
        (child,) = children(os.getpid())
        environment = environment_of(child)

    assert "PYTHONPATH=" in environment
    assert "TELEGRAM_BOT_TOKEN" not in environment


def test_an_answer_that_is_more_than_facts_is_not_read() -> None:
    overcome = pickle.dumps(shutil.rmtree)

    with pytest.raises(pickle.UnpicklingError):
        media._Answer(io.BytesIO(overcome)).load()


HEAVY = ("av", "PIL", "telegram", "sqlalchemy", "pydantic", "httpx")


@pytest.mark.parametrize(
    ("modules", "loaded"),
    [
        pytest.param(("bot.media",), set(), id="the bot loads no decoders"),
        pytest.param(
            ("bot.media_child", "bot.pictures", "bot.clips", "bot.clip_conversion"),
            {"av", "PIL"},
            id="a child loads no bot",
        ),
    ],
)
def test_neither_process_carries_what_only_the_other_needs(
    modules: tuple[str, ...], loaded: set[str]
) -> None:
    code = f"import sys, {', '.join(modules)}; print(*({set(HEAVY)} & set(sys.modules)))"
    printed = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout

    assert set(printed.split()) == loaded
