"""Finds out what became of an order whose answer nobody has, where the provider looks for orders by our keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

import structlog

from domain.job import Job
from domain.provider import MAIN
from domain.retry import GIVE_UP_FINDING, GIVE_UP_FINDING_AT_FIRST, NOT_FOUND_AFTER
from storage.errors import StorageError
from storage.order_lookups import OrderLookups
from upstream.api import Video, VideoApi
from upstream.errors import VideoApiError

log = structlog.get_logger(__name__)

#: An API that did not find so many orders of ours in a row does not look for them, whatever is said of it.
_MAX_VAIN_LOOKUPS = 5


class Fate(StrEnum):
    """What became of an order that is not known to be taken."""

    #: The provider knows no such order, and has shown that it knows those it has.
    NOT_TAKEN = "not_taken"
    #: Nobody can tell, now or later.
    UNKNOWN = "unknown"
    #: The provider does not answer, or not yet for sure: it is to be asked again.
    ASK_LATER = "ask_later"


class LostOrders:
    """Asks for orders by our keys; `names` tell which API each provider is, for `OrderLookups`."""

    def __init__(
        self,
        *,
        apis: Mapping[str, VideoApi],
        names: Mapping[str, str],
        lookups: OrderLookups,
        clock: Callable[[], datetime],
    ) -> None:
        self._apis = apis
        self._names = names
        self._lookups = lookups
        self._clock = clock
        self._vain: dict[str, int] = {}

    async def find(self, job: Job) -> Video | Fate:
        """Return the video of a job's order, or what else is known of that."""
        provider, key = job.provider or MAIN, job.order_key
        api = self._apis.get(provider)
        if api is None or key is None or not api.finds_orders:
            return Fate.UNKNOWN
        is_proven = self._lookups.is_proven(self._names[provider])
        age = self._clock() - (job.submitted_at or job.due_at)
        try:
            video = await api.find(key)
        except VideoApiError as error:
            log.warning("the API does not tell whether it took an order; I ask again", problem=str(error))
            limit = GIVE_UP_FINDING if is_proven else GIVE_UP_FINDING_AT_FIRST
            return Fate.UNKNOWN if age > limit else Fate.ASK_LATER
        if video is not None:
            log.warning("an order whose answer was lost is found", video=video.id)
            return video
        if age < NOT_FOUND_AFTER:
            return Fate.ASK_LATER
        return Fate.NOT_TAKEN if is_proven else Fate.UNKNOWN

    async def prove(self, job: Job) -> None:
        """Look, once for each API, whether it finds an order by its key that it is known to have."""
        provider, key = job.provider or MAIN, job.order_key
        api = self._apis.get(provider)
        if api is None or key is None or not api.finds_orders:
            return
        name = self._names[provider]
        if self._lookups.is_proven(name) or self._vain.get(name, 0) >= _MAX_VAIN_LOOKUPS:
            return
        try:
            video = await api.find(key)
            if video is not None and video.id == job.video_id:
                await self._lookups.prove(name, now=self._clock())
                log.info("the API finds orders by our keys", provider=provider)
                return
        except (VideoApiError, StorageError) as error:
            log.info("the API did not look for an order by its key", provider=provider, problem=str(error))
        self._vain[name] = self._vain.get(name, 0) + 1
