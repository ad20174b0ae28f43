"""`reelbot models`: which models are known, which of them the providers list, and a catalogue of just those."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.listed_catalogue import catalogue_of, example_entry
from bot.offers import OfferRefresh, Offers
from bot.providers import ProviderSettings, open_providers
from bot.settings import Settings, SettingsError
from domain.api_status import ListedModel
from domain.catalogue import Catalogue, Model
from domain.offer import Listing, Offer, Route, make_offer, unknown_names
from domain.provider import ApiProtocol
from upstream.api import VideoApi

_COLUMNS = ("model", "provider", "name there", "listed", "seconds", "sizes", "credits", "cost")
_COLUMNS_IN_SHORT = ("model", "seconds", "credits", "cost")
#: So many models are shown in short.
_SHOWN_IN_SHORT = 10
_LISTED = {True: "yes", False: "no", None: "no list"}
#: So many listed names that nobody knows are told.
_NAMES_TOLD = 40


async def show_models(
    settings: Settings, catalogue: Catalogue, providers: Mapping[str, ProviderSettings], write: Path | None
) -> bool:
    """Ask the providers, and print what is on offer; False if that came to nothing."""
    protocols = {name: provider.protocol for name, provider in providers.items()}
    offers = Offers(catalogue, protocols, find_gone=frozenset)
    console = Console(soft_wrap=not sys.stdout.isatty())
    async with open_providers(providers, settings) as apis:
        try:
            return await models(
                offers,
                apis,
                console=console,
                write=write,
                own=settings.models_file,
                today=lambda: datetime.now(UTC).date(),
            )
        except OSError as error:
            raise SettingsError(f"--write {write} cannot be written: {error.strerror}") from error


async def models(
    offers: Offers,
    apis: Mapping[str, VideoApi],
    *,
    console: Console,
    write: Path | None,
    today: Callable[[], date],
    own: Path | None = None,
) -> bool:
    """Print what is on offer, and write it as a catalogue if a file is named; False if there is nothing to write.

    `own` is the operator's file that the catalogue was read from, of which nothing is in what is written.
    Raises OSError if the file cannot be written, FileExistsError if there is one.
    """
    await OfferRefresh(offers, apis, on_back=_hold_nothing).look()
    offer = offers.now()
    console.print(_table(offer, offers.known, offers.listings))
    for provider in offers.protocols:
        if provider not in offers.listings:
            console.print(f"{provider} did not answer; what the catalogue says is believed.")
        elif offers.listings[provider] is None:
            console.print(f"{provider} lists no models; what the catalogue says is believed.")
    unknown = unknown_names(offers.known, offers.listings)
    if unknown:
        console.print(_told_of_unknown(unknown), highlight=False, markup=False)
    if write is None:
        return True
    text = catalogue_of(offers.protocols, offers.listings, today()) if any(offers.listings.values()) else ""
    if not text:
        console.print("No provider lists anything that a catalogue can hold, so there is nothing to write.")
        return False
    with write.open("x", encoding="utf-8") as file:
        file.write(text)
    console.print(f"Written: {write}. Look through its prices, then set MODELS_FILE={write}")
    if own is not None:
        console.print(
            f"It starts from the packaged catalogue: what is your own in {own} has to be carried over."
        )
    return True


async def _hold_nothing(_back: object) -> None:
    """Nothing is ordered here, so nothing is held."""


def short_table(known: Catalogue, provider: str, protocol: ApiProtocol, listing: Listing) -> Table:
    """Return the models that a provider lists, or is believed to have, with what they cost."""
    offer = make_offer(known, {provider: protocol}, {provider: listing})
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS_IN_SHORT:
        table.add_column(column, overflow="fold")
    models = [model for name, model in offer.catalogue.models.items() if offer.is_listed(name)]
    for model in models[:_SHOWN_IN_SHORT]:
        route = offer.routes_of(model.name)[0]
        told = (listing or {}).get(route.name)
        cells = dict(zip(_COLUMNS, _row(model.title, model, route, known.currency or "", told), strict=True))
        table.add_row(*(_printable(cells[column]) for column in _COLUMNS_IN_SHORT))
    if len(models) > _SHOWN_IN_SHORT:
        table.caption = f"and {len(models) - _SHOWN_IN_SHORT} more: `reelbot models` shows them all"
    return table


def _printable(cell: str) -> Text:
    """Return what comes from an API as text that is no markup, and moves no cursor."""
    return Text(cell if cell.isprintable() else ascii(cell))


def _table(offer: Offer, known: Catalogue, listings: Mapping[str, Listing]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, no_wrap=column not in {"seconds", "sizes"}, overflow="fold")
    for name, model in offer.catalogue.models.items():
        is_default = offer.catalogue.has_default and name == offer.catalogue.default_model.name
        for route in offer.routes_of(name):
            told = (listings.get(route.provider) or {}).get(route.name)
            row = _row(f"{name} *" if is_default else name, model, route, known.currency or "", told)
            table.add_row(*map(_printable, row))
    table.caption = (
        "* the default" if offer.catalogue.has_default else "no model is sure to be had: no default"
    )
    return table


def _row(name: str, model: Model, route: Route, currency: str, told: ListedModel | None) -> Iterator[str]:
    yield name
    yield route.provider
    yield route.name
    yield _LISTED[route.is_listed]
    yield _shortened(str(one) for one in (model.lengths_written or model.lengths))
    yield _shortened(dict.fromkeys(f"{min(size.width, size.height)}p" for size in model.sizes))
    yield _span(model.prices(), "")
    costs = (
        []
        if model.cost is None
        else [
            cost
            for seconds in model.lengths
            for size in model.sizes
            if (cost := model.cost.find(seconds, size)) is not None
        ]
    )
    its_own = [f"{name} {amount}" for name, amount in told.costs.items()] if told else []
    yield _shortened(its_own, most=2) if its_own else _span(costs, currency)


def _span(amounts: Sequence[Decimal] | Sequence[int], unit: str) -> str:
    if not amounts:
        return "?"
    least, most = (f"{amount:.2f}" if unit else str(amount) for amount in (min(amounts), max(amounts)))
    return f"{least}–{most} {unit}".strip() if least != most else f"{least} {unit}".strip()


def _shortened(parts: Iterable[str], most: int = 4) -> str:
    every = list(parts)
    return " ".join(every[:most] + (["…"] if len(every) > most else []))


def _told_of_unknown(unknown: Sequence[str]) -> str:
    names = [name if name.isprintable() else ascii(name) for name in unknown[:_NAMES_TOLD]]
    told = ", ".join(names) + (" …" if len(unknown) > _NAMES_TOLD else "")
    example = "\n".join(example_entry())
    return f"Listed, and not known here: {told}\nA video model among them becomes known by a table in MODELS_FILE:\n\n{example}\n"
