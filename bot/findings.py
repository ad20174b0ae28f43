"""What was found out about Telegram and the video APIs, each in a sentence that says what to do about trouble."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.providers import ProviderSettings
from bot.settings import Settings
from domain.api_status import Balance
from domain.catalogue import Catalogue, Model
from domain.offer import Listing, make_offer
from domain.provider import MAIN
from upstream.api import VideoApi
from upstream.errors import KeyRefused, NoCredit, NoVideoApi, Unreachable, VideoApiError
from upstream.http.reason import reason_of

_TELEGRAM = "https://api.telegram.org"


class Mark(StrEnum):
    """How a finding is to be taken."""

    #: All is well.
    WELL = "✓"
    #: It works, and is probably not meant.
    DOUBTFUL = "⚠"
    #: Nothing works before this is mended.
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and how it is to be taken."""

    mark: Mark
    words: str

    def __str__(self) -> str:
        return f"{self.mark} {self.words}"


def well(words: str) -> Finding:
    return Finding(Mark.WELL, words)


def doubtful(words: str) -> Finding:
    return Finding(Mark.DOUBTFUL, words)


def wrong(words: str) -> Finding:
    return Finding(Mark.WRONG, words)


def trouble_with_telegram(error: TelegramError, settings: Settings) -> str:
    """Say why Telegram does not answer, and which setting to look at."""
    if isinstance(error, InvalidToken):
        return "TELEGRAM_BOT_TOKEN: Telegram does not know this bot; copy the token from @BotFather again"
    address = settings.telegram_api_url
    why = reason_of(error) or error.message.partition(". Parsing the server response")[0]
    hint = (
        "Look whether there is internet; where Telegram is blocked, set TELEGRAM_PROXY, or TELEGRAM_API_URL to a Bot API "
        "server that can be reached"
        if address == _TELEGRAM
        else "Look whether it is spelled right, and your Bot API server runs"
    )
    return f"TELEGRAM_API_URL: Telegram cannot be reached at {address} ({why}). {hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLook:
    """What a provider told of itself; it lets us in unless `is_well` is False, and lists what it lists."""

    found: list[Finding]
    is_well: bool = True
    listing: Listing = None


def said_of_conflict(error: Conflict) -> str:
    """Say who else gets this bot's updates."""
    if "webhook" in error.message:
        return "Telegram sends this bot's messages to a webhook, which somebody has set; delete that first"
    return "another program reads this bot's messages; stop it, or this one"


async def look_at_provider(
    api: VideoApi, provider: ProviderSettings, catalogue: Catalogue, *, is_one_of_several: bool = False
) -> ProviderLook:
    """Ask whether it lets us in, which models it has and what is left; nothing is ordered."""
    found = _Found(provider=provider, is_one_of_several=is_one_of_several)
    try:
        await api.check()
        models, balance = await api.list_models(), await api.find_balance()
    except VideoApiError as error:
        return ProviderLook(found=[wrong(found.trouble(error))], is_well=False)
    told = [found.models(models, catalogue), found.balance(balance)]
    is_well = balance is None or not balance.is_gone
    return ProviderLook(found=told, is_well=is_well, listing=models)


def name_of_provider(provider: ProviderSettings, *, is_one_of_several: bool) -> str:
    return f"the video API {provider.name!r}" if is_one_of_several else "the video API"


def _is_ordered_at(model: Model, provider: str) -> bool:
    return not model.routes or any(route.provider == provider for route in model.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Says what was found at a provider."""

    provider: ProviderSettings
    is_one_of_several: bool

    @property
    def whose(self) -> str:
        return name_of_provider(self.provider, is_one_of_several=self.is_one_of_several)

    def trouble(self, error: VideoApiError) -> str:
        address = self.provider.address
        is_main = self.provider.name == MAIN
        where = "VIDEO_API_URL" if is_main else self.provider.entry
        match error:
            case KeyRefused():
                return (
                    f"{self.provider.key_variable}: {self.whose} refuses it; orders wait until it is right. Copy it "
                    f"again from your account at {address}"
                )
            case NoCredit():
                return self._nothing_left
            case NoVideoApi():
                return f"{where}: {address} is no video API: {error}. Copy the address from your API's documentation"
            case Unreachable():
                return (
                    f"{where}: {self.whose} cannot be reached at {address} ({error}). Is it spelled right? Is there "
                    "internet, or a proxy to be set in VIDEO_API_PROXY?"
                )
        return f"{where}: {self.whose} does not answer as it should: {error}"

    def models(self, listing: Listing, catalogue: Catalogue) -> Finding:
        """Say how much of what is known is listed; what this provider lists alone is looked at."""
        if listing is None:
            return well(f"{self.whose} answers, and does not tell which models it has")
        name = self.provider.name
        offer = make_offer(catalogue, {name: self.provider.protocol}, {name: listing})
        known = [model for model in catalogue.models.values() if _is_ordered_at(model, name)]
        missing = [model.name for model in known if not offer.is_listed(model.name)]
        if len(missing) == len(known):
            return doubtful(
                f"{self.whose} lists no model that the catalogue knows, so none is offered there; "
                "`reelbot models` shows what it lists, and what to write into MODELS_FILE"
            )
        first = f"{offer.catalogue.default_model.name} first"
        if not missing:
            return well(f"{self.whose} lists every model of the catalogue, {first}")
        told = f", all but {missing[0]}" if len(missing) == 1 else ""
        return well(
            f"{self.whose} lists {len(known) - len(missing)} of {len(known)} known models{told}, {first}; "
            "`reelbot models` shows them"
        )

    def balance(self, balance: Balance | None) -> Finding:
        if balance is None:
            return well(f"{self.whose} does not tell what is left to spend")
        if balance.is_gone:
            return wrong(self._nothing_left)
        left = "no limit" if balance.left is None else f"{balance.left:.2f} {balance.unit} left"
        used = "" if balance.used is None else f", {balance.used:.2f} used"
        return well(f"the account with {self.whose} has {left}{used}")

    @property
    def _nothing_left(self) -> str:
        return f"the account with {self.whose} has nothing left to spend; top it up where you bought the key"
