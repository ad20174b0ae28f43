"""What status messages promise: a start and an end that are known from videos before, taken back when wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.settings import Settings
from domain import lifecycle
from domain.job import Job
from domain.queue import Concurrency
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claim, Claims
from storage.holds import Holds
from storage.jobs import Jobs
from tests.bot.conftest import Clock
from tests.bot.steps import LEASE
from tests.chat.test_rate_limit import NO_LIMITS
from tests.sora_catalogue import sora_offers

Announce = Callable[..., Awaitable[Job]]
Order = Callable[[], Awaitable[Claim]]

ONE_AT_A_TIME = Concurrency(in_all=1, per_person=1)
PLACE = "⏳ Number 1 in the queue"
UNTIL = "\nYou can cancel it until it starts."


@pytest.fixture
async def status_messages(
    settings: Settings, claims: Claims, jobs: Jobs, holds: Holds, clock: Clock
) -> AsyncIterator[StatusMessages]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield StatusMessages(bot, claims, jobs, ONE_AT_A_TIME, clock, holds=holds, offers=sora_offers())


@pytest.fixture
def order(claims: Claims, clock: Clock) -> Order:
    """Return a way to have the next job in the queue ordered."""

    async def submit() -> Claim:
        (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=ONE_AT_A_TIME, in_hand=0)
        assert await claims.submit(claim, clock(), concurrency=ONE_AT_A_TIME)
        await claims.save(claim, lifecycle.ordered(claim.saved, clock(), video_id="v"), clock())
        return claim

    return submit


@pytest.fixture
async def usual(add: Callable[..., Awaitable[Job]], claims: Claims, order: Order, clock: Clock) -> None:
    """Let three videos have been made, in 90, 100 and 110 seconds."""
    for seconds in (90, 100, 110):
        await add()
        claim = await order()
        clock.move(seconds)
        await claims.finish(
            claim, lifecycle.rendered(claim.saved, clock(), video_url=None), clock(), due_at=clock()
        )


def last(telegram: TelegramSandbox, chat: Chat) -> str:
    return telegram.messages(chat)[-1].words


def edits(telegram: TelegramSandbox) -> int:
    return sum(call.method == "editMessageText" for call in telegram.calls)


@pytest.mark.usefixtures("usual")
async def test_whoever_waits_sees_when_it_should_begin_until_that_turns_out_wrong(
    status_messages: StatusMessages,
    announced: Announce,
    order: Order,
    telegram: TelegramSandbox,
    *,
    chat: Chat,
    clock: Clock,
) -> None:
    await announced()
    await order()
    clock.move(30)
    await announced()
    said = []
    for seconds in (0, 30, 38, 30):
        clock.move(seconds)
        await status_messages.show_queue()
        said.append(last(telegram, chat))
    assert said == [
        f"{PLACE} · starts in about 1 min 10 sec{UNTIL}",
        f"{PLACE} · starts in about 40 sec{UNTIL}",
        f"{PLACE} · starts any moment{UNTIL}",
        PLACE + UNTIL,
    ]


@pytest.mark.usefixtures("usual")
async def test_a_group_is_told_anew_when_half_of_the_wait_is_over_or_it_turns_out_wrong(
    status_messages: StatusMessages,
    announced: Announce,
    order: Order,
    telegram: TelegramSandbox,
    clock: Clock,
) -> None:
    group = telegram.add_group("Friends", [telegram.add_user("Boris")])
    await announced()
    await order()
    await announced(group)
    for _ in range(10):
        await status_messages.show_queue()
        clock.move(10)
    told = edits(telegram), last(telegram, group)
    clock.move(20)
    await status_messages.show_queue()
    assert told == (3, f"{PLACE} · starts in about 20 sec{UNTIL}")
    assert (edits(telegram), last(telegram, group)) == (4, PLACE + UNTIL)


async def test_nobody_is_told_when_it_should_begin_while_that_is_not_known(
    status_messages: StatusMessages, announced: Announce, order: Order, telegram: TelegramSandbox, chat: Chat
) -> None:
    await announced()
    await order()
    await announced()
    await status_messages.show_queue()
    assert last(telegram, chat) == PLACE + UNTIL


@pytest.mark.usefixtures("usual")
async def test_a_group_is_told_when_half_of_the_time_is_over_and_once_that_it_takes_longer_than_usual(
    status_messages: StatusMessages,
    announced: Announce,
    order: Order,
    telegram: TelegramSandbox,
    clock: Clock,
) -> None:
    group = telegram.add_group("Friends", [telegram.add_user("Boris")])
    await announced(group)
    job = (await order()).saved
    said = [last(telegram, group)]
    for _ in range(40):
        await status_messages.show(job)
        clock.move(5)
        if last(telegram, group) != said[-1]:
            said.append(last(telegram, group))
    assert said == [
        "accepted",
        "🎬 Your video is being made · about 1 min 40 sec left",
        "🎬 Your video is being made · about 50 sec left",
        "🎬 Your video is being made · about 20 sec left",
        ("🎬 Your video is being made.\nThis takes longer than usual. You get it as soon as it is ready."),
    ]
    assert edits(telegram) == 4


@pytest.mark.usefixtures("usual")
async def test_the_time_left_never_grows_and_what_a_message_says_already_is_not_edited(
    status_messages: StatusMessages,
    announced: Announce,
    order: Order,
    telegram: TelegramSandbox,
    *,
    chat: Chat,
    clock: Clock,
) -> None:
    await announced()
    job = (await order()).saved
    said = []
    for progress in (50, 52, 54, 55):
        clock.move(20)
        job = lifecycle.polled(job, clock(), progress=progress)
        await status_messages.show(job)
        said.append(last(telegram, chat))
    before = edits(telegram)
    for _ in range(5):
        clock.move(40)
        await status_messages.show(job)
    assert said == [
        "🎬 50% · about 20 sec left",
        "🎬 Your video is being made · 52%",
        "🎬 Your video is being made · 54%",
        "🎬 55% · about 20 sec left",
    ]
    assert edits(telegram) - before == 1
