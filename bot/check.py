"""`reelbot check`: talks to both APIs with the operator's settings, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable

from telegram.error import InvalidToken, TelegramError

from bot.access_summary import AccessSummary, open_storage
from bot.application import build_bot
from bot.jobs.files import Files
from bot.proxies import proxy_for, telegram_proxies, video_api_proxies
from bot.settings import Settings
from bot.settings_warnings import find_warnings
from domain.api_status import Balance
from domain.catalogue import Catalogue
from domain.offer import Listing, make_offer
from domain.provider import MAIN, ApiProtocol
from storage.database import Database
from storage.errors import DatabaseTrouble, DatabaseUnusable
from upstream.errors import KeyRefused, NoCredit, VideoApiError
from upstream.http.proxies import Proxies
from upstream.registry import CLIENTS

_WRONG = "✗"
_NOTHING_LEFT = "the account with the video API has nothing left to spend; top it up where you bought the key"


async def check(settings: Settings, catalogue: Catalogue, *, say: Callable[[str], None]) -> int:
    """Say a line for each thing that was looked at; return how many of them are wrong, not just doubtful."""
    lines = [
        _ok(f"the catalogue knows {len(catalogue.models)} models"),
        *(_doubtful(doubt) for doubt in find_warnings(settings)),
        await _disk(settings),
        *await _database(settings),
        *_way(telegram_proxies(settings), settings.telegram_api_url, "Telegram"),
        await _telegram(settings),
        *_way(video_api_proxies(settings), settings.video_api_url, "the video API"),
        *await _video_api(settings, catalogue),
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


async def _database(settings: Settings) -> list[str]:
    try:
        async with Database.open(settings.database_url) as database:
            runtime_settings = open_storage(settings, database).runtime_settings
            await runtime_settings.load()
    except (DatabaseUnusable, DatabaseTrouble) as error:
        return [_wrong(f"DATABASE_URL: {error}")]
    summary = AccessSummary.now(settings, runtime_settings)
    whom = _ok(str(summary)) if summary.warning is None else _doubtful(f"{summary}. {summary.warning}")
    return [_ok("the database is there and up to date"), whom]


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


async def _video_api(settings: Settings, catalogue: Catalogue) -> list[str]:
    client, proxies = CLIENTS[settings.video_api_protocol], video_api_proxies(settings)
    async with client(settings.video_api_url, settings.video_api_key, proxies=proxies) as api:
        try:
            await api.check()
            return [
                _models(await api.list_models(), settings.video_api_protocol, catalogue),
                _balance(await api.find_balance()),
            ]
        except KeyRefused:
            return [_wrong("VIDEO_API_KEY: the video API refuses it")]
        except NoCredit:
            return [_wrong(_NOTHING_LEFT)]
        except VideoApiError as error:
            return [_wrong(f"VIDEO_API_URL: the video API does not answer as it should: {error}")]


def _models(listing: Listing, protocol: ApiProtocol, catalogue: Catalogue) -> str:
    if listing is None:
        return _ok("the video API answers, and does not tell which models it has")
    offer = make_offer(catalogue, {MAIN: protocol}, {MAIN: listing})
    if not offer.catalogue.has_default:
        return _doubtful(
            "the video API lists no model that the catalogue knows, so none is offered; "
            "`reelbot models` shows what it lists, and what to write into MODELS_FILE"
        )
    missing = [name for name in catalogue.models if not offer.is_listed(name)]
    first = offer.catalogue.default_model.name
    if not missing:
        return _ok(f"the video API lists every model of the catalogue; {first} is the default")
    number = len(catalogue.models)
    told = f", all but {missing[0]}" if len(missing) == 1 else ""
    return _ok(
        f"the video API lists {number - len(missing)} of {number} known models{told}; {first} is the default. "
        "`reelbot models` shows them"
    )


def _balance(balance: Balance | None) -> str:
    if balance is None:
        return _ok("the video API does not tell what is left to spend")
    if balance.is_gone:
        return _wrong(_NOTHING_LEFT)
    left = "no limit" if balance.left is None else f"{balance.left:.2f} {balance.unit} left"
    used = "" if balance.used is None else f", {balance.used:.2f} used"
    return _ok(f"the account with the video API has {left}{used}")
