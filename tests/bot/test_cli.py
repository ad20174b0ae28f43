"""The real `reelbot` command, as a shell runs it."""

from __future__ import annotations

import asyncio
import importlib.metadata
import io
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import av
import pytest
from PIL import Image

from bot import __version__
from tests.journeys.processes import forked_command
from tests.practice_proxy import proxying

ROOT = Path(__file__).parent.parent.parent
TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
KEY = "sk-practice-0123456789"
SECRETS = {"TELEGRAM_BOT_TOKEN": TOKEN, "VIDEO_API_KEY": KEY}
#: An address at which nobody listens.
NOWHERE = "http://127.0.0.1:9"


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return inherited | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", **settings}


def reelbot(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` with these settings and nothing else in its environment."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=60,
        umask=0o022,  # as it is usually
        check=False,
    )


def loaded_reelbot(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """As `reelbot`, in a process that has loaded everything: for what others have shown to start by itself."""
    return forked_command(arguments, environment(settings), folder, umask=0o022, timeout=60)


def complaint(ended: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that an operator gets to read."""
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", [["run"], ["health"], []], ids=["run", "health", "without one: run"])
def test_a_missing_setting_ends_with_one_line_that_names_it(tmp_path: Path, command: list[str]) -> None:
    line = complaint(reelbot(tmp_path, *command, VIDEO_API_KEY=KEY))
    assert line.startswith(
        "reelbot: TELEGRAM_BOT_TOKEN is not set: `reelbot setup` asks for it; or put it into"
    )


def test_a_wrong_catalogue_ends_with_its_file_and_line(tmp_path: Path) -> None:
    models = tmp_path / "models.toml"
    models.write_text(
        'default = "sora-2"\n\n[models.sora-2]\ntitle = "Sora 2"\nprice = { 10 = "much" }\n'
        'sizes = ["720x1280"]\n',
        encoding="utf-8",
    )
    line = complaint(loaded_reelbot(tmp_path, "run", MODELS_FILE=str(models), **SECRETS))
    assert line.startswith(f"reelbot: MODELS_FILE {models}: line 5: models.sora-2.price: 10: ")


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_missing_key_of_a_further_provider_ends_with_its_entry_and_its_name(
    tmp_path: Path, command: str
) -> None:
    models = tmp_path / "models.toml"
    models.write_text(
        '[models.sora-2]\ntitle = "Sora 2"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n'
        '[providers.second]\naddress = "https://second.example.com"\nkey = "SECOND_API_KEY"\n',
        encoding="utf-8",
    )
    line = complaint(loaded_reelbot(tmp_path, command, MODELS_FILE=str(models), **SECRETS))
    assert line.startswith("reelbot: [providers.second] in the catalogue: SECOND_API_KEY is not set: ")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param(
            {"MODELS_FILE": "nowhere.toml"},
            "MODELS_FILE nowhere.toml cannot be read: No such file or directory",
            id="no catalogue",
        ),
        pytest.param({"DATABASE_URL": "mysql://bot:hunter2@db/reelbot"}, "DATABASE_URL", id="no such kind"),
        pytest.param(
            {"DATABASE_URL": "sqlite:////proc/nowhere/reelbot.db"}, "DATABASE_URL", id="database out of reach"
        ),
        pytest.param(
            {"DATA_DIR": "/proc/nowhere"}, "DATA_DIR /proc/nowhere cannot be used", id="no data directory"
        ),
    ],
)
def test_what_an_operator_can_mend_is_no_traceback(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    line = complaint(loaded_reelbot(tmp_path, "run", **SECRETS | {"TELEGRAM_API_URL": NOWHERE} | settings))
    assert says in line
    assert [secret in line for secret in (TOKEN, KEY, "hunter2")] == [False, False, False]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "socks4://me:hunter2@127.0.0.1:1080"),
        ("all_proxy", "http://me:hunter2@proxy:port"),
        ("TELEGRAM_PROXY", "http://me:hunter2@proxy/path"),
    ],
)
def test_a_proxy_that_is_none_ends_with_one_line_without_its_password(
    tmp_path: Path, name: str, value: str
) -> None:
    line = complaint(loaded_reelbot(tmp_path, "run", **SECRETS, **{name: value}))
    assert line.startswith(f"reelbot: {name.upper()} is no address of a proxy: ")
    assert "hunter2" not in line


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Return the folder in which the bot was checked while nobody could be reached, and what was said."""
    folder = tmp_path_factory.mktemp("checked")
    settings = SECRETS | {"TELEGRAM_API_URL": NOWHERE, "VIDEO_API_URL": NOWHERE}
    return folder, reelbot(folder, "check", **settings)


def test_files_are_the_user_s_own_whatever_was_usual(
    checked: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = checked
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert modes == {"data": 0o700, "jobs": 0o700, "reelbot.db": 0o600}


def test_a_bot_that_cannot_reach_telegram_keeps_trying_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=environment(
            SECRETS
            | {"TELEGRAM_API_URL": NOWHERE, "VIDEO_API_URL": "http://a.example", "NO_PROXY": "[::1],<local>"}
        ),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        doubts = [process.stderr.readline() for _ in range(2)]
        first = process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
        assert process.wait(timeout=10) == 0

    assert [
        "NO_PROXY has entries that are no hosts: <local>" in doubts[0],
        "VIDEO_API_URL begins with" in doubts[1],
    ] == [True] * 2
    assert f"Telegram cannot be reached at {NOWHERE} (nothing listens there)." in first
    assert "the bot keeps trying" in first
    assert TOKEN not in first + rest
    assert "Traceback" not in first + rest


def test_the_help_names_every_command_and_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = ("telegram", "sqlalchemy", "httpx", "av", "PIL", "starlette", "pydantic", "alembic")
    program = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        f"finally: print([name for name in {heavy} if name in sys.modules])"
    )
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, loaded = ended.stdout.splitlines()
    words = " ".join(lines).split()
    assert {"run", "setup", "check", "demo", "health"} <= set(words)
    order = [" ".join(words).index(f"`reelbot {command}`") for command in ("demo", "setup", "run")]
    assert order == sorted(order)
    assert loaded == "[]"


def test_the_version_says_what_a_report_of_a_bug_begins_with(tmp_path: Path) -> None:
    ended = reelbot(tmp_path, "--version")
    assert (ended.returncode, ended.stderr) == (0, "")
    python, telegram = platform.python_version(), importlib.metadata.version("python-telegram-bot")
    assert ended.stdout.startswith(
        f"reelbot {__version__} (Python {python}, python-telegram-bot {telegram}, "
    )


def test_health_tells_of_a_bot_that_is_not_there(tmp_path: Path) -> None:
    ended = reelbot(tmp_path, "health", **SECRETS)
    assert ended.returncode == 1
    assert ended.stdout.splitlines() == ["no sign of life: polling", "no sign of life: worker"]


def test_health_is_content_with_a_bot_that_gives_signs(tmp_path: Path) -> None:
    now = datetime.now(UTC).timestamp()
    (tmp_path / "heartbeat.json").write_text(json.dumps({"polling": now, "worker": now}))
    ended = loaded_reelbot(tmp_path, "health", **SECRETS, DATA_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (0, "")


def test_check_says_what_is_wrong_with_each(
    checked: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, ended = checked
    assert ended.returncode == 1
    assert [line[0] for line in ended.stdout.splitlines()] == ["✓", "✓", "✓", "✓", "⚠", "✗", "✗"]
    assert ended.stderr == ""


async def test_check_says_in_its_own_words_that_something_else_stands_in_telegram_s_place(
    tmp_path: Path,
) -> None:
    async with proxying(user="me", password="secret") as proxy:
        settings = {
            "TELEGRAM_API_URL": "http://telegram.test",
            "TELEGRAM_PROXY": proxy.host,
            "VIDEO_API_URL": NOWHERE,
        }
        ended = await asyncio.to_thread(lambda: loaded_reelbot(tmp_path, "check", **SECRETS, **settings))
    assert (
        "Telegram cannot be reached at http://telegram.test (Proxy Authentication Required (407))"
        in ended.stdout
    )
    assert ended.stderr == ""


def test_the_demo_turns_words_into_a_clip_that_plays(tmp_path: Path) -> None:
    ended = reelbot(
        tmp_path, "demo", "--render-seconds", "0.5", "--out", "cat.mp4", "a cat", "surfing", "--landscape"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "You ▸ /video a cat surfing --landscape" in ended.stdout
    assert f"The video is here: {tmp_path}/cat.mp4" in ended.stdout
    assert "Gemini Omni · 5 s · Landscape" in ended.stdout
    assert played(tmp_path / "cat.mp4") == (1280, 720, 5)


def test_the_demo_turns_a_photo_into_a_clip_of_its_shape(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(out, "JPEG")
    (tmp_path / "photo.jpg").write_bytes(out.getvalue())
    ended = loaded_reelbot(
        tmp_path, "demo", "--render-seconds=0.5", "--photo", "photo.jpg", "the camera moves closer"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "You ▸ 🖼 photo" in ended.stdout
    assert played(tmp_path / "reelbot-demo.mp4") == (1280, 720, 5)


def test_the_demo_shows_a_refusal_and_ends_without_a_video(tmp_path: Path) -> None:
    ended = loaded_reelbot(tmp_path, "demo", "a cat --seconds 11")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "Gemini Omni makes videos of 3–10 s, not of 11 s" in ended.stdout
    assert "There is no video." in ended.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [("notes.txt", "This file is not a picture"), ("broken.jpg", "The photo cannot be opened")],
)
def test_the_demo_takes_what_is_no_photo_to_the_bot(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"no picture " * 100)
    ended = loaded_reelbot(tmp_path, "demo", "--photo", name, "make it move")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert said in ended.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--out", "nowhere/cat.mp4", "a cat"], id="no such folder"),
        pytest.param(["--out", ".", "a cat"], id="a folder"),
        pytest.param(["--photo", "nowhere.jpg", "a cat"], id="no such photo"),
        pytest.param(["--photo", "photo.jpg"], id="a photo and no words"),
        pytest.param(["--port", "65536"], id="no port"),
    ],
)
def test_the_demo_refuses_at_once_what_cannot_end_well(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "photo.jpg").touch()
    ended = loaded_reelbot(tmp_path, "demo", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr


@pytest.fixture
def heeded_interrupts() -> Iterator[None]:
    """Let children heed SIGINT as in a terminal: a shell lets what it runs in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded_interrupts")
async def test_ctrl_c_ends_the_demo_without_a_traceback(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "a cat"),
        cwd=tmp_path,
        env=environment({}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        process_group=0,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        async for line in process.stdout:
            if "On it." in line.decode():
                break
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the bot's process too
        _, errors = await process.communicate()

    assert (errors.decode(), process.returncode) == ("\nStopped. There is no video.\n", 130)


def played(path: Path) -> tuple[int, int, int]:
    """Decode every picture of a clip; return its width, its height and its length in seconds."""
    with av.open(path) as container:
        (video,) = container.streams.video
        pictures = list(container.decode(video))
        assert {(picture.width, picture.height) for picture in pictures} == {(video.width, video.height)}
        assert container.duration is not None
        return video.width, video.height, round(container.duration / av.time_base)


def test_setup_without_a_terminal_says_what_to_do_instead(tmp_path: Path) -> None:
    line = complaint(loaded_reelbot(tmp_path, "setup"))
    assert line.startswith(
        "reelbot: setup asks questions, and there is nobody to answer here: run it in a terminal"
    )
    assert list(tmp_path.iterdir()) == []
