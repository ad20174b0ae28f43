"""The rate limiter between real bots and a Telegram that enforces its limits; a second lasts a fifth of one here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.rate_limit import Dropped, RateLimiter, seconds_asked_for
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.rate_limits import RateLimits as EnforcedLimits
from sandbox.telegram.server import TelegramSandbox

SECOND, MINUTE = 0.2, 1.0
ENFORCED = EnforcedLimits(second=SECOND, minute=MINUTE)
KEPT = RateLimits(
    overall=Limit(calls=28, seconds=SECOND + 0.1, for_progress=14),
    chat=Limit(calls=1, seconds=SECOND + 0.05, for_progress=1),
    group=Limit(calls=19, seconds=MINUTE + 0.3, for_progress=8),
)
#: So much room that no test fills it.
WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
NO_LIMITS = RateLimits(overall=WIDE, chat=WIDE, group=WIDE)


@pytest.fixture
def telegram() -> TelegramSandbox:
    return TelegramSandbox(flood=ENFORCED)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, KEPT) as bot:
        yield bot


def written(telegram: TelegramSandbox, chat: Chat) -> list[str]:
    return [message.words for message in telegram.messages(chat)]


def refused(telegram: TelegramSandbox) -> list[str]:
    return [call.method for call in telegram.calls if call.status == 429]


async def test_answers_to_one_chat_wait_and_arrive_in_order(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    async with asyncio.TaskGroup() as tasks:
        for words in (said := [f"answer {number}" for number in range(6)]):
            tasks.create_task(bot.send_message(chat.id, words))

    assert written(telegram, chat) == said
    assert refused(telegram) == []


async def test_a_group_never_gets_more_than_it_bears(settings: Settings, telegram: TelegramSandbox) -> None:
    group = telegram.add_group("Friends", [telegram.add_user("Boris")])
    only_the_group = RateLimits(overall=KEPT.overall, chat=WIDE, group=KEPT.group)
    telegram.flood.limits = EnforcedLimits(second=SECOND, minute=MINUTE, burst=1000)
    said = [f"answer {number}" for number in range(30)]
    async with build_bot(settings, only_the_group) as bot, asyncio.TaskGroup() as tasks:
        for words in said:
            tasks.create_task(bot.send_message(group.id, words))

    assert sorted(written(telegram, group)) == sorted(said)
    assert refused(telegram) == []


async def test_edits_count_like_messages(bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat) -> None:
    message = await bot.send_message(chat.id, "0")
    async with asyncio.TaskGroup() as tasks:
        for number in range(1, 6):
            tasks.create_task(bot.edit_message_text(str(number), chat.id, message.message_id))

    assert written(telegram, chat) == ["5"]
    assert refused(telegram) == []


async def test_progress_without_room_is_dropped_and_not_sent_later(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    message = await bot.send_message(chat.id, "accepted")
    with pytest.raises(Dropped):
        await bot.edit_message_text("10 %", chat.id, message.message_id, rate_limit_args=Urgency.PROGRESS)
    await bot.edit_message_text("done", chat.id, message.message_id)

    assert [call.method for call in telegram.calls if call.chat_id] == ["sendMessage", "editMessageText"]
    assert written(telegram, chat) == ["done"]


async def test_progress_with_room_is_shown(bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat) -> None:
    message = telegram.state.new_message(chat, telegram.bot)
    message.text = "accepted"
    telegram.state.post(message)
    await bot.edit_message_text("10 %", chat.id, message.id, rate_limit_args=Urgency.PROGRESS)

    assert written(telegram, chat) == ["10 %"]


async def test_progress_gives_way_to_an_answer_that_waits(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    room_for_two = RateLimits(overall=WIDE, chat=Limit(calls=1, seconds=30, for_progress=2), group=WIDE)
    async with build_bot(settings, room_for_two) as bot, asyncio.TaskGroup() as tasks:
        first = await bot.send_message(chat.id, "accepted")
        waiting = tasks.create_task(bot.send_message(chat.id, "an answer"))
        await asyncio.sleep(0)
        with pytest.raises(Dropped):
            await bot.edit_message_text("10 %", chat.id, first.message_id, rate_limit_args=Urgency.PROGRESS)
        waiting.cancel()

    assert written(telegram, chat) == ["accepted"]


async def test_a_pause_that_telegram_asks_for_is_kept_to_the_second(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=1))
    await bot.send_message(chat.id, "an answer")

    first, second = [call for call in telegram.calls if call.method == "sendMessage"]
    assert [first.status, second.status] == [429, 200]
    assert second.monotonic - first.monotonic >= 1
    assert written(telegram, chat) == ["an answer"]


async def test_order_is_kept_when_an_answer_has_to_be_sent_again(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=1))
    async with asyncio.TaskGroup() as tasks:
        for words in ("one", "two", "three"):
            tasks.create_task(bot.send_message(chat.id, words))

    assert written(telegram, chat) == ["one", "two", "three"]


async def test_a_pause_in_one_chat_holds_up_no_other(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    other = telegram.private_chat(telegram.add_user("Boris"))
    flood = telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, chat=chat, retry_after=25))
    async with asyncio.TaskGroup() as tasks:
        held = tasks.create_task(bot.send_message(chat.id, "an answer"))
        await flood.struck()
        for number in range(3):
            await bot.send_message(other.id, str(number))
        was_held = not held.done()
        held.cancel()

    assert was_held
    assert written(telegram, other) == ["0", "1", "2"]


async def test_progress_is_dropped_while_a_chat_has_to_rest(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=25))
    async with build_bot(settings, NO_LIMITS) as bot:
        with pytest.raises(RetryAfter):
            await bot.send_message(chat.id, "10 %", rate_limit_args=Urgency.PROGRESS)
        with pytest.raises(Dropped):
            await bot.send_message(chat.id, "20 %", rate_limit_args=Urgency.PROGRESS)
        with pytest.raises(Dropped):
            await bot.send_chat_action(chat.id, "upload_video", rate_limit_args=Urgency.PROGRESS)

    assert [call.method for call in telegram.calls if call.chat_id] == ["sendMessage"]


async def test_a_longer_pause_is_for_the_sender_to_plan_with(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, chat=chat, retry_after=3600))
    with pytest.raises(RetryAfter) as first:
        await bot.send_message(chat.id, "an answer")
    with pytest.raises(RetryAfter) as second:
        await bot.send_message(chat.id, "the next answer")

    assert [round(seconds_asked_for(error.value) / 60) for error in (first, second)] == [60, 60]
    assert [call.status for call in telegram.calls if call.method == "sendMessage"] == [429]


async def test_those_who_wait_in_line_learn_of_a_longer_pause_too(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, chat=chat, retry_after=3600))
    outcomes = await asyncio.gather(
        *(bot.send_message(chat.id, str(number)) for number in range(3)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [RetryAfter] * 3


async def test_a_call_that_only_ever_meets_pauses_is_given_back() -> None:
    pauses = []

    async def flooded() -> bool:
        pauses.append(timedelta(milliseconds=1))
        raise RetryAfter(pauses[-1])

    with pytest.raises(RetryAfter):
        await RateLimiter(NO_LIMITS).process_request(flooded, (), {}, "sendMessage", {"chat_id": 1}, None)
    assert len(pauses) == 5


async def test_whoever_gives_up_waiting_holds_up_nobody(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    await bot.send_message(chat.id, "one")
    async with asyncio.TaskGroup() as tasks:
        impatient = tasks.create_task(bot.send_message(chat.id, "two"))
        patient = tasks.create_task(bot.send_message(chat.id, "three"))
        await asyncio.sleep(0)
        impatient.cancel()

    assert patient.done()
    assert written(telegram, chat) == ["one", "three"]


async def test_calls_that_telegram_does_not_count_wait_for_nothing(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    never_again = RateLimits(overall=WIDE, chat=Limit(calls=1, seconds=3600, for_progress=1), group=WIDE)
    async with build_bot(settings, never_again) as bot:
        message = await bot.send_message(chat.id, "accepted")
        await bot.send_chat_action(chat.id, "upload_video")
        await bot.get_my_commands()
        await bot.delete_message(chat.id, message.message_id)

    assert written(telegram, chat) == []


@pytest.mark.parametrize(
    "chat_id", [pytest.param(-5, id="a group"), pytest.param("@channel", id="a channel by its name")]
)
async def test_whatever_is_no_person_is_limited_like_a_group(chat_id: int | str) -> None:
    guard = RateLimiter(
        RateLimits(overall=WIDE, chat=WIDE, group=Limit(calls=2, seconds=3600, for_progress=1))
    )
    data = {"chat_id": chat_id}
    assert await guard.process_request(_done, (), {}, "sendMessage", data, Urgency.PROGRESS) is True
    with pytest.raises(Dropped):
        await guard.process_request(_done, (), {}, "sendMessage", data, Urgency.PROGRESS)


async def test_chats_that_are_silent_for_long_are_forgotten() -> None:
    guard = RateLimiter(
        RateLimits(overall=WIDE, chat=Limit(calls=1, seconds=3600, for_progress=1), group=WIDE)
    )
    for chat_id in (1, *range(2, 2002), 1):
        await guard.process_request(_done, (), {}, "sendMessage", {"chat_id": chat_id}, Urgency.PROGRESS)


async def _done() -> bool:
    return True


async def _progress(bot: ExtBot[int], chat: Chat) -> str:
    try:
        await bot.send_message(chat.id, "10 %", rate_limit_args=Urgency.PROGRESS)
    except Dropped:
        return "dropped"
    return "shown"
