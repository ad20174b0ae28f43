"""Reads a catalogue from TOML: the packaged one, an operator's own, or one that changes the packaged one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from importlib import resources
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.catalogue import Catalogue, Model, WrongEntryError
from domain.order_form import OrderForm
from domain.provider import Provider

#: What a file writes at its top to begin with the catalogue that is shipped with the bot.
_PACKAGED = "packaged"
_KEYS_AT_THE_TOP = ("base", "without", *Catalogue.model_fields)
_KEYS = (
    *_KEYS_AT_THE_TOP,
    *(field.alias or name for name, field in Model.model_fields.items() if name not in {"name", "form"}),
    "api_name",
    *OrderForm.model_fields,
    *Provider.model_fields,
)


_NO_SUCH_KEY = "extra_forbidden"


class CatalogueError(Exception):
    """The catalogue cannot be used; the message names the line and what is wrong there."""


def packaged_catalogue() -> Catalogue:
    """Return the catalogue that is shipped with the bot."""
    return parse_catalogue(_packaged_text())


def parse_catalogue(text: str) -> Catalogue:
    """Read a catalogue written in TOML; raises CatalogueError, which names the line.

    With `base = "packaged"` its models are put before those of the packaged one: a table changes, key by key, the model
    that has its name there, and `without` leaves models out, by name or by pattern (`sora-*`).
    """
    try:
        written = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(str(error)) from error
    try:
        return Catalogue.model_validate(_on_its_base(written))
    except _KeyTrouble as trouble:
        raise CatalogueError(f"line {_line_of(text, [trouble.key])}: {trouble.key}: {trouble}") from trouble
    except ValidationError as error:
        first = _first_of(error.errors(include_url=False))
        loc = _place_of(first)
        line = _line_of(text, loc)
        said = _said_of(first, text.splitlines()[line - 1 : line])
        where = ".".join(map(str, loc)) or "default"
        told = said if said.startswith(f"{where} = ") else f"{where}: {said}"
        raise CatalogueError(f"line {line}: {told}") from error


class _KeyTrouble(Exception):
    """A key at the top of the file makes no sense."""

    def __init__(self, key: str, happened: str) -> None:
        super().__init__(happened)
        self.key = key


def _packaged_text() -> str:
    return resources.files("domain").joinpath("models.toml").read_text(encoding="utf-8")


def _on_its_base(written: dict[str, Any]) -> dict[str, Any]:
    if unknown := next((key for key in written if key not in _KEYS_AT_THE_TOP), None):
        raise _KeyTrouble(unknown, f"there is no such key{_meant(unknown, _KEYS_AT_THE_TOP)}")
    base, without = written.pop("base", None), written.pop("without", [])
    if base is None:
        if without:
            raise _KeyTrouble("without", 'it leaves models out of a base: write base = "packaged" too')
        return written
    if base != _PACKAGED:
        raise _KeyTrouble("base", f"{base!r} is no catalogue that can be built on; there is {_PACKAGED!r}")
    packaged = tomllib.loads(_packaged_text(), parse_float=Decimal)
    known, own = packaged["models"], written.get("models", {})
    if not isinstance(own, dict):
        return written
    cut = _named_by(without, known)
    changed = {
        name: known.get(name, {}) | entry if isinstance(entry, dict) else entry for name, entry in own.items()
    }
    models = changed | {name: entry for name, entry in known.items() if name not in {*changed, *cut}}
    return packaged | written | {"models": models}


def _named_by(without: object, known: dict[str, Any]) -> set[str]:
    if not isinstance(without, list) or not all(isinstance(name, str) for name in without):
        raise _KeyTrouble("without", 'it has to be a list of names, such as ["sora-*"]')
    cut: set[str] = set()
    for name in without:
        pattern = re.compile(".*".join(map(re.escape, name.split("*"))))
        named = {model for model in known if pattern.fullmatch(model)}
        if not named:
            raise _KeyTrouble("without", f"{name!r} names none of the packaged models{_meant(name, known)}")
        cut |= named
    return cut


def _first_of(errors: Sequence[ErrorDetails]) -> ErrorDetails:
    """Return the error to tell of: a key that there is not may be why another one is missing."""
    return next((error for error in errors if error["type"] == _NO_SUCH_KEY), errors[0])


def _place_of(error: ErrorDetails) -> Sequence[int | str]:
    happened = error.get("ctx", {}).get("error")
    if isinstance(happened, WrongEntryError):
        return happened.at
    return [part for part in error["loc"] if part not in {"[key]", "form"}]


def _said_of(error: ErrorDetails, lines: Sequence[str]) -> str:
    if error["type"] != _NO_SUCH_KEY:
        return _plain(error)
    key = str(error["loc"][-1])
    meant = _meant(key, _KEYS)
    section, *name = next(map(_table_begun_in, lines), []) or [""]
    if section == "models" and len(name) > 1 and (key[:1].isdecimal() or not meant):
        meant = f'; a name with a dot needs quotes: [models."{".".join(name)}"]'
    return f"there is no such key{meant}"


def _plain(error: ErrorDetails) -> str:
    """Return pydantic's complaint as people say it."""
    match error["type"]:
        case "missing":
            return "it is missing"
        case "too_short":
            return "it is empty"
        case "string_pattern_mismatch":
            return f"it should match the pattern {error['ctx']['pattern']}"
        case _:
            return re.sub(r"^Input (should|must) ", r"it \1 ", error["msg"].removeprefix("Value error, "))


def _meant(written: str, possible: Sequence[str] | dict[str, Any]) -> str:
    close = get_close_matches(written, possible, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _line_of(text: str, loc: Sequence[int | str]) -> int:
    """Return the line where the entry at `loc` stands, or where its table begins if it is missing."""
    wanted = [str(part) for part in loc] or ["default"]
    table: list[str] = []
    best, best_depth = 1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _table_begun_in(line):
            here = table = header
        else:
            here = [*table, *_path_in(f"{line.partition('=')[0]} = 0")]
        depth = min(len(here), len(wanted))
        if here[:depth] == wanted[:depth] and depth > best_depth:
            best, best_depth = number, depth
    return best


def _table_begun_in(line: str) -> list[str]:
    """Return the path of the table whose header this line is; empty if it is none."""
    return _path_in(line) if line.lstrip().startswith("[") else []


def _path_in(line: str) -> list[str]:
    """Return the path of the key or the table in this line of TOML; empty for a line of an array."""
    try:
        entry: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return []
    path: list[str] = []
    while isinstance(entry, dict) and entry:
        name, entry = next(iter(entry.items()))
        path.append(name)
    return path
