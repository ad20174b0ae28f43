"""OpenRouter's clips: from its own origin with the key, from anywhere else without."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Video
from upstream.errors import KeyRefused, NotReady, TryLater, VideoApiError, Withheld


@pytest.fixture
async def far(reach: Reach) -> FarSide:
    return await reach(Dialect.OPENROUTER)


def content(path: Path) -> bytes:
    return path.read_bytes()


def asked(far: FarSide) -> list[tuple[str, bool]]:
    return [(download.origin, download.had_authorization) for download in far.api.downloads]


async def test_the_clip_is_fetched_from_openrouter_itself_with_the_key(far: FarSide, path: Path) -> None:
    done = await far.completed()
    size = await far.client.download(done, path)
    assert (size, content(path) == far.clip(done)) == (len(far.clip(done)), True)
    assert asked(far) == [("api", True)]


async def test_a_signed_address_elsewhere_is_asked_without_the_key(far: FarSide, path: Path) -> None:
    ordered = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.SIGNED_URL, on=Route.RETRIEVE))
    done = await far.client.retrieve(ordered.id)
    assert done.url is not None
    assert done.url.startswith(far.origins.cdn)
    await far.client.download(done, path)
    assert asked(far) == [("cdn", False)]


@pytest.mark.parametrize("kind", [FaultKind.CONTENT_AS_REDIRECT, FaultKind.CONTENT_AS_JSON])
async def test_the_key_stays_at_home_if_the_clip_is_said_to_be_elsewhere(
    far: FarSide, kind: FaultKind, path: Path
) -> None:
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.CONTENT))
    await far.client.download(done, path)
    assert asked(far) == [("api", True), ("cdn", False)]


async def test_a_clip_that_its_signed_address_does_not_give_is_fetched_from_openrouter(
    far: FarSide, path: Path
) -> None:
    ordered = await far.completed()
    far.api.faults.add(
        VideoFault(kind=FaultKind.SIGNED_URL, on=Route.RETRIEVE),
        VideoFault(kind=FaultKind.NOT_FOUND, on=Route.CDN, times=None),
    )
    await far.client.download(await far.client.retrieve(ordered.id), path)
    assert asked(far) == [("cdn", False), ("api", True)]


async def test_a_clip_without_an_address_is_fetched_by_its_id(far: FarSide, path: Path) -> None:
    done = await far.completed()
    await far.client.download(Video(id=done.id, status=done.status), path)
    assert content(path) == far.clip(done)


async def test_a_clip_that_is_not_ready_comes_later(far: FarSide, path: Path) -> None:
    far.api.hold = True
    ordered = await far.client.create(far.order())
    with pytest.raises(NotReady):
        await far.client.download(ordered, path)


REFUSALS: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.MODERATED: Withheld,
    FaultKind.NOT_FOUND: Withheld,
    FaultKind.RATE_LIMITED: TryLater,
    FaultKind.SERVER_ERROR: TryLater,
    FaultKind.RESET_BEFORE: TryLater,
    FaultKind.HTML_IN_OK: TryLater,
}


@pytest.mark.parametrize(("kind", "expected"), REFUSALS.items(), ids=REFUSALS)
async def test_a_paid_clip_is_never_given_up_for_what_one_answer_says(
    far: FarSide, kind: FaultKind, expected: type[VideoApiError], path: Path
) -> None:
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.CONTENT, times=None))
    with pytest.raises(expected):
        await far.client.download(done, path)
    assert list(path.parent.iterdir()) == []
