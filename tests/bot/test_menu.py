"""The command menu and the descriptions: set once, left alone when they are right, and nothing to stop for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from telegram import BotCommand

from bot.application import build_bot
from bot.menu import bring_up_to_date
from handlers import help_texts
from sandbox.telegram_faults import Fault, FaultKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram.ext import ExtBot

    from bot.settings import Settings
    from sandbox.telegram import TelegramSandbox


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings) as bot:
        yield bot


def changes(telegram: TelegramSandbox) -> list[str]:
    return [call.method for call in telegram.calls if call.method.startswith("set")]


async def test_a_new_bot_gets_its_menu_and_its_descriptions(bot: ExtBot[int]) -> None:
    await bring_up_to_date(bot)
    assert [(command.command, command.description) for command in await bot.get_my_commands()] == list(
        help_texts.menu()
    )
    assert (await bot.get_my_description()).description == help_texts.description()
    assert (await bot.get_my_short_description()).short_description == help_texts.short_description()


async def test_what_is_right_already_is_not_set_again(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    await bring_up_to_date(bot)
    telegram.calls.clear()
    await bring_up_to_date(bot)
    assert changes(telegram) == []


async def test_only_what_differs_is_set(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    await bring_up_to_date(bot)
    await bot.set_my_commands([BotCommand("old", "An old command")])
    telegram.calls.clear()
    await bring_up_to_date(bot)
    assert changes(telegram) == ["setMyCommands"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=3600), id="429"),
        pytest.param(Fault(method="getMyCommands", kind=FaultKind.HTML), id="502 page"),
        pytest.param(Fault(method="setMyDescription", kind=FaultKind.LOST_BEFORE), id="connection lost"),
    ],
)
async def test_a_menu_that_cannot_be_set_stops_nothing(
    bot: ExtBot[int], telegram: TelegramSandbox, fault: Fault
) -> None:
    telegram.faults.add(fault)
    with capture_logs() as logs:
        await bring_up_to_date(bot)
    assert [line["event"] for line in logs] == ["the command menu could not be set; I go on without"]
