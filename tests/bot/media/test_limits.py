"""What the children may take, and what nobody may read of the bot."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.media.errors import MediaCrashed, MediaTimedOut
from bot.media.processes import MediaProcesses
from domain.size import Size
from tests.bot.media_files import asked, on_linux, photo

pytestmark = on_linux

GIBIBYTE = 1 << 30
CONFINED = """
import ctypes, sys
from bot.media.limits import Limits, begin_call, confine
limits = Limits(memory_bytes=1 << 30, file_bytes=1000, cpu_seconds=0)
confine(limits)
begin_call(limits)
"""


def confined(then: str) -> subprocess.CompletedProcess[str]:
    """Run this code in a process with limits of its own."""
    return _run(CONFINED + then)


def printed_by(code: str, *arguments: str, **environment: str) -> str:
    return _run(code, *arguments, **environment).stdout


def _run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


async def test_every_child_has_limits_and_gains_no_rights(
    tmp_path: Path, begun: Callable[[], list[int]]
) -> None:
    async with MediaProcesses() as room:
        await room.prepare_picture(photo(tmp_path / "photo"), tmp_path / "ready.jpg", Size(64, 48))
        await asked(room, "operator", "index", 7)
        found = [bounds(child) for child in sorted(begun())]

    assert found == [([GIBIBYTE // 2, 64 << 20, 0], True), ([GIBIBYTE, 2 * GIBIBYTE, 0], True)]


def bounds(pid: int) -> tuple[list[int], bool]:
    """The limits of a process, and whether it can gain no rights."""
    limits = [_limit(pid, name) for name in ("Max address space", "Max file size", "Max core file size")]
    return limits, "NoNewPrivs:\t1\n" in Path(f"/proc/{pid}/status").read_text()


def _limit(pid: int, name: str) -> int:
    """The hard limit of a process, from /proc/*/limits: name, soft, hard, unit."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).removeprefix(name).split()[1])


async def test_a_call_that_takes_too_much_memory_ends_its_child_and_nothing_else() -> None:
    async with MediaProcesses() as room:
        with pytest.raises(MediaCrashed):
            await asked(room, "operator", "mul", b"x", 2 * GIBIBYTE)

        assert await asked(room, "operator", "index", 7) == 7


async def test_an_answer_that_is_too_long_is_not_listened_to() -> None:
    async with MediaProcesses() as room:
        with pytest.raises(MediaCrashed):
            await asked(room, "operator", "mul", b"x", 17 << 20)


async def test_a_call_that_burns_too_much_has_taken_too_long() -> None:
    async with MediaProcesses() as room:
        with pytest.raises(MediaTimedOut):
            await asked(room, "signal", "raise_signal", signal.SIGXCPU)


def test_what_burns_too_much_is_ended() -> None:
    assert confined("while True: pass").returncode == -signal.SIGXCPU


def test_no_file_grows_beyond_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    done = confined(
        f"file = open({str(path)!r}, 'wb', buffering=0); file.write(bytes(1000)); file.write(b'x')"
    )

    assert "File too large" in done.stderr
    assert path.stat().st_size == 1000


IS_PRIVATE = "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0)"  # PR_GET_DUMPABLE, linux/prctl.h
BOT = f"""
import asyncio, ctypes
from bot.providers import read_providers
from bot.run import run
from bot.settings import SettingsError, read_settings
from tests.sora_catalogue import sora_catalogue
settings = read_settings(
    _env_file=None, telegram_bot_token="123456:made-up-{"x" * 30}", video_api_key="made-up-key", data_dir="/proc/nowhere"
)
try:
    catalogue = sora_catalogue()
    asyncio.run(run(settings, catalogue, read_providers(settings, catalogue)))
except SettingsError:
    {IS_PRIVATE}
"""


def test_neither_a_child_nor_the_bot_lets_its_memory_be_read() -> None:
    assert (confined(IS_PRIVATE).stdout, printed_by(BOT)) == ("True\n", "True\n")


#: Root may read everything, but for who gives such rights up (PR_CAPBSET_DROP); then a child looks into its parent.
UNPRIVILEGED = """
import ctypes, os, sys
for right in range(64):
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", sys.argv[1]])
"""
CHILD = "import os; print(b'made-up' in open(f'/proc/{os.getppid()}/environ', 'rb').read())"
PARENT = f"""
import subprocess, sys
from bot.media.limits import keep_memory_private
PRIVATE
print(subprocess.run([sys.executable, "-c", {CHILD!r}], capture_output=True, text=True).stdout)
"""


@pytest.mark.parametrize(
    ("private", "read"),
    [("keep_memory_private()", ""), ("", "True")],
    ids=["with its memory kept private", "without"],
)
def test_a_child_does_not_read_its_parents_environment(private: str, read: str) -> None:
    found = printed_by(UNPRIVILEGED, PARENT.replace("PRIVATE", private), SECRET="made-up")

    assert found.strip() == read


async def test_of_each_person_one_picture_waits_at_a_time(tmp_path: Path) -> None:
    source, order = photo(tmp_path / "photo"), list[str]()

    async with MediaProcesses() as room, asyncio.TaskGroup() as group:

        async def prepare(name: str, person: int) -> None:
            await room.prepare_picture(source, tmp_path / f"{name}.jpg", Size(64, 48), person=person)
            order.append(name)

        for name, person in (("first", 1), ("second", 1), ("third", 1), ("another's", 2)):
            group.create_task(prepare(name, person))

    assert order == ["first", "another's", "second", "third"]
