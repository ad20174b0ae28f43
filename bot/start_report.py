"""Says at the start who the bot is, where, for whom, with which models and what is left, beside its serving."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterator

import structlog

from bot.access_summary import AccessSummary
from bot.background import surviving
from bot.findings import Finding, Mark, doubtful, look_at_provider, well
from bot.logs import hide
from bot.wiring import Parts
from chat.admin_link import AdminLink
from domain.account import Account

log = structlog.get_logger(__name__)

_LEVELS = {Mark.WELL: logging.INFO, Mark.DOUBTFUL: logging.WARNING, Mark.WRONG: logging.ERROR}
#: Of an API that takes longer nothing is said at the start; alerts speak of it later.
_PATIENCE_SECONDS = 60.0


def say_to_operator(finding: Finding) -> None:
    """Print a sentence on a terminal, as far as LOG_LEVEL lets it; elsewhere it is an event of the log."""
    level = _LEVELS[finding.mark]
    if not sys.stderr.isatty():
        log.log(level, finding.words)
    elif logging.getLogger(__name__).isEnabledFor(level):
        print(finding, file=sys.stderr, flush=True)  # noqa: T201 - a person is reading


async def report_start(
    parts: Parts, link: AdminLink | None, *, say: Callable[[Finding], None] = say_to_operator
) -> None:
    """Say what is known at once, then ask the providers, and say what they tell; nothing waits for this."""
    with surviving("the report of the start"):
        for finding in await _of_us(parts):
            say(finding)
        for finding in _of_nobody(parts, link):
            say(finding)
        async with asyncio.TaskGroup() as asking:
            for name in parts.providers:
                asking.create_task(_report_on(parts, name, say))


async def _of_us(parts: Parts) -> list[Finding]:
    settings = parts.storage.runtime_settings
    found = [
        well(f"https://t.me/{parts.bot.username} is ready"),
        well(str(AccessSummary.now(parts.settings, settings))),
    ]
    if settings.admin_ids:
        accounts = [await _name_of(parts, admin_id) for admin_id in sorted(settings.admin_ids)]
        found.append(well(f"admins: {', '.join(accounts)}"))
    return found


async def _name_of(parts: Parts, admin_id: int) -> str:
    account = await parts.storage.accounts.find(admin_id) or Account(id=admin_id)
    name = f"@{account.username}" if account.username else account.name
    return f"{name if name.isprintable() else ascii(name)} ({admin_id})" if name else str(admin_id)


def _of_nobody(parts: Parts, link: AdminLink | None) -> Iterator[Finding]:
    """Yield the one-time link, which no later line of the log holds."""
    warning = AccessSummary.now(parts.settings, parts.storage.runtime_settings).warning
    if link is None or warning is None or (address := link.address(parts.bot.username)) is None:
        return
    yield doubtful(f"{warning}. Open this link to become its admin; it works once: {address}")
    hide(address.rpartition("=")[2])


async def _report_on(parts: Parts, provider: str, say: Callable[[Finding], None]) -> None:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            look = await look_at_provider(
                parts.apis[provider],
                parts.providers[provider],
                parts.offers.known,
                is_one_of_several=len(parts.providers) > 1,
            )
    except TimeoutError:
        log.warning("a provider does not answer", provider=provider)
        return
    for finding in look.found:
        say(finding)
