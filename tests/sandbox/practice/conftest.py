"""What the practice chat's tests share: people, the page's server, and the bot's side of Telegram."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest_asyncio

from sandbox.practice.breakage_rows import breakages
from sandbox.practice.server import PracticeChat
from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.server import VideoApiSandbox

Json = dict[str, Any]
#: What the video API has that the page's person may break.
MODELS = ("gemini-omni-1.2-flash", "minimax/h3")
TITLES = {"gemini-omni-1.2-flash": "Gemini Omni Flash"}
#: Loading the world's certificates for each client would take longer than the tests.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A practice chat being served. `page` asks what the page asks, `bot` calls the Bot API's methods."""

    telegram: TelegramSandbox
    video_api: VideoApiSandbox
    address: str
    page: httpx.AsyncClient
    bot: httpx.AsyncClient
    anna: User
    boris: User
    chat: Chat
    group: Chat
    #: Set while the page is to believe that the bot runs.
    up: asyncio.Event

    async def ask(self, path: str, **body: object) -> Json:
        """Ask in Anna's private chat, unless told otherwise."""
        answer = await self.page.post(path, json={"person": self.anna.id, "chat": self.chat.id} | body)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - any result of any method
        answer = await self.bot.post(method, json=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def waiting(self, kind: str) -> Json:
        """Return the update of this kind, once it waits for the bot; it is told once only."""
        while True:
            for update in await self.call("getUpdates", timeout=5):
                if kind in update:
                    await self.call("getUpdates", offset=update["update_id"] + 1)
                    found: Json = update[kind]
                    return found

    async def updates(self) -> list[Json]:
        """Return every update that waits for the bot, and leave it there."""
        found: list[Json] = await self.call("getUpdates")
        return found


class Feed:
    """The events of an open page."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> Json:
        async for line in self._lines:
            if line.startswith("data: "):
                found: Json = json.loads(line.removeprefix("data: "))
                return found
        raise AssertionError("the feed has ended")


@pytest_asyncio.fixture(loop_scope="session")
async def practice() -> AsyncIterator[Practice]:
    telegram = TelegramSandbox()
    anna = telegram.add_user("Anna", language_code="de")
    boris = telegram.add_user("Boris")
    video_api = VideoApiSandbox(models=MODELS)
    up = asyncio.Event()
    up.set()
    chat = PracticeChat(telegram, breakages(video_api, telegram, titles=TITLES), is_up=up.is_set)
    async with AsyncExitStack() as opened:
        origin = await opened.enter_async_context(serving(telegram.app))
        address = await opened.enter_async_context(serving(chat.app))
        bot = httpx.AsyncClient(base_url=f"{origin}/bot{telegram.token}/", timeout=30, verify=NO_CERTIFICATES)
        page = httpx.AsyncClient(base_url=address, timeout=30, verify=NO_CERTIFICATES)
        yield Practice(
            telegram=telegram,
            video_api=video_api,
            address=address,
            page=await opened.enter_async_context(page),
            bot=await opened.enter_async_context(bot),
            anna=anna,
            boris=boris,
            chat=telegram.private_chat(anna),
            group=telegram.add_group("Friends", [anna, boris], forum=True),
            up=up,
        )


@pytest_asyncio.fixture(loop_scope="session")
async def feed(practice: Practice) -> AsyncIterator[Feed]:
    async with practice.page.stream("GET", "/events") as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Feed(response.aiter_lines())
