"""What may be told of a video that renders: how far it is, and how long it should still take.

What was told once is not taken back: the time left is never more than before, nor than the usual span allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.job import Job
from domain.render_times import Typical
from domain.retry import LATE_AFTER, end_by_pace, is_late, stands_still

#: Per cents, and the time they took, from which on a pace is more than a first impression.
_SETTLED = 10
_SETTLING = timedelta(seconds=10)
#: A reckoning that exceeds what was told by no more than this share, or by this time, is as good as the same.
_GOOD_ENOUGH_SHARE = 0.5
_GOOD_ENOUGH = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How far a video that renders is; of a job in any other state it says nothing."""

    #: Per cent; None if the API tells none, or a number that stands still.
    progress: int | None = None
    #: How long the video should still take; None if nothing tells.
    left: timedelta | None = None
    #: Whether it takes longer than such videos usually do.
    takes_longer: bool = False
    #: Whether it takes longer than the operator finds right, whatever is usual.
    is_late: bool = False


def outlook_of(
    job: Job,
    now: datetime,
    *,
    typical: Typical | None = None,
    told: timedelta | None = None,
    late_after: timedelta = LATE_AFTER,
) -> Outlook:
    """Return what may be told of a job; `told` is the least time left that its person was told already."""
    if job.ordered_at is None:
        return Outlook()
    late = is_late(job, now, late_after=late_after)
    is_over = typical is not None and now - job.ordered_at > typical.upper
    return Outlook(
        progress=None if stands_still(job, now) else job.progress or None,
        left=expected_remainder(job, now, typical=typical, told=told),
        takes_longer=late or is_over,
        is_late=late,
    )


def expected_remainder(
    job: Job, now: datetime, *, typical: Typical | None, told: timedelta | None = None
) -> timedelta | None:
    """Return how long the video should still take; None if nothing tells, or all that told was wrong.

    It is reckoned from the pace, then from the usual time, and ends with the usual span.
    """
    end = _expected_end(job, now, typical)
    if end is None or end <= now:
        return None
    left = end - now
    if told is None:
        return left
    return min(left, told) if left <= told + max(told * _GOOD_ENOUGH_SHARE, _GOOD_ENOUGH) else None


def _expected_end(job: Job, now: datetime, typical: Typical | None) -> datetime | None:
    by_pace = end_by_pace(job, now) if _is_settled(job) else None
    if typical is None or job.ordered_at is None:
        return by_pace
    if by_pace is None or by_pace <= now:
        return job.ordered_at + typical.median
    return min(by_pace, job.ordered_at + typical.upper)


def _is_settled(job: Job) -> bool:
    """Tell whether the pace has been seen for long enough to promise something by it."""
    if job.ordered_at is None or job.progress_at is None or job.progress is None:
        return False
    return job.progress >= _SETTLED and job.progress_at - job.ordered_at >= _SETTLING
