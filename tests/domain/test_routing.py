"""The way of an order: the best provider that is open, patience with one that is busy, and then the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.catalogue_file import parse_catalogue
from domain.job import Job, State
from domain.offer import Route
from domain.request import Original
from domain.retry import PATIENCE_WITH_PROVIDER
from domain.routing import choose_route, next_try, routes_for

SECOND = timedelta(seconds=1)
A, B, C = (Route(provider=name, name=f"{name}/sora") for name in ("a", "b", "c"))
SORA = parse_catalogue('[models.sora-2]\ntitle = "Sora"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n').models[
    "sora-2"
]


@pytest.fixture
def tried(job_in: Callable[..., Job]) -> Callable[..., Job]:
    """Return a factory of jobs that a provider has not taken for a while."""

    def make(provider: str, since: timedelta) -> Job:
        job = job_in(State.QUEUED)
        return replace(
            job,
            troubled_since=job.created_at,
            provider=provider,
            provider_since=job.created_at - since,
        )

    return make


def chosen(job: Job, *held: str) -> str | None:
    route = choose_route(job, [A, B, C], job.created_at, is_open=lambda provider: provider not in held)
    return None if route is None else route.provider


def test_the_best_provider_that_is_open_is_chosen(job_in: Callable[..., Job]) -> None:
    job = job_in(State.QUEUED)
    assert [chosen(job), chosen(job, "a"), chosen(job, "a", "b"), chosen(job, "a", "b", "c")] == [
        "a",
        "b",
        "c",
        None,
    ]


def test_where_a_job_was_made_before_says_nothing_while_there_is_no_trouble(
    job_in: Callable[..., Job],
) -> None:
    assert chosen(job_in(State.QUEUED, provider="b")) == "a"


TRIED = {
    "a moment": ("b", SECOND, (), "b"),
    "almost a minute": ("b", PATIENCE_WITH_PROVIDER - SECOND, (), "b"),
    "a minute": ("b", PATIENCE_WITH_PROVIDER, (), "c"),
    "a minute, and the next is held": ("b", PATIENCE_WITH_PROVIDER, ("c",), "a"),
    "a minute, and there is no other": ("b", PATIENCE_WITH_PROVIDER, ("a", "c"), "b"),
    "the last for a minute": ("c", PATIENCE_WITH_PROVIDER, (), "a"),
    "one that is held now": ("b", SECOND, ("b",), "c"),
    "one that is not there any more": ("gone", SECOND, (), "a"),
}


@pytest.mark.parametrize(("provider", "since", "held", "expected"), TRIED.values(), ids=TRIED)
def test_a_provider_that_is_busy_is_tried_for_a_minute_and_then_the_next_round_and_round(
    tried: Callable[..., Job], provider: str, since: timedelta, held: tuple[str, ...], expected: str
) -> None:
    assert chosen(tried(provider, since), *held) == expected


PAUSES = {
    "nobody else": (10 * SECOND, False, 300 * SECOND, 300 * SECOND),
    "soon": (10 * SECOND, True, 8 * SECOND, 8 * SECOND),
    "too late for its patience": (10 * SECOND, True, 300 * SECOND, 50 * SECOND),
    "out of patience": (70 * SECOND, True, 8 * SECOND, 0 * SECOND),
}


@pytest.mark.parametrize(("since", "has_other", "pause", "waits"), PAUSES.values(), ids=PAUSES)
def test_nobody_waits_for_a_busy_provider_longer_than_a_minute_if_there_is_another(
    tried: Callable[..., Job], since: timedelta, *, has_other: bool, pause: timedelta, waits: timedelta
) -> None:
    job = tried("a", since)
    assert next_try(job, job.created_at, pause, has_other=has_other) == job.created_at + waits


def test_what_is_changed_is_changed_where_it_lies(job_in: Callable[..., Job]) -> None:
    job = job_in(State.QUEUED, provider="b")
    edit = replace(job, request=replace(job.request, original=Original(job_id=1, video_id="v1")))
    found = [
        routes_for(job, SORA, [A, B, C]),
        routes_for(edit, SORA, [A, B, C]),
        routes_for(edit, SORA, [A]),
        routes_for(replace(edit, provider=None), SORA, [A]),
    ]
    assert found == [
        [A, B, C],
        [B],
        [Route(provider="b", name="sora-2")],
        [Route(provider="main", name="sora-2")],
    ]
