"""The poller, between a practice Telegram and python-telegram-bot's application: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio

from bot.background import sleep_unless
from bot.settings import Settings
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.bot.handling import Handling, killed_poller, polling


async def test_what_is_handled_is_confirmed_and_taken_out_of_the_inbox(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    telegram.say(chat, person, "hello")
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["hello"])
        await telegram.until(lambda: not len(telegram.state.updates))
        while await handling.left():
            pass

    assert handling.begun == ["hello"]


async def test_what_is_in_hand_is_in_the_inbox_once_it_is_confirmed(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    for number in range(3):
        telegram.say(chat, person, str(number))
    async with polling(settings, handling):
        await telegram.until(lambda: not len(telegram.state.updates))
        left = await handling.left()
        handling.let_go(chat)

    assert left == [(chat.id, "0"), (chat.id, "1"), (chat.id, "2")]


async def test_an_update_whose_handler_was_killed_comes_again(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    telegram.say(chat, person, "hello")
    async with killed_poller(settings, handling):
        await handling.until(lambda: handling.begun == ["hello"])
        await telegram.until(lambda: not len(telegram.state.updates))

    handling.let_go(chat)
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["hello"])
    assert handling.begun == ["hello", "hello"]


async def test_a_burst_in_one_chat_that_was_killed_half_way_comes_again(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    for number in range(5):
        telegram.say(chat, person, str(number))
    async with killed_poller(settings, handling):
        await handling.until(lambda: handling.begun == ["0"])
        await telegram.until(lambda: not len(telegram.state.updates))

    handling.let_go(chat)
    async with polling(settings, handling):
        await handling.until(lambda: len(handling.done) == 5)
    assert handling.done == ["0", "1", "2", "3", "4"]


async def test_one_who_floods_the_bot_holds_up_nobody_else(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    for number in range(150):
        telegram.say(chat, person, str(number))
    boris = telegram.add_user("Boris")
    async with polling(settings, handling):
        await handling.until(lambda: bool(handling.begun))
        telegram.say(telegram.private_chat(boris), boris, "from Boris")
        await handling.until(lambda: "from Boris" in handling.done)
        assert handling.done == ["from Boris"]
        handling.let_go(chat)
        await handling.until(lambda: len(handling.done) == 151)

    assert handling.done[1:] == [str(number) for number in range(150)]


async def test_a_chat_is_handled_in_order_and_others_meanwhile(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    boris = telegram.add_user("Boris")
    for words in ("one", "two", "three"):
        telegram.say(chat, person, words)
    telegram.say(telegram.private_chat(boris), boris, "meanwhile")
    async with polling(settings, handling):
        await handling.until(lambda: "meanwhile" in handling.done)
        assert handling.begun == ["one", "meanwhile"]
        handling.let_go(chat)
        await handling.until(lambda: len(handling.done) == 4)

    assert handling.done == ["meanwhile", "one", "two", "three"]


async def test_one_who_looks_something_up_waits_for_nobody_elses_look_up(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    boris = telegram.add_user("Boris")
    async with polling(settings, handling):
        for words in ("cat", "cats"):
            telegram.ask_inline(person, words)
        telegram.ask_inline(boris, "dogs")
        await handling.until(lambda: "dogs" in handling.done)
        assert handling.begun == ["cat", "dogs"]
        handling.let_go(chat)
        await handling.until(lambda: len(handling.done) == 3)

    assert handling.done == ["dogs", "cat", "cats"]


async def test_an_update_that_comes_twice_is_handled_once(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    telegram.repeat_updates = True
    telegram.say(chat, person, "one")
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["one"])
        telegram.repeat_last_update()
        telegram.say(chat, person, "two")
        await handling.until(lambda: "two" in handling.done)
        telegram.repeat_last_update()
        await _until_polled(telegram, more=2)

    assert handling.begun == ["one", "two"]


async def test_a_bot_that_is_told_to_stop_leaves_a_long_poll_at_once(
    settings: Settings, handling: Handling, telegram: TelegramSandbox
) -> None:
    # A long poll takes 25 s.
    async with asyncio.timeout(20), polling(settings, handling):
        await telegram.until(lambda: telegram.state.updates.is_polled)


async def test_a_bot_that_is_told_to_stop_leaves_a_pause_at_once(
    settings: Settings, handling: Handling, telegram: TelegramSandbox
) -> None:
    flood = telegram.faults.add(Fault(method="getUpdates", kind=FaultKind.FLOOD, retry_after=3600))
    async with asyncio.timeout(20), polling(settings, handling):
        await flood.struck()


async def test_a_handler_that_ends_while_the_bot_stops_gets_its_update_once(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    telegram.say(chat, person, "hello")
    async with polling(settings, handling) as stopping:
        await handling.until(lambda: handling.begun == ["hello"])
        stopping.set()
        await asyncio.sleep(0)
        handling.let_go(chat)

    assert handling.done == ["hello"]
    assert len(telegram.state.updates) == 0
    assert await handling.left() == []


async def test_a_handler_that_does_not_end_in_time_gets_its_update_again(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    handling.hold(chat)
    telegram.say(chat, person, "hello")
    async with polling(settings, handling):
        await handling.until(lambda: handling.begun == ["hello"])

    assert handling.done == []
    assert len(telegram.state.updates) == 0
    handling.let_go(chat)
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["hello"])


async def test_telegram_is_asked_for_the_kinds_of_updates_by_name(
    settings: Settings, handling: Handling, telegram: TelegramSandbox
) -> None:
    async with polling(settings, handling):
        await telegram.until(lambda: telegram.state.updates.is_polled)

    (poll,) = [call for call in telegram.calls if call.method == "getUpdates"]
    assert poll.params["allowed_updates"] == '["message", "callback_query", "inline_query"]'


async def test_each_answer_is_a_sign_of_life(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    signs: list[None] = []
    telegram.faults.add(Fault(method="getUpdates", kind=FaultKind.HTML, times=2))
    telegram.say(chat, person, "hello")
    async with polling(settings, handling, on_success=lambda: signs.append(None)):
        await handling.until(lambda: handling.done == ["hello"])

    answered = [call for call in telegram.calls if call.method == "getUpdates" and call.status == 200]
    assert 1 <= len(signs) <= len(answered)


async def test_a_pause_ends_early_when_it_is_time_to_stop() -> None:
    stopping = asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(sleep_unless(stopping, 3600))
        stopping.set()


async def _until_polled(telegram: TelegramSandbox, *, more: int) -> None:
    so_far = _polls(telegram)
    await telegram.until(lambda: _polls(telegram) >= so_far + more)


def _polls(telegram: TelegramSandbox) -> int:
    return sum(call.method == "getUpdates" for call in telegram.calls)
