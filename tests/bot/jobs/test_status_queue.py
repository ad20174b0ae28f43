"""Status messages of a long queue: the first hundred hear how they move up, with one look at the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from chat.rate_windows import Limit, RateLimits
from domain.job import Job
from domain.queue import Concurrency
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.chat.test_rate_limit import NO_LIMITS, WIDE
from tests.sora_catalogue import sora_offers
from tests.storage.statements import Statements

Queue = Callable[[int], Awaitable[list[Chat]]]
MakeBoard = Callable[..., StatusMessages]

CALLED_OFF = "UPDATE jobs SET state = 'cancelled', finished_at = due_at WHERE id = :id"
FAILED = "UPDATE jobs SET state = 'failed', failure = 'moderated', finished_at = due_at WHERE id = :id"
ONE_AT_A_TIME = Concurrency(in_all=1, per_person=1)
#: For edits of progress there is room for three, and then for none while the test lasts.
THREE_EDITS = RateLimits(overall=Limit(calls=9, seconds=60, for_progress=3), chat=WIDE, group=WIDE)


@pytest.fixture
def queue(announced: Callable[..., Awaitable[Job]], telegram: TelegramSandbox) -> Queue:
    """Return a way to let one job be next and so many people wait behind it, each in a chat of their own."""

    async def wait(number: int) -> list[Chat]:
        await announced()
        chats = [telegram.private_chat(telegram.add_user(f"Person {one}")) for one in range(number)]
        for chat in chats:
            await announced(chat)
        return chats

    return wait


@pytest.fixture
def board_of(claims: Claims, jobs: Jobs, holds: Holds, clock: Clock) -> MakeBoard:
    return lambda bot: StatusMessages(
        bot, claims, jobs, ONE_AT_A_TIME, clock, holds=holds, offers=sora_offers()
    )


def said(telegram: TelegramSandbox, chats: list[Chat]) -> list[str]:
    return [telegram.messages(chat)[-1].words for chat in chats]


async def test_the_first_hundred_who_wait_see_their_place_and_nobody_else_is_looked_up(
    settings: Settings, board_of: MakeBoard, queue: Queue, telegram: TelegramSandbox, database: Database
) -> None:
    chats, made = await queue(103), Statements()
    async with build_bot(settings, NO_LIMITS) as bot:
        with made.recording(database):
            await board_of(bot).show_queue()
    places = [
        f"⏳ Number {number} in the queue\nYou can cancel it until it starts." for number in range(1, 101)
    ]
    assert said(telegram, chats) == [*places, "accepted", "accepted", "accepted"]
    assert len(made) <= 8


async def test_an_edit_that_finds_no_room_ends_the_round_and_the_next_begins_with_it(
    settings: Settings, board_of: MakeBoard, queue: Queue, telegram: TelegramSandbox
) -> None:
    chats = await queue(9)
    places = [
        f"⏳ Number {number} in the queue\nYou can cancel it until it starts." for number in range(1, 10)
    ]
    async with build_bot(settings, THREE_EDITS) as bot:
        status_messages = board_of(bot)
        await status_messages.show_queue()
        first = said(telegram, chats)
        async with build_bot(settings, NO_LIMITS) as calm:
            status_messages.bot = calm
            await status_messages.show_queue()
    assert first == [*places[:3], *["accepted"] * 6]
    assert said(telegram, chats) == places


async def test_what_ends_while_the_queue_is_shown_is_not_said_to_wait_after_that(
    settings: Settings,
    board_of: MakeBoard,
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    database: Database,
) -> None:
    await announced()
    chats = [telegram.private_chat(telegram.add_user(name)) for name in ("Ada", "Bo", "Cem")]
    jobs = [await announced(chat) for chat in chats]
    first = telegram.faults.add(Fault(method="editMessageText", kind=FaultKind.HOLD_BEFORE, chat=chats[0]))
    async with build_bot(settings, NO_LIMITS) as bot, asyncio.TaskGroup() as tasks:
        tasks.create_task(board_of(bot).show_queue())
        await first.struck()
        for job, end in zip(jobs[1:], (CALLED_OFF, FAILED), strict=True):
            async with database.transaction() as connection:
                await connection.execute(text(end), {"id": job.id})
        first.release()
    waits, *over = said(telegram, chats)
    assert (waits, [words.splitlines()[0] for words in over]) == (
        "⏳ Number 1 in the queue\nYou can cancel it until it starts.",
        ["✋ Cancelled: a cat", "❌ No video this time."],
    )


async def test_a_chat_that_takes_no_edit_keeps_nobody_elses_from_being_shown(
    settings: Settings,
    board_of: MakeBoard,
    queue: Queue,
    announced: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
) -> None:
    chats = await queue(1)
    await announced(chats[0])
    other = telegram.private_chat(telegram.add_user("Ada"))
    await announced(other)
    one_a_minute = Limit(calls=1, seconds=60, for_progress=1)
    async with build_bot(settings, RateLimits(overall=WIDE, chat=one_a_minute, group=WIDE)) as bot:
        await board_of(bot).show_queue()
    assert [message.words for message in telegram.messages(chats[0])] == [
        "⏳ Number 1 in the queue\nYou can cancel it until it starts.",
        "accepted",
    ]
    assert said(telegram, [other]) == ["⏳ Number 3 in the queue\nYou can cancel it until it starts."]
