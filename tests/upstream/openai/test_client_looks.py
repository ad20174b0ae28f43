"""The client: looks in every dialect, through every fault."""

from __future__ import annotations

import logging

import pytest

from domain.failures import FailureReason
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Video, VideoStatus
from upstream.calls import Timeouts
from upstream.errors import (
    Busy,
    Garbled,
    Gone,
    KeyRefused,
    Moderated,
    NotReady,
    Unreachable,
    VideoApiError,
)

every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
HURRIED = Timeouts(order=1, look=1)


@every_dialect
async def test_a_video_is_seen_from_the_queue_to_its_end(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.hold = True
    ordered = await far.client.create(far.order())
    before = await far.client.retrieve(ordered.id)
    far.api.finish(ordered.id)
    await far.api.until(lambda: far.api.is_ready(ordered.id))
    after = await far.client.retrieve(ordered.id)
    assert [before.id, after.id] == [ordered.id, ordered.id]
    assert before.status in {VideoStatus.QUEUED, VideoStatus.RENDERING}
    assert (after.status, after.progress, after.failure) == (VideoStatus.COMPLETED, 100, None)


@every_dialect
async def test_a_video_that_failed_says_why(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE))
    ordered = await far.client.create(far.order())
    video = await far.client.retrieve(ordered.id)
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.MODERATED)
    assert video.failure.detail


@every_dialect
async def test_a_video_nobody_knows_is_gone(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    with pytest.raises(Gone):
        await far.client.retrieve("video_nobody/knows?")


LOOKS: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: Garbled,
    FaultKind.SERVER_ERROR: Garbled,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: Garbled,
    FaultKind.HTML_IN_OK: Garbled,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: Garbled,
    FaultKind.QUOTA_SPENT: Garbled,
    FaultKind.MODEL_GONE: Garbled,
    FaultKind.MODERATED: Moderated,
    FaultKind.NOT_FOUND: Gone,
    FaultKind.NOT_READY: NotReady,
    FaultKind.RESET_BEFORE: Unreachable,
    FaultKind.RESET_AFTER: Unreachable,
    FaultKind.GATEWAY_PAGE_AFTER: Garbled,
    FaultKind.EMPTY_BODY_AFTER: Garbled,
    FaultKind.TRUNCATED: Unreachable,
    FaultKind.TRUNCATED_SILENTLY: Garbled,
}


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), LOOKS.items(), ids=LOOKS)
async def test_a_look_that_goes_wrong_is_told_by_what_to_do(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await reach(dialect)
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    with pytest.raises(VideoApiError) as caught:
        await far.client.retrieve(ordered.id)
    assert type(caught.value) is expected


@pytest.mark.parametrize("kind", [FaultKind.HELD_BEFORE, FaultKind.HELD_AFTER])
async def test_a_look_without_an_answer_in_time_can_be_repeated(reach: Reach, kind: FaultKind) -> None:
    far = await reach(timeouts=HURRIED)
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    with pytest.raises(Unreachable):
        await far.client.retrieve(ordered.id)
    assert (await far.client.retrieve(ordered.id)).id == ordered.id


async def seen_with(kind: FaultKind, far: FarSide) -> Video:
    video = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    return await far.client.retrieve(video.id)


@every_dialect
async def test_a_completed_video_without_an_address_is_completed(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.NULL_VIDEO_URL, await reach(dialect))
    assert (video.status, video.url) == (VideoStatus.COMPLETED, None)


@every_dialect
async def test_a_video_stuck_at_ninety_is_rendering(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.STUCK_AT_90, await reach(dialect))
    assert (video.status, video.progress) == (VideoStatus.RENDERING, 90)


@every_dialect
async def test_an_expired_video_failed_of_that(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.EXPIRED, await reach(dialect))
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.EXPIRED)


@every_dialect
async def test_a_word_nobody_has_heard_of_means_rendering_and_is_noted_once(
    reach: Reach, dialect: Dialect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="upstream")
    far = await reach(dialect)
    videos = [await seen_with(FaultKind.UNKNOWN_STATUS, far) for _ in range(2)]
    notes = [record.getMessage() for record in caplog.records if "reviewing" in record.getMessage()]
    assert [video.status for video in videos] == [VideoStatus.RENDERING, VideoStatus.RENDERING]
    assert notes == ["The API says 'reviewing' of a video, which we take for rendering"]


@every_dialect
@pytest.mark.parametrize("kind", [FaultKind.FAILED, FaultKind.ERROR_AS_TEXT])
async def test_a_failure_is_understood_as_object_and_as_text(
    reach: Reach, dialect: Dialect, kind: FaultKind
) -> None:
    video = await seen_with(kind, await reach(dialect))
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.MODERATED)


@every_dialect
async def test_progress_with_a_sign_is_a_number(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.PERCENT_PROGRESS, await reach(dialect))
    assert video.progress == 67


async def test_a_body_that_trickles_in_is_read(reach: Reach) -> None:
    far = await reach()
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.RETRIEVE, seconds=0.1))
    assert (await far.client.retrieve(ordered.id)).id == ordered.id
