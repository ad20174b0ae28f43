"""What became of a lost order: asked where orders are found by our keys, and believed only of who has found one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.jobs.lost_orders import Fate, LostOrders
from domain.job import Job
from domain.retry import GIVE_UP_FINDING, GIVE_UP_FINDING_AT_FIRST, NOT_FOUND_AFTER
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.order_keys import OrderKeys
from sandbox.video_api.server import VideoApiSandbox, running
from storage.database import Database
from storage.order_lookups import OrderLookups
from tests.bot.conftest import KEY, Clock
from upstream.api import Order, Video
from upstream.openai.client import OpenAIVideos

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    api: VideoApiSandbox
    client: OpenAIVideos
    lost_orders: LostOrders
    lookups: OrderLookups


@pytest.fixture
async def scene(database: Database, clock: Clock) -> AsyncIterator[Scene]:
    api = VideoApiSandbox(api_key=KEY)
    api.order_keys = OrderKeys.TAKEN
    lookups = OrderLookups(database)
    async with (
        running(api) as origins,
        OpenAIVideos(origins.api, KEY, order_key_header="Idempotency-Key") as client,
    ):
        lost_orders = LostOrders(
            apis={"main": client}, names={"main": "openai here"}, lookups=lookups, clock=clock
        )
        yield Scene(api=api, client=client, lost_orders=lost_orders, lookups=lookups)


@pytest.fixture
async def lost(add: Callable[..., Awaitable[Job]], clock: Clock) -> Callable[..., Job]:
    """Return a factory of jobs whose order left so long ago, and was not answered."""
    job = await add()

    def make(age: timedelta = NOT_FOUND_AFTER, *, key: str | None = "k1", provider: str = "main") -> Job:
        return replace(job, submitted_at=clock() - age, order_key=key, provider=provider)

    return make


async def ordered(scene: Scene, job: Job) -> Job:
    """Order the job's video."""
    request = job.request
    video = await scene.client.create(
        Order(
            model=request.model,
            prompt=request.prompt,
            seconds=request.seconds,
            size=request.size,
            key=job.order_key,
        )
    )
    return replace(job, video_id=video.id)


async def test_an_order_that_was_taken_is_found(scene: Scene, lost: Callable[..., Job]) -> None:
    job = await ordered(scene, lost())
    found = await scene.lost_orders.find(job)
    assert isinstance(found, Video)
    assert found.id == job.video_id


async def test_that_it_is_not_found_is_believed_of_who_has_found_one_and_after_a_moment(
    scene: Scene, lost: Callable[..., Job]
) -> None:
    before = await scene.lost_orders.find(lost())
    await scene.lost_orders.prove(await ordered(scene, lost(key="known")))
    after = [await scene.lost_orders.find(lost(age)) for age in (NOT_FOUND_AFTER - SECOND, NOT_FOUND_AFTER)]
    assert (before, after) == (Fate.UNKNOWN, [Fate.ASK_LATER, Fate.NOT_TAKEN])


async def test_what_was_proven_once_is_remembered_and_not_asked_for_again(
    scene: Scene, lost: Callable[..., Job], database: Database
) -> None:
    for key in ("k1", "k2"):
        await scene.lost_orders.prove(await ordered(scene, lost(key=key)))
    asked = scene.api.requests[Route.FIND]
    reborn = OrderLookups(database)
    await reborn.load()
    assert [reborn.is_proven(api) for api in ("openai here", "openai elsewhere")] == [True, False]
    # Nothing tells its key there, so that it is asked for one that nobody used, too.
    assert asked <= 2


@pytest.mark.parametrize("mode", [OrderKeys.UNKNOWN, OrderKeys.DROPPED, OrderKeys.LISTS_EVERYTHING])
async def test_whoever_does_not_look_for_orders_proves_nothing_and_is_soon_left_alone(
    scene: Scene, lost: Callable[..., Job], mode: OrderKeys
) -> None:
    scene.api.order_keys = mode
    asked = []
    for number in range(8):
        await scene.lost_orders.prove(await ordered(scene, lost(key=f"k{number}")))
        asked.append(scene.api.requests[Route.FIND])
    assert not scene.lookups.is_proven("openai here")
    assert asked[4] == asked[-1]


NOT_ANSWERED = {
    "just now": (False, SECOND, Fate.ASK_LATER),
    "for longer than one is believed to learn it": (False, GIVE_UP_FINDING_AT_FIRST + SECOND, Fate.UNKNOWN),
    "one that knows how": (True, GIVE_UP_FINDING_AT_FIRST + SECOND, Fate.ASK_LATER),
    "one that knows how, for too long": (True, GIVE_UP_FINDING + SECOND, Fate.UNKNOWN),
}


@pytest.mark.parametrize(("is_proven", "age", "fate"), NOT_ANSWERED.values(), ids=NOT_ANSWERED)
async def test_who_does_not_answer_is_asked_later_and_not_for_ever(
    scene: Scene, lost: Callable[..., Job], clock: Clock, *, is_proven: bool, age: timedelta, fate: Fate
) -> None:
    if is_proven:
        await scene.lookups.prove("openai here", now=clock())
    scene.api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.FIND))
    assert await scene.lost_orders.find(lost(age)) is fate


async def test_nobody_is_asked_without_a_key_or_at_a_provider_that_is_not_there(
    scene: Scene, lost: Callable[..., Job]
) -> None:
    fates = [await scene.lost_orders.find(job) for job in (lost(key=None), lost(provider="gone"))]
    assert (fates, scene.api.requests[Route.FIND]) == ([Fate.UNKNOWN] * 2, 0)
