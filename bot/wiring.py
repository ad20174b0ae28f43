"""Builds the parts of the process, and hands each what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from telegram.ext import ExtBot

from bot.jobs.clock_watch import ClockJumps, ClockWatch
from bot.jobs.debounce import Debounce
from bot.jobs.deliver import Deliver
from bot.jobs.download import Fetcher
from bot.jobs.files import Files
from bot.jobs.lost_orders import LostOrders
from bot.jobs.notify import Notifier
from bot.jobs.paid_orders import PaidOrders
from bot.jobs.photos import Photos
from bot.jobs.poll import Poll
from bot.jobs.send_video import ClipSender
from bot.jobs.status import StatusMessages
from bot.jobs.status_memory import StatusMemory
from bot.jobs.still_wanted import StillWanted
from bot.jobs.submit import Submit
from bot.jobs.worker import Step, Worker
from bot.media.processes import MediaProcesses
from bot.offers import OfferRefresh, Offers
from bot.operators.alerts import AlertSender
from bot.operators.broadcast import Broadcaster
from bot.operators.monitor import HealthChecks, free_space_of, inquire_all
from bot.process_lock import ProcessLock
from bot.providers import ProviderSettings
from bot.proxies import telegram_proxies
from bot.reactions import Reactions
from bot.settings import Settings
from chat.admin_link import AdminLink
from chat.rate_limit import RateLimiter
from domain.job import State
from domain.queue import Concurrency
from handlers.context import Rules, Services
from storage.claims import Claims
from storage.storage import Storage
from upstream.api import VideoApi


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What has been opened, and what everything is built from."""

    settings: Settings
    offers: Offers
    storage: Storage
    providers: Mapping[str, ProviderSettings]
    apis: Mapping[str, VideoApi]
    media: MediaProcesses
    files: Files
    bot: ExtBot[int]
    rate_limiter: RateLimiter
    lock: ProcessLock
    paid: PaidOrders
    clock: Callable[[], datetime]


def make_alert_sender(parts: Parts) -> AlertSender:
    health_checks = HealthChecks(
        holds=parts.storage.holds,
        jobs=parts.storage.jobs,
        alerts=parts.storage.alerts,
        runtime_settings=parts.storage.runtime_settings,
        offers=parts.offers,
        ask_providers=partial(inquire_all, parts.apis),
        free_space=partial(free_space_of, parts.settings.data_dir),
        disk_problem=lambda: parts.files.problem,
        least_balance=parts.settings.balance_alert,
        late_after=timedelta(seconds=parts.settings.late_after_seconds),
    )
    return AlertSender(
        bot=parts.bot,
        health_checks=health_checks,
        alerts=parts.storage.alerts,
        find_admins=lambda: parts.storage.runtime_settings.admin_ids,
        clock=parts.clock,
    )


def make_worker(parts: Parts, alerts: AlertSender, refresh: OfferRefresh) -> Worker:
    claims = parts.storage.claims
    concurrency = concurrency_of(parts.settings)
    memory = StatusMemory(parts.settings.data_dir / "status.json")
    status_messages = StatusMessages(
        parts.bot,
        claims,
        parts.storage.jobs,
        concurrency,
        parts.clock,
        holds=parts.storage.holds,
        offers=parts.offers,
        memory=memory,
    )
    worker = Worker(
        claims=claims,
        steps=_steps(parts, claims, status_messages, alerts, refresh),
        holds=parts.storage.holds,
        status_messages=status_messages,
        clock=parts.clock,
        lease=timedelta(seconds=parts.settings.lease_seconds),
        concurrency=concurrency,
        stop_grace=timedelta(seconds=parts.settings.stop_grace_seconds),
        clock_watch=ClockWatch(
            ClockJumps(parts.clock, asyncio.get_running_loop().time),
            lock=parts.lock,
            recovery=parts.storage.recovery,
            holds=parts.storage.holds,
            status_messages=status_messages,
        ),
    )
    refresh.tell(worker.wake)
    return worker


def make_broadcaster(parts: Parts) -> Broadcaster:
    return Broadcaster(parts.bot, parts.storage.broadcasts, parts.storage.accounts, parts.clock)


def make_services(
    parts: Parts,
    worker: Worker,
    reactions: Reactions,
    broadcaster: Broadcaster,
    admin_link: AdminLink | None,
) -> Services:
    settings = parts.settings
    return Services(
        storage=parts.storage,
        find_offer=parts.offers.now,
        rules=Rules(
            daily_allowance=settings.daily_allowance,
            concurrency=concurrency_of(settings),
            storage=parts.storage,
        ),
        ask_providers=partial(inquire_all, parts.apis),
        draw_chart=parts.media.draw_chart,
        clock=parts.clock,
        wake=Debounce(worker.wake).soon,
        react=reactions.note,
        send_broadcasts=broadcaster.wake,
        admin_link=admin_link,
    )


def _wake(*parts: AlertSender | OfferRefresh) -> None:
    for part in parts:
        part.wake()


def concurrency_of(settings: Settings) -> Concurrency:
    return Concurrency(
        in_all=settings.max_rendering,
        per_person=settings.max_rendering_per_user,
        late_after=timedelta(seconds=settings.late_after_seconds),
    )


def _steps(
    parts: Parts,
    claims: Claims,
    status_messages: StatusMessages,
    alerts: AlertSender,
    refresh: OfferRefresh,
) -> Mapping[State, Step]:
    notifier = Notifier(parts.bot, parts.offers)
    submit = _submit(parts, claims, status_messages, notifier, on_trouble=partial(_wake, alerts, refresh))
    poll = Poll(
        claims=claims,
        apis=parts.apis,
        holds=parts.storage.holds,
        status_messages=status_messages,
        on_trouble=alerts.wake,
        shortest_pause=timedelta(seconds=parts.settings.poll_interval_seconds),
        clock=parts.clock,
        late_after=timedelta(seconds=parts.settings.late_after_seconds),
    )
    return {
        State.QUEUED: submit,
        State.SUBMITTING: submit,
        State.RENDERING: poll,
        State.DELIVERING: _deliver(parts, claims, status_messages, alerts, notifier),
    }


def _submit(
    parts: Parts,
    claims: Claims,
    status_messages: StatusMessages,
    notifier: Notifier,
    *,
    on_trouble: Callable[[], None],
) -> Submit:
    return Submit(
        claims=claims,
        apis=parts.apis,
        lost_orders=_lost_orders(parts),
        photos=Photos(
            parts.bot,
            parts.media,
            parts.files,
            on_trouble=on_trouble,
            clock=parts.clock,
            proxies=telegram_proxies(parts.settings),
        ),
        status_messages=status_messages,
        offers=parts.offers,
        concurrency=concurrency_of(parts.settings),
        holds=parts.storage.holds,
        runtime_settings=parts.storage.runtime_settings,
        asking=StillWanted(
            claims=claims,
            notifier=notifier,
            stale_after=timedelta(seconds=parts.settings.stale_after_seconds),
            clock=parts.clock,
        ),
        notifier=notifier,
        on_trouble=on_trouble,
        first_look_after=timedelta(seconds=parts.settings.poll_interval_seconds),
        clock=parts.clock,
        paid=parts.paid,
    )


def _lost_orders(parts: Parts) -> LostOrders:
    return LostOrders(
        apis=parts.apis,
        names={name: provider.api for name, provider in parts.providers.items()},
        lookups=parts.storage.order_lookups,
        clock=parts.clock,
    )


def _deliver(
    parts: Parts, claims: Claims, status_messages: StatusMessages, alerts: AlertSender, notifier: Notifier
) -> Deliver:
    return Deliver(
        claims=claims,
        fetcher=Fetcher(
            apis=parts.apis,
            media=parts.media,
            files=parts.files,
            limit_mb=parts.settings.upload_limit_mb,
            on_trouble=alerts.wake,
            clock=parts.clock,
        ),
        sender=ClipSender(
            parts.bot,
            parts.offers,
            accounts=parts.storage.accounts,
            preferences=parts.storage.preferences,
            jobs=parts.storage.jobs,
        ),
        notifier=notifier,
        status_messages=status_messages,
        files=parts.files,
        clock=parts.clock,
        delay_of=parts.rate_limiter.delay_of,
    )
