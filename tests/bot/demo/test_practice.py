"""`reelbot demo` without a prompt, as a shell runs it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo.practice import model_titles

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
            os.killpg(process.pid, signal.SIGKILL)
            await process.communicate()


async def address_of(process: Process) -> str:
    assert process.stdout is not None
    first = (await process.stdout.readline()).decode()
    assert first.startswith("The practice chat is at http://127.0.0.1:")
    return first.split()[-1]


async def first_event(client: httpx.AsyncClient) -> dict[str, Any]:
    async with client.stream("GET", "/events") as response:
        async for line in response.aiter_lines():
            found: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return found
    raise AssertionError("the sandbox says nothing")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
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
            async with client.stream("GET", "/events") as response:
                async for line in response.aiter_lines():
                    if '"kind": "video"' in line:
                        assert "Gemini Omni · 5 s · Landscape" in line
                        break
        with pytest.raises(OSError, match=r"127\.0\.0\.2"):  # another address of this computer
            await asyncio.open_connection("127.0.0.2", int(address.rpartition(":")[2]))
        os.killpg(process.pid, sign)  # as a terminal does: to the bot's process too
        _, errors = await process.communicate()

    assert (process.returncode, errors) == (0, b"")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look at a local folder
    assert [(person["name"], person["language"]) for person in sandbox["people"]] == [
        ("You", "en"),
        ("Mei", "zh-hans"),
        ("Omar", "ar"),
        ("Operator", "en"),
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


async def test_the_models_of_the_practice_api_can_be_ended_from_the_page(tmp_path: Path) -> None:
    async with opened(tmp_path, "--port", "0") as process:
        async with httpx.AsyncClient(base_url=await address_of(process), timeout=60) as client:
            (group,) = (await client.post("/breakages")).json()["groups"]
        process.terminate()
        await process.communicate()
    assert group["title"] == "Let a model end"
    assert [row["title"] for row in group["rows"]] == list(model_titles().values())


async def test_a_port_in_use_is_named_in_one_line_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with opened(tmp_path, "--port", str(port)) as process:
            words, errors = await process.communicate()

    assert (process.returncode, words) == (2, b"")
    (line,) = errors.decode().splitlines()
    assert (
        line == f"reelbot: port {port} cannot be used (Address already in use): name another one with --port."
    )


async def test_a_bot_that_ends_by_itself_ends_the_demo(tmp_path: Path) -> None:
    async with opened(tmp_path, "--port", "0") as process:
        await address_of(process)
        os.kill(child_of(process), signal.SIGKILL)
        _, errors = await process.communicate()

    assert (process.returncode, errors.decode()) == (1, "reelbot: the bot ended by itself.\n")


def child_of(process: Process) -> int:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell whose child a process is")
    return int(children.read_text(encoding="ascii").split()[0])
