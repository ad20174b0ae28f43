"""OpenRouter's client: orders that go wrong are told by what to do, and never sent twice."""

from __future__ import annotations

import pytest

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import FarSide, Reach
from upstream.calls import Timeouts
from upstream.errors import (
    Busy,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotSent,
    Refused,
    UnknownOutcome,
    VideoApiError,
)
from upstream.openrouter.client import OpenRouterVideos

HURRIED = Timeouts(order=1, look=1)
NOT_TAKEN: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: UnknownOutcome,
    FaultKind.SERVER_ERROR: UnknownOutcome,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: UnknownOutcome,
    FaultKind.HTML_IN_OK: UnknownOutcome,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.KEY_SPENT: NoCredit,
    FaultKind.PAYMENT_REQUIRED: NoCredit,
    FaultKind.QUOTA_SPENT: NoCredit,
    FaultKind.MODEL_GONE: ModelGone,
    FaultKind.MODERATED: Moderated,
    FaultKind.NOT_FOUND: Refused,
    FaultKind.RESET_BEFORE: UnknownOutcome,
}
ANSWER_LOST = (
    FaultKind.RESET_AFTER,
    FaultKind.GATEWAY_PAGE_AFTER,
    FaultKind.EMPTY_BODY_AFTER,
    FaultKind.TRUNCATED,
    FaultKind.TRUNCATED_SILENTLY,
)


@pytest.fixture
async def far(reach: Reach) -> FarSide:
    return await reach(Dialect.OPENROUTER)


@pytest.mark.parametrize(("kind", "expected"), NOT_TAKEN.items(), ids=NOT_TAKEN)
async def test_an_order_that_is_not_taken_is_told_by_what_to_do_and_sent_once(
    far: FarSide, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(VideoApiError) as caught:
        await far.client.create(far.order())
    assert (type(caught.value), far.api.requests[Route.CREATE], far.api.orders) == (expected, 1, [])


@pytest.mark.parametrize("kind", ANSWER_LOST)
async def test_an_order_whose_answer_is_lost_is_of_unknown_outcome_and_sent_once(
    far: FarSide, kind: FaultKind
) -> None:
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, 1)


@pytest.mark.parametrize(("kind", "orders"), [(FaultKind.HELD_BEFORE, 0), (FaultKind.HELD_AFTER, 1)])
async def test_an_order_without_an_answer_in_time_is_of_unknown_outcome(
    reach: Reach, kind: FaultKind, orders: int
) -> None:
    far = await reach(Dialect.OPENROUTER, timeouts=HURRIED)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, orders)


async def test_an_order_to_nobody_is_not_sent(far: FarSide, unused_tcp_port: int, key: str) -> None:
    async with OpenRouterVideos(f"http://127.0.0.1:{unused_tcp_port}/api", key) as client:
        with pytest.raises(NotSent):
            await client.create(far.order())


async def test_a_busy_api_says_when_to_come_back(far: FarSide) -> None:
    far.api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.CREATE, retry_after=7))
    with pytest.raises(Busy) as caught:
        await far.client.create(far.order())
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 7


@pytest.mark.parametrize("kind", [FaultKind.LONG_ID, FaultKind.ID_AS_REQUEST_ID, FaultKind.COMPRESSED])
async def test_an_order_is_known_by_its_id_however_it_is_told(far: FarSide, kind: FaultKind) -> None:
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    video = await far.client.create(far.order())
    await far.api.until(lambda: far.api.is_ready(video.id))
    assert (await far.client.retrieve(video.id)).id == far.api.orders[0].video_id
