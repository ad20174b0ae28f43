"""The bot in a process of its own, and what that process and its media children take, read from /proc (Linux)."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_PAUSE = 0.2  # seconds between two samples
_KIBIBYTES_IN_MEBIBYTE = 1024
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")
_PROC = Path("/proc")
_TAIL = 3000
_PARENT_FIELD = 1
_CPU_FIELDS = slice(11, 13)  # utime and stime


class Consumption:
    """The most memory in MiB that was resident at once, and CPU in seconds, of the bot and of its children."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.bot_peak = 0.0
        self.bot_cpu = 0.0
        self._peaks: dict[int, float] = {}
        self._cpu: dict[int, float] = {}

    @property
    def children_peak(self) -> float:
        """The sum over all children, though they may have had their peaks at different times."""
        return sum(self._peaks.values())

    @property
    def children_cpu(self) -> float:
        return sum(self._cpu.values())

    async def keep_sampling(self) -> None:
        while True:
            self.sample()
            await asyncio.sleep(_PAUSE)

    def sample(self) -> None:
        """Look once; a process that is gone keeps its last values."""
        with suppress(OSError):
            self.bot_peak = _peak(self._pid)
            self.bot_cpu = _cpu(self._pid)
            for child in _children(self._pid):
                self._peaks[child] = _peak(child)
                self._cpu[child] = _cpu(child)


class BotProcess:
    """The running bot."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self._log = log
        self.consumption = Consumption(process.pid)

    def last_words(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-_TAIL:]


@asynccontextmanager
async def bot_process(settings: Mapping[str, str], folder: Path) -> AsyncIterator[BotProcess]:
    """Run `python -m bot run` with `folder` as its world and its logs in there; sample it until it is ended."""
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **settings}
    log = folder / "bot.log"
    with log.open("wb") as stream:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=stream, stderr=stream
        )
    bot = BotProcess(process, log)
    async with asyncio.TaskGroup() as tasks:
        sampling = tasks.create_task(bot.consumption.keep_sampling())
        try:
            yield bot
        finally:
            sampling.cancel()
            bot.consumption.sample()
            if process.returncode is None:
                process.terminate()
            await process.wait()


def _peak(pid: int) -> float:
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / _KIBIBYTES_IN_MEBIBYTE
    raise ProcessLookupError(pid)


def _cpu(pid: int) -> float:
    return sum(map(int, _stat(pid)[_CPU_FIELDS])) / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    pids = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal())
    return [pid for pid in pids if _is_child(pid, parent)]


def _is_child(pid: int, parent: int) -> bool:
    try:
        return int(_stat(pid)[_PARENT_FIELD]) == parent
    except OSError:  # gone meanwhile
        return False


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, which stands in brackets (man 5 proc)."""
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
