"""The child processes for media: they die without harm, know no secrets, and never outlive the bot."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.media import processes
from bot.media.errors import MediaCrashed, MediaError, MediaTimedOut, PictureBroken
from bot.media.processes import MediaProcesses
from domain.size import Size
from sandbox.video_api.clip_spec import Filler, Variant
from tests.bot.media_files import (
    LIMIT,
    asked,
    children,
    on_linux,
    photo,
    rendered,
    until,
)

#: What the child is asked where any answer will do.
SEVEN = ("operator", "index", 7)


@on_linux
async def test_a_child_that_dies_over_a_file_spoils_that_call_only(
    tmp_path: Path, begun: Callable[[], list[int]]
) -> None:
    clip = rendered(tmp_path / "clip.mp4")

    async with MediaProcesses() as room, asyncio.TaskGroup() as group:
        await asked(room, *SEVEN)
        (child,) = begun()
        os.kill(child, signal.SIGSTOP)
        doomed = group.create_task(_error_of(room, clip))
        waiting = group.create_task(asked(room, *SEVEN))
        for _ in range(10):  # turns of the loop: enough for the call to be handed over to the halted child
            await asyncio.sleep(0)
        os.kill(child, signal.SIGKILL)

    crashed = doomed.result()
    assert isinstance(crashed, MediaCrashed)
    assert crashed.exit_code == -signal.SIGKILL
    assert waiting.result() == 7


async def _error_of(room: MediaProcesses, clip: Path) -> MediaError | None:
    try:
        await room.make_sendable(clip, clip.with_name("sendable.mp4"), limit_bytes=LIMIT)
    except MediaError as error:
        return error
    return None


@on_linux
async def test_a_child_found_dead_is_replaced(begun: Callable[[], list[int]]) -> None:
    async with MediaProcesses() as room:
        await asked(room, *SEVEN)
        (child,) = begun()
        os.kill(child, signal.SIGKILL)
        await until(lambda: not begun())
        with suppress(MediaCrashed):  # its death need not have been noticed yet
            await asked(room, *SEVEN)

        assert await asked(room, *SEVEN) == 7


async def test_a_call_that_takes_too_long_is_stopped() -> None:
    async with MediaProcesses(quick_seconds=0) as room:
        with pytest.raises(MediaTimedOut) as stopped:
            await asked(room, *SEVEN)

    assert stopped.value.seconds == 0


async def test_a_picture_that_takes_too_long_is_broken(tmp_path: Path) -> None:
    async with MediaProcesses(picture_seconds=0) as room:
        with pytest.raises(PictureBroken, match="more than 0 s"):
            await room.prepare_picture(photo(tmp_path / "photo"), tmp_path / "ready.jpg", Size(64, 48))


async def test_the_next_call_never_gets_the_answer_of_a_cancelled_one() -> None:
    async with MediaProcesses() as room:
        await asked(room, *SEVEN)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await asked(room, "operator", "neg", 9)

        assert await asked(room, *SEVEN) == 7


@on_linux
async def test_a_room_that_is_left_has_no_children(tmp_path: Path, begun: Callable[[], list[int]]) -> None:
    async with MediaProcesses() as room:
        await asked(room, *SEVEN)
        await room.prepare_picture(photo(tmp_path / "photo"), tmp_path / "ready.jpg", Size(64, 48))
        before = begun()

    assert (len(before), begun()) == (2, [])


@on_linux
async def test_a_child_without_work_is_ended_and_the_next_call_gets_another(
    begun: Callable[[], list[int]],
) -> None:
    async with MediaProcesses(idle_seconds=0) as room:
        await asked(room, *SEVEN)
        await until(lambda: not begun())

        assert await asked(room, *SEVEN) == 7


@on_linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
async def test_a_signal_meant_for_the_bot_does_not_stop_the_work(
    number: signal.Signals, begun: Callable[[], list[int]]
) -> None:
    async with MediaProcesses() as room:
        await asked(room, *SEVEN)
        before = begun()
        os.kill(before[0], number)

        assert await asked(room, *SEVEN) == 7
        assert begun() == before


PARENT = """
import asyncio, sys
from pathlib import Path
from bot.media.processes import MediaProcesses

async def main():
    async with MediaProcesses() as room:
        print("ready", flush=True)
        await room.make_sendable(Path(sys.argv[1]), Path(sys.argv[2]), limit_bytes=9_000_000)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@on_linux
async def test_no_child_outlives_a_bot_that_is_killed(tmp_path: Path) -> None:
    clip = rendered(tmp_path / "clip.mp4", Variant(megabytes=10, filler=Filler.NOISE), seconds=4)
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, clip, tmp_path / "sendable.mp4",
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
        return "bot.media.child" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


async def test_the_children_do_not_know_the_bots_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:made-up")

    async with MediaProcesses() as room:
        known = [await asked(room, "os", "getenv", name) for name in ("TELEGRAM_BOT_TOKEN", "PYTHONPATH")]

    assert known == [None, os.pathsep.join(sys.path)]


def test_an_answer_that_is_more_than_facts_is_not_read() -> None:
    overcome = pickle.dumps(shutil.rmtree)

    with pytest.raises(pickle.UnpicklingError):
        processes._Answer(io.BytesIO(overcome)).load()


HEAVY = ("av", "PIL", "telegram", "sqlalchemy", "pydantic", "httpx")


@pytest.mark.parametrize(
    ("modules", "loaded"),
    [
        pytest.param(("bot.media.processes",), {"pydantic"}, id="the bot loads no decoders"),
        pytest.param(
            ("bot.media.child", "bot.media.images", "bot.media.probe", "bot.media.convert"),
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
