"""What `./reelbot` starts: installs what the locks name into .reelbot/ when that is needed, and becomes the command.

`test` runs the tests and `dev TOOL` any tool that developers need; everything else goes to the command line of the bot.
It knows the standard library only, and writes nothing outside its folder (but for uv's own cache, if uv is there).
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent
OURS = ROOT / ".reelbot"
VENV = OURS / "venv"
PYTHON = VENV / "bin" / "python"
PIP = VENV / "bin" / "pip"
#: What is installed: a line each for the Python, the folder and every lock. Not there while something is installed.
STAMP = OURS / "installed"
RUNTIME = ("requirements.lock",)
DEVELOPMENT = (*RUNTIME, "requirements-dev.lock")
MEGABYTES = {RUNTIME: 70, DEVELOPMENT: 150}
#: The locks name everything; Python compiles what it loads when it loads it; a cache would lie outside the folder.
PIP_OPTIONS = ("--progress-bar=off", "--no-deps", "--no-compile", "--no-cache-dir")
#: What ends this process besides Ctrl-C: whoever runs it, and a terminal that is closed.
ENDS = (signal.SIGTERM, signal.SIGHUP)
#: How often a line that shows progress is renewed.
TICK_SECONDS = 1.0
_NOT_HERE = 127  # as shells have it


class CannotInstall(Exception):
    """What is missing, in a sentence for who started this."""


def main(arguments: Sequence[str]) -> None:
    """Become the command that the arguments ask for; whatever it needs is there by then."""
    for sign in ENDS:
        if signal.getsignal(sign) is signal.SIG_DFL:
            signal.signal(sign, _stop)
    try:
        match arguments:
            case ["test", *rest]:
                install(DEVELOPMENT)
                become([str(PYTHON), "-m", "pytest", *rest], folder=ROOT)
            case ["dev", tool, *rest]:
                install(DEVELOPMENT)
                become([tool, *rest], folder=ROOT)
            case _:
                install(RUNTIME)
                become([str(PYTHON), "-P", "-m", "bot", *(arguments or ["--help"])])
    except CannotInstall as error:
        sys.exit(f"reelbot: {error}")
    except KeyboardInterrupt:
        say("\nStopped. The next start installs what is missing.")
        sys.exit(128 + signal.SIGINT)


def _stop(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def become(command: list[str], *, folder: Path | None = None) -> None:
    """Go on as the command: it has this process's number, its signals and its exit code."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(PYTHON.parent), os.environ.get("PATH", os.defpath))),
        "PYTHONPATH": str(ROOT),  # and nobody else's packages before those that are installed here
    }
    if folder is not None:
        os.chdir(folder)
    try:
        os.execvpe(command[0], command, environment)
    except FileNotFoundError:
        say(f"reelbot: there is no tool {command[0]}")
        sys.exit(_NOT_HERE)


def install(locks: tuple[str, ...]) -> None:
    """Install what the locks name, unless it is there. Raises CannotInstall."""
    if is_installed(locks):
        return
    try:
        OURS.mkdir(exist_ok=True)
        with _alone() as lock:
            if not is_installed(locks):  # another start may have done it while this one waited
                _install(locks, lock)
    except OSError as error:
        raise CannotInstall(f"{error.filename or OURS}: {error.strerror}") from error


def is_installed(locks: Sequence[str]) -> bool:
    return set(stamp_of(locks)) <= _stamped()


def stamp_of(locks: Sequence[str]) -> list[str]:
    """Return the lines that tell what is installed; the Python's is never found in a stamp once that is gone."""
    python = PYTHON.resolve()
    digests = (f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}" for lock in locks)
    return [f"python {python if python.exists() else None}", f"folder {ROOT}", *digests]


def _stamped() -> set[str]:
    return set(STAMP.read_text(encoding="utf-8").splitlines()) if STAMP.exists() else set()


@contextmanager
def _alone() -> Iterator[int]:
    """Wait until no other start installs; yield the lock's file, which its installer holds too, should this one die."""
    with (OURS / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start of Reelbot is installing; this one waits for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def _install(locks: tuple[str, ...], lock: int) -> None:
    say(f"Installing what Reelbot needs into {OURS.name}/, once: up to {MEGABYTES[locks]} MB to download …")
    uv = shutil.which("uv")
    is_usable = is_installed(()) and (uv is not None or PIP.exists())
    STAMP.unlink(missing_ok=True)
    if not is_usable:
        _make_venv(lock, with_pip=uv is None)
    if uv is not None:
        _run([uv, "pip", "install", f"--python={PYTHON}", *_sources(locks)], lock)
    else:
        _run_pip(locks, lock)
    new = STAMP.with_suffix(".new")
    new.write_text("\n".join(stamp_of(locks)), encoding="utf-8")
    new.replace(STAMP)


def _sources(locks: Sequence[str]) -> list[str]:
    return ["--require-hashes", *(f"--requirement={ROOT / lock}" for lock in locks)]


def _make_venv(lock: int, *, with_pip: bool) -> None:
    if with_pip and importlib.util.find_spec("ensurepip") is None:
        raise CannotInstall(
            f"this Python ({sys.executable}) cannot make virtual environments. "
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    _run([sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), str(VENV)], lock)


def _run(command: Sequence[str], lock: int, progress: Progress | None = None, **settings: str) -> None:
    """Run one of the programs that install, and let it show what it does, or show that for it.

    Raises CannotInstall if it fails. It does not live on alone when this process is told to stop.
    """
    output = None if progress is None else subprocess.PIPE
    errors = output and subprocess.STDOUT
    process = None
    try:
        with _undisturbed():
            process = subprocess.Popen(
                command, stdout=output, stderr=errors, pass_fds=[lock], env={**os.environ, **settings}
            )
        if progress is not None and process.stdout is not None:
            progress.follow(process.stdout)
        exit_code = process.wait()
    except (KeyboardInterrupt, SystemExit):
        if process is not None:
            process.terminate()
            process.wait()
        raise
    if exit_code:
        raise CannotInstall(
            "something could not be installed, as told above. Without a connection to the internet, "
            "start this again when there is one."
        )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait until the block is over, so that no process is begun that nobody knows of."""
    waiting: list[int] = []
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, *ENDS)}
    for sign, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(sign, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    for number in waiting:
        signal.raise_signal(number)


def _run_pip(locks: Sequence[str], lock: int) -> None:
    names = re.findall(
        r"^([\w.-]+)==(?!.*sys_platform)", "".join((ROOT / lock).read_text() for lock in locks), re.MULTILINE
    )
    _run(
        [str(PYTHON), "-m", "pip", "install", *PIP_OPTIONS, *_sources(locks)],
        lock,
        Progress(len(names)),
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
        PIP_USER="0",
        PYTHONUNBUFFERED="1",
    )


class Progress:
    """One line about what pip does, out of the hundred that it writes; what it says of errors stays as it is."""

    def __init__(self, packages: int) -> None:
        self._packages = packages
        self._begun = time.monotonic()
        self._met = 0
        self._now = "Looking for packages"

    def follow(self, output: IO[bytes]) -> None:
        """Show what pip writes, until it ends; on a screen also that time goes by."""
        rest = b""
        while True:
            if select.select([output], [], [], TICK_SECONDS)[0]:
                read = os.read(output.fileno(), 65536)
                *lines, rest = (rest + read).split(b"\n")
                for line in lines:
                    self._note(line.decode(errors="replace"))
                if not read:
                    break
            self._show()
        self._show("\n")

    def _note(self, line: str) -> None:
        match line.split():
            case ["Collecting", _] | ["Requirement", "already", "satisfied:", *_]:
                self._met += 1
            case ["Downloading", file, size, unit]:
                self._now = f"{self._met} of {self._packages} · {file.partition('-')[0]} {size.strip('(')} {unit.strip(')')}"
                if not sys.stderr.isatty() and unit.startswith("M"):
                    say(self._now)
            case ["Installing", "collected", *_]:
                self._now = f"Installing {self._packages} packages"
            case ["WARNING:", "Retrying", *_]:
                self._now = "No connection; trying again"
            case ["ERROR:", *_]:
                say(f"\n{line}")

    def _show(self, end: str = "") -> None:
        if sys.stderr.isatty():
            seconds = time.monotonic() - self._begun
            print(f"\r\033[K  {self._now} · {seconds:.0f} s", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
