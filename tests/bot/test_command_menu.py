"""The command menu and the descriptions: set once in every language, left alone when right, nothing to stop for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs
from telegram import BotCommand
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.command_menu import bring_up_to_date
from bot.settings import Settings
from chat.language import LANGUAGES, speaking
from handlers.commands import menu, menu_of_admins
from handlers.help import texts as help_texts
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox

#: What Telegram calls our languages; nothing stands for everybody who speaks none of them.
CODES = ["", "zh", "ru", "es", "pt", "hi", "ar", "id", "fr", "de", "ja", "tr"]


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings) as bot:
        yield bot


async def introduced(bot: ExtBot[int]) -> None:
    await bring_up_to_date(bot, asyncio.Event(), pause=0)


def changes(telegram: TelegramSandbox) -> Counter[str]:
    return Counter(call.method for call in telegram.calls if call.method.startswith("set"))


async def test_a_new_bot_gets_its_menu_and_its_descriptions_in_every_language(
    bot: ExtBot[int],
) -> None:
    await introduced(bot)
    shown: list[object] = []
    written: list[object] = []
    for code, language in zip(CODES, LANGUAGES, strict=True):
        commands = await bot.get_my_commands(language_code=code or None)
        shown += [tuple((command.command, command.description) for command in commands)]
        shown += [(await bot.get_my_description(code or None)).description]
        shown += [(await bot.get_my_short_description(code or None)).short_description]
        with speaking(language):
            written += [menu(), help_texts.description(), help_texts.short_description()]
    assert shown == written


async def test_a_groups_administrators_see_what_they_can_set_there(
    bot: ExtBot[int], telegram: TelegramSandbox
) -> None:
    await introduced(bot)
    owner, member = telegram.add_user("Owner"), telegram.add_user("Member")
    group = telegram.add_group("Friends", [owner, member])
    telegram.appoint(group, owner)
    seen = [
        [command["command"] for command in telegram.commands_for(person, group)] for person in (owner, member)
    ]
    everybodys = [name for name, _ in menu()]
    assert seen == [[*everybodys, "groupsettings"], everybodys]


async def test_what_is_right_already_is_not_set_again(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    await introduced(bot)
    telegram.calls.clear()
    await introduced(bot)
    assert changes(telegram) == {}


async def test_only_what_differs_is_set(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    await introduced(bot)
    await bot.set_my_commands([BotCommand("old", "Ein alter Befehl")], language_code="de")
    telegram.calls.clear()
    await introduced(bot)
    assert [call.params["language_code"] for call in telegram.calls if call.method == "setMyCommands"] == [
        "de"
    ]
    assert changes(telegram) == {"setMyCommands": 1}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(method="getMyCommands", kind=FaultKind.HTML), id="502 page"),
        pytest.param(Fault(method="setMyDescription", kind=FaultKind.LOST_BEFORE), id="connection lost"),
    ],
)
async def test_a_language_that_cannot_be_set_stops_nothing(
    bot: ExtBot[int], telegram: TelegramSandbox, fault: Fault
) -> None:
    telegram.faults.add(fault)
    with capture_logs() as logs:
        await introduced(bot)
    assert [(line["event"], line["language"]) for line in logs] == [
        ("the command menu could not be set; I go on without", "en")
    ]
    assert changes(telegram)["setMyCommands"] >= len(LANGUAGES) - 1


async def test_each_admin_has_a_menu_in_their_language_if_they_have_written_to_the_bot(
    bot: ExtBot[int], telegram: TelegramSandbox
) -> None:
    person = telegram.add_user("Ada")
    chat = telegram.private_chat(person)
    with capture_logs() as logs:
        for _ in range(2):
            await bring_up_to_date(bot, asyncio.Event(), admins={person.id: "de", 999: "en"}, pause=0)
    with speaking("de"):
        commands = [*menu(), *menu_of_admins()]
    assert [tuple(command.values()) for command in telegram.commands_for(person, chat)] == commands
    assert [(line["event"], line["admin"]) for line in logs] == [
        ("an admin has not written to the bot yet", 999)
    ] * 2
    scopes = [call.params.get("scope", "") for call in telegram.calls if call.method == "setMyCommands"]
    assert len([scope for scope in scopes if str(person.id) in str(scope)]) == 1


async def test_a_pause_that_telegram_asks_for_is_kept(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    telegram.faults.add(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=1))
    await introduced(bot)
    first, second = [call.monotonic for call in telegram.calls if call.method == "setMyCommands"][:2]
    assert second - first >= 1
    assert changes(telegram)["setMyCommands"] == 2 * len(LANGUAGES) + 1


async def test_whoever_waits_for_telegram_can_be_told_to_stop(
    bot: ExtBot[int], telegram: TelegramSandbox
) -> None:
    telegram.faults.add(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=3600))
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(bring_up_to_date(bot, stopping))
        await telegram.until(lambda: changes(telegram))
        stopping.set()
    assert changes(telegram) == {"setMyCommands": 1}
