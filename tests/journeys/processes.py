"""Bots as processes of their own, forked off one that has loaded everything: loading takes longer than most journeys."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryFile
from typing import IO, Any

from bot.cli import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.journeys.loaded"])


class BotProcess:
    """As `asyncio.subprocess.Process`, as far as journeys need it."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, sign: signal.Signals) -> None:
        if self._process.pid is not None and self._process.is_alive():
            os.kill(self._process.pid, sign)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int | None:
        await asyncio.to_thread(self._process.join)
        return self._process.exitcode


@asynccontextmanager
async def forked_bot(settings: Mapping[str, str], folder: Path) -> AsyncIterator[BotProcess]:
    """Run the bot with `folder` as its world, and nothing in its environment but `settings` and the PATH."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), **settings}
    forked = FORKS.Process(target=_run, args=(environment, folder))
    await asyncio.to_thread(forked.start)
    process = BotProcess(forked)
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


def forked_command(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, *, umask: int, timeout: float
) -> CompletedProcess[str]:
    """Run a command in `folder`, with nothing else in its environment, and return what it says, as a shell would."""
    with TemporaryFile() as out, TemporaryFile() as errors:
        said = (DupFd(out.fileno()), DupFd(errors.fileno()))
        forked = FORKS.Process(target=_command, args=(arguments, environment, folder, umask, said))
        forked.start()
        forked.join(timeout)
        if forked.exitcode is None:
            forked.kill()
            raise TimeoutExpired(["reelbot", *arguments], timeout)
        return CompletedProcess(arguments, forked.exitcode, _text_of(out), _text_of(errors))


def _text_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _command(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    umask: int,
    said: tuple[Any, Any],
) -> None:
    for number, file in enumerate(said, start=1):
        os.dup2(file.detach(), number)
    os.umask(umask)
    in_its_world(environment, folder)
    main(arguments)


def _run(environment: Mapping[str, str], folder: Path) -> None:
    in_its_world(environment, folder)
    main(["run"])


def in_its_world(environment: Mapping[str, str], folder: Path) -> None:
    """Leave this process nothing in its environment but this, and put it into the folder."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
