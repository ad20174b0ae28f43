"""The operator's settings, from the environment and `.env`; a wrong one ends the start with one line that names it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from domain.account import AccessMode
from domain.catalogue import Catalogue
from domain.catalogue_file import CatalogueError, packaged_catalogue, parse_catalogue
from domain.provider import ADDRESSES, ApiProtocol

_SECRETS = ("telegram_bot_token", "video_api_key")
_FIRST_KEY = "VIDEO_API_KEY"
#: Telegram's tokens: the bot's number, a colon, and a secret.
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
#: An address that only lacks its `https://`.
_WITHOUT_SCHEME = re.compile(r"(?![a-z]+://)[\w-]+(\.[\w-]+)*(:[0-9]+)?(/|$)", re.IGNORECASE | re.ASCII)
#: Of what is no id so much may be shown: no more than a name has, for a secret may have slipped in.
_LONGEST_SHOWN = 33
#: A shorter one could not be cut out of the logs without cutting words.
_SHORTEST_KEY = 8
#: Every program's; a name near one of them is nothing to ask about.
_EVERYBODYS = frozenset({"http_proxy", "https_proxy", "all_proxy", "no_proxy"})
#: How alike two words, or two names, have to be for the one to be a slip for the other.
_ALIKE_WORDS, _ALIKE_NAMES = 0.66, 0.85


class SettingsError(Exception):
    """A setting cannot be used; the message is one line that names it and says what to do.

    `setting` is its name, empty if it is about none or several; `meant` the setting that a name in .env is probably a
    slip for. `is_missing` tells of one that has to be set, and is not.
    """

    def __init__(
        self, happened: str, *, setting: str = "", meant: str = "", is_missing: bool = False
    ) -> None:
        super().__init__(happened)
        self.setting = setting
        self.meant = meant
        self.is_missing = is_missing


def _origin(address: str) -> str:
    address = _with_scheme(address.strip().rstrip("/"))
    try:
        parts = urlsplit(address)
        is_origin = parts.scheme in {"https", "http"} and address == f"{parts.scheme}://{_host(parts)}"
    except ValueError:
        is_origin = False
    if not is_origin:
        raise ValueError("should look like https://api.example.com, without a path")
    return address


def _address(address: str) -> str:
    """Return an address without a slash at its end; unlike an origin it may have a path."""
    address = _with_scheme(address.strip().rstrip("/"))
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in {"https", "http"} and parts.netloc.lower() == _host(parts)
    except ValueError:
        is_address = False
    if not is_address or {"?", "#", " "} & set(address):
        raise ValueError("should look like https://api.example.com or https://api.example.com/v1")
    return address


def _with_scheme(address: str) -> str:
    if _WITHOUT_SCHEME.match(address):
        raise ValueError("has to begin with https:// (or http:// in your own network)")
    return address


def _host(parts: SplitResult) -> str:
    """Return host and port as they have to stand in an origin; raises ValueError for an impossible port."""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or "?"
    return host if parts.port is None else f"{host}:{parts.port}"


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("does not look like a token from @BotFather (digits, a colon, letters)")
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _key(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text.isascii() or not text.isprintable() or set(text) & set(" \"'"):
        raise ValueError("has spaces, quotes, line ends or letters that no key has")
    if len(text) < _SHORTEST_KEY:
        raise ValueError(f"is too short to be a key: it needs {_SHORTEST_KEY} characters")
    return value


def _proxy(value: SecretStr | None) -> SecretStr | None:
    from upstream.http.proxies import read_proxy

    if value is not None:
        read_proxy(value.get_secret_value())
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part for part in value.replace(",", " ").split() if part]
    wrong = next((part for part in parts if not re.fullmatch(r"-?[0-9]+", part)), None)
    if wrong is not None:
        shown = f" (“{wrong}”)" if len(wrong) <= _LONGEST_SHOWN else ""
        raise ValueError(
            f"should be your numeric Telegram id{shown}, or several with commas between. Leave it out, and the first "
            "start shows a link that makes you the admin; or ask @userinfobot for the number"
        )
    return parts


def _unquoted(value: Any) -> Any:  # noqa: ANN401 - what is no text stays what it is
    """Take off what `docker run --env-file` leaves around a value."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if is_quoted else text


Origin = Annotated[str, AfterValidator(_origin)]
Address = Annotated[str, AfterValidator(_address)]
Key = Annotated[SecretStr, AfterValidator(_key)]
#: It may hold a password.
ProxyAddress = Annotated[SecretStr | None, AfterValidator(_proxy)]


class Settings(BaseSettings):
    """Every setting with its default; names in the environment are these in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)]
    video_api_key: Key
    telegram_bot_token_file: Path | None = None
    video_api_key_file: Path | None = None
    telegram_api_url: Origin = "https://api.telegram.org"
    video_api_url: Address = "https://yibuapi.com"
    video_api_protocol: ApiProtocol = ApiProtocol.OPENAI
    telegram_proxy: ProxyAddress = None
    video_api_proxy: ProxyAddress = None
    http_proxy: ProxyAddress = None
    https_proxy: ProxyAddress = None
    all_proxy: ProxyAddress = None
    no_proxy: str = ""
    # It may hold a password.
    database_url: Annotated[str, Field(repr=False)] = "sqlite:///data/reelbot.db"
    data_dir: Path = Path("data")
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    #: None: by invitation if there is an admin, open to everybody else.
    access: Annotated[AccessMode | None, BeforeValidator(_lower)] = None
    daily_allowance: Annotated[int, Field(ge=0)] = 3
    daily_budget: Annotated[int, Field(ge=0)] = 50
    max_rendering: Annotated[int, Field(ge=1)] = 20
    max_rendering_per_user: Annotated[int, Field(ge=1)] = 2
    balance_alert: Annotated[Decimal, Field(ge=0)] = Decimal(5)
    poll_interval_seconds: Annotated[float, Field(gt=0, le=300)] = 5
    models_file: Path | None = None
    upload_limit_mb: Annotated[int, Field(ge=1, le=2000)] = 50
    late_after_seconds: Annotated[float, Field(ge=60, le=86_400)] = 1800
    stale_after_seconds: Annotated[float, Field(ge=60, le=7 * 86_400)] = 21_600
    stop_grace_seconds: Annotated[float, Field(ge=0, le=600)] = 30
    #: Whether clips may lie at addresses that are not public https: a provider in one's own network, the sandbox.
    allow_private_clip_addresses: bool = False
    lease_seconds: Annotated[float, Field(ge=1, le=600)] = 60
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, given: dict[str, Any]) -> dict[str, Any]:
        unquoted = {name: _unquoted(value) for name, value in given.items()}
        values = {name: value for name, value in unquoted.items() if value != ""}
        for name in _SECRETS:
            path = values.get(f"{name}_file")
            if path and not values.get(name):
                values[name] = _read_secret(f"{name.upper()}_FILE", Path(path))
        for protocol, address in ADDRESSES.items():
            if values.get("video_api_protocol") == protocol:
                values.setdefault("video_api_url", address)
        return values


def _read_secret(setting: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{setting} cannot be read: {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{setting} cannot be read: {path} is no text") from error
    if not secret:
        raise ValueError(f"{setting} names an empty file: {path}")
    return secret


def read_settings(**overrides: object) -> Settings:
    """Read the settings; raises SettingsError with one line for the operator."""
    try:
        _refuse_slips(overrides.get("_env_file", ".env"))
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic-settings fills in the rest
    except ValidationError as error:
        is_missing = _first_of(error)["type"] == "missing"
        raise SettingsError(_in_one_line(error), setting=_setting_of(error), is_missing=is_missing) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from None


def read_key(variable: str, *, env_file: Path | str | None = ".env") -> SecretStr | None:
    """Return the key that a variable of the environment or of .env holds, or the file that `…_FILE` names.

    None if it is not set; raises SettingsError, which names the variable.
    """
    values = {**_dot_env(env_file), **{name.lower(): value for name, value in os.environ.items()}}
    found = _unquoted(values.get(variable.lower()))
    path = _unquoted(values.get(f"{variable}_file".lower()))
    try:
        if not found and path:
            found = _read_secret(f"{variable}_FILE", Path(path))
        return _key(SecretStr(found)) if found else None
    except ValueError as error:
        told = str(error)
        raise SettingsError(told if told.startswith(variable) else f"{variable} {told}") from None


def _dot_env(path: Path | str | None) -> Mapping[str, str | None]:
    """Return what .env holds, by names in small letters."""
    try:
        return DotEnvSettingsSource(Settings, env_file=path).env_vars if path else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from None


def slips_in_environment() -> list[tuple[str, str]]:
    """Return names in the environment that are near a setting, each with that setting.

    The environment is everybody's: none of them ends a start.
    """
    return find_slips(os.environ)


def _refuse_slips(dot_env: Any) -> None:  # noqa: ANN401 - whatever pydantic-settings takes for a file's path
    names = DotEnvSettingsSource(Settings, env_file=dot_env).env_vars if dot_env else ()
    for name, meant in find_slips(names):
        raise SettingsError(f"{name} in .env is no setting; did you mean {meant}?", setting=name, meant=meant)


def find_slips(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the names that are near a setting and are none, each with that setting."""
    settings = [name.upper() for name in Settings.model_fields if name not in _EVERYBODYS]
    known = {name.upper() for name in Settings.model_fields}
    found = ((name, _meant(name.upper(), settings)) for name in names if name.upper() not in known)
    return [(name.upper(), meant) for name, meant in found if meant]


def _meant(name: str, settings: list[str]) -> str | None:
    """Return the setting that was probably meant; None for a name that is somebody else's."""
    near = [setting for setting in settings if _is_slip(name, setting)]
    return max(near, key=lambda setting: _likeness(name, setting), default=None)


def _is_slip(name: str, setting: str) -> bool:
    """Return whether it is the setting with slips in its words, with its last words left out, or split elsewhere.

    Word by word, for TELEGRAM_API_ID and DATABASE_USER are other programs' and look much like ours.
    """
    if setting == _FIRST_KEY and name.startswith(
        f"{setting}_"
    ):  # of another provider, as catalogues name them
        return False
    words, right = name.split("_"), setting.split("_")
    if len(words) == len(right):
        return all(_is_alike(word, other, _ALIKE_WORDS) for word, other in zip(words, right, strict=True))
    is_cut = len(words) > 1 and right[: len(words)] == words
    return is_cut or _is_alike(name, setting, _ALIKE_NAMES)


def _is_alike(one: str, other: str, bound: float) -> bool:
    # An upper bound, found quickly, is enough to tell most pairs apart.
    return SequenceMatcher(None, one, other).quick_ratio() > bound and _likeness(one, other) > bound


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _first_of(error: ValidationError) -> ErrorDetails:
    return error.errors(include_url=False, include_input=False)[0]


def _setting_of(error: ValidationError) -> str:
    loc = _first_of(error)["loc"]
    return str(loc[0]).upper() if loc else ""


def _in_one_line(error: ValidationError) -> str:
    first = _first_of(error)
    name = _setting_of(error)
    match first["type"]:
        case "missing":
            return (
                f"{name} is not set: `reelbot setup` asks for it; or put it into the environment or .env "
                f"(or its path into {name}_FILE)"
            )
        case "int_parsing":
            return f"{name} should be a whole number"
        case "float_parsing":
            return f"{name} should be a number"
        case "value_error" if not name:
            return str(first["msg"]).removeprefix("Value error, ")
        case _:
            return f"{name} {str(first['msg']).removeprefix('Value error, ').removeprefix('Input ')}"


def read_catalogue(settings: Settings) -> Catalogue:
    """Return the catalogue that the settings name; raises CatalogueError, which names file and line."""
    path = settings.models_file
    if path is None:
        return packaged_catalogue()
    try:
        return parse_catalogue(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"MODELS_FILE {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"MODELS_FILE {path} cannot be read: it is no text") from error
    except CatalogueError as error:
        raise CatalogueError(f"MODELS_FILE {path}: {error}") from error


def secrets_of(settings: Settings) -> list[str]:
    """Return what no log may hold; the passwords of the database and of proxies are among it."""
    proxies = (
        settings.telegram_proxy,
        settings.video_api_proxy,
        settings.http_proxy,
        settings.https_proxy,
        settings.all_proxy,
    )
    addresses = [settings.database_url, *(proxy.get_secret_value() for proxy in proxies if proxy)]
    passwords = [_password_in(address) for address in addresses]
    return [
        settings.telegram_bot_token.get_secret_value(),
        settings.video_api_key.get_secret_value(),
        *passwords,
        *(unquote(password) for password in passwords),
    ]


def _password_in(address: str) -> str:
    try:
        # A proxy may be named without a scheme.
        return urlsplit(address if "://" in address else f"http://{address}").password or ""
    except ValueError:  # it is no address; whoever opens it says so
        return ""
