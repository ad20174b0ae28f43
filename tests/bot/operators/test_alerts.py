"""Alerts: every admin hears of each trouble once, in their language, also after a restart or a lost connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest
from sqlalchemy import insert
from structlog.testing import capture_logs

from bot.operators.alerts import AlertSender
from domain.api_status import ApiReport, Balance, BalanceUnit
from domain.job import Job
from domain.lifecycle import ordered
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.database import Database
from storage.operator_tables import accounts
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.bot.surroundings import ROOMY, Surroundings, heard

DISK = (
    "💾 The disk is nearly full: 95.4 MB left. Finished videos are kept there until they are sent. "
    "Please free some space in DATA_DIR; /pause stops new orders until then."
)


async def test_all_is_well_and_nobody_is_told_anything(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, clock: Clock
) -> None:
    await alert_sender.look()
    clock.move(29 * 60)
    await alert_sender.look()
    assert around.inquiries == 1
    clock.move(60)
    await alert_sender.look()
    assert (around.inquiries, len(telegram.calls)) == (2, 1)  # getMe


async def test_each_admin_hears_of_a_trouble_once_until_it_is_over_and_comes_again(
    alert_sender: AlertSender,
    open_alert_sender: Callable[[], AlertSender],
    around: Surroundings,
    telegram: TelegramSandbox,
    admins: tuple[Chat, Chat],
) -> None:
    around.space = (10**8, 10**11)
    for _ in range(2):
        await alert_sender.look()
    # A restart is no news either.
    await open_alert_sender().look()
    assert heard(telegram, *admins) == [[DISK], [DISK]]
    around.space = ROOMY
    await alert_sender.look()
    around.space = (10**8, 10**11)
    await alert_sender.look()
    assert heard(telegram, *admins) == [[DISK] * 2] * 2


async def test_a_disk_that_refuses_files_is_told_of_while_it_does(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, chat: Chat
) -> None:
    for problem in ("No space left on device", "No space left on device", None, "<none>"):
        around.disk_problem = problem
        await alert_sender.look()
    assert [words[:56] for words in heard(telegram, chat)[0]] == [
        "💾 Videos cannot be written to disk: No space left on dev",
        "💾 Videos cannot be written to disk: <none>. Finished vid",
    ]


async def test_a_trouble_that_lasts_is_told_again_after_a_day(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    around.space = (10**8, 10**11)
    for hours in (0, 23, 1, 1):
        clock.move(hours * 3600)
        await alert_sender.look()
    assert heard(telegram, chat) == [[DISK] * 2]


async def test_admins_hear_it_in_their_own_language(
    alert_sender: AlertSender,
    around: Surroundings,
    telegram: TelegramSandbox,
    database: Database,
    admins: tuple[Chat, Chat],
) -> None:
    mina, ada = admins
    async with database.transaction() as connection:
        await connection.execute(insert(accounts).values(id=ada.id, language="de"))
    around.report = ApiReport(balance=Balance(left=Decimal("1.5"), unit=BalanceUnit.CNY))
    await alert_sender.look()
    assert "CN¥1.50 left" in telegram.messages(mina)[0].words
    assert "1,50\xa0CN¥" in telegram.messages(ada)[0].words


async def test_who_lets_us_send_nothing_keeps_nobody_from_hearing_it(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, admins: tuple[Chat, Chat]
) -> None:
    blocker, _ada = admins
    telegram.faults.add(
        Fault(method="sendMessage", kind=FaultKind.REFUSED, chat=blocker, status=403, times=9)
    )
    around.space = (10**8, 10**11)
    await alert_sender.look()
    await alert_sender.look()
    assert heard(telegram, *admins) == [[], [DISK]]
    assert sum(call.method == "sendMessage" for call in telegram.calls) == 2


@pytest.mark.parametrize("late", [1, 2], ids=["one", "both"])
async def test_who_could_not_be_told_for_now_is_told_later_and_nobody_twice(
    alert_sender: AlertSender,
    around: Surroundings,
    telegram: TelegramSandbox,
    admins: tuple[Chat, Chat],
    late: int,
) -> None:
    for chat in admins[:late]:
        telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.REFUSED, chat=chat, status=500))
    around.space = (10**8, 10**11)
    await alert_sender.look()
    before = heard(telegram, *admins)
    for _ in range(2):
        await alert_sender.look()
    assert before == [[]] * late + [[DISK]] * (2 - late)
    assert heard(telegram, *admins) == [[DISK], [DISK]]


@pytest.mark.parametrize(
    "trouble", [OSError("the disk is away"), ValueError("a bug of ours")], ids=["disk", "bug"]
)
async def test_the_desk_goes_on_whatever_it_meets(
    alert_sender: AlertSender,
    around: Surroundings,
    telegram: TelegramSandbox,
    admins: tuple[Chat, Chat],
    trouble: Exception,
) -> None:
    around.space = trouble
    with capture_logs() as logs:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(alert_sender.run(pause=0.01))
            async with asyncio.timeout(20):
                while not logs:  # noqa: ASYNC110 - nobody tells when a line is written
                    await asyncio.sleep(0.01)
            around.space = (10**8, 10**11)
            await telegram.until(lambda: heard(telegram, *admins) == [[DISK], [DISK]])
            running.cancel()


async def test_videos_that_the_api_does_not_finish_are_told_of(
    alert_sender: AlertSender,
    add: Callable[..., Awaitable[Job]],
    claims: Claims,
    telegram: TelegramSandbox,
    *,
    admins: tuple[Chat, Chat],
    clock: Clock,
) -> None:
    for _ in range(2):
        await add()
        (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        await claims.submit(claim, clock(), concurrency=CONCURRENCY)
        rendering = ordered(claim.saved, clock(), video_id="v")
        await claims.finish(claim, rendering, clock(), due_at=clock())
    clock.move(1800)
    await alert_sender.look()
    before = heard(telegram, *admins)
    clock.move(1)
    await alert_sender.look()
    (late,) = telegram.messages(admins[0])

    assert before == [[], []]
    assert late.words.startswith("🐌 2 videos of sora-2 are late. The API does not finish them.")
