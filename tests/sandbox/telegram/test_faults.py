"""Faults on demand, as python-telegram-bot meets them, and whether the call took effect."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TimedOut

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.faults import DOWNLOAD, Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox


@pytest.mark.parametrize(
    ("fault", "error", "texts"),
    [
        pytest.param(Fault(method="sendMessage", kind=FaultKind.HTML), NetworkError, [], id="502 page"),
        pytest.param(
            Fault(method="*", kind=FaultKind.HTML, status=504), NetworkError, [], id="504 page, any method"
        ),
        pytest.param(
            Fault(method="sendmessage", kind=FaultKind.REFUSED, status=500),
            NetworkError,
            [],
            id="500 in JSON",
        ),
        pytest.param(
            Fault(method="sendMessage", kind=FaultKind.REFUSED, status=401), InvalidToken, [], id="401"
        ),
        pytest.param(
            Fault(method="sendMessage", kind=FaultKind.LOST_BEFORE), NetworkError, [], id="lost before"
        ),
        pytest.param(
            Fault(method="sendMessage", kind=FaultKind.LOST_AFTER), NetworkError, ["x"], id="lost after"
        ),
    ],
)
async def test_a_fault_meets_one_call_and_the_next_goes_well(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, *, fault: Fault, error: type[Exception], texts: list[str]
) -> None:
    telegram.faults.add(fault)
    with pytest.raises(error):
        await bot.send_message(chat.id, "x")
    assert [message.text for message in telegram.messages(chat)] == texts
    await bot.send_message(chat.id, "y")
    assert [message.text for message in telegram.messages(chat)] == [*texts, "y"]
    assert fault.hits == 1


async def test_a_flood_says_how_long_to_wait(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=7))
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(chat.id, "x")
    assert (telegram.calls[-1].status, telegram.calls[-1].error) == (429, "Too Many Requests: retry after 7")


async def test_a_slow_answer_times_out_although_it_took_effect(
    bot: Bot, telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.SLOW_AFTER, seconds=30))
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "x", read_timeout=0.2)
    assert [message.text for message in telegram.messages(chat)] == ["x"]


async def test_a_slow_call_takes_effect_late(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.SLOW_BEFORE, seconds=1))
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "x", read_timeout=0.1)
    assert telegram.messages(chat) == []
    await telegram.until(lambda: telegram.messages(chat))


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        pytest.param(FaultKind.HOLD_BEFORE, [], id="before its effect"),
        pytest.param(FaultKind.HOLD_AFTER, ["x"], id="after its effect"),
    ],
)
async def test_a_call_is_held_until_it_is_released(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, kind: FaultKind, held: list[str]
) -> None:
    fault = telegram.faults.add(Fault(method="sendMessage", kind=kind))
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(bot.send_message(chat.id, "x"))
        await fault.struck()
        while_held = ([message.text for message in telegram.messages(chat)], sending.done())
        fault.release()
    assert while_held == (held, False)
    assert sending.result().text == "x"


async def test_a_held_call_keeps_its_effect_when_its_client_is_gone_and_the_server_stops(
    telegram: TelegramSandbox, chat: Chat
) -> None:
    fault = telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.HOLD_AFTER))
    async with (
        asyncio.TaskGroup() as tasks,
        serving(telegram.app) as origin,
        Bot(telegram.token, base_url=f"{origin}/bot") as bot,
    ):
        sending = tasks.create_task(bot.send_message(chat.id, "x"))
        await fault.struck()
        sending.cancel()
    assert [message.text for message in telegram.messages(chat)] == ["x"]
    assert (telegram.calls[-1].method, telegram.calls[-1].status) == ("sendMessage", None)


async def test_a_fault_may_come_later_more_than_once_and_in_one_chat_only(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.HTML, chat=chat, skip=1, times=2))
    outcomes = [await _outcome(bot, target) for target in (group, chat, group, chat, group, chat, chat)]
    assert outcomes == ["sent", "sent", "sent", "lost", "sent", "lost", "sent"]


async def test_a_fault_taken_back_lets_go_what_it_holds(
    bot: Bot, telegram: TelegramSandbox, chat: Chat
) -> None:
    hold = telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.HOLD_BEFORE, times=5))
    telegram.faults.add(Fault(method="*", kind=FaultKind.HTML, times=5))
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(bot.send_message(chat.id, "x"))
        await hold.struck()
        telegram.faults.clear()
    assert sending.result().text == "x"
    assert await _outcome(bot, chat) == "sent"


async def test_polling_and_downloads_can_fail_too(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes
) -> None:
    message = telegram.send_photo(chat, anna, photo)
    telegram.faults.add(Fault(method="getUpdates", kind=FaultKind.REFUSED, status=404))
    telegram.faults.add(Fault(method=DOWNLOAD, kind=FaultKind.LOST_BEFORE))
    with pytest.raises(InvalidToken):
        await bot.get_updates()
    file = await bot.get_file(message.photo[0].file.id)
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert await file.download_as_bytearray() == message.photo[0].file.read()


async def test_a_lost_call_has_no_status(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.LOST_AFTER))
    assert await _outcome(bot, chat) == "lost"
    assert (telegram.calls[-1].status, telegram.calls[-1].error) == (None, "connection lost")


async def _outcome(bot: Bot, chat: Chat) -> str:
    try:
        await bot.send_message(chat.id, "x")
    except NetworkError:
        return "lost"
    return "sent"
