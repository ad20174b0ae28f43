"""What operators are told where there are several providers: each trouble by the name of whose it is, and only its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.application import build_bot
from bot.offers import Offers
from bot.operators.alerts import AlertSender
from bot.operators.monitor import HealthChecks
from bot.settings import Settings
from domain.api_status import ApiReport, Balance, listed
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job
from domain.lifecycle import ordered, requeued_on_hold
from domain.provider import ApiProtocol
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from storage.alerts import Alerts
from storage.claims import Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs
from storage.runtime_settings import RuntimeSettings
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.bot.surroundings import EVERYTHING, UNHURRIED, Surroundings, heard
from tests.sora_catalogue import sora_catalogue

RICH = ApiReport(balance=Balance(left=Decimal(100)), models=listed(EVERYTHING))
POOR = ApiReport(balance=Balance(left=Decimal(1)), models=listed(EVERYTHING))
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def offers() -> Offers:
    protocols = {"main": ApiProtocol.OPENAI, "second": ApiProtocol.OPENAI}
    return Offers(sora_catalogue(), protocols, find_gone=frozenset)


@pytest.fixture
async def alert_sender(  # noqa: PLR0917 - fixtures
    settings: Settings,
    database: Database,
    holds: Holds,
    jobs: Jobs,
    offers: Offers,
    runtime_settings: RuntimeSettings,
    around: Surroundings,
    chat: Chat,
    clock: Clock,
) -> AsyncIterator[AlertSender]:
    await holds.load(clock(), find_providers=offers.find_providers)
    around.further["second"] = RICH
    async with build_bot(settings, UNHURRIED) as bot:
        health_checks = HealthChecks(
            holds=holds,
            jobs=jobs,
            alerts=Alerts(database),
            runtime_settings=runtime_settings,
            offers=offers,
            ask_providers=around.ask_providers,
            free_space=around.free_space,
            disk_problem=lambda: None,
            least_balance=Decimal(5),
        )
        yield AlertSender(
            bot=bot,
            health_checks=health_checks,
            alerts=Alerts(database),
            find_admins=lambda: [chat.id],
            clock=clock,
        )


@pytest.fixture
def submit(
    claims: Claims, add: Callable[..., Awaitable[Job]], clock: Clock
) -> Callable[..., Awaitable[None]]:
    """Return a way to have a new job ordered of a provider, or refused by it."""

    async def make(provider: str, *, holds: Holds | None = None) -> None:
        job = await add()
        claimed = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
        (claim,) = [claim for claim in claimed if claim.job.id == job.id]
        assert await claims.submit(claim, clock(), concurrency=CONCURRENCY, provider=provider)
        if holds is None:
            after = ordered(claim.saved, clock(), video_id="v")
            await claims.finish(claim, after, clock(), due_at=clock())
            return
        hold = hold_after(FailureReason.KEY_REFUSED, "sora-2", clock(), why="no", provider=provider)
        await holds.hold_back(claim, requeued_on_hold(claim.saved), hold)

    return make


async def test_a_provider_that_refuses_us_is_named_and_nobody_waits_for_it_alone(
    alert_sender: AlertSender,
    holds: Holds,
    submit: Callable[..., Awaitable[None]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    await submit("second", holds=holds)
    await alert_sender.look()
    (said,) = telegram.messages(chat)
    assert "1 request waits." not in said.words
    assert "Orders go to the other providers of their models" in said.words
    await submit("main", holds=holds)
    await alert_sender.look()
    assert heard(telegram, chat) == [["🔑 second refuses our key.", "🔑 main refuses our key."]]
    assert "2 requests wait." in telegram.messages(chat)[-1].words


async def test_each_balance_is_told_by_itself(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    around.further["second"] = POOR
    await alert_sender.look()
    clock.move(HALF_AN_HOUR.total_seconds())
    # Nothing is known of the one meanwhile, and the other runs low, too.
    around.further["second"], around.report = ApiReport(problem="no answer"), POOR
    await alert_sender.look()
    clock.move(HALF_AN_HOUR.total_seconds())
    around.further["second"] = POOR
    await alert_sender.look()
    assert [words.partition(":")[0] for words in heard(telegram, chat)[0]] == [
        "💳 Our credit at second runs low",
        "💳 Our credit at main runs low",
    ]


async def test_a_model_that_any_of_them_lists_is_not_missed(
    alert_sender: AlertSender, around: Surroundings, telegram: TelegramSandbox, chat: Chat, clock: Clock
) -> None:
    await alert_sender.look()
    fewer = ApiReport(models=listed(EVERYTHING - {"sora-2"}))
    for main, second in ((fewer, RICH), (fewer, fewer)):
        clock.move(HALF_AN_HOUR.total_seconds())
        around.report, around.further["second"] = main, second
        await alert_sender.look()
    assert [words.partition(".")[0] for words in heard(telegram, chat)[0]] == [
        "🎬 The video API does not list sora-2 any more"
    ]


async def test_videos_at_a_provider_that_is_taken_out_are_told_once(
    alert_sender: AlertSender,
    submit: Callable[..., Awaitable[None]],
    telegram: TelegramSandbox,
    chat: Chat,
) -> None:
    for provider in ("third", "second"):
        await submit(provider)
    for _ in range(2):
        await alert_sender.look()
    assert [words.partition(".")[0] for words in heard(telegram, chat)[0]] == [
        "🔌 1 video is at third, which is not in the models file any more"
    ]
