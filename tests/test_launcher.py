"""`./reelbot` in a clone: installs once, whatever happens meanwhile, and becomes the command.

A uv that only notes what it was asked for stands in for the network; Pythons, shells and processes are real.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from launcher import Progress

ROOT = Path(__file__).parent.parent
#: It says that it began, waits if there is a pipe to wait at, and fails if it shall.
UV = """\
#!/bin/sh
echo "$@" >> "$HOME/asked"
echo begun >&2
if [ -e "$HOME/wait" ]; then read -r _ < "$HOME/wait"; fi
if [ -e "$HOME/fail" ]; then exit 1; fi
"""
BOT = "import os, sys; print('the bot', *sys.argv[1:], os.getcwd())"
INSTALLING = "Installing what Reelbot needs into .reelbot/, once: up to 70 MB to download …"
FAILED = (
    "reelbot: something could not be installed, as told above. Without a connection to the internet, "
    "start this again when there is one."
)
#: These stand in for Python's modules of the same names where real ones would take seconds.
VENV = """\
import os, pathlib, sys
programs = pathlib.Path(sys.argv[1], "bin")
programs.mkdir(parents=True)
programs.joinpath("python").symlink_to(sys.executable)
"""
PIP = """\
print("Collecting aiosqlite==0.22.1")
print("ERROR: No matching distribution found for aiosqlite==0.22.1")
raise SystemExit(1)
"""
NEEDED = ("sh", "dirname", "uname", "env", "sleep")


class Clone:
    """A clone in a folder with a space in its name, on a machine with a Python, a uv and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a clone"
        self.home = folder / "home"
        self.programs = folder / "programs"
        for made in (self.folder, self.home, self.programs):
            made.mkdir()
        for name in ("reelbot", "launcher.py"):
            shutil.copy(ROOT / name, self.folder)
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (self.folder / lock).write_text(f"{lock}==1\n", encoding="utf-8")
        (self.folder / "bot").mkdir()
        (self.folder / "bot" / "__main__.py").write_text(BOT, encoding="utf-8")
        for name in NEEDED:
            (self.programs / name).symlink_to(shutil.which(name) or name)
        self.program("python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        self.program("uv", UV)

    def program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(text, encoding="utf-8")
        (self.programs / name).chmod(0o755)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command
            [str(self.folder / "reelbot"), *arguments],
            cwd=self.home,
            env={"PATH": str(self.programs), "HOME": str(self.home), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Return the exit code and what was said on both streams."""
        process = self.start(*arguments, **environment)
        out, errors = process.communicate(timeout=60)
        return process.returncode, out, errors

    def installed(self) -> list[list[str]]:
        """Return the locks of each time that something was installed."""
        if not (self.home / "asked").exists():
            return []
        asked = (self.home / "asked").read_text(encoding="utf-8").splitlines()
        return [
            [lock for lock in ("requirements.lock", "requirements-dev.lock") if f"/{lock}" in line]
            for line in asked
        ]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.fixture
def held(clone: Clone) -> Path:
    """Let what installs wait until somebody writes to this pipe."""
    os.mkfifo(clone.home / "wait")
    return clone.home / "wait"


def until(process: subprocess.Popen[str], word: str) -> None:
    assert process.stderr is not None
    assert any(word in line for line in process.stderr)


def test_it_installs_what_is_missing_and_nothing_twice(clone: Clone) -> None:
    runtime, everything = ["requirements.lock"], ["requirements.lock", "requirements-dev.lock"]
    first, again = clone.run("demo", "two words"), clone.run()
    assert first == (0, f"the bot demo two words {clone.home}\n", f"{INSTALLING}\nbegun\n")
    assert again == (0, f"the bot --help {clone.home}\n", "")
    assert clone.installed() == [runtime]

    assert clone.run("dev", "sh", "-c", "exit 7")[0] == 7
    clone.run("--version")
    assert clone.installed() == [runtime, everything]

    (clone.folder / "requirements.lock").write_text("changed==2\n", encoding="utf-8")
    venv = clone.folder / ".reelbot" / "venv"
    before = venv.stat().st_ino
    clone.run("--version")
    assert (clone.installed(), venv.stat().st_ino) == ([runtime, everything, runtime], before)
    assert sorted(path.name for path in clone.folder.iterdir()) == [
        *(".reelbot", "bot", "launcher.py", "reelbot", "requirements-dev.lock", "requirements.lock"),
    ]


def fail(clone: Clone) -> None:
    (clone.home / "fail").touch()
    (clone.folder / "requirements.lock").write_text("changed==2\n", encoding="utf-8")
    code, _, errors = clone.run("--version")
    assert code == 1
    assert errors.splitlines()[-1] == FAILED
    (clone.home / "fail").unlink()


def move(clone: Clone) -> None:
    clone.folder = clone.folder.rename(clone.folder.with_name("elsewhere"))


def lose_python(clone: Clone) -> None:
    python = clone.folder / ".reelbot" / "venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")


@pytest.mark.parametrize("happen", [fail, move, lose_python], ids=["failed", "moved", "its Python is gone"])
def test_what_may_be_broken_is_made_anew(clone: Clone, happen: Callable[[Clone], None]) -> None:
    clone.run("--version")
    stale = clone.folder / ".reelbot" / "venv" / "stale"
    stale.touch()
    happen(clone)
    assert clone.run("--version")[:2] == (0, f"the bot --version {clone.home}\n")
    assert (clone.folder / ".reelbot" / "installed").exists()
    assert not (clone.folder / ".reelbot" / "venv" / "stale").exists()


def test_of_two_at_once_one_installs_and_the_other_waits_for_it(clone: Clone, held: Path) -> None:
    first = clone.start("dev", "sh", "-c", "exit 3")
    until(first, "begun")
    second = clone.start("dev", "sh", "-c", "exit 4")
    until(second, "Another start of Reelbot is installing; this one waits for it.")
    held.write_text("\n", encoding="utf-8")
    assert [process.wait(timeout=60) for process in (first, second)] == [3, 4]
    assert len(clone.installed()) == 1
    for process in (first, second):
        process.communicate()


@pytest.mark.parametrize(
    ("sign", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["SIGTERM", "SIGHUP", "Ctrl-C"],
)
def test_whoever_stops_it_while_it_installs_leaves_nothing_running_or_half_done(
    clone: Clone, held: Path, sign: signal.Signals, code: int
) -> None:
    process = clone.start("--version")
    until(process, "begun")
    process.send_signal(sign)
    _, errors = process.communicate(timeout=60)  # ends only when uv, which has the same pipe, is gone
    assert (process.returncode, "Traceback" in errors) == (code, False)
    held.unlink()
    assert clone.run("dev", "sh", "-c", "exit 5")[0] == 5


def test_it_becomes_the_command_with_its_number_its_arguments_and_its_folder(clone: Clone) -> None:
    process = clone.start("dev", "sh", "-c", 'echo $$ "$@"; pwd; kill -TERM $$', "sh", "two words")
    out, _ = process.communicate(timeout=60)
    assert out.splitlines() == [f"{process.pid} two words", str(clone.folder)]
    assert process.returncode == -signal.SIGTERM


def test_a_tool_that_is_not_there_is_named(clone: Clone) -> None:
    clone.run("dev", "sh")
    assert clone.run("dev", "nothing") == (127, "", "reelbot: there is no tool nothing\n")


OLD = '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\n'


@pytest.mark.parametrize(
    ("programs", "told"),
    [
        ({"python3": OLD, "uv": None}, "Reelbot needs Python 3.11 or newer; here is Python 3.9.2."),
        ({"python3": None, "uv": None}, "Reelbot needs Python 3.11 or newer; here is"),
        ({"uname": "#!/bin/sh\necho MINGW64_NT-10.0\n"}, "Reelbot runs on Linux and macOS."),
    ],
    ids=["an old Python", "no Python", "Windows"],
)
def test_what_it_cannot_run_on_gets_a_sentence(
    clone: Clone, programs: dict[str, str | None], told: str
) -> None:
    for name, text in programs.items():
        (clone.programs / name).unlink()
        if text is not None:
            clone.program(name, text)
    code, out, errors = clone.run("--version")
    assert (code, out, errors.splitlines()[0][: len(told)]) == (1, "", told)
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("programs", "way"),
    [
        ({"python3": OLD, "python3.12": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'}, "newer"),
        (
            {"python3": OLD, "uv": f'#!/bin/sh\n[ "$1" = python ] && echo "{sys.executable}" || true\n'},
            "uv",
        ),
    ],
    ids=["a newer one beside an old one", "uv's own"],
)
def test_an_old_python_is_no_hindrance_where_there_is_another(
    clone: Clone, programs: dict[str, str], way: str
) -> None:
    for name, text in programs.items():
        clone.program(name, text)
    assert clone.run("dev", "sh", "-c", f"echo {way}; exit 6")[:2] == (6, f"{way}\n")


def test_a_python_without_venv_says_what_to_install(clone: Clone) -> None:
    (clone.programs / "uv").unlink()
    (clone.home / "sitecustomize.py").write_text(
        "import sys; sys.modules['ensurepip'] = None\n", encoding="utf-8"
    )
    code, _, errors = clone.run("--version", PYTHONPATH=str(clone.home))
    assert code == 1
    assert errors.endswith("On Debian and Ubuntu: sudo apt install python3-venv\n")


def test_what_pip_says_of_errors_is_heard_and_a_sentence_follows(clone: Clone) -> None:
    (clone.programs / "uv").unlink()
    for name, text in {"venv": VENV, "pip": PIP}.items():
        (clone.home / name).mkdir()
        (clone.home / name / "__init__.py").touch()
        (clone.home / name / "__main__.py").write_text(text, encoding="utf-8")
    code, _, errors = clone.run("--version", PYTHONPATH=str(clone.home))
    assert (code, [line for line in errors.splitlines() if line]) == (
        1,
        [
            INSTALLING,
            "ERROR: No matching distribution found for aiosqlite==0.22.1",
            FAILED,
        ],
    )


def shown(capfd: pytest.CaptureFixture[str], lines: Sequence[str]) -> list[str]:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as written:
        written.write("".join(f"{line}\n" for line in lines).encode())
    with os.fdopen(reading, "rb") as output:
        Progress(37).follow(output)
    return capfd.readouterr().err.splitlines()


def test_where_nobody_watches_a_line_for_each_large_package_is_progress_enough(
    capfd: pytest.CaptureFixture[str],
) -> None:
    lines = [
        "Collecting anyio==4.16.0",
        "  Downloading anyio-4.16.0-py3-none-any.whl (102 kB)",
        "Collecting av==18.1.0",
        "  Downloading av-18.1.0-cp311-abi3-manylinux_2_28_x86_64.whl (35.8 MB)",
        "Installing collected packages: anyio, av",
        "Successfully installed anyio-4.16.0 av-18.1.0",
    ]
    assert shown(capfd, lines) == ["2 of 37 · av 35.8 MB"]
