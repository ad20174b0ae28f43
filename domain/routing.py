"""Which way an order takes: the best provider that is open, and the next one if that does not take it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from domain.catalogue import Model
from domain.job import Job
from domain.offer import Route
from domain.retry import PATIENCE_WITH_PROVIDER


def routes_for(job: Job, model: Model, routes: Sequence[Route]) -> Sequence[Route]:
    """Return those of a model's routes, best first, that can make the job: what is to be changed lies at one provider."""
    bound_to = job.bound_to
    if bound_to is None:
        return routes
    found = [route for route in routes if route.provider == bound_to]
    return found or [Route(provider=bound_to, name=model.api_name)]


def choose_route(
    job: Job, routes: Sequence[Route], now: datetime, *, is_open: Callable[[str], bool]
) -> Route | None:
    """Return the route by which the order leaves now; None if none of them is open.

    An order that its provider had no room for, or that did not reach it, is tried there again for a while, and then at
    the provider behind it, round and round.
    """
    providers = [route.provider for route in routes]
    first = 0
    if job.troubled_since is not None and job.provider in providers:
        first = providers.index(job.provider) + _is_out_of_patience(job, now)
    in_turn = [*routes[first:], *routes[:first]]
    return next((route for route in in_turn if is_open(route.provider)), None)


def next_try(job: Job, now: datetime, pause: timedelta, *, has_other: bool) -> datetime:
    """Return when an order that was not taken is tried again: after `pause`, or earlier at another provider."""
    if not has_other or job.provider_since is None:
        return now + pause
    return min(now + pause, max(now, job.provider_since + PATIENCE_WITH_PROVIDER))


def _is_out_of_patience(job: Job, now: datetime) -> bool:
    return job.provider_since is not None and now - job.provider_since >= PATIENCE_WITH_PROVIDER
