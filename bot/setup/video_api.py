"""Asks which video API to use and for its key, and shows what it offers and costs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bot.findings import ProviderLook, look_at_provider, wrong
from bot.model_list import short_table
from bot.providers import ProviderSettings, open_providers
from bot.settings import Address, Key, Settings, SettingsError, read_catalogue
from bot.setup.answers import Answers
from bot.setup.terminal import Terminal
from domain.catalogue import Catalogue
from domain.provider import ADDRESSES, MAIN, ApiProtocol

_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
_KEY: TypeAdapter[object] = TypeAdapter(Key)
_WAYS_ON = ("type the key again", "choose another API", "try once more", "go on all the same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A video API that is known; one without an address is the person's own."""

    title: str
    address: str | None = None
    protocol: ApiProtocol = ApiProtocol.OPENAI


#: As the README's table has them.
GATEWAYS = (
    Gateway(
        title="OpenRouter: one key for Gemini Omni, Grok, Seedance, Wan, Kling, Veo …; tells its prices itself",
        address=ADDRESSES[ApiProtocol.OPENROUTER],
        protocol=ApiProtocol.OPENROUTER,
    ),
    Gateway(
        title="laozhang.ai: Gemini Omni and Muse Video; from $0.10 a video",
        address="https://api.laozhang.ai",
    ),
    Gateway(title="apiyi.com: Grok Imagine; from $0.02 a second", address="https://api.apiyi.com"),
    Gateway(
        title="SayGM: MiniMax H3, Veo 3.1 Fast, Wan 2.6; from $0.07 a second", address="https://api.saygm.com"
    ),
    Gateway(
        title="yibuapi.com: Sora 2 and Veo 3.1, where they are still listed", address="https://yibuapi.com"
    ),
    Gateway(title="your own new-api or LiteLLM, or any other in OpenAI's format: you give its address"),
)


def ask_for_video_api(terminal: Terminal, answers: Answers) -> None:
    """Keep the API of the settings if there is a key for it, else ask; until it lets us in, or the person goes on."""
    if not (answers.is_set("VIDEO_API_KEY") or answers.is_set("VIDEO_API_KEY_FILE")):
        choose_video_api(terminal, answers)
    while not _is_well(terminal, answers):
        match terminal.choose("What now", _WAYS_ON):
            case 0:
                _ask_for_key(terminal, answers)
            case 1:
                choose_video_api(terminal, answers)
            case 2:
                continue
            case _:
                return


def choose_video_api(terminal: Terminal, answers: Answers) -> None:
    """Ask for an API and its key, whatever there was before."""
    _choose(terminal, answers)
    _ask_for_key(terminal, answers)


def _choose(terminal: Terminal, answers: Answers) -> None:
    terminal.say("Which video API makes the videos? You need an account there, and its key.")
    gateway = GATEWAYS[terminal.choose("Number", [gateway.title for gateway in GATEWAYS])]
    address = gateway.address or terminal.ask("Its address, such as https://api.example.com", _read_address)
    answers.set("VIDEO_API_URL", address)
    answers.set("VIDEO_API_PROTOCOL", None if gateway.protocol is ApiProtocol.OPENAI else gateway.protocol)


def _ask_for_key(terminal: Terminal, answers: Answers) -> None:
    address = answers.settings().video_api_url
    key = terminal.ask(f"The key of your account at {address} (it is not shown)", _read_key, is_hidden=True)
    answers.set("VIDEO_API_KEY", key)


def _read_address(said: str) -> str:
    try:
        return _ADDRESS.validate_python(said)
    except ValidationError as error:
        raise ValueError(f"that {_told(error)}") from None


def _read_key(said: str) -> str:
    try:
        _KEY.validate_python(said)
    except ValidationError as error:
        raise ValueError(f"that {_told(error)}") from None
    return said


def _told(error: ValidationError) -> str:
    return str(error.errors(include_url=False, include_input=False)[0]["msg"]).removeprefix("Value error, ")


def _is_well(terminal: Terminal, answers: Answers) -> bool:
    """Show what the API says of itself and of our account; False if it does not let us in."""
    settings = answers.settings()
    catalogue = read_catalogue(settings)
    terminal.say(f"Asking {settings.video_api_url} …", style="dim")
    try:
        look = asyncio.run(_look(settings, catalogue))
    except SettingsError as error:  # no client takes this address or key
        terminal.tell(wrong(str(error)))
        return False
    for finding in look.found:
        terminal.tell(finding)
    table = short_table(catalogue, MAIN, settings.video_api_protocol, look.listing)
    if look.listing is not None and table.row_count:
        terminal.console.print(table)
    return look.is_well


async def _look(settings: Settings, catalogue: Catalogue) -> ProviderLook:
    main = ProviderSettings(
        name=MAIN,
        protocol=settings.video_api_protocol,
        address=settings.video_api_url,
        key=settings.video_api_key,
    )
    async with open_providers({MAIN: main}, settings) as apis:
        return await look_at_provider(apis[MAIN], main, catalogue)
