"""The sender of broadcasts: nobody is sent anything twice, and no trouble of one person's is another's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.application import build_bot
from bot.operators.broadcast import Broadcaster
from bot.settings import Settings
from domain.admin_action import AdminAction, AdminActionKind
from domain.broadcast import Broadcast
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from storage.accounts import Accounts
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.profiles import ProfileSeen
from tests.chat.test_rate_limit import NO_LIMITS
from tests.storage.saved_profiles import save_profiles

Sending = Callable[[], AbstractAsyncContextManager[Broadcaster]]

pytestmark = pytest.mark.usefixtures("broadcast")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COPY = "copyMessage"


class Clock:
    """Stands still, and counts the looks at it."""

    def __init__(self) -> None:
        self.looks = 0
        self._looked_at = asyncio.Event()

    def __call__(self) -> datetime:
        self.looks += 1
        self._looked_at.set()
        return NOW

    async def until_looked_at(self, times: int) -> None:
        """Wait until it was looked at so many times more."""
        enough = self.looks + times
        async with asyncio.timeout(20):
            while self.looks < enough:
                self._looked_at.clear()
                await self._looked_at.wait()


@pytest.fixture
def ticking() -> Clock:
    return Clock()


@pytest.fixture
def chats(telegram: TelegramSandbox) -> list[Chat]:
    return [telegram.private_chat(telegram.add_user(f"Person {number}")) for number in range(4)]


@pytest.fixture
def card(telegram: TelegramSandbox, chat: Chat) -> Message:
    card = telegram.state.new_message(chat, telegram.bot)
    card.text = "the card"
    return telegram.state.post(card)


@pytest.fixture
def broadcasts(database: Database) -> Broadcasts:
    return Broadcasts(database)


@pytest.fixture
async def broadcast(
    *,
    telegram: TelegramSandbox,
    chat: Chat,
    chats: list[Chat],
    card: Message,
    database: Database,
    broadcasts: Broadcasts,
) -> Broadcast:
    """Return a broadcast to these people, which was confirmed; the admin has a card and does not get it."""
    news = telegram.state.new_message(chat, chat.members[0])
    news.text = "news"
    telegram.state.post(news)
    admin, accounts = chat.members[0].id, Accounts(database)
    await save_profiles(
        accounts, (ProfileSeen(id=one.id, name="", username=None, language="en", at=NOW) for one in chats)
    )
    await accounts.note_unreachable(admin, now=NOW)
    opened = await broadcasts.add(
        idempotency_key="message:1:1",
        admin_id=admin,
        chat_id=chat.id,
        message_id=news.id,
        language="en",
        now=NOW,
    )
    await broadcasts.show(opened.id, card_message_id=card.id)
    await broadcasts.confirm(action(admin), opened.id)
    return opened


def action(admin_id: int, kind: AdminActionKind = AdminActionKind.BROADCAST) -> AdminAction:
    return AdminAction(idempotency_key=f"press:{action}", admin_id=admin_id, kind=kind, at=NOW)


@pytest.fixture
def sending(settings: Settings, database: Database, ticking: Clock) -> Sending:
    """Return a way to run a sender, as a process has it, for as long as a block lasts."""

    @asynccontextmanager
    async def run() -> AsyncIterator[Broadcaster]:
        stopping = asyncio.Event()
        async with build_bot(settings, NO_LIMITS) as bot, asyncio.TaskGroup() as tasks:
            broadcaster = Broadcaster(
                bot,
                Broadcasts(database),
                Accounts(database),
                ticking,
                shortest_pause=0.01,
                database_pause=0.01,
            )
            tasks.create_task(broadcaster.run(stopping))
            yield broadcaster
            stopping.set()

    return run


def got(telegram: TelegramSandbox, chats: list[Chat]) -> list[int]:
    return [len(telegram.messages(chat)) for chat in chats]


async def until_over(telegram: TelegramSandbox, card: Message) -> None:
    """Wait until the card shows the report."""
    await telegram.until(lambda: "It took" in card.words)


@pytest.mark.parametrize(
    ("fault", "counts", "reported"),
    [
        pytest.param(
            Fault(method=COPY, kind=FaultKind.LOST_AFTER), [1, 1, 1, 1], "Perhaps delivered", id="lost-answer"
        ),
        pytest.param(
            Fault(method=COPY, kind=FaultKind.HTML), [1, 0, 1, 1], "Perhaps delivered", id="gateway"
        ),
        pytest.param(
            Fault(method=COPY, kind=FaultKind.REFUSED, status=400), [1, 0, 1, 1], "Failed: 1", id="refused"
        ),
        pytest.param(Fault(method=COPY, kind=FaultKind.FLOOD), [1, 1, 1, 1], "Delivered: 4", id="flood"),
    ],
)
async def test_one_persons_trouble_is_nobody_elses_and_nobody_is_sent_it_twice(
    *,
    telegram: TelegramSandbox,
    chats: list[Chat],
    card: Message,
    sending: Sending,
    fault: Fault,
    counts: list[int],
    reported: str,
) -> None:
    telegram.faults.add(replace(fault, chat=chats[1]))
    async with sending():
        await until_over(telegram, card)

    assert got(telegram, chats) == counts
    assert reported in card.words


async def test_while_telegram_does_not_answer_nobody_is_given_up(
    telegram: TelegramSandbox, chats: list[Chat], card: Message, sending: Sending
) -> None:
    telegram.faults.add(Fault(method=COPY, kind=FaultKind.HTML, chat=chats[0]))
    telegram.faults.add(Fault(method="getMe", kind=FaultKind.HTML, skip=1, times=3))
    async with sending():
        await until_over(telegram, card)

    assert [call.status for call in telegram.calls if call.method == "getMe"] == [200, 502, 502, 502, 200]
    assert got(telegram, chats) == [0, 1, 1, 1]


async def test_who_cannot_be_reached_is_noted(
    *,
    telegram: TelegramSandbox,
    chats: list[Chat],
    card: Message,
    sending: Sending,
    database: Database,
) -> None:
    telegram.block(chats[2].members[0])
    telegram.deactivate(chats[3].members[0])
    async with sending():
        await until_over(telegram, card)
    known = await Accounts(database).find_all([chat.id for chat in chats])

    assert [known[chat.id].unreachable_since for chat in chats] == [None, None, NOW, NOW]
    assert "Blocked the bot, or left Telegram: 2" in card.words


async def test_told_to_stop_it_writes_down_what_is_on_its_way_and_goes_on_at_the_next_start(
    telegram: TelegramSandbox, chats: list[Chat], card: Message, sending: Sending
) -> None:
    held = telegram.faults.add(Fault(method=COPY, kind=FaultKind.HOLD_AFTER, chat=chats[1]))
    async with sending():
        await held.struck()
        # It takes some turns of the loop until that answer is here, and none until the sender is told to stop.
        held.release()
    first_run = got(telegram, chats)
    async with sending():
        await until_over(telegram, card)

    assert (first_run, got(telegram, chats)) == ([1, 1, 0, 0], [1, 1, 1, 1])


async def test_an_outcome_that_cannot_be_written_down_is_before_anybody_else_is_sent_anything(
    *,
    telegram: TelegramSandbox,
    chats: list[Chat],
    card: Message,
    sending: Sending,
    database: Database,
    ticking: Clock,
) -> None:
    held = telegram.faults.add(Fault(method=COPY, kind=FaultKind.HOLD_AFTER, chat=chats[1]))
    async with sending():
        await held.struck()
        await _rename(database, "broadcast_people", "elsewhere")
        held.release()
        await ticking.until_looked_at(3)
        meanwhile = got(telegram, chats)
        await _rename(database, "elsewhere", "broadcast_people")
        await until_over(telegram, card)

    assert (meanwhile, got(telegram, chats)) == ([1, 1, 0, 0], [1, 1, 1, 1])


async def test_a_stop_does_not_wait_for_the_pause_that_telegram_asks_for(
    *,
    telegram: TelegramSandbox,
    chat: Chat,
    chats: list[Chat],
    card: Message,
    broadcast: Broadcast,
    broadcasts: Broadcasts,
    sending: Sending,
) -> None:
    flood = telegram.faults.add(Fault(method=COPY, kind=FaultKind.FLOOD, chat=chats[1], retry_after=3600))
    async with sending() as broadcaster:
        await flood.struck()
        await broadcasts.stop(action(chat.members[0].id, AdminActionKind.BROADCAST_STOP), broadcast.id)
        broadcaster.wake()
        await until_over(telegram, card)

    assert got(telegram, chats) == [1, 0, 0, 0]
    assert "Not sent: 3" in card.words


async def test_the_report_comes_also_if_the_card_was_deleted(
    telegram: TelegramSandbox, chat: Chat, card: Message, broadcast: Broadcast, sending: Sending
) -> None:
    telegram.delete_message(card)
    async with sending():
        report = await telegram.until(
            lambda: next((said for said in telegram.messages(chat) if "It took" in said.words), None)
        )

    assert report.reply_to_message_id == broadcast.message_id


async def test_the_card_shows_how_far_it_is_with_a_way_to_stop(
    telegram: TelegramSandbox, chats: list[Chat], card: Message, sending: Sending
) -> None:
    held = telegram.faults.add(Fault(method=COPY, kind=FaultKind.HOLD_BEFORE, chat=chats[1]))
    async with sending():
        await held.struck()
        shown = card.words.splitlines()
        offered = [button.text for row in card.buttons for button in row]
        held.release()
        await until_over(telegram, card)

    assert shown[1:] == ["▰▰▱▱▱▱▱▱▱▱ 25%", "1 of 4, about 1 sec to go"]
    assert (offered, card.buttons) == (["✋ Stop"], [])
    # Shown once, and the report.
    assert len(card.edits) == 2


async def _rename(database: Database, name: str, other: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(f"ALTER TABLE {name} RENAME TO {other}"))
