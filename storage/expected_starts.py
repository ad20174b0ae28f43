"""When those who wait should have their turn, from what is under way and how long such videos took."""

from __future__ import annotations

from datetime import datetime

from domain.queue import FORESEEN, Concurrency, expected_starts
from storage.claims import Claims
from storage.holds import Holds


async def find_expected_starts(
    claims: Claims, holds: Holds, concurrency: Concurrency, now: datetime
) -> dict[int, datetime]:
    """Return when each job at the head of the queue, of which that can be told, should be ordered; none that is held."""
    pending = await claims.find_pending(
        concurrency, now, limit=FORESEEN + concurrency.in_all, held=holds.models
    )
    likely = [job for job in pending if job.is_open or holds.find(job.kind[0]) is None]
    typical = {kind: await claims.find_typical(kind, now) for kind in {job.kind for job in likely}}
    return expected_starts(likely, now, concurrency=concurrency, typical=typical)
