"""Runs the bot from its start until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.access_summary import open_storage
from bot.application import build_application, polling_request
from bot.background import sleep_unless
from bot.chat_migration import MovedGroups
from bot.command_menu import bring_up_to_date
from bot.findings import trouble_with_telegram
from bot.health import Heartbeat
from bot.jobs.files import Files
from bot.jobs.paid_orders import PaidOrders, adopt
from bot.maintenance import keep_profiles, tidy, write_profiles
from bot.media.limits import keep_memory_private
from bot.media.processes import MediaProcesses
from bot.offers import ListingMemory, OfferRefresh, Offers
from bot.operators.alerts import AlertSender
from bot.poller import Poller
from bot.process_lock import ProcessLock
from bot.providers import ProviderSettings, open_providers, read_providers
from bot.proxies import telegram_proxies
from bot.reactions import Reactions
from bot.settings import Settings, SettingsError
from bot.settings_warnings import find_warnings
from bot.start_report import report_start
from bot.wiring import (
    Parts,
    make_alert_sender,
    make_broadcaster,
    make_services,
    make_worker,
)
from chat.admin_link import AdminLink
from chat.language import load
from chat.rate_limit import RateLimiter, seconds_asked_for
from chat.rate_windows import RateLimits
from domain.catalogue import Catalogue
from domain.job import OVER
from domain.retry import exponential_backoff
from handlers.context import BotApplication
from handlers.registration import ALLOWED_UPDATES, register
from storage.database import Database, file_of
from storage.errors import DatabaseTrouble
from storage.holds import Holds
from storage.jobs import Jobs

log = structlog.get_logger(__name__)

_MIN_BACKOFF = timedelta(seconds=1)
_MAX_BACKOFF = timedelta(seconds=30)
#: So long the first look at what is on offer may hold up the start.
_PATIENCE_AT_START_SECONDS = 5.0


def utc_now() -> datetime:
    return datetime.now(UTC)


async def run(settings: Settings, catalogue: Catalogue, providers: Mapping[str, ProviderSettings]) -> None:
    """Serve until SIGTERM, SIGINT, or SIGHUP where it is not ignored, as under nohup."""
    keep_memory_private()
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    for sign in (signal.SIGTERM, signal.SIGINT, *(() if outlives_terminal else (signal.SIGHUP,))):
        loop.add_signal_handler(sign, stopping.set)
    load()
    for doubt in find_warnings(settings, providers.values()):
        log.warning(doubt)
    # Modules and words are here to stay: looking through them for garbage would stop everybody for 65 ms.
    gc.freeze()
    gc.enable()  # off while everything was loaded
    await serve(settings, catalogue, stopping, providers=providers)


async def serve(
    settings: Settings,
    catalogue: Catalogue,
    stopping: asyncio.Event,
    *,
    providers: Mapping[str, ProviderSettings] | None = None,
    clock: Callable[[], datetime] = utc_now,
    rate_limits: RateLimits | None = None,
    media: MediaProcesses | None = None,
) -> None:
    """Serve people until `stopping` is set, with media processes of its own if none are given.

    The `providers` are those that settings and catalogue name, with keys from the environment, if none are given. Raises SettingsError if Telegram does not know the bot or the data directory is no good, and DatabaseUnusable.
    """
    os.umask(0o077)  # what is written here, of children too, is people's own
    if providers is None:
        providers = read_providers(settings, catalogue)
    rate_limiter = RateLimiter(rate_limits)
    moved = MovedGroups(rate_limiter)
    application = build_application(settings, moved)
    async with _opened(
        settings,
        catalogue,
        application,
        rate_limiter,
        clock,
        providers=providers,
        media=media or MediaProcesses(),
    ) as parts:
        if not await _introduced(settings, application, stopping):
            return
        try:
            await _serve(parts, application, moved, stopping)
        finally:
            await application.shutdown()
    log.info("stopped; what is under way goes on at the next start")


@asynccontextmanager
async def _opened(
    settings: Settings,
    catalogue: Catalogue,
    application: BotApplication,
    rate_limiter: RateLimiter,
    clock: Callable[[], datetime],
    *,
    providers: Mapping[str, ProviderSettings],
    media: MediaProcesses,
) -> AsyncIterator[Parts]:
    files = Files(settings.data_dir)
    try:
        files.open()
    except OSError as error:
        raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}") from error
    async with AsyncExitStack() as opened:
        database = await opened.enter_async_context(Database.open(settings.database_url))
        storage = open_storage(settings, database)
        await _tidy(files, storage.jobs)
        offers = _offers(catalogue, providers, storage.holds, clock)
        for provider, listing in _listing_memory(settings, providers).load().items():
            offers.note_listing(provider, listing)
        await storage.holds.load(clock(), find_providers=offers.find_providers)
        file = file_of(settings.database_url)
        yield Parts(
            settings=settings,
            offers=offers,
            storage=storage,
            providers=providers,
            apis=await opened.enter_async_context(open_providers(providers, settings)),
            media=await opened.enter_async_context(media),
            files=files,
            bot=application.bot,
            rate_limiter=rate_limiter,
            lock=opened.enter_context(ProcessLock.held(file)),
            paid=opened.enter_context(PaidOrders.beside(file)),
            clock=clock,
        )


def _listing_memory(settings: Settings, providers: Mapping[str, ProviderSettings]) -> ListingMemory:
    apis = {name: provider.api for name, provider in providers.items()}
    return ListingMemory(settings.data_dir / "models.json", apis)


def _offers(
    catalogue: Catalogue,
    providers: Mapping[str, ProviderSettings],
    holds: Holds,
    clock: Callable[[], datetime],
) -> Offers:
    protocols = {name: provider.protocol for name, provider in providers.items()}
    return Offers(catalogue, protocols, find_gone=lambda: holds.find_gone(clock()))


async def _serve(
    parts: Parts, application: BotApplication, moved: MovedGroups, stopping: asyncio.Event
) -> None:
    await _take_over(parts, stopping)
    storage = parts.storage
    alerts = make_alert_sender(parts)
    refresh = await _looked_at_the_offer(parts, alerts)
    worker, reactions = make_worker(parts, alerts, refresh), Reactions(parts.bot)
    broadcaster = make_broadcaster(parts)
    await storage.load()
    storage.runtime_settings.tell_of_admin(alerts.wake)
    link = None if storage.runtime_settings.admin_ids else AdminLink()
    services = make_services(parts, worker, reactions, broadcaster, link)
    register(application, services)
    heartbeat = Heartbeat(parts.settings.data_dir, parts.clock)
    async with polling_request(telegram_proxies(parts.settings)) as request:
        poller = _poller(parts, application, request, heartbeat)
        async with asyncio.TaskGroup() as clockwork:
            clockwork.create_task(worker.run(stopping, on_turn=heartbeat.worker))
            clockwork.create_task(poller.run(stopping))
            clockwork.create_task(tidy(storage, parts.clock, stopping))
            clockwork.create_task(keep_profiles(storage.accounts, stopping))
            clockwork.create_task(broadcaster.run(stopping))
            beside = [
                clockwork.create_task(reactions.run()),
                clockwork.create_task(alerts.run()),
                clockwork.create_task(moved.run(services)),
                clockwork.create_task(refresh.run()),
                clockwork.create_task(_keep_menu(parts, stopping)),
                clockwork.create_task(report_start(parts, link)),
            ]
            await stopping.wait()
            for task in beside:
                task.cancel()
        # Handlers may have gone on a moment longer than the rest.
        await write_profiles(storage.accounts)


def _poller(parts: Parts, application: BotApplication, request: BaseRequest, heartbeat: Heartbeat) -> Poller:
    return Poller(
        application,
        request,
        parts.storage.inbox,
        allowed_updates=ALLOWED_UPDATES,
        clock=parts.clock,
        on_success=heartbeat.polling,
    )


async def _keep_menu(parts: Parts, stopping: asyncio.Event) -> None:
    """Bring the menus up to date, and once more when somebody has become the admin."""
    settings, new_admin = parts.storage.runtime_settings, asyncio.Event()
    settings.tell_of_admin(new_admin.set)
    while True:
        new_admin.clear()
        admins = await parts.storage.accounts.find_languages(settings.admin_ids)
        await bring_up_to_date(parts.bot, stopping, admins=admins)
        await new_admin.wait()


async def _looked_at_the_offer(parts: Parts, alerts: AlertSender) -> OfferRefresh:
    parts.storage.model_changes.tell(parts.offers.note_changes)
    refresh = OfferRefresh(
        parts.offers,
        parts.apis,
        on_back=parts.storage.holds.end_for,
        memory=_listing_memory(parts.settings, parts.providers),
    )
    await refresh.look(patience=_PATIENCE_AT_START_SECONDS)
    refresh.tell(alerts.wake)
    return refresh


async def _take_over(parts: Parts, stopping: asyncio.Event) -> None:
    """Take over the jobs of dead processes at once, those that were paid for first."""
    if not parts.lock.is_alone():
        return
    recovery = parts.storage.recovery
    while not stopping.is_set():
        try:
            await adopt(
                file_of(parts.settings.database_url), recovery, parts.clock(), but_not=parts.paid.path
            )
            if number := await recovery.take_over(parts.clock()):
                log.info("what was under way goes on", jobs=number)
        except DatabaseTrouble:
            log.exception("what was under way cannot be looked at; I try again")
            await sleep_unless(stopping, _MIN_BACKOFF.total_seconds())
        else:
            return


async def _introduced(settings: Settings, application: BotApplication, stopping: asyncio.Event) -> bool:
    """Connect to Telegram, however long that takes; False if the bot is told to stop before."""
    failures, told = 0, ""
    while not stopping.is_set():
        try:
            await application.initialize()
        except InvalidToken as error:
            raise SettingsError(trouble_with_telegram(error, settings)) from error
        except TelegramError as error:
            trouble = f"{trouble_with_telegram(error, settings)}; the bot keeps trying"
            if trouble != told:  # the same is not said every 30 seconds
                log.warning(trouble)
            told = trouble
            asked_for = seconds_asked_for(error) if isinstance(error, RetryAfter) else 0.0
            pause = exponential_backoff(failures, shortest=_MIN_BACKOFF, longest=_MAX_BACKOFF)
            failures += 1
            await sleep_unless(stopping, max(pause.total_seconds(), asked_for))
        else:
            return True
    return False


async def _tidy(files: Files, jobs: Jobs) -> None:
    """Remove what a crash left behind of jobs that are over."""
    for job_id in set(files.known_jobs()):
        try:
            job = await jobs.find(job_id)
        except ValueError as error:
            log.warning("a job cannot be read, and its files stay", job=job_id, problem=str(error))
            continue
        if job is None or job.state in OVER:
            files.forget(job_id)
