"""`reelbot check`: talks to both APIs with the operator's settings, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from telegram.error import InvalidToken, TelegramError

from bot.access_summary import AccessSummary, open_storage
from bot.application import build_bot
from bot.jobs.files import Files
from bot.providers import ProviderSettings, open_providers
from bot.proxies import proxy_for, telegram_proxies, video_api_proxies
from bot.settings import Settings
from bot.settings_warnings import find_warnings
from domain.api_status import Balance
from domain.catalogue import Catalogue, Model
from domain.offer import Listing, make_offer
from domain.provider import MAIN
from storage.database import Database
from storage.errors import DatabaseTrouble, DatabaseUnusable
from upstream.errors import KeyRefused, NoCredit, VideoApiError
from upstream.http.proxies import Proxies

_WRONG = "✗"


async def check(
    settings: Settings,
    catalogue: Catalogue,
    providers: Mapping[str, ProviderSettings],
    *,
    say: Callable[[str], None],
) -> int:
    """Say a line for each thing that was looked at; return how many of them are wrong, not just doubtful."""
    lines = [
        _ok(f"the catalogue knows {len(catalogue.models)} models"),
        *(_doubtful(doubt) for doubt in find_warnings(settings, providers.values())),
        await _disk(settings),
        *await _database(settings, providers),
        *_way(telegram_proxies(settings), settings.telegram_api_url, "Telegram"),
        await _telegram(settings),
        *await _video_apis(settings, catalogue, providers),
    ]
    for line in lines:
        say(line)
    return sum(line.startswith(_WRONG) for line in lines)


def _ok(words: str) -> str:
    return f"✓ {words}"


def _doubtful(words: str) -> str:
    return f"⚠ {words}"


def _wrong(words: str) -> str:
    return f"{_WRONG} {words}"


async def _disk(settings: Settings) -> str:
    try:
        Files(settings.data_dir).open()
    except OSError as error:
        return _wrong(f"DATA_DIR {settings.data_dir} cannot be written to: {error.strerror}")
    return _ok(f"clips are kept in {settings.data_dir} while they are under way")


async def _database(settings: Settings, providers: Collection[str]) -> list[str]:
    try:
        async with Database.open(settings.database_url) as database:
            storage = open_storage(settings, database)
            runtime_settings = storage.runtime_settings
            await runtime_settings.load()
            ordered = await storage.jobs.count_ordered()
    except (DatabaseUnusable, DatabaseTrouble) as error:
        return [_wrong(f"DATABASE_URL: {error}")]
    summary = AccessSummary.now(settings, runtime_settings)
    whom = _ok(str(summary)) if summary.warning is None else _doubtful(f"{summary}. {summary.warning}")
    missing = [
        _wrong(
            f"videos under way at {name}: {number}; the catalogue does not have that provider any more, "
            f"and nobody can fetch them: put [providers.{name}] back"
        )
        for name, number in ordered.items()
        if name not in providers
    ]
    return [_ok("the database is there and up to date"), whom, *missing]


def _way(proxies: Proxies, address: str, whither: str) -> list[str]:
    proxy = proxy_for(proxies, address)
    return [] if proxy is None else [_ok(f"the way to {whither} leads through the proxy {proxy}")]


async def _telegram(settings: Settings) -> str:
    try:
        async with build_bot(settings) as bot:
            webhook = await bot.get_webhook_info()
            if webhook.url:
                return _wrong(
                    "Telegram sends this bot's updates to a webhook; delete it, or polling gets nothing"
                )
            return _ok(f"Telegram knows the bot as @{bot.username}")
    except InvalidToken:
        return _wrong(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this bot; copy the token from @BotFather again"
        )
    except TelegramError as error:
        return _wrong(f"TELEGRAM_API_URL: Telegram cannot be reached: {error.message}")


async def _video_apis(
    settings: Settings, catalogue: Catalogue, providers: Mapping[str, ProviderSettings]
) -> list[str]:
    """Return what there is to say of each provider, by its name if there are several."""
    proxies, lines = video_api_proxies(settings), list[str]()
    async with open_providers(providers, settings) as apis:
        for name, provider in providers.items():
            found = _Found(provider=provider, is_one_of_several=len(providers) > 1)
            lines += _way(proxies, provider.address, found.whose)
            try:
                await apis[name].check()
                models, balance = await apis[name].list_models(), await apis[name].find_balance()
            except VideoApiError as error:
                lines.append(found.trouble(error))
            else:
                lines += [found.models(models, catalogue), found.balance(balance)]
    return lines


def _is_ordered_at(model: Model, provider: str) -> bool:
    return not model.routes or any(route.provider == provider for route in model.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Says what was found at a provider."""

    provider: ProviderSettings
    is_one_of_several: bool

    @property
    def whose(self) -> str:
        return f"the video API {self.provider.name!r}" if self.is_one_of_several else "the video API"

    def trouble(self, error: VideoApiError) -> str:
        match error:
            case KeyRefused():
                return _wrong(f"{self.provider.key_variable}: {self.whose} refuses it")
            case NoCredit():
                return _wrong(self._nothing_left)
        where = "VIDEO_API_URL" if self.provider.name == MAIN else self.provider.entry
        return _wrong(f"{where}: {self.whose} does not answer as it should: {error}")

    def models(self, listing: Listing, catalogue: Catalogue) -> str:
        """Say how much of what is known is listed; what this provider lists alone is looked at."""
        if listing is None:
            return _ok(f"{self.whose} answers, and does not tell which models it has")
        name = self.provider.name
        offer = make_offer(catalogue, {name: self.provider.protocol}, {name: listing})
        known = [model for model in catalogue.models.values() if _is_ordered_at(model, name)]
        missing = [model.name for model in known if not offer.is_listed(model.name)]
        if len(missing) == len(known):
            return _doubtful(
                f"{self.whose} lists no model that the catalogue knows, so none is offered there; "
                "`reelbot models` shows what it lists, and what to write into MODELS_FILE"
            )
        first = f"{offer.catalogue.default_model.name} first"
        if not missing:
            return _ok(f"{self.whose} lists every model of the catalogue, {first}")
        told = f", all but {missing[0]}" if len(missing) == 1 else ""
        return _ok(
            f"{self.whose} lists {len(known) - len(missing)} of {len(known)} known models{told}, {first}; "
            "`reelbot models` shows them"
        )

    def balance(self, balance: Balance | None) -> str:
        if balance is None:
            return _ok(f"{self.whose} does not tell what is left to spend")
        if balance.is_gone:
            return _wrong(self._nothing_left)
        left = "no limit" if balance.left is None else f"{balance.left:.2f} {balance.unit} left"
        used = "" if balance.used is None else f", {balance.used:.2f} used"
        return _ok(f"the account with {self.whose} has {left}{used}")

    @property
    def _nothing_left(self) -> str:
        return f"the account with {self.whose} has nothing left to spend; top it up where you bought the key"
