"""`reelbot demo` without a prompt, as a shell runs it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo.practice import model_titles
from sandbox.telegram.server import TOKEN

ROOT = Path(__file__).parent.parent.parent.parent


@asynccontextmanager
async def opened(folder: Path, *arguments: str) -> AsyncIterator[Process]:
    inherited = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", *arguments),
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=PIPE,
        stderr=PIPE,
        process_group=0,
    )
    try:
        async with asyncio.timeout(60):
            yield process
    finally:
        if process.returncode is None:
            for child in children_of(process):
                os.kill(child, signal.SIGKILL)
            os.killpg(process.pid, signal.SIGKILL)
            await process.communicate()


async def address_of(process: Process) -> str:
    assert process.stdout is not None
    starting, where = [(await process.stdout.readline()).decode() for _ in range(2)]
    assert starting == "Starting…\n"
    assert where.startswith("The practice chat is at http://127.0.0.1:")
    return where.split()[-1]


async def first_event(client: httpx.AsyncClient) -> dict[str, Any]:
    async for event in events(client):
        return event
    raise AssertionError("the sandbox says nothing")


async def events(client: httpx.AsyncClient) -> AsyncIterator[dict[str, Any]]:
    async with client.stream("GET", "/events") as response:
        async for line in response.aiter_lines():
            if line:
                yield json.loads(line.removeprefix("data: "))


async def message_where(client: httpx.AsyncClient, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the first message for which that is true, of those that are there or come."""
    async for event in events(client):
        said: list[dict[str, Any]] = event.get("messages", [event["message"]] if "message" in event else [])
        if found := next(filter(is_it, said), None):
            return found
    raise AssertionError("the sandbox says nothing")


def is_video(message: dict[str, Any]) -> bool:
    return (message["media"] or {}).get("kind") == "video"


def row_of(event: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a row of the menu as an event tells it."""
    rows = [row for group in event["breakages"] for row in group["rows"]]
    found: dict[str, Any] = next(row for row in rows if row["id"] == name)
    return found


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGHUP], ids=["Ctrl-C", "closed terminal"])
async def test_without_a_prompt_a_chat_with_the_real_bot_opens_until_it_is_told_to_stop(
    tmp_path: Path, sign: signal.Signals
) -> None:
    async with opened(tmp_path, "--port", "0", "--render-seconds", "0.5") as process:
        address = await address_of(process)
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            assert "Reelbot practice chat" in (await client.get("/")).text
            sandbox = await first_event(client)
            you, chat = sandbox["people"][0], sandbox["chats"][0]
            said = await client.post(
                "/say", json={"person": you["id"], "chat": chat["id"], "text": "/video a cat"}
            )
            assert said.status_code == 200
            video = await message_where(client, is_video)
            assert "Gemini Omni · 5 s · Landscape" in video["words"]
        with pytest.raises(OSError, match=r"127\.0\.0\.2"):  # another address of this computer
            await asyncio.open_connection("127.0.0.2", int(address.rpartition(":")[2]))
        os.killpg(process.pid, sign)  # as a terminal does: to the bot's process too
        _, errors = await process.communicate()

    assert (process.returncode, errors) == (0, b"")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look at a local folder
    people = [(person["name"], person["username"], person["language"]) for person in sandbox["people"]]
    assert people == [
        ("You", "you", "en"),
        ("Mei", "mei", "zh-hans"),
        ("Omar", "omar", "ar"),
        ("Operator", "operator", "en"),
    ]
    assert [chat["name"] for chat in sandbox["chats"]] == [
        "You",
        "Mei",
        "Omar",
        "Operator",
        "You & Mei",
        "Film club",
    ]
    assert [topic["name"] for chat in sandbox["chats"] for topic in chat["topics"]] == ["Ideas", "Premieres"]


async def test_a_bot_that_is_killed_is_started_again_and_finishes_the_video_that_was_ordered_once(
    tmp_path: Path,
) -> None:
    """The press comes while the video renders; a second one, while the bot is away, does nothing.

    The video lends a character then, as if its clip were not on this computer. A bot that is killed by somebody else
    ends the demo.
    """
    async with opened(tmp_path, "--port", "0", "--render-seconds", "3") as process:
        async with httpx.AsyncClient(base_url=await address_of(process), timeout=60) as client:
            sandbox = await first_event(client)
            where = {"person": sandbox["people"][0]["id"], "chat": sandbox["chats"][0]["id"]}
            await client.post("/say", json=where | {"text": "/video a cat"})
            await message_where(client, lambda message: "🎬" in message["words"])
            before = child_of(process)
            kill = {"id": "kill", "is_broken": True}
            pressed = [(await client.post("/break", json=kill)).json() for _ in range(2)]
            video = await message_where(client, is_video)
            lend = {"text": "/character add cat 1,3", "reply_to": video["id"]}
            await client.post("/say", json=where | lend)
            await message_where(client, lambda message: "@cat" in message["words"])
            after, known = child_of(process), await first_event(client)
        os.kill(after, signal.SIGKILL)
        _, errors = await process.communicate()
    assert (process.returncode, errors.decode()) == (1, "reelbot: the bot ended by itself.\n")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look at a local folder
    assert before != after
    assert [row["isBroken"] for row in pressed] == [True, True]
    row = row_of(known, "kill")
    assert (row["isBroken"], known["isUp"]) == (False, True)
    assert "Orders at the video API: 1 before the kill, 0 since." in row["note"]
    titles = [row["title"] for row in known["breakages"][-1]["rows"]]
    assert titles == list(model_titles().values())


async def test_a_port_in_use_is_named_in_one_line_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with opened(tmp_path, "--port", str(port)) as process:
            words, errors = await process.communicate()

    assert (process.returncode, words.decode()) == (2, "Starting…\n")
    (line,) = errors.decode().splitlines()
    assert (
        line == f"reelbot: port {port} cannot be used (Address already in use): name another one with --port."
    )


def child_of(process: Process) -> int:
    (child,) = children_of(process)
    return child


def children_of(process: Process) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell whose child a process is")
    return [int(child) for child in children.read_text(encoding="ascii").split()]


async def test_what_shows_one_video_leaves_nothing_behind_when_it_is_told_to_end(tmp_path: Path) -> None:
    async with opened(tmp_path, "a cat") as process:
        assert process.stdout is not None
        while b"/video a cat" not in await process.stdout.readline():
            pass
        process.terminate()
        _, errors = await process.communicate()
    assert (process.returncode, errors.decode()) == (130, "\nStopped. There is no video.\n")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look at a local folder


async def test_the_demos_bot_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """Its stdin ends, for nobody holds the other end any more; with nothing to talk to it would try for ever."""
    nowhere = "http://127.0.0.1:9"
    inherited = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": nowhere, "VIDEO_API_URL": nowhere}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.demo"),
        cwd=tmp_path,
        env=inherited | settings | {"PYTHONPATH": str(ROOT), "VIDEO_API_KEY": "practice-key"},
        stdin=PIPE,
        stderr=PIPE,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while b"Telegram cannot be reached" not in await process.stderr.readline():
            pass
        process.stdin.close()
        await process.wait()
    assert process.returncode == 1
