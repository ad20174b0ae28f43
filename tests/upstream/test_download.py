"""Clips: fetched from wherever they lie, through every fault, whole or not at all, and the key stays at home."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Video
from upstream.calls import Timeouts
from upstream.errors import (
    Busy,
    ClipTooLarge,
    Garbled,
    KeyRefused,
    NotReady,
    NotSaved,
    TryLater,
    Unreachable,
    VideoApiError,
)

every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)


def content(path: Path) -> bytes:
    return path.read_bytes()


def left_in(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def litter(path: Path) -> None:
    path.write_bytes(b"old")
    path.with_name("clip.mp4.part").write_bytes(b"from a crash")


def faulty(far: FarSide, kind: FaultKind, *, times: int | None = 1, on: tuple[Route, ...]) -> None:
    far.api.faults.add(*(VideoFault(kind=kind, on=route, times=times, retry_after=3) for route in on))


@every_dialect
async def test_the_clip_of_every_dialect_arrives_as_it_is(reach: Reach, dialect: Dialect, path: Path) -> None:
    far = await reach(dialect)
    done = await far.completed()
    size = await far.client.download(done, path)
    assert (size, content(path) == far.clip(done), left_in(path)) == (
        len(far.clip(done)),
        True,
        ["clip.mp4"],
    )


@every_dialect
async def test_the_key_goes_to_the_api_and_never_to_the_cdn(
    reach: Reach, dialect: Dialect, path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    faulty(far, FaultKind.CONTENT_AS_JSON, on=(Route.CONTENT,))
    await far.client.download(done, path)
    faulty(far, FaultKind.CONTENT_AS_REDIRECT, on=(Route.CONTENT,))
    await far.client.download(Video(id=done.id, status=done.status), path)
    asked = {(download.origin, download.had_authorization) for download in far.api.downloads}
    assert asked <= {("api", True), ("cdn", False)}
    assert ("cdn", False) in asked


@pytest.mark.parametrize("kind", [FaultKind.CONTENT_AS_JSON, FaultKind.CONTENT_AS_REDIRECT])
async def test_content_may_point_to_the_clip(reach: Reach, kind: FaultKind, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    done = await far.completed()
    faulty(far, kind, on=(Route.CONTENT,))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)
    assert [(asked.origin, asked.had_authorization) for asked in far.api.downloads] == [
        ("api", True),
        ("cdn", False),
    ]


async def test_a_completed_video_without_an_address_is_fetched_from_content(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    await far.client.download(Video(id=done.id, status=done.status), path)
    assert [asked.origin for asked in far.api.downloads] == ["api"]


FAILING = (
    FaultKind.RATE_LIMITED,
    FaultKind.GATEWAY_PAGE,
    FaultKind.SERVER_ERROR,
    FaultKind.ERROR_IN_OK,
    FaultKind.EMPTY_BODY,
    FaultKind.HTML_IN_OK,
    FaultKind.BAD_KEY,
    FaultKind.NOT_FOUND,
    FaultKind.NOT_READY,
    FaultKind.RESET_BEFORE,
)


@pytest.mark.parametrize("kind", FAILING)
async def test_a_clip_that_the_cdn_does_not_give_is_fetched_from_content(
    reach: Reach, kind: FaultKind, path: Path
) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN,))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)
    assert far.api.downloads[-1].origin == "api"


async def test_a_clip_that_content_does_not_give_is_fetched_from_where_it_points(
    reach: Reach, path: Path
) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, FaultKind.GATEWAY_PAGE, on=(Route.CDN,))
    faulty(far, FaultKind.CONTENT_AS_REDIRECT, on=(Route.CONTENT,))
    await far.client.download(done, path)
    assert [asked.origin for asked in far.api.downloads] == ["cdn", "api", "cdn"]


NOWHERE: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: Unreachable,
    FaultKind.SERVER_ERROR: Unreachable,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: Garbled,
    FaultKind.HTML_IN_OK: Garbled,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: NotReady,
    FaultKind.QUOTA_SPENT: NotReady,
    FaultKind.MODEL_GONE: NotReady,
    FaultKind.MODERATED: NotReady,
    FaultKind.NOT_FOUND: NotReady,
    FaultKind.NOT_READY: NotReady,
    FaultKind.RESET_BEFORE: Unreachable,
}


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), NOWHERE.items(), ids=NOWHERE)
async def test_a_clip_that_is_nowhere_leaves_nothing_and_says_what_to_do(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError], path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN, Route.CONTENT))
    with pytest.raises(VideoApiError) as caught:
        await far.client.download(done, path)
    assert (type(caught.value), left_in(path)) == (expected, [])


async def test_a_clip_of_a_busy_api_says_when_to_come_back(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    done = await far.completed()
    faulty(far, FaultKind.RATE_LIMITED, on=(Route.CONTENT,))
    with pytest.raises(TryLater) as caught:
        await far.client.download(done, path)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 3


async def test_a_clip_that_was_not_there_is_there_the_next_time(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.OPENAI)
    done = await far.completed()
    faulty(far, FaultKind.NOT_FOUND, on=(Route.CONTENT,))
    with pytest.raises(NotReady):
        await far.client.download(done, path)
    await far.client.download(done, path)
    assert content(path) == far.clip(done)


async def test_a_clip_of_a_video_under_way_is_not_ready(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    far.api.hold = True
    ordered = await far.client.create(far.order())
    with pytest.raises(NotReady, match="not completed yet"):
        await far.client.download(ordered, path)


@every_dialect
@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.TRUNCATED_SILENTLY])
async def test_a_clip_cut_in_the_middle_is_resumed_where_it_broke_off(
    reach: Reach, dialect: Dialect, kind: FaultKind, path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    source = Route.CDN if dialect in {Dialect.YIBU, Dialect.LEGACY} else Route.CONTENT
    faulty(far, kind, times=2, on=(source,))
    await far.client.download(done, path)
    clip = far.clip(done)
    half = len(clip) // 2
    assert content(path) == clip
    assert [asked.range for asked in far.api.downloads] == [
        None,
        f"bytes={half}-",
        f"bytes={half + (len(clip) - half) // 2}-",
    ]


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.TRUNCATED_SILENTLY])
async def test_a_clip_that_is_always_cut_leaves_nothing(reach: Reach, kind: FaultKind, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN, Route.CONTENT))
    with pytest.raises(Unreachable):
        await far.client.download(done, path)
    assert left_in(path) == []


async def test_a_clip_that_trickles_in_is_waited_for(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CDN, seconds=0.3))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)


@pytest.mark.parametrize(
    "timeouts", [Timeouts(stall=0.2), Timeouts(clip=0.2)], ids=["silence", "too long in all"]
)
async def test_a_clip_that_does_not_come_in_time_can_be_fetched_later(
    reach: Reach, timeouts: Timeouts, path: Path
) -> None:
    far = await reach(Dialect.NEWAPI, timeouts=timeouts)
    done = await far.completed()
    faulty(far, FaultKind.HELD_BEFORE, on=(Route.CONTENT,))
    with pytest.raises(Unreachable):
        await far.client.download(done, path)
    assert left_in(path) == []


async def test_a_download_that_is_cancelled_leaves_nothing(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CDN, seconds=60))
    async with asyncio.TaskGroup() as tasks:
        downloading = tasks.create_task(far.client.download(done, path))
        await far.api.until(lambda: far.api.downloads)
        downloading.cancel()
    assert (downloading.cancelled(), left_in(path)) == (True, [])


async def test_a_clip_beyond_the_limit_is_not_fetched(reach: Reach, path: Path) -> None:
    far = await reach(largest_clip=1000)
    done = await far.completed()
    with pytest.raises(ClipTooLarge):
        await far.client.download(done, path)
    assert (left_in(path), len(far.api.downloads)) == ([], 1)


async def test_a_clip_takes_the_place_of_an_older_one(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    litter(path)
    await far.client.download(done, path)
    assert (content(path) == far.clip(done), left_in(path)) == (True, ["clip.mp4"])


async def test_a_place_that_cannot_be_written_to_is_said(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    done = await far.completed()
    with pytest.raises(NotSaved, match="No such file or directory"):
        await far.client.download(done, tmp_path / "nowhere" / "clip.mp4")


async def test_the_signature_of_an_address_is_in_no_log_or_error_of_ours(
    reach: Reach, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="upstream")
    far = await reach()
    done = await far.completed()
    faulty(far, FaultKind.GATEWAY_PAGE, times=None, on=(Route.CDN, Route.CONTENT))
    signed = Video(id=done.id, status=done.status, url=f"{done.url}?sig=s3cret")
    with pytest.raises(Unreachable) as caught:
        await far.client.download(signed, path)
    said = [*(record.getMessage() for record in caplog.records), repr(caught.value), repr(signed)]
    assert len(said) > 3
    assert [words for words in said if "s3cret" in words] == []
