"""The pace of a download: slow is what stays slow, whatever came before."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import Reach
from upstream.calls import Timeouts
from upstream.errors import Unreachable
from upstream.http.pace import Pace


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


PACES = {
    "fast enough": ([(10, 1000), (20, 1000)], False),
    "just fast enough": ([(30, 3000)], False),
    "a slow beginning": ([(10, 1), (29, 2999), (60, 3000)], False),
    "nothing judged before its time": ([(29.9, 1)], False),
    "too slow": ([(10, 1000), (30, 1999)], True),
    "too slow after a good beginning": ([(30, 1_000_000), (60, 2999)], True),
    "all at once": ([(0, 1)], False),
}


@pytest.mark.parametrize(("chunks", "is_slow"), PACES.values(), ids=PACES)
def test_a_download_is_broken_off_if_it_stays_under_its_least_rate(
    chunks: list[tuple[float, int]],
    is_slow: bool,  # noqa: FBT001 - a table
) -> None:
    clock = Clock()
    pace = Pace(clock, least_rate=100, seconds=30)
    broken_off = False
    for clock.seconds, length in chunks:
        try:
            pace.note(length)
        except Unreachable:
            broken_off = True
    assert broken_off is is_slow


def test_a_new_beginning_forgets_what_was_slow() -> None:
    clock = Clock()
    pace = Pace(clock, least_rate=100, seconds=30)
    clock.seconds = 29
    pace.note(1)
    pace.begin()
    clock.seconds = 58
    pace.note(1)
    clock.seconds = 59
    with pytest.raises(Unreachable, match="0 bytes a second"):
        pace.note(1)


async def test_a_clip_that_trickles_in_too_slowly_is_fetched_from_elsewhere(reach: Reach, path: Path) -> None:
    far = await reach(timeouts=Timeouts(pace=0.5))
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CDN, seconds=10))
    size = await far.client.download(done, path, least_rate=len(far.clip(done)) // 5)
    assert size == len(far.clip(done))
    assert [asked.origin for asked in far.api.downloads] == ["cdn", "api"]


async def test_a_clip_that_comes_nowhere_fast_enough_can_be_fetched_later(reach: Reach, path: Path) -> None:
    far = await reach(timeouts=Timeouts(pace=0.5))
    done = await far.completed()
    far.api.faults.add(
        *(
            VideoFault(kind=FaultKind.SLOW_BODY, on=route, times=None, seconds=10)
            for route in (Route.CDN, Route.CONTENT)
        )
    )
    with pytest.raises(Unreachable, match="bytes a second"):
        await far.client.download(done, path, least_rate=len(far.clip(done)) // 5)
    assert list(path.parent.iterdir()) == []
