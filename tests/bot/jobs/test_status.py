"""Status messages: edited when there is something to say, seldom, and never in the way of an answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from chat.rate_windows import Limit, RateLimits
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import failed, ordered, polled, submitted
from domain.queue import Concurrency
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.chat.test_rate_limit import NO_LIMITS, WIDE
from tests.sora_catalogue import sora_offers

ONE_AT_A_TIME = Concurrency(in_all=1, per_person=1)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield bot


@pytest.fixture
def status_messages(
    bot: ExtBot[int], claims: Claims, jobs: Jobs, holds: Holds, clock: Clock
) -> StatusMessages:
    return StatusMessages(bot, claims, jobs, ONE_AT_A_TIME, clock, holds=holds, offers=sora_offers())


@pytest.fixture
def rendering(announced: Callable[..., Awaitable[Job]], clock: Clock) -> Callable[..., Awaitable[Job]]:
    """Return a factory of jobs that were ordered just now."""

    async def make(where: Chat | None = None) -> Job:
        job = await (announced() if where is None else announced(where))
        return ordered(submitted(job, clock()), clock(), video_id="v1")

    return make


def edits(telegram: TelegramSandbox) -> int:
    return sum(call.method == "editMessageText" for call in telegram.calls)


def words(telegram: TelegramSandbox, chat: Chat) -> list[str]:
    return [message.words for message in telegram.messages(chat)]


async def test_the_first_news_is_shown_at_once(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    await status_messages.show(await rendering())
    assert words(telegram, chat) == ["🎬 Your video is being made."]


@pytest.mark.parametrize(
    ("seconds", "news", "edited"),
    [
        pytest.param(4.9, True, False, id="news, too soon"),
        pytest.param(5, True, True, id="news"),
        pytest.param(600, False, False, id="no news for long"),
    ],
)
async def test_a_private_status_is_edited_when_there_is_something_to_say(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    clock: Clock,
    *,
    seconds: float,
    news: bool,
    edited: bool,
) -> None:
    job = await rendering()
    await status_messages.show(job)
    clock.move(seconds)
    await status_messages.show(polled(job, clock(), progress=40 if news else None))
    assert edits(telegram) == 1 + edited


@pytest.mark.parametrize(
    ("seconds", "news", "edited"),
    [
        pytest.param(14.9, 40, False, id="news, too soon"),
        pytest.param(15, 9, False, id="news, but little"),
        pytest.param(15, 10, True, id="news"),
        pytest.param(600, None, False, id="no news for long"),
    ],
)
async def test_a_group_s_status_is_edited_more_seldom(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    clock: Clock,
    *,
    seconds: float,
    news: int | None,
    edited: bool,
) -> None:
    job = await rendering(telegram.add_group("Friends", [telegram.add_user("Boris")]))
    await status_messages.show(job)
    clock.move(seconds)
    await status_messages.show(polled(job, clock(), progress=news))
    assert edits(telegram) == 1 + edited


async def test_progress_is_one_line_with_the_time_that_is_left(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    job = await rendering()
    clock.move(72)
    await status_messages.show(polled(job, clock(), progress=40))
    assert words(telegram, chat) == ["🎬 40% · about 1 min 40 sec left"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda job, _now: replace(job, status_message_id=None), id="no status message"),
        pytest.param(lambda job, _now: replace(job, state=State.DONE), id="over"),
        pytest.param(lambda job, _: failed(job, reason=FailureReason.REFUSED), id="failed"),
    ],
)
async def test_a_job_with_nothing_to_show_is_left_alone(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    clock: Clock,
    change: Callable[..., Job],
) -> None:
    await status_messages.show(change(await rendering(), clock()))
    assert edits(telegram) == 0


async def test_an_edit_without_room_is_dropped_and_made_up_for_with_the_next_look(
    settings: Settings,
    claims: Claims,
    jobs: Jobs,
    holds: Holds,
    clock: Clock,
    *,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
) -> None:
    first, second = await rendering(), await rendering()
    limits = RateLimits(overall=Limit(calls=9, seconds=0.5, for_progress=1), chat=WIDE, group=WIDE)
    async with build_bot(settings, limits) as bot:
        status_messages = StatusMessages(
            bot, claims, jobs, ONE_AT_A_TIME, clock, holds=holds, offers=sora_offers()
        )
        await status_messages.show(first)
        await status_messages.show(second)
        shown_at_first = edits(telegram)
        async with asyncio.timeout(20):
            while edits(telegram) == 1:
                await status_messages.show(second)

    assert shown_at_first == 1


@pytest.mark.parametrize(
    "obstacle",
    [
        pytest.param("deleted", id="the message was deleted"),
        pytest.param("blocked", id="the bot was blocked"),
        pytest.param("the same", id="it says so already"),
    ],
)
async def test_what_cannot_be_edited_is_not_tried_at_each_look(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    *,
    clock: Clock,
    obstacle: str,
) -> None:
    job = await rendering()
    (message,) = telegram.messages(chat)
    match obstacle:
        case "deleted":
            telegram.delete_message(message)
        case "blocked" if chat.user is not None:
            telegram.block(chat.user)
        case _:
            message.text = "🎬 Your video is being made."
    for _ in range(4):
        await status_messages.show(job)
        clock.move(1)
    assert edits(telegram) == 1


async def test_an_edit_that_telegram_lost_is_tried_again(
    status_messages: StatusMessages,
    rendering: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    job = await rendering()
    telegram.faults.add(Fault(method="editMessageText", kind=FaultKind.HTML))
    await status_messages.show(job)
    await status_messages.show(job)
    assert edits(telegram) == 2
    assert words(telegram, chat) == ["🎬 Your video is being made."]


async def test_those_who_wait_see_their_place_and_when_they_move_up(
    status_messages: StatusMessages,
    announced: Callable[..., Awaitable[Job]],
    jobs: Jobs,
    telegram: TelegramSandbox,
    *,
    chat: Chat,
    clock: Clock,
) -> None:
    for _ in range(3):
        await announced()
    await status_messages.show_queue()
    accepted = words(telegram, chat)
    await status_messages.show_queue()
    edits_without_news = edits(telegram)

    clock.move(5)
    await jobs.cancel(2, 1, now=clock())
    await status_messages.show_queue()
    assert accepted == [
        "accepted",
        "⏳ Number 1 in the queue\nYou can cancel it until it starts.",
        "⏳ Number 2 in the queue\nYou can cancel it until it starts.",
    ]
    assert edits_without_news == 2
    assert words(telegram, chat)[2] == "⏳ Number 1 in the queue\nYou can cancel it until it starts."


async def test_a_place_that_could_not_be_shown_is_shown_later(
    status_messages: StatusMessages,
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    for _ in range(2):
        await announced()
    telegram.faults.add(Fault(method="editMessageText", kind=FaultKind.FLOOD, retry_after=1))
    await status_messages.show_queue()
    not_shown = words(telegram, chat)
    async with asyncio.timeout(20):
        while words(telegram, chat) == not_shown:
            await status_messages.show_queue()
    assert words(telegram, chat) == [
        "accepted",
        "⏳ Number 1 in the queue\nYou can cancel it until it starts.",
    ]


async def test_whoever_waits_can_call_it_off(
    status_messages: StatusMessages,
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    for _ in range(2):
        await announced()
    await status_messages.show_queue()
    assert [button.text for row in telegram.messages(chat)[1].buttons for button in row] == ["✋ Cancel"]


async def test_a_job_that_is_forgotten_is_shown_as_new(
    status_messages: StatusMessages, rendering: Callable[..., Awaitable[Job]], telegram: TelegramSandbox
) -> None:
    job = await rendering()
    await status_messages.show(job)
    status_messages.forget(job.id)
    await status_messages.show(job)
    assert edits(telegram) == 2
