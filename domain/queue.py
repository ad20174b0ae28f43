"""The queue: how many orders may be open at once, and when those who wait should be ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.job import Job
from domain.render_times import Typical
from domain.retry import LATE_AFTER

#: A model and a length in seconds: videos of one kind take about as long.
Kind = tuple[str, int]

#: A place beyond this one is not counted: it is "more than that many", and stands as the next number.
COUNTED_POSITIONS = 100
#: Nobody can tell further ahead than this many orders.
FORESEEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A job that waits, or whose order is, or may be, open at the API."""

    job_id: int
    requester_id: int
    kind: Kind
    is_open: bool
    ordered_at: datetime | None


def kind_of(job: Job) -> Kind:
    return job.request.model, job.request.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    requester_id: int
    #: None: nobody can tell, and nobody counts on it.
    ends_at: datetime | None


def expected_starts(
    pending: Sequence[Pending],
    now: datetime,
    *,
    concurrency: Concurrency,
    typical: Mapping[Kind, Typical | None],
) -> dict[int, datetime]:
    """Return when each waiting job, of which that can be told, should be ordered.

    Those that wait in `pending` stand in the order of the queue, and only the first of them are looked at; orders that
    are late take nobody's place. The queue is run through as it will be: when an order ends, the next is of whoever has
    the fewest open.
    """
    opened = [
        _Order(requester_id=job.requester_id, ends_at=_end(job, now, typical.get(job.kind)))
        for job in pending
        if job.is_open and not _is_late(job, now, concurrency)
    ]
    waiting = [job for job in pending if not job.is_open][: FORESEEN + concurrency.in_all]
    starts: dict[int, datetime] = {}
    at = now
    while waiting and len(starts) < FORESEEN:
        first = _next(waiting, opened, concurrency)
        if first is None:
            ended = _first_to_end(opened)
            if ended is None or ended.ends_at is None:
                break
            opened.remove(ended)
            at = max(at, ended.ends_at)
            continue
        waiting.remove(first)
        starts[first.job_id] = at
        opened.append(_Order(requester_id=first.requester_id, ends_at=_later(at, typical.get(first.kind))))
    return starts


def _is_late(job: Pending, now: datetime, concurrency: Concurrency) -> bool:
    return job.ordered_at is not None and now - job.ordered_at > concurrency.late_after


def _next(waiting: Sequence[Pending], opened: Sequence[_Order], concurrency: Concurrency) -> Pending | None:
    """Return the job whose turn it is; None if there is no room for any."""
    if len(opened) >= concurrency.in_all:
        return None
    of_person = Counter(order.requester_id for order in opened)
    able = [job for job in waiting if of_person[job.requester_id] < concurrency.per_person]
    return min(able, key=lambda job: (of_person[job.requester_id], job.job_id), default=None)


def _first_to_end(opened: Sequence[_Order]) -> _Order | None:
    foreseen = ((order.ends_at, number) for number, order in enumerate(opened) if order.ends_at is not None)
    first = min(foreseen, default=None)
    return None if first is None else opened[first[1]]


def _end(job: Pending, now: datetime, typical: Typical | None) -> datetime | None:
    """Return when an open order should end: at its usual time, or if that is over, at the latest usual one."""
    if typical is None:
        return None
    begun = job.ordered_at or now
    return next((end for end in (begun + typical.median, begun + typical.upper) if end > now), None)


def _later(at: datetime, typical: Typical | None) -> datetime | None:
    return None if typical is None else at + typical.median


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrency:
    """The bounds on orders that are open at once; the rest waits, nobody's tenth before another's first."""

    in_all: int
    per_person: int
    #: An order that is open for longer counts towards neither bound.
    late_after: timedelta = LATE_AFTER
