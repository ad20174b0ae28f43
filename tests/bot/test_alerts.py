"""Alerts: every admin hears of each trouble once, in their language, also after a restart or a lost connection."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from bot.alerts import AlertDesk
from bot.application import build_bot
from bot.watch import Watch
from domain.api_report import ApiReport, Balance
from domain.catalogue import packaged_catalogue
from domain.deed import Action, Deed
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.lifecycle import delivered, failed, held_back, ordered, rendered, told
from sandbox.telegram_faults import Fault, FaultKind
from storage.alerts import Alerts
from storage.endings import Endings
from storage.operator_tables import accounts
from tests.bot.steps import LEASE, ROOM
from tests.bot.test_flood import NO_LIMITS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram.ext import ExtBot

    from bot.settings import Settings
    from domain.job import Job
    from sandbox.chats import Chat
    from sandbox.telegram import TelegramSandbox
    from storage.claims import Claims
    from storage.database import Database
    from storage.holds import Holds
    from storage.jobs import Jobs
    from tests.bot.conftest import Clock

EVERYTHING = frozenset(model.api_name for model in packaged_catalogue().models.values())
ROOMY = (10**11, 10**11)


class Surroundings:
    """What the watch sees of the world outside the database."""

    def __init__(self) -> None:
        self.report = ApiReport(balance=Balance(left=Decimal(100)), models=EVERYTHING)
        self.space = ROOMY
        self.inquiries = 0

    async def ask_api(self) -> ApiReport:
        self.inquiries += 1
        return self.report

    def free_space(self) -> tuple[int, int]:
        return self.space


@pytest.fixture
def around() -> Surroundings:
    return Surroundings()


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield bot


@pytest.fixture
def watch(database: Database, holds: Holds, jobs: Jobs, around: Surroundings) -> Watch:
    return Watch(
        holds=holds,
        jobs=jobs,
        endings=Endings(database),
        catalogue=packaged_catalogue(),
        ask_api=around.ask_api,
        free_space=around.free_space,
        least_balance=Decimal(5),
    )


@pytest.fixture
def admins(telegram: TelegramSandbox, chat: Chat) -> tuple[Chat, Chat]:
    """Return the private chats of Mina and Ada, who run the bot."""
    return chat, telegram.private_chat(telegram.add_user("Ada"))


@pytest.fixture
def open_desk(
    bot: ExtBot[int], watch: Watch, database: Database, admins: tuple[Chat, Chat], clock: Clock
) -> Callable[[], AlertDesk]:
    """Return a way to sit down at the desk as a newly started process does."""

    def make() -> AlertDesk:
        ids = [chat.id for chat in admins]
        return AlertDesk(bot=bot, watch=watch, alerts=Alerts(database), admin_ids=ids, clock=clock)

    return make


@pytest.fixture
def desk(open_desk: Callable[[], AlertDesk]) -> AlertDesk:
    return open_desk()


@pytest.fixture
def lead(add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock) -> Callable[..., Awaitable[Job]]:
    """Return a way to a job that is over: with a video, or for a reason."""

    async def make(reason: FailureReason | None = None) -> Job:
        await add()
        (claim,) = await claims.claim_queued(clock(), lease=LEASE, room=ROOM, in_hand=0)
        assert await claims.submit(claim, clock(), room=ROOM)
        if reason is None:
            await claims.move(claim, ordered(claim.job, clock(), video_id="v", due_at=claim.until), clock())
            await claims.move(claim, rendered(claim.job, clock(), video_url=None), clock())
            await claims.move(claim, delivered(claim.job, clock()), clock())
        else:
            await claims.move(claim, failed(claim.job, clock(), reason=reason), clock())
            await claims.move(claim, told(claim.job, clock()), clock())
        return claim.job

    return make


def heard(telegram: TelegramSandbox, *chats: Chat) -> list[list[str]]:
    """Return the first lines of what was told in each chat."""
    return [[message.words.splitlines()[0] for message in telegram.messages(chat)] for chat in chats]


LOW = "💳 Our credit at the video API runs low"
DISK = (
    "💾 The disk is nearly full: 95.4 MB left. Finished videos lie on it until they are sent. "
    "Please make room where DATA_DIR is; /pause holds new orders until then."
)


async def test_all_is_well_and_nobody_is_told_anything(
    desk: AlertDesk, around: Surroundings, telegram: TelegramSandbox, clock: Clock
) -> None:
    await desk.look()
    clock.move(29 * 60)
    await desk.look()
    assert around.inquiries == 1
    clock.move(60)
    await desk.look()
    assert (around.inquiries, len(telegram.calls)) == (2, 1)  # getMe


async def test_each_admin_hears_of_a_trouble_once_until_it_is_over_and_comes_again(
    desk: AlertDesk,
    open_desk: Callable[[], AlertDesk],
    around: Surroundings,
    telegram: TelegramSandbox,
    admins: tuple[Chat, Chat],
) -> None:
    around.space = (10**8, 10**11)
    for _ in range(2):
        await desk.look()
    # A restart is no news either.
    await open_desk().look()
    assert heard(telegram, *admins) == [[DISK], [DISK]]
    around.space = ROOMY
    await desk.look()
    around.space = (10**8, 10**11)
    await desk.look()
    assert heard(telegram, *admins) == [[DISK] * 2] * 2


async def test_a_trouble_that_lasts_is_told_again_after_a_day(
    desk: AlertDesk, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    around.space = (10**8, 10**11)
    for hours in (0, 23, 1, 1):
        clock.move(hours * 3600)
        await desk.look()
    assert heard(telegram, chat) == [[DISK] * 2]


async def test_admins_hear_it_in_their_own_language(
    desk: AlertDesk,
    around: Surroundings,
    telegram: TelegramSandbox,
    database: Database,
    admins: tuple[Chat, Chat],
) -> None:
    mina, ada = admins
    async with database.transaction() as connection:
        await connection.execute(insert(accounts).values(id=ada.id, language="de"))
    around.report = ApiReport(balance=Balance(left=Decimal("1.5"), unit="CNY"))
    await desk.look()
    assert "CN¥1.50 left" in telegram.messages(mina)[0].words
    assert "1,50\xa0CN¥" in telegram.messages(ada)[0].words


async def test_who_lets_us_send_nothing_keeps_nobody_from_hearing_it(
    desk: AlertDesk, around: Surroundings, telegram: TelegramSandbox, admins: tuple[Chat, Chat]
) -> None:
    blocker, _ada = admins
    telegram.faults.add(
        Fault(method="sendMessage", kind=FaultKind.REFUSED, chat=blocker, status=403, times=9)
    )
    around.space = (10**8, 10**11)
    await desk.look()
    await desk.look()
    assert heard(telegram, *admins) == [[], [DISK]]
    assert sum(call.method == "sendMessage" for call in telegram.calls) == 2


@pytest.mark.parametrize("late", [1, 2], ids=["one", "both"])
async def test_who_could_not_be_told_for_now_is_told_later_and_nobody_twice(
    desk: AlertDesk,
    around: Surroundings,
    telegram: TelegramSandbox,
    admins: tuple[Chat, Chat],
    late: int,
) -> None:
    for chat in admins[:late]:
        telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.REFUSED, chat=chat, status=500))
    around.space = (10**8, 10**11)
    await desk.look()
    before = heard(telegram, *admins)
    for _ in range(2):
        await desk.look()
    assert before == [[]] * late + [[DISK]] * (2 - late)
    assert heard(telegram, *admins) == [[DISK], [DISK]]


@pytest.fixture
async def held_job(holds: Holds, claims: Claims, add: Callable[..., Awaitable[Job]], clock: Clock) -> Job:
    """Return a job whose order was refused for our key, while another one waits."""
    for _ in range(2):
        await add()
    claim, _other = await claims.claim_queued(clock(), lease=LEASE, room=ROOM, in_hand=0)
    assert await claims.submit(claim, clock(), room=ROOM)
    refusal = hold_after(FailureReason.KEY_REFUSED, "sora-2", clock(), why="无效的令牌")
    assert await holds.hold_back(claim, held_back(claim.job, clock()), refusal)
    return claim.job


async def test_what_holds_orders_is_told_with_how_many_wait_and_that_it_is_over(
    desk: AlertDesk, holds: Holds, held_job: Job, telegram: TelegramSandbox, chat: Chat
) -> None:
    await desk.look()
    await holds.pause(Deed(origin="message:1:1", admin_id=1, action=Action.PAUSE, at=held_job.due_at))
    await desk.look()
    (said,) = telegram.messages(chat)
    assert [said.words.splitlines()[at] for at in (0, 2, 4)] == [
        "🔑 The video API refuses our key.",
        "无效的令牌",
        "2 requests wait.",
    ]

    holds.let_out(held_job, held_job.due_at + timedelta(minutes=1))
    await holds.close_probed(held_job)
    await desk.look()
    assert heard(telegram, chat)[0][1:] == [
        "✅ The video API accepts our key again. Orders wait all the same, for another reason: /upstream"
    ]


async def test_failures_of_the_service_are_told_when_they_are_many(
    desk: AlertDesk,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    for reason in [None, FailureReason.MODERATED, *[FailureReason.RENDER_FAILED] * 6]:
        await lead(reason)
        clock.move(1)
    await desk.look()
    assert heard(telegram, chat) == [[]]
    await lead(FailureReason.BUSY)
    await desk.look()
    assert heard(telegram, chat) == [
        [
            (
                "📉 7 of the last 9 videos failed, and not for what was asked. Mostly it was this: "
                "The video service began, but could not make this video."
            )
        ]
    ]


async def test_possibly_paid_orders_are_gathered_and_each_is_told_once(
    desk: AlertDesk,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    for _ in range(2):
        await lead(FailureReason.UNKNOWN_OUTCOME)
    await desk.look()
    await lead(FailureReason.UNKNOWN_OUTCOME)
    for _ in range(4):
        await desk.look()
        clock.move(timedelta(hours=23).total_seconds())
    assert [message.words.partition("Compare with: ")[2] for message in telegram.messages(chat)] == [
        "/job 1, /job 2",
        "/job 3",
    ]


async def test_models_are_missed_that_the_api_has_listed_before(
    desk: AlertDesk, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    around.report = ApiReport(models=EVERYTHING - {"veo_3_1"})
    await desk.look()
    around.report = ApiReport(models=EVERYTHING - {"veo_3_1", "sora-2"})
    for _ in range(2):
        clock.move(30 * 60)
        await desk.look()
    around.report = ApiReport(problem="the API answered 502")
    clock.move(30 * 60)
    await desk.look()
    assert heard(telegram, chat) == [
        [
            (
                "🎬 The video API does not list sora-2 any more, so orders for it may soon fail. "
                "/upstream shows what it lists. If it is gone for good, take it out of the models file."
            )
        ]
    ]


@pytest.mark.parametrize(
    ("report", "told"),
    [
        pytest.param(ApiReport(balance=Balance(left=Decimal("4.99"))), [LOW], id="low"),
        pytest.param(ApiReport(balance=Balance(left=Decimal(5))), [], id="enough"),
        pytest.param(ApiReport(balance=Balance(left=None)), [], id="boundless"),
        pytest.param(ApiReport(), [], id="untold"),
    ],
)
async def test_a_low_balance_is_told_before_it_is_gone(
    desk: AlertDesk, around: Surroundings, telegram: TelegramSandbox, report: ApiReport, told: list[str]
) -> None:
    around.report = report
    await desk.look()
    said = [
        message.words for chat in telegram.state.chats.by_id.values() for message in telegram.messages(chat)
    ]
    assert [words.partition(":")[0] for words in said] == told * 2
