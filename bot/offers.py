"""Keeps what is on offer up to date: what providers list, what has ended there, and what admins have changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from bot.background import surviving
from domain.api_status import listed
from domain.catalogue import Catalogue, Model
from domain.offer import Listing, ModelChange, Offer, Route, make_offer, makes_there, routes_of, unknown_names
from domain.provider import ApiProtocol
from domain.request import VideoRequest
from upstream.api import VideoApi
from upstream.errors import VideoApiError

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 3600.0
#: So long a provider's list is waited for.
_PATIENCE_SECONDS = 15.0
#: So many names are told of a list in which nothing is known.
_NAMES_TOLD = 20

#: A model and the provider where it has ended.
Gone = frozenset[tuple[str, str]]


class Offers:
    """What is on offer at each moment; `find_gone` returns the models that have ended, with where."""

    def __init__(
        self, known: Catalogue, protocols: Mapping[str, ApiProtocol], *, find_gone: Callable[[], Gone]
    ) -> None:
        self.known = known
        self.protocols = protocols
        self._find_gone = find_gone
        self._listings: dict[str, Listing] = {}
        self._changes: Mapping[str, ModelChange] = {}
        self._made: tuple[Gone, Offer] | None = None
        self._routes: Mapping[str, Sequence[Route]] | None = None
        self._providers: Mapping[str, Sequence[str]] | None = None

    @property
    def listings(self) -> Mapping[str, Listing]:
        """What each provider last listed; None for one that lists nothing, none for one that was not asked yet."""
        return self._listings

    def routes_of(self, model: str) -> Sequence[Route]:
        """Return every route of a known model, the surest first, also those that have ended; none of an unknown one."""
        return self._every_route().get(model, ())

    def able_routes_of(self, request: VideoRequest) -> Sequence[Route]:
        """Return the routes of a request's model at whose providers its length and size are listed; all, if that is none."""
        model, routes = self.known.models.get(request.model), self.routes_of(request.model)
        if model is None:
            return routes
        able = [
            route
            for route in routes
            if makes_there(model, route, self._listings, request.seconds, request.size)
        ]
        return able or routes

    def is_sure_of(self, model: Model) -> bool:
        """Tell whether every provider of a model has told what it lists: if not, it may be there by a name of its own."""
        providers = [entry.provider for entry in model.routes] or list(self.protocols)
        return all(self._listings.get(provider) is not None for provider in providers)

    def find_providers(self) -> Mapping[str, Sequence[str]]:
        """Return the providers of each known model, those of its surest routes first, also where it has ended."""
        if self._providers is None:
            self._providers = {
                model: tuple(dict.fromkeys(route.provider for route in routes))
                for model, routes in self._every_route().items()
            }
        return self._providers

    def find_listed(self, listings: Mapping[str, Listing]) -> frozenset[str]:
        """Return the models that one of these lists has by one of their names."""
        return frozenset(
            name
            for name, model in self.known.models.items()
            if any(route.is_listed for route in routes_of(model, self.protocols, listings))
        )

    def now(self) -> Offer:
        gone = self._find_gone()
        if self._made is None or self._made[0] != gone:
            self._made = gone, self._make(gone)
        return self._made[1]

    def note_listing(self, provider: str, listing: Listing) -> Gone:
        """Note what a provider has; return what it lists now and did not when it was asked before, or by another name.

        One that has told a list and tells none any more is believed to have what it had.
        """
        before = self._listings.get(provider)
        if listing is None and before is not None:
            return frozenset()
        names = self._names_at(provider)
        self._listings[provider] = listing
        self._made = self._routes = self._providers = None
        if before is None:
            return frozenset()
        now = self._names_at(provider)
        return frozenset((model, provider) for model, name in now.items() if names.get(model) != name)

    def _names_at(self, provider: str) -> Mapping[str, str]:
        """Return the names by which a provider lists known models."""
        return {
            model: route.name
            for model, routes in self._every_route().items()
            for route in routes
            if route.provider == provider and route.is_listed
        }

    def note_changes(self, changes: Mapping[str, ModelChange]) -> None:
        """Admins have switched models off or on, or set their prices."""
        self._changes = changes
        self._made = None

    def _every_route(self) -> Mapping[str, Sequence[Route]]:
        if self._routes is None:
            self._routes = {
                name: routes_of(model, self.protocols, self._listings)
                for name, model in self.known.models.items()
            }
        return self._routes

    def _make(self, gone: Gone) -> Offer:
        def is_gone(model: str, route: Route) -> bool:
            return (model, route.provider) in gone

        return make_offer(self.known, self.protocols, self._listings, changes=self._changes, is_gone=is_gone)


class ListingMemory:
    """Keeps in a file what each API listed last, for starts at which it does not answer; what is lost is asked for again."""

    def __init__(self, path: Path, apis: Mapping[str, str]) -> None:
        """Take the file, and what tells the API of each provider from every other."""
        self._path = path
        self._apis = apis

    def load(self) -> Mapping[str, Listing]:
        """Return what the providers listed, those of them of which that is known."""
        with suppress(OSError, ValueError, AttributeError, TypeError):
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                provider: listed(map(str, kept[api])) for provider, api in self._apis.items() if kept.get(api)
            }
        return {}

    async def save(self, listings: Mapping[str, Listing]) -> None:
        kept = {self._apis[provider]: sorted(names) for provider, names in listings.items() if names}
        await asyncio.to_thread(self._write, json.dumps(kept))

    def _write(self, content: str) -> None:
        with suppress(OSError):
            fresh = self._path.with_suffix(".new")
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(self._path)


class OfferRefresh:
    """Asks the providers what they list: at the start, every hour, and soon after `wake`."""

    def __init__(
        self,
        offers: Offers,
        apis: Mapping[str, VideoApi],
        *,
        on_back: Callable[[Gone], Awaitable[object]],
        memory: ListingMemory | None = None,
    ) -> None:
        """`on_back` is told which models are listed again, and where; `memory` keeps what is listed."""
        self._offers = offers
        self._apis = apis
        self._on_back = on_back
        self._memory = memory
        self._on_news: list[Callable[[], None]] = []
        self._woken = asyncio.Event()

    def tell(self, on_news: Callable[[], None]) -> None:
        """Call this whenever something is listed that was not, or is no more."""
        self._on_news.append(on_news)

    def wake(self) -> None:
        """Ask soon: a model was refused."""
        self._woken.set()

    async def run(self, *, pause: float = _PAUSE_SECONDS) -> None:
        """Ask every `pause` seconds until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            self._woken.clear()
            with surviving("the look at what is on offer"):
                await self.look()

    async def look(self, *, patience: float = _PATIENCE_SECONDS) -> None:
        """Ask once; of a provider that does not answer what it listed last goes on holding."""
        before = dict(self._offers.listings)
        async with asyncio.TaskGroup() as asking:
            for name, api in self._apis.items():
                asking.create_task(self._ask(name, api, patience))
        if before != self._offers.listings:
            if self._memory is not None:
                await self._memory.save(self._offers.listings)
            self._say_what_is_unknown()
            for tell in self._on_news:
                tell()

    async def _ask(self, provider: str, api: VideoApi, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                listing = await api.list_models()
        except (VideoApiError, TimeoutError) as error:
            log.warning("a provider does not tell which models it has", provider=provider, problem=str(error))
            return
        if back := self._offers.note_listing(provider, listing):
            await self._on_back(back)

    def _say_what_is_unknown(self) -> None:
        if self._offers.now().catalogue.has_default:
            return
        log.warning(
            "no provider lists a model that the catalogue knows; `reelbot models` shows what to write into MODELS_FILE",
            listed=unknown_names(self._offers.known, self._offers.listings)[:_NAMES_TOLD],
        )
