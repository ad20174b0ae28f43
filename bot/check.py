"""`reelbot check`: talks to both APIs with the operator's settings, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from telegram.error import TelegramError

from bot.access_summary import AccessSummary, open_storage
from bot.application import build_bot
from bot.findings import (
    Finding,
    Mark,
    doubtful,
    look_at_provider,
    name_of_provider,
    trouble_with_telegram,
    well,
    wrong,
)
from bot.jobs.files import Files
from bot.providers import ProviderSettings, open_providers
from bot.proxies import proxy_for, telegram_proxies, video_api_proxies
from bot.settings import Settings
from bot.settings_warnings import find_warnings
from domain.catalogue import Catalogue
from storage.database import Database
from storage.errors import DatabaseTrouble, DatabaseUnusable
from upstream.http.proxies import Proxies


async def check(
    settings: Settings,
    catalogue: Catalogue,
    providers: Mapping[str, ProviderSettings],
    *,
    say: Callable[[str], None],
) -> int:
    """Say a line for each thing that was looked at; return how many of them are wrong, not just doubtful."""
    found = [
        well(f"the catalogue knows {len(catalogue.models)} models"),
        *(doubtful(doubt) for doubt in find_warnings(settings, providers.values())),
        _disk(settings),
        *await _database(settings, providers),
        *_way(telegram_proxies(settings), settings.telegram_api_url, "Telegram"),
        await _telegram(settings),
        *await _video_apis(settings, catalogue, providers),
    ]
    for finding in found:
        say(str(finding))
    return sum(finding.mark is Mark.WRONG for finding in found)


def _disk(settings: Settings) -> Finding:
    try:
        Files(settings.data_dir).open()
    except OSError as error:
        return wrong(f"DATA_DIR {settings.data_dir} cannot be written to: {error.strerror}")
    return well(f"clips are kept in {settings.data_dir} while they are under way")


async def _database(settings: Settings, providers: Collection[str]) -> list[Finding]:
    try:
        async with Database.open(settings.database_url) as database:
            storage = open_storage(settings, database)
            runtime_settings = storage.runtime_settings
            await runtime_settings.load()
            ordered = await storage.jobs.count_ordered()
    except (DatabaseUnusable, DatabaseTrouble) as error:
        said = str(error)
        return [wrong(said if said.startswith("DATABASE_URL") else f"DATABASE_URL: {said}")]
    summary = AccessSummary.now(settings, runtime_settings)
    whom = [well(str(summary))]
    if summary.warning:
        whom.append(doubtful(f"{summary.warning}. `reelbot run` shows a link that makes you the admin"))
    missing = [
        wrong(
            f"videos under way at {name}: {number}; the catalogue does not have that provider any more, "
            f"and nobody can fetch them: put [providers.{name}] back"
        )
        for name, number in ordered.items()
        if name not in providers
    ]
    return [well("the database is there and up to date"), *whom, *missing]


def _way(proxies: Proxies, address: str, whom: str) -> list[Finding]:
    proxy = proxy_for(proxies, address)
    return [] if proxy is None else [well(f"{whom} is reached through the proxy {proxy}")]


async def _telegram(settings: Settings) -> Finding:
    try:
        async with build_bot(settings) as bot:
            webhook = await bot.get_webhook_info()
            if webhook.url:
                return wrong(
                    "Telegram sends this bot's messages to a webhook, which somebody has set; delete that first"
                )
            return well(f"Telegram knows the bot as @{bot.username}: https://t.me/{bot.username}")
    except TelegramError as error:
        return wrong(trouble_with_telegram(error, settings))


async def _video_apis(
    settings: Settings, catalogue: Catalogue, providers: Mapping[str, ProviderSettings]
) -> list[Finding]:
    """Return what there is to say of each provider, by its name if there are several."""
    proxies, found = video_api_proxies(settings), list[Finding]()
    is_one_of_several = len(providers) > 1
    async with open_providers(providers, settings) as apis:
        for name, provider in providers.items():
            found += _way(
                proxies, provider.address, name_of_provider(provider, is_one_of_several=is_one_of_several)
            )
            look = await look_at_provider(
                apis[name], provider, catalogue, is_one_of_several=is_one_of_several
            )
            found += look.found
    return found
