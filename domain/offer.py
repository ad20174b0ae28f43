"""What is on offer: the known models, met with what providers list and take, and with what admins have changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ability import Output
from domain.api_status import ListedModel
from domain.catalogue import Catalogue, Model, name_pattern
from domain.price_list import PriceList
from domain.provider import COMPLETE_LISTS, ApiProtocol
from domain.size import Size, named_ratio, resolution

#: What a provider lists, by the names there; None if it lists nothing.
Listing = Mapping[str, ListedModel] | None
_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 12
#: What stands in the names of models that make something else.
_NO_VIDEO = re.compile(r"image|[ti]2i|tts|audio|speech|music", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A model at a provider, by its name there."""

    provider: str
    name: str
    #: Whether the provider lists it; None if it lists nothing, and is believed to have it.
    is_listed: bool | None = None
    shutdown_date: date | None = None

    @property
    def is_sure(self) -> bool:
        return self.is_listed is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """What admins have changed of a model from the chat."""

    is_off: bool = False
    price: PriceList | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The known models with the routes by which each can be ordered now, the surest first."""

    catalogue: Catalogue
    routes: Mapping[str, Sequence[Route]]

    def routes_of(self, model: str) -> Sequence[Route]:
        return self.routes.get(model, ())

    def is_listed(self, model: str) -> bool:
        """Tell whether a provider lists the model, or is believed to have it."""
        return any(route.is_sure for route in self.routes_of(model))


def routes_of(
    model: Model, protocols: Mapping[str, ApiProtocol], listings: Mapping[str, Listing]
) -> Sequence[Route]:
    """Return the routes of a model through the providers of these protocols, those that are listed or believed first."""
    written = [(entry.provider, (entry.name,) if entry.name else model.names) for entry in model.routes]
    every = written or [(provider, model.names) for provider in protocols]
    routes = [
        route
        for provider, names in every
        if (protocol := protocols.get(provider)) is not None
        and (route := _route(provider, protocol, names, listings.get(provider))) is not None
    ]
    return sorted(routes, key=lambda route: not route.is_sure)


def make_offer(
    known: Catalogue,
    protocols: Mapping[str, ApiProtocol],
    listings: Mapping[str, Listing],
    *,
    changes: Mapping[str, ModelChange] | None = None,
    is_gone: Callable[[str, Route], bool] = lambda _model, _route: False,
) -> Offer:
    """Return what is on offer; `is_gone` tells of a model whether a route of it is known to have ended.

    Of a model's lengths and sizes those are on offer that a provider with a list of them has.
    A model that nobody lists is on offer all the same, but last, and never the default; one all of whose routes have
    ended, or that admins have switched off, is not.
    """
    changes = changes or {}
    routes = {
        name: [route for route in routes_of(model, protocols, listings) if not is_gone(name, route)]
        for name, model in known.models.items()
        if model.makes is Output.VIDEO and not _change_of(changes, name).is_off
    }
    offered = {name: found for name, found in routes.items() if found}
    sure = [name for name, found in offered.items() if any(route.is_sure for route in found)]
    unsure = [name for name in offered if name not in sure]
    possible = {name: _possible(known.models[name], offered[name][0], listings) for name in (*sure, *unsure)}
    models = {name: _changed(model, _change_of(changes, name)) for name, model in possible.items()}
    chosen = next((name for name, change in changes.items() if change.is_default and name in models), None)
    default = chosen or (known.default if known.default in sure else next(iter(sure), None))
    listed = sure if chosen is None else [*sure, chosen]
    return Offer(catalogue=known.offering(models, default=default, listed=listed), routes=offered)


def makes_there(
    model: Model, route: Route, listings: Mapping[str, Listing], seconds: int, size: Size
) -> bool:
    """Tell whether a model makes this length and size at a provider, as far as that tells."""
    possible = _possible(model, route, listings)
    return possible.takes(seconds) and size in possible.sizes


def unknown_names(known: Catalogue, listings: Mapping[str, Listing]) -> Sequence[str]:
    """Return what providers list and no model of the catalogue is called."""
    patterns = [name_pattern(name) for model in known.models.values() for name in model.names]
    listed = sorted({name for listing in listings.values() for name in listing or ()})
    return [name for name in listed if not any(pattern.fullmatch(name) for pattern in patterns)]


def ending_soon(offer: Offer, today: date, *, days: int) -> Sequence[tuple[str, Route]]:
    """Return the models, with their routes, that a provider says will end within so many days."""
    return [
        (model, route)
        for model, routes in offer.routes.items()
        for route in routes
        if route.shutdown_date is not None and (route.shutdown_date - today).days <= days
    ]


def _route(provider: str, protocol: ApiProtocol, names: Iterable[str], listing: Listing) -> Route | None:
    plain = next((name for name in names if "*" not in name), None)
    if listing is None:
        return None if plain is None else Route(provider=provider, name=plain)
    found = _find(names, listing)
    if found is not None:
        return Route(
            provider=provider, name=found, is_listed=True, shutdown_date=listing[found].shutdown_date
        )
    if plain is None or protocol in COMPLETE_LISTS:
        return None
    return Route(provider=provider, name=plain, is_listed=False)


def _find(names: Iterable[str], listed: Collection[str]) -> str | None:
    """Return the listed name that the first of `names` stands for.

    Of several that a pattern stands for, the one with the highest version, and then the plainest; none of what is no video.
    """
    for name in names:
        pattern = name_pattern(name)
        found = [one for one in listed if pattern.fullmatch(one)]
        videos = found if "*" not in name else [one for one in found if not _NO_VIDEO.search(one)]
        if videos:
            return max(videos, key=lambda one: (_version(one), -len(one)))
    return None


def _version(name: str) -> Sequence[int]:
    """Return the numbers in a name, by which `v1.10` comes after `v1.9`."""
    return [int(digits[:_MOST_DIGITS]) for digits in _DIGITS.findall(name)]


def _possible(model: Model, route: Route, listings: Mapping[str, Listing]) -> Model:
    """Return a model with those of its lengths and sizes that are listed where it is ordered first.

    Where that leaves none, or nothing is told of them, the catalogue is believed.
    """
    told = (listings.get(route.provider) or {}).get(route.name)
    if told is None:
        return model
    sizes = tuple(size for size in model.sizes if _has_size(told, size))
    narrowed = model if sizes in {(), model.sizes} else model.model_copy(update={"sizes": sizes})
    return narrowed.within(told.lengths)


def _has_size(told: ListedModel, size: Size) -> bool:
    """Tell whether a size is listed: by its resolution and ratio, which is how one with a named ratio is asked for, or whole."""
    ratio = named_ratio(size)
    if ratio is None or not (told.resolutions or told.ratios):
        return size in told.sizes
    is_resolution = not told.resolutions or resolution(size).casefold() in map(str.casefold, told.resolutions)
    return is_resolution and (not told.ratios or Size.parse(ratio) in told.ratios)


def _change_of(changes: Mapping[str, ModelChange], name: str) -> ModelChange:
    return changes.get(name, _UNCHANGED)


def _changed(model: Model, change: ModelChange) -> Model:
    """Return a model at its changed price; the lengths that only its own price names stay.

    A price that says nothing of a length or a size, for the catalogue has more of them by now, is passed over.
    """
    if change.price is None or change.price.gap(model.every_length(), model.sizes):
        return model
    lengths = model.lengths_written or model.lengths
    return model.model_copy(update={"price": change.price, "lengths_written": lengths})


_UNCHANGED = ModelChange()
