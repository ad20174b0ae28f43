"""The machine's clock is set while jobs are under way: nothing waits longer or shorter for that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.application import build_bot
from bot.jobs.clock_watch import ClockJumps, ClockWatch
from bot.jobs.status import StatusMessages
from bot.process_lock import ProcessLock
from bot.settings import Settings
from domain.job import Job
from domain.lifecycle import not_known, ordered
from storage.claims import Claim, Claims
from storage.database import Database
from storage.holds import Holds
from storage.jobs import Jobs
from storage.recovery import Recovery
from tests.bot.conftest import Clock
from tests.bot.steps import CONCURRENCY, LEASE
from tests.sora_catalogue import sora_offers

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("passed", "set_by", "jump"),
    [(3600, 0, 0), (0, 9, 0), (0, -9, 0), (60, 7200, 7200), (60, -7200, -7200)],
    ids=["time passes", "a little forward", "a little back", "far forward", "far back"],
)
def test_a_clock_that_was_set_is_told_from_time_that_passed(
    clock: Clock, passed: int, set_by: int, jump: int
) -> None:
    monotonic = [100.0]
    jumps = ClockJumps(clock, lambda: monotonic[0])
    monotonic[0] += passed
    clock.move(passed + set_by)
    assert [jumps.take(), jumps.take()] == [timedelta(seconds=jump), timedelta()]


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[ProcessLock]:
    with ProcessLock.held(tmp_path / "reelbot.db") as lock:
        yield lock


@pytest.fixture
def watch(
    settings_of: Callable[..., Settings],
    database: Database,
    claims: Claims,
    jobs: Jobs,
    holds: Holds,
    *,
    clock: Clock,
    lock: ProcessLock,
) -> ClockWatch:
    status_messages = StatusMessages(
        build_bot(settings_of()), claims, jobs, CONCURRENCY, clock, holds=holds, offers=sora_offers()
    )
    jumps = ClockJumps(clock, lambda: 0.0)
    return ClockWatch(
        jumps, lock=lock, recovery=Recovery(database), holds=holds, status_messages=status_messages
    )


@pytest.fixture
async def rendering(add: Callable[..., Awaitable[Job]], claims: Claims, clock: Clock) -> Claim:
    """Return the claim of a job that renders, and that the API has just said it does not know."""
    await add()
    (claim,) = await claims.claim_queued(clock(), lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    await claims.submit(claim, clock(), concurrency=CONCURRENCY)
    taken = await claims.save(claim, ordered(claim.saved, clock(), video_id="v"), clock())
    await claims.save(claim, not_known(taken, clock()), clock())
    return claim


@pytest.mark.parametrize("by", [-2 * HOUR, 400 * 24 * HOUR], ids=["back", "forward"])
async def test_what_is_measured_from_moments_stays_as_long_as_it_is(
    watch: ClockWatch, rendering: Claim, claims: Claims, jobs: Jobs, *, clock: Clock, by: timedelta
) -> None:
    before = rendering.saved
    clock.move(by.total_seconds())
    await watch.look([rendering])

    after = await jobs.find(before.id)
    assert after is not None
    assert _moments(after) == [None if moment is None else moment + by for moment in _moments(before)]
    assert after.created_at == before.created_at + by
    # The claim still holds.
    await claims.finish(rendering, rendering.saved, clock(), due_at=clock())
    assert rendering.is_finished


async def test_beside_other_processes_nobodys_claims_are_touched(
    watch: ClockWatch, rendering: Claim, jobs: Jobs, clock: Clock, tmp_path: Path
) -> None:
    clock.move(-7200)
    with ProcessLock.held(tmp_path / "reelbot.db"):
        await watch.look([rendering])
    assert await jobs.find(rendering.job.id) == rendering.saved


def _moments(job: Job) -> list[datetime | None]:
    return [job.due_at, job.ordered_at, job.troubled_since, job.gone_since, job.progress_at]
