"""Writes a catalogue of what providers list: of the packaged models those, and a table for each other one."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from domain.api_status import ListedModel
from domain.catalogue import Catalogue
from domain.catalogue_file import CatalogueError, packaged_catalogue, parse_catalogue
from domain.offer import Listing, make_offer, unknown_names
from domain.provider import ApiProtocol
from domain.size import SMALLEST_SIDE, Size, sizes_of

_LONGEST_NAME = 40
#: So much is shown of a name that cannot be written.
_SHOWN = 60
_NO_NAME = re.compile(r"[^a-z0-9._-]+")
_PRICE_NAME = re.compile(r"[\w.:-]{1,80}", re.ASCII)
_EXAMPLE = ListedModel(name="its-name-there", lengths=(5, 10), sizes=(Size(1280, 720), Size(720, 1280)))
_TO_BE_CHECKED = (
    "# The API does not tell all of this: check that it makes videos, its lengths and sizes, and its price."
)


def catalogue_of(protocols: Mapping[str, ApiProtocol], listings: Mapping[str, Listing], today: date) -> str:
    """Return a catalogue, in TOML, of what the providers of these protocols list; empty if none can be made of it.

    It starts from the packaged catalogue, without the models that are not listed. Each other model has a table: as a
    comment where the API does not tell its lengths and sizes, unless no model would be left. What is returned can be read.
    """
    packaged = packaged_catalogue()
    offer = make_offer(packaged, protocols, listings)
    without = [name for name in packaged.models if not offer.is_listed(name)]
    is_known = len(without) < len(packaged.models)
    base = ['base = "packaged"', f"without = {_quoted(without)}"] if is_known else []
    listed = {name: model for listing in listings.values() for name, model in (listing or {}).items()}
    entries = _Entries(packaged, [listed[name] for name in unknown_names(packaged, listings)])
    if not (base or entries.told or entries.untold):
        return ""
    lines = [f"# What {' and '.join(protocols)} listed on {today}.", *base]
    untold = list(entries.untold)
    if not base and not entries.told:
        lines += ["", _TO_BE_CHECKED, *untold.pop(0)]
    for table in entries.told:
        lines += ["", *table]
    for table in untold:
        lines += ["", *_commented(table)]
    if entries.skipped:
        lines += ["", f"# No table can be written of {', '.join(map(_shown, entries.skipped))}."]
    text = "\n".join(lines) + "\n"
    parse_catalogue(text)
    return text


def example_entry() -> Sequence[str]:
    """Return the lines of a table by which a model becomes known."""
    return _table(_EXAMPLE, _EXAMPLE.name, _EXAMPLE.name)


class _Entries:
    """The tables of models: `told` are those of whose lengths and sizes the API tells; `skipped` has the names without."""

    def __init__(self, packaged: Catalogue, models: Sequence[ListedModel]) -> None:
        self.told: list[Sequence[str]] = []
        self.untold: list[Sequence[str]] = []
        self.skipped: list[str] = []
        known = {name for model in packaged.models.values() for name in (model.name, *model.names)}
        self._others = {name.casefold() for name in known} | {model.name.casefold() for model in models}
        self._used: set[str] = set()
        for model in models:
            self._add(model)

    def _add(self, model: ListedModel) -> None:
        last = model.name.strip("/").rpartition("/")[2]
        slug = _slug_of(last)
        name = next(one for one in _numbered(slug) if self._is_free(one, model.name))
        title = last if name == slug else model.name
        told = _table(model, name, title)
        bare = _table(ListedModel(name=model.name), name, title)
        if "*" in model.name or not _is_read(bare):
            self.skipped.append(model.name)
            return
        self._used.add(name)
        if model.lengths and _sizes(model) and _is_read(told):
            self.told.append(told)
        else:
            self.untold.append(told if _is_read(told) else bare)

    def _is_free(self, name: str, listed: str) -> bool:
        return name not in self._used and (name not in self._others or name == listed.casefold())


def _slug_of(name: str) -> str:
    return _NO_NAME.sub("-", name.lower())[:_LONGEST_NAME].strip("-._") or "model"


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    for number in count(2):
        end = f"-{number}"
        yield f"{slug[: _LONGEST_NAME - len(end)]}{end}"


def _table(model: ListedModel, name: str, title: str) -> Sequence[str]:
    """Return a model's table; what is not told of it is as in the example."""
    table = [
        f"[models.{_quoted(name)}]",
        f"title = {_quoted(title[:_LONGEST_NAME].strip() or name)}",
        f"names = [{_quoted(model.name)}]",
        f"lengths = {list(model.lengths or _EXAMPLE.lengths)}",
        f"sizes = {_quoted([str(size) for size in _sizes(model) or _EXAMPLE.sizes])}",
        "price = 1",
        *_costs(model),
    ]
    if model.photo_roles:
        roles = sorted(role.value for role in model.photo_roles)
        table += [f"photos = {len(roles)}", f"photo_roles = {_quoted(roles)}"]
    return table


def _sizes(model: ListedModel) -> Sequence[Size]:
    """Return a model's sizes as they are told: in pixels, or as resolutions and ratios."""
    told = model.sizes or dict.fromkeys(sizes_of(model.resolutions, model.ratios))
    return [size for size in told if min(size.width, size.height) >= SMALLEST_SIDE]


def _costs(model: ListedModel) -> Iterator[str]:
    """Yield a comment with the API's own prices, by what it calls them."""
    told = [f"{name} {amount}" for name, amount in model.costs.items() if _PRICE_NAME.fullmatch(name)]
    if told:
        yield f"# Its own prices there: {', '.join(told)}"


def _is_read(table: Sequence[str]) -> bool:
    """Tell whether a file can hold this table: names may be too long, or no text at all."""
    text = "\n".join(table)
    try:
        text.encode()
        parse_catalogue(text)
    except (UnicodeEncodeError, CatalogueError):
        return False
    return True


def _commented(table: Sequence[str]) -> Sequence[str]:
    return [f"# {line}" for line in table]


def _quoted(value: str | Collection[str]) -> str:
    """Return text, or a list of it, as TOML, which unlike JSON wants DEL escaped and no halves of characters."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(name: str) -> str:
    return json.dumps(name[:_SHOWN]) + ("…" if len(name) > _SHOWN else "")
