"""Builds python-telegram-bot's application the way this bot needs it."""

from __future__ import annotations

import os

import httpx
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Application, BaseRateLimiter, ContextTypes, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.proxies import telegram_proxies
from bot.settings import Settings
from chat.connections import Connections
from chat.rate_limit import RateLimiter
from chat.rate_windows import RateLimits
from chat.uploads import UploadLimiter
from handlers.context import BotApplication, Context
from upstream.http.proxies import DIRECT, Proxies
from upstream.http.tls import trusted_authorities

# Spans of time as timedelta, as python-telegram-bot's next major version has them; without this it warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")

#: Connections for calls that take a moment, and for files; of the latter some are left to downloads.
_CALLS, _FILES, _UPLOADS = 32, 48, 40
#: Seconds. Telegram answers a text within one or two; what takes longer names its own timeout.
_TIMEOUT_SECONDS = 15.0
#: What holds of every message. An answer stands as a reply, and also if what it replies to is gone.
_DEFAULTS = Defaults(
    parse_mode=ParseMode.HTML,
    link_preview_options=LinkPreviewOptions(is_disabled=True),
    allow_sending_without_reply=True,
    do_quote=True,
)


def build_application(settings: Settings, limiter: BaseRateLimiter[int] | None = None) -> BotApplication:
    """Return an application without updater, persistence and job queue: `bot.poller`, the database and `bot.jobs` do that."""
    return (
        Application.builder()
        .bot(build_bot(settings, limiter=limiter))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(True)  # noqa: FBT003 - PTB's signature
        .build()
    )


def build_bot(
    settings: Settings,
    rate_limits: RateLimits | None = None,
    *,
    limiter: BaseRateLimiter[int] | None = None,
) -> ExtBot[int]:
    """Return a bot whose every call `limiter` lets through, a RateLimiter of these limits if none is given."""
    return ExtBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=Connections(
            files=_request(_FILES, telegram_proxies(settings), UploadLimiter),
            calls=_request(_CALLS, telegram_proxies(settings)),
            uploads=_UPLOADS,
        ),
        get_updates_request=_request(1, telegram_proxies(settings)),
        defaults=_DEFAULTS,
        rate_limiter=limiter or RateLimiter(rate_limits),
    )


def polling_request(proxies: Proxies = DIRECT) -> HTTPXRequest:
    """Return a connection of its own for getUpdates: it is never held up by uploads."""
    return _request(2, proxies)


def _request(connections: int, proxies: Proxies, kind: type[HTTPXRequest] = HTTPXRequest) -> HTTPXRequest:
    return kind(
        connection_pool_size=connections,
        connect_timeout=_TIMEOUT_SECONDS,
        read_timeout=_TIMEOUT_SECONDS,
        write_timeout=_TIMEOUT_SECONDS,
        pool_timeout=_TIMEOUT_SECONDS,
        media_write_timeout=_TIMEOUT_SECONDS,
        httpx_kwargs={
            "transport": proxies.transport(
                verify=trusted_authorities(),
                limits=httpx.Limits(max_connections=connections),
            ),
            "trust_env": False,
        },
    )
