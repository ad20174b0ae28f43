"""A person at a terminal: reads what a command says, and types."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import sys
import termios
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

from bot.cli import main
from tests.journeys.processes import FORKS, in_its_world

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Person:
    """Sees what the command has said so far, without colours, and types answers."""

    def __init__(self, process: ForkServerProcess, terminal: int) -> None:
        self._process = process
        self._terminal = terminal
        self._read = 0
        self._seen = bytearray()
        self._news = asyncio.Event()

    @property
    def screen(self) -> str:
        return _STYLE.sub("", self._seen.decode(errors="replace")).replace("\r\n", "\n")

    def look(self) -> None:
        """Read what has come; a terminal whose other end is closed has nothing more."""
        try:
            came = os.read(self._terminal, 65536)
        except OSError:
            came = b""
        if not came:
            asyncio.get_running_loop().remove_reader(self._terminal)
        self._seen += came
        self._news.set()

    async def until(self, words: str) -> str:
        """Wait until these words come behind those that were waited for before, and return what came up to them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(30):
                while words not in self.screen[self._read :]:
                    self._news.clear()
                    await self._news.wait()
        assert words in self.screen[self._read :], self.screen
        begin, self._read = self._read, self.screen.index(words, self._read) + len(words)
        return self.screen[begin : self._read]

    async def answer(self, question: str, typed: str) -> str:
        """Wait for a question, answer it, and return what came before."""
        said = await self.until(question)
        os.write(self._terminal, f"{typed}\n".encode())
        return said

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.write(self._terminal, b"\x03")

    async def ended(self) -> int | None:
        """Wait until the command has ended, and return its number."""
        await asyncio.to_thread(self._process.join, 60)
        return self._process.exitcode


@asynccontextmanager
async def at_terminal(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> AsyncIterator[Person]:
    """Run a command in `folder` at a terminal of its own, with nothing else in its environment."""
    near, far = pty.openpty()
    process = FORKS.Process(target=_command, args=(arguments, dict(environment), folder, DupFd(far)))
    await asyncio.to_thread(process.start)
    os.close(far)
    person = Person(process, near)
    loop = asyncio.get_running_loop()
    loop.add_reader(near, person.look)
    try:
        yield person
    finally:
        loop.remove_reader(near)
        process.kill()
        await asyncio.to_thread(process.join)
        os.close(near)


def _command(arguments: Sequence[str], environment: Mapping[str, str], folder: Path, terminal: Any) -> None:  # noqa: ANN401 - DupFd has no type
    os.setsid()
    number = terminal.detach()
    fcntl.ioctl(number, termios.TIOCSCTTY, 0)
    for standard in range(3):
        os.dup2(number, standard)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a child's is nothing
    signal.signal(signal.SIGINT, signal.default_int_handler)
    in_its_world({"TERM": "xterm", "COLUMNS": "120", **environment}, folder)
    main(arguments)
