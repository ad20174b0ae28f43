"""The connections to Telegram: files hold up no answer, and a call that found none is made again."""

from __future__ import annotations

import asyncio

import pytest
from telegram import InputFile
from telegram.error import TimedOut
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.application import build_bot
from bot.settings import Settings
from chat.connections import Connections
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.bot.surroundings import UNHURRIED

#: So many are open at once, and more than that are sent.
UPLOADS, MANY = 40, 50


@pytest.fixture
def others(telegram: TelegramSandbox) -> list[Chat]:
    return [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(MANY)]


async def test_files_that_telegram_keeps_waiting_hold_up_no_answer(
    settings: Settings, telegram: TelegramSandbox, chat: Chat, others: list[Chat]
) -> None:
    slow = [
        telegram.faults.add(Fault(method="sendDocument", kind=FaultKind.HOLD_BEFORE)) for _ in range(UPLOADS)
    ]
    async with build_bot(settings, UNHURRIED) as bot, asyncio.TaskGroup() as tasks:
        for other in others:
            tasks.create_task(_send_file(bot, other))
        for upload in slow:
            await upload.struck()
        async with asyncio.timeout(10):
            await bot.send_message(chat.id, "an answer")
        for upload in slow:
            upload.release()

    assert [message.words for message in telegram.messages(chat)] == ["an answer"]
    assert [len(telegram.messages(other)) for other in others] == [1] * MANY


async def test_a_call_that_found_no_connection_is_made_again(
    telegram: TelegramSandbox, telegram_origin: str
) -> None:
    slow = telegram.faults.add(Fault(method="getMe", kind=FaultKind.HOLD_BEFORE))
    calls = HTTPXRequest(connection_pool_size=1, pool_timeout=0.2, read_timeout=20)
    url = f"{telegram_origin}/bot{telegram.token}/getMe"
    async with Connections(files=HTTPXRequest(), calls=calls, uploads=1) as connections:
        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(connections.post(url))
            await slow.struck()
            second = tasks.create_task(connections.post(url))
            await asyncio.sleep(0.3)  # the second has waited in vain once
            slow.release()
        assert first.result() == second.result()


async def test_a_call_that_finds_no_connection_at_all_is_given_back(
    telegram: TelegramSandbox, telegram_origin: str
) -> None:
    slow = telegram.faults.add(Fault(method="getMe", kind=FaultKind.HOLD_BEFORE))
    calls = HTTPXRequest(connection_pool_size=1, pool_timeout=0.01, read_timeout=20)
    url = f"{telegram_origin}/bot{telegram.token}/getMe"
    async with (
        Connections(files=HTTPXRequest(), calls=calls, uploads=1) as connections,
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(connections.post(url))
        await slow.struck()
        with pytest.raises(TimedOut, match="Pool timeout"):
            await connections.post(url)
        slow.release()


async def _send_file(bot: ExtBot[int], chat: Chat) -> None:
    await bot.send_document(chat.id, InputFile(b"a file", filename="file.txt"))
