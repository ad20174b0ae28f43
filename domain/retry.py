"""When a step is taken again and where patience ends: every limit, deadline and back-off of jobs.

A look too many is a burden for the API, a look too late keeps a person waiting. Where the API tells a believable
progress, the end is reckoned from its pace; else from what such videos took before; else from what has passed.
Some APIs put a number in progress's place that stands for a state: it stands still, and is believed no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.job import Job

#: From here on a job is late unless the operator says otherwise: looked at slowly, and the person told.
LATE_AFTER = timedelta(minutes=30)
#: From here on a job is given up: APIs keep a video for a day at most.
GIVE_UP_RENDERING = timedelta(hours=24)
#: From here on it is given up although nobody could ask the API for long.
GIVE_UP_LOOKING = timedelta(hours=48)
#: What ends a job at a look, be it a deadline or the API's word that it knows no such video, is believed when it was
#: so over this time: relays forget for a moment, clocks are set, and a bot may have been away.
BELIEVED_AFTER = timedelta(minutes=10)
#: So long a request waits for a model that has ended; nobody may be left waiting for ever.
GIVE_UP_ON_MODEL = timedelta(days=1)
#: How long an order that is refused as "later" is tried again.
GIVE_UP_ORDERING = timedelta(hours=1)
#: How long an order that a provider has no room for, or that does not reach it, is tried there before another provider.
PATIENCE_WITH_PROVIDER = timedelta(minutes=1)
#: So often an order may be taken and then not made for our account's sake, before its person is told.
MAX_FAILED_ORDERS = 3
#: How long a provider that does not answer is asked whether it took an order, before nobody can tell; and one that has
#: never found an order yet, which may not know how.
GIVE_UP_FINDING = timedelta(hours=1)
GIVE_UP_FINDING_AT_FIRST = timedelta(minutes=2)
#: Between two looks whether the only provider that can make a job takes orders again.
HELD_PAUSE = timedelta(seconds=30)
#: That a provider knows no such order is believed so long after it left: it may have come late.
NOT_FOUND_AFTER = timedelta(seconds=5)
#: How long a finished video is tried to be fetched and sent.
GIVE_UP_DELIVERING = timedelta(hours=24)
#: How long a finished video that nobody hands out is asked for: who refuses it by then will not let us in later.
GIVE_UP_WITHHELD = timedelta(minutes=15)
#: So long a person who was asked whether a request is still wanted has time to answer.
GIVE_UP_ASKING = timedelta(hours=24)
#: So long a finished video comes back later when its chat has no room for it; then it waits in the chat's line.
PATIENCE_WITH_CROWDS = timedelta(minutes=2)
#: A clip that comes broken so often in a row is broken at the API.
MAX_BROKEN_CLIPS = 5
#: A clip over which the decoder took too long, or died again, would most likely only hold up others if tried soon.
PAUSE_AFTER_INTERRUPTION = timedelta(hours=1)
#: A photo that was broken is not opened again for so long, whoever sends it.
BROKEN_PHOTO_KEPT = timedelta(hours=1)
#: Telegram refuses a photo also when it cannot get at it for a moment: believed when it still does after so long.
PHOTO_REFUSED_FOR = timedelta(minutes=2)
#: Bytes a second below which a first try to download gives its place to others; each later try may take twice as long.
LEAST_RATE = 50_000
LEAST_RATE_AT_LAST = 3_000
#: Taking a status message away is a courtesy: after so many tries the job is over without it.
MAX_COURTESIES = 5
#: A step that crashes so often in a row is our own fault, and the person is told so.
MAX_CRASHES = 8
SHORTEST_BACKOFF = timedelta(seconds=2)
LONGEST_BACKOFF = timedelta(minutes=5)
#: Between two looks at a job that is late.
LATE_PAUSE = timedelta(minutes=1)

_MAX_BACKOFF = timedelta(seconds=20)
_MOST_DOUBLINGS = 20
_JUST_AFTER = timedelta(milliseconds=500)
_SHARE_OF_REMAINDER = 0.6
_SHARE_OF_ELAPSED = 0.2
_SHARE_OF_OVERDUE = 0.5
#: Per cents that should have been told since the last change; coarser steps than ten are not worth believing.
_STANDSTILL = 15


def is_late(job: Job, now: datetime, *, late_after: timedelta = LATE_AFTER) -> bool:
    return job.ordered_at is not None and now - job.ordered_at > late_after


def is_stale(job: Job, now: datetime, *, after: timedelta) -> bool:
    """Tell whether a request waits so long, since it was made or last said to be wanted, that the person is asked."""
    return now - (job.wanted_at or job.created_at) > after


def next_look(
    job: Job,
    now: datetime,
    *,
    typical: timedelta | None,
    shortest: timedelta,
    late_after: timedelta = LATE_AFTER,
) -> timedelta:
    """Return the pause before the next look at a job that renders.

    `typical` is how long such videos took before, None if nobody knows; `shortest` and `late_after` are the operator's.
    """
    if job.ordered_at is None:
        return shortest
    if is_late(job, now, late_after=late_after):
        return max(shortest, LATE_PAUSE)
    end = _expected_end(job, now, typical=typical)
    if end is None:
        return _between(shortest, (now - job.ordered_at) * _SHARE_OF_ELAPSED)
    if end <= now:  # the reckoning was wrong, most likely by little
        return _between(shortest, (now - end) * _SHARE_OF_OVERDUE)
    remaining = end - now
    if remaining <= 2 * shortest:
        return max(shortest, remaining + _JUST_AFTER)
    return _between(shortest, remaining * _SHARE_OF_REMAINDER)


def end_by_pace(job: Job, now: datetime) -> datetime | None:
    """Return when the video ends if it goes on at its pace; None if it has none, or stands still."""
    if not job.pace or job.progress_at is None or job.progress is None or stands_still(job, now):
        return None
    return job.progress_at + timedelta(seconds=(100 - job.progress) / job.pace)


def stands_still(job: Job, now: datetime) -> bool:
    """Tell whether the progress has not changed for so long that it is believed no more."""
    if not job.pace or job.progress_at is None:
        return False
    return (now - job.progress_at).total_seconds() * job.pace >= _STANDSTILL


def is_over(job: Job, now: datetime) -> bool:
    """Tell whether no look can help any more: past the deadline, and seen so for long enough."""
    age = now - (job.ordered_at or now)
    return age > GIVE_UP_RENDERING and _is_believed(job.troubled_since, now)


def is_believed_gone(job: Job, now: datetime) -> bool:
    """Tell whether the API has said for long enough that it knows no such video, or has no clip of it."""
    return _is_believed(job.gone_since, now)


def _is_believed(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since >= BELIEVED_AFTER


def back_off(attempts: int, *, asked_for: timedelta | None = None) -> timedelta:
    """Return the pause after `attempts` failed tries in a row; never shorter than what the other side asked for."""
    doubled = exponential_backoff(attempts, shortest=SHORTEST_BACKOFF, longest=LONGEST_BACKOFF)
    return max(doubled, asked_for or timedelta())


def is_last_try(job: Job, now: datetime, *, limit: timedelta) -> bool:
    """Tell whether the next try of a step that has not come through would come after `limit`."""
    return now + back_off(job.attempts) - (job.troubled_since or now) > limit


def exponential_backoff(attempts: int, *, shortest: timedelta, longest: timedelta) -> timedelta:
    """Return `shortest`, doubled for each of `attempts` failed tries in a row, and never more than `longest`."""
    return min(longest, shortest * (1 << min(attempts, _MOST_DOUBLINGS)))


def least_rate(attempts: int) -> int:
    """Return the bytes a second below which a download after `attempts` tries in vain is broken off."""
    return max(LEAST_RATE_AT_LAST, LEAST_RATE >> min(attempts, _MOST_DOUBLINGS))


def _expected_end(job: Job, now: datetime, *, typical: timedelta | None) -> datetime | None:
    end = end_by_pace(job, now)
    if end is None and job.ordered_at is not None and typical is not None:
        return job.ordered_at + typical
    return end


def _between(shortest: timedelta, pause: timedelta) -> timedelta:
    return max(shortest, min(pause, _MAX_BACKOFF))
