"""What operators are told of: holds, failures of the service, lost orders, missing models, a low balance."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.operators.alerts import AlertSender
from domain.admin_action import AdminAction, AdminActionKind
from domain.api_status import ApiReport, Balance, listed
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job
from domain.lifecycle import delivered, failed, failure_told, ordered, rendered, requeued_on_hold
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from storage.claims import Claims
from storage.holds import Holds
from storage.runtime_settings import RuntimeSettings
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.bot.surroundings import EVERYTHING, Surroundings, heard

LOW = "💳 Our credit at the video API runs low"


@pytest.fixture
def lead(add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock) -> Callable[..., Awaitable[Job]]:
    """Return a way to a job that is over: with a video, or for a reason."""

    async def make(reason: FailureReason | None = None) -> Job:
        await add()
        (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        assert await claims.submit(claim, clock(), concurrency=CONCURRENCY)
        if reason is None:
            await claims.save(claim, ordered(claim.saved, clock(), video_id="v"), clock())
            await claims.finish(
                claim, rendered(claim.saved, clock(), video_url=None), clock(), due_at=clock()
            )
            await claims.finish(claim, delivered(claim.saved, clock()), clock(), due_at=clock())
        else:
            await claims.finish(claim, failed(claim.saved, reason=reason), clock(), due_at=clock())
            await claims.finish(claim, failure_told(claim.saved, clock()), clock(), due_at=clock())
        return claim.saved

    return make


@pytest.fixture
async def held_job(holds: Holds, claims: Claims, add: Callable[..., Awaitable[Job]], clock: Clock) -> Job:
    """Return a job whose order was refused for our key, while another one waits."""
    for _ in range(2):
        await add()
    claim, _other = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    assert await claims.submit(claim, clock(), concurrency=CONCURRENCY)
    refusal = hold_after(FailureReason.KEY_REFUSED, "sora-2", clock(), why="无效的令牌")
    assert await holds.hold_back(claim, requeued_on_hold(claim.saved), refusal)
    return claim.saved


async def test_what_holds_orders_is_told_with_how_many_wait_and_that_it_is_over(
    alert_sender: AlertSender, holds: Holds, held_job: Job, telegram: TelegramSandbox, chat: Chat
) -> None:
    await alert_sender.look()
    await holds.pause(
        AdminAction(idempotency_key="message:1:1", admin_id=1, kind=AdminActionKind.PAUSE, at=held_job.due_at)
    )
    await alert_sender.look()
    (said,) = telegram.messages(chat)
    assert [said.words.splitlines()[at] for at in (0, 2, 4)] == [
        "🔑 The video API refuses our key.",
        "无效的令牌",
        "2 requests wait.",
    ]

    holds.let_out(held_job, held_job.due_at + timedelta(minutes=1))
    await holds.close_probed(held_job)
    await alert_sender.look()
    assert heard(telegram, chat)[0][1:] == [
        "✅ The video API accepts our key again. But orders still wait, for another reason: /upstream"
    ]


async def test_failures_of_the_service_are_told_when_they_are_many(
    alert_sender: AlertSender,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    for reason in [None, FailureReason.MODERATED, *[FailureReason.RENDER_FAILED] * 6]:
        await lead(reason)
        clock.move(1)
    await alert_sender.look()
    assert heard(telegram, chat) == [[]]
    await lead(FailureReason.BUSY)
    await alert_sender.look()
    assert heard(telegram, chat) == [
        [
            (
                "📉 7 of the last 9 videos failed, and not because of their prompts. Most common reason: "
                "The video service could not finish this video."
            )
        ]
    ]


@pytest.fixture
async def five_credits(runtime_settings: RuntimeSettings, clock: Clock) -> None:
    """Let the orders of a day cost five credits together."""
    await runtime_settings.set_budget(
        AdminAction(idempotency_key="message:1:1", admin_id=1, kind=AdminActionKind.BUDGET, at=clock()), 5
    )


@pytest.mark.usefixtures("five_credits")
async def test_the_budget_is_told_when_most_of_it_is_spent_and_when_all_is(
    alert_sender: AlertSender,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    heard_after = []
    for _ in range(6):
        await lead()
        await alert_sender.look()
        heard_after.append(len(telegram.messages(chat)))
    assert heard_after == [0, 0, 0, 1, 2, 2]
    assert [words.partition(":")[0] for words in heard(telegram, chat)[0]] == [
        "🧮 Most of the day's budget is spent",
        "🧮 The day's budget is spent",
    ]


@pytest.mark.usefixtures("five_credits")
async def test_the_budget_is_told_anew_only_once_half_of_it_was_free(
    alert_sender: AlertSender,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    heard_after = []
    for orders, hours in ((1, 0), (3, 10), (0, 14), (1, 0), (0, 23), (3, 0)):
        clock.move(timedelta(hours=hours).total_seconds())
        for _ in range(orders):
            await lead()
        await alert_sender.look()
        heard_after.append(len(telegram.messages(chat)))
    # Four of five; three, for the oldest is a day old; four again; one; four anew.
    assert heard_after == [0, 1, 1, 1, 1, 2]


async def test_possibly_paid_orders_are_gathered_and_each_is_told_once(
    alert_sender: AlertSender,
    lead: Callable[..., Awaitable[Job]],
    telegram: TelegramSandbox,
    chat: Chat,
    clock: Clock,
) -> None:
    for _ in range(2):
        await lead(FailureReason.UNKNOWN_OUTCOME)
    await alert_sender.look()
    await lead(FailureReason.UNKNOWN_OUTCOME)
    for _ in range(4):
        await alert_sender.look()
        clock.move(timedelta(hours=23).total_seconds())
    assert [message.words.partition("Compare with: ")[2] for message in telegram.messages(chat)] == [
        "/job 1, /job 2",
        "/job 3",
    ]


async def test_models_are_missed_that_the_api_has_listed_before(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    around.report = ApiReport(models=listed(EVERYTHING - {"veo_3_1"}))
    await alert_sender.look()
    around.report = ApiReport(models=listed(EVERYTHING - {"veo_3_1", "sora-2"}))
    for _ in range(2):
        clock.move(30 * 60)
        await alert_sender.look()
    around.report = ApiReport(problem="the API answered 502")
    clock.move(30 * 60)
    await alert_sender.look()
    assert heard(telegram, chat) == [
        [
            (
                "🎬 The video API does not list sora-2 any more. It is shown last now and never chosen automatically. "
                "/upstream shows what the API lists, and /model NAME off hides it."
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
    alert_sender: AlertSender,
    around: Surroundings,
    telegram: TelegramSandbox,
    report: ApiReport,
    told: list[str],
) -> None:
    around.report = report
    await alert_sender.look()
    said = [
        message.words for chat in telegram.state.chats.by_id.values() for message in telegram.messages(chat)
    ]
    assert [words.partition(":")[0] for words in said] == told * 2
