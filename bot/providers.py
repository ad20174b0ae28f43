"""The providers of video APIs that the settings and the catalogue name, with their keys, and a client for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr, TypeAdapter, ValidationError

from bot.proxies import video_api_proxies
from bot.settings import Address, Settings, SettingsError, read_key
from domain.catalogue import Catalogue
from domain.provider import ADDRESSES, MAIN, ApiProtocol, Provider
from upstream.api import VideoApi
from upstream.registry import CLIENTS

_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """What a client is opened with; `entry` and `key_variable` are what an operator finds it by."""

    name: str
    protocol: ApiProtocol
    address: str
    key: SecretStr = field(repr=False)
    key_variable: str = "VIDEO_API_KEY"
    order_key_header: str | None = None

    @property
    def entry(self) -> str:
        return f"[providers.{self.name}] in the catalogue"

    @property
    def api(self) -> str:
        """What tells its API, and its way to find orders by our keys, from every other."""
        return " ".join((self.protocol, self.address, self.order_key_header or ""))


def read_providers(
    settings: Settings, catalogue: Catalogue, *, env_file: Path | str | None = ".env"
) -> Mapping[str, ProviderSettings]:
    """Return the providers by their names, the main one first unless the catalogue says where; reads their keys.

    Raises SettingsError with one line that names the catalogue's entry, and the variable if it is about the key.
    """
    entries = catalogue.providers
    if MAIN not in entries:
        entries = {MAIN: Provider(), **entries}
    return {
        name: _main(settings, entry) if name == MAIN else _further(name, entry, env_file)
        for name, entry in entries.items()
    }


def secrets_of_providers(providers: Mapping[str, ProviderSettings]) -> list[str]:
    """Return what no log may hold."""
    return [provider.key.get_secret_value() for provider in providers.values()]


@asynccontextmanager
async def open_providers(
    providers: Mapping[str, ProviderSettings], settings: Settings
) -> AsyncIterator[Mapping[str, VideoApi]]:
    """Open the client of each provider; raises SettingsError for an address or a key that no client takes."""
    async with AsyncExitStack() as opened:
        apis: dict[str, VideoApi] = {}
        for name, provider in providers.items():
            try:
                client = CLIENTS[provider.protocol](
                    provider.address,
                    provider.key,
                    order_key_header=provider.order_key_header,
                    allow_private_clip_addresses=settings.allow_private_clip_addresses,
                    proxies=video_api_proxies(settings),
                )
            except ValueError as error:
                where = "VIDEO_API_URL or VIDEO_API_KEY" if name == MAIN else provider.entry
                raise SettingsError(f"{where} cannot be used: {error}") from error
            apis[name] = await opened.enter_async_context(client)
        yield apis


def _main(settings: Settings, entry: Provider) -> ProviderSettings:
    for name, setting in (("protocol", "PROTOCOL"), ("address", "URL"), ("key", "KEY")):
        if getattr(entry, name) is not None:
            raise SettingsError(
                f"[providers.{MAIN}] in the catalogue: its {name} is the setting VIDEO_API_{setting}; take it out there"
            )
    return ProviderSettings(
        name=MAIN,
        protocol=settings.video_api_protocol,
        address=settings.video_api_url,
        key=settings.video_api_key,
        order_key_header=entry.order_key_header,
    )


def _further(name: str, entry: Provider, env_file: Path | str | None) -> ProviderSettings:
    where = f"[providers.{name}] in the catalogue"
    protocol = entry.protocol or ApiProtocol.OPENAI
    written = entry.address or ADDRESSES.get(protocol)
    if written is None:
        raise SettingsError(f'{where}: its address is missing, such as address = "https://api.example.com"')
    if entry.key is None:
        raise SettingsError(
            f'{where}: its key is missing: write the name of the variable that holds it, such as key = "SECOND_API_KEY"'
        )
    try:
        address = _ADDRESS.validate_python(written)
    except ValidationError as error:
        said = str(error.errors(include_url=False, include_input=False)[0]["msg"])
        raise SettingsError(f"{where}: its address {said.removeprefix('Value error, ')}") from None
    try:
        key = read_key(entry.key, env_file=env_file)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error}") from None
    if key is None:
        raise SettingsError(
            f"{where}: {entry.key} is not set: put its key there, into the environment or .env "
            f"(or the key's path into {entry.key}_FILE)"
        )
    return ProviderSettings(
        name=name,
        protocol=protocol,
        address=address,
        key=key,
        key_variable=entry.key,
        order_key_header=entry.order_key_header,
    )
