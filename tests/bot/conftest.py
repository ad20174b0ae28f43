"""Fixtures of the process's tests: both local servers, settings that point at them, a person."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.application import build_bot
from bot.jobs.status import StatusMessages
from bot.jobs.worker import Step, Worker
from bot.operators.alerts import AlertSender
from bot.operators.monitor import HealthChecks
from bot.settings import Settings, read_settings
from domain.account import AccessMode
from domain.job import Job, Place, State
from domain.quota import SpendingRules
from domain.request import VideoRequest
from domain.size import Size
from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from storage.alerts import Alerts
from storage.claims import Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs
from storage.runtime_settings import RuntimeSettings
from tests.bot.handling import Handling
from tests.bot.media_files import children
from tests.bot.steps import CONCURRENCY, LEASE
from tests.bot.surroundings import UNHURRIED, Surroundings
from tests.sora_catalogue import sora_offers

KEY = "practice-key-of-the-process"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@pytest.fixture
def telegram() -> TelegramSandbox:
    return TelegramSandbox()


@pytest.fixture
async def telegram_origin(telegram: TelegramSandbox) -> AsyncIterator[str]:
    async with serving(telegram.app) as origin:
        yield origin


@pytest.fixture
def settings_of(tmp_path: Path) -> Callable[..., Settings]:
    """Return a factory of settings, with data below the test's own folder."""

    def make(**changed: Any) -> Settings:  # noqa: ANN401 - any of the settings
        usual: dict[str, Any] = {
            "telegram_bot_token": TelegramSandbox().token,
            "video_api_key": KEY,
            "database_url": f"sqlite:///{tmp_path}/reelbot.db",
            "data_dir": tmp_path / "data",
        }
        return read_settings(_env_file=None, **usual | changed)

    return make


@pytest.fixture
def settings(settings_of: Callable[..., Settings], telegram_origin: str) -> Settings:
    """Return settings that point at the practice Telegram."""
    return settings_of(telegram_api_url=telegram_origin)


@pytest.fixture
def person(telegram: TelegramSandbox) -> User:
    return telegram.add_user("Mina", username="mina")


@pytest.fixture
def chat(telegram: TelegramSandbox, person: User) -> Chat:
    return telegram.private_chat(person)


@pytest.fixture
def handling(fresh_database: Path, tmp_path: Path) -> Handling:
    shutil.copyfile(fresh_database, tmp_path / "inbox.db")
    return Handling(f"sqlite:///{tmp_path}/inbox.db")


@pytest.fixture
async def database(fresh_database: Path, tmp_path: Path) -> AsyncIterator[Database]:
    shutil.copyfile(fresh_database, tmp_path / "reelbot.db")
    async with Database.open(f"sqlite:///{tmp_path}/reelbot.db") as database:
        yield database


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


@pytest.fixture
def claims(database: Database) -> Claims:
    return Claims(database)


@pytest.fixture
async def holds(database: Database, clock: Clock) -> Holds:
    holds = Holds(database)
    await holds.load(clock(), find_providers=sora_offers().find_providers)
    return holds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def add(jobs: Jobs, clock: Clock) -> Callable[..., Awaitable[Job]]:
    """Return a factory that adds a job without regard to quotas, so that it is due now."""
    numbers = count(1)

    async def make(chat_id: int = 1, *, person: int = 1, status_message_id: int | None = None) -> Job:
        added = await jobs.add(
            idempotency_key=f"message:{chat_id}:{next(numbers)}",
            place=Place(account_id=person, requester_id=person, chat_id=chat_id),
            request=VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1),
            rules=SpendingRules(allowance=None),
            concurrency=CONCURRENCY,
            now=clock(),
        )
        await jobs.announce(added.job.id, status_message_id=status_message_id, now=clock())
        job = await jobs.find(added.job.id)
        assert job is not None
        return job

    return make


@pytest.fixture
def announced(
    telegram: TelegramSandbox, chat: Chat, add: Callable[..., Awaitable[Job]]
) -> Callable[..., Awaitable[Job]]:
    """Return a factory of queued jobs, each with a status message of its own."""

    async def make(where: Chat = chat) -> Job:
        message = telegram.state.new_message(where, telegram.bot)
        message.text = "accepted"
        telegram.state.post(message)
        return await add(where.id, status_message_id=message.id)

    return make


@pytest.fixture
def worker_of(
    settings_of: Callable[..., Settings], claims: Claims, jobs: Jobs, holds: Holds
) -> Callable[..., Worker]:
    """Return a factory of workers; every state has the same step unless told otherwise."""

    def make(
        step: Step,
        clock: Callable[[], datetime],
        *,
        delivering: Step | None = None,
        claims: Claims = claims,
        lease: timedelta = LEASE,
    ) -> Worker:
        status_messages = StatusMessages(
            build_bot(settings_of()), claims, jobs, CONCURRENCY, clock, holds=holds, offers=sora_offers()
        )
        steps = dict.fromkeys(State, step) | {State.DELIVERING: delivering or step}
        return Worker(
            claims=claims,
            steps=steps,
            holds=holds,
            status_messages=status_messages,
            clock=clock,
            lease=lease,
            concurrency=CONCURRENCY,
        )

    return make


@pytest.fixture
def begun() -> Callable[[], list[int]]:
    """Return what tells the media processes of this process that were begun since, and not by an earlier test."""
    earlier = children(os.getpid())
    return lambda: [child for child in children(os.getpid()) if child not in earlier]


@pytest.fixture
def around() -> Surroundings:
    return Surroundings()


@pytest.fixture
def admins(telegram: TelegramSandbox, chat: Chat) -> tuple[Chat, Chat]:
    """Return the private chats of Mina and Ada, who run the bot."""
    return chat, telegram.private_chat(telegram.add_user("Ada"))


@pytest.fixture
def runtime_settings(database: Database) -> RuntimeSettings:
    return RuntimeSettings(database, access=AccessMode.OPEN, budget=None)


@pytest.fixture
def health_checks(
    database: Database, holds: Holds, runtime_settings: RuntimeSettings, jobs: Jobs, around: Surroundings
) -> HealthChecks:
    return HealthChecks(
        holds=holds,
        jobs=jobs,
        alerts=Alerts(database),
        runtime_settings=runtime_settings,
        offers=sora_offers(),
        ask_providers=around.ask_providers,
        free_space=around.free_space,
        disk_problem=lambda: around.disk_problem,
        least_balance=Decimal(5),
    )


@pytest.fixture
async def open_alert_sender(
    settings: Settings,
    health_checks: HealthChecks,
    database: Database,
    admins: tuple[Chat, Chat],
    clock: Clock,
) -> AsyncIterator[Callable[[], AlertSender]]:
    """Return a way to make an alert sender as a newly started process does."""
    async with build_bot(settings, UNHURRIED) as bot:

        def make() -> AlertSender:
            ids = [chat.id for chat in admins]
            return AlertSender(
                bot=bot,
                health_checks=health_checks,
                alerts=Alerts(database),
                find_admins=lambda: ids,
                clock=clock,
            )

        yield make


@pytest.fixture
def alert_sender(open_alert_sender: Callable[[], AlertSender]) -> AlertSender:
    return open_alert_sender()
