"""How a job moves: each event takes the job as it was and returns it as it is after.

When the next step is due is no part of an event: `storage.claims` writes that beside it.

queued ──submitted──► submitting ──ordered──► rendering ──rendered──► delivering ──delivered, kept──► done
 ▲ ▲ │                  │      │                │ │                     ▲ ▲   │                       │
 │ │ └─cancelled        │      └──────failed────│─┴─────────────────────┘ │   └────told──► failed     │
 │ └─────requeued───────┘                       │                         └─────────fetched───────────┘
 └───────────────────returned───────────────────┘
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.failures import FailureReason
from domain.job import ACTIVE, Job, Place, State
from domain.money import Money
from domain.provider import MAIN

TRANSITIONS = {
    State.QUEUED: frozenset({State.SUBMITTING, State.DELIVERING, State.CANCELLED}),
    State.SUBMITTING: frozenset({State.QUEUED, State.RENDERING, State.DELIVERING}),
    State.RENDERING: frozenset({State.DELIVERING, State.QUEUED}),
    State.DELIVERING: frozenset({State.DONE, State.FAILED}),
    State.DONE: frozenset({State.DELIVERING}),
    State.FAILED: frozenset[State](),
    State.CANCELLED: frozenset[State](),
}

#: Of any other failure of an order it is certain that it was not taken.
_PERHAPS_TAKEN = frozenset({FailureReason.UNKNOWN_OUTCOME, FailureReason.INTERNAL})


class IllegalMove(Exception):
    """No such event happens to a job in this state."""


def submitted(
    job: Job, now: datetime, *, provider: str = MAIN, order_key: str | None = None, cost: Money | None = None
) -> Job:
    """Note, before the order leaves, that it may be on the wire, where to, and what it should cost."""
    stayed_since = job.provider_since if job.troubled_since and job.provider == provider else None
    return replace(
        _moved(job, State.SUBMITTING),
        submitted_at=now,
        over_budget_until=None,
        provider=provider,
        provider_since=stayed_since or now,
        order_key=order_key,
        cost=cost,
    )


def requeued(job: Job, now: datetime) -> Job:
    """The order was provably not taken: back into the queue, to be tried again."""
    _require(job, State.SUBMITTING)
    return replace(retry_scheduled(job, now), state=_checked(job, State.QUEUED), submitted_at=None, cost=None)


def found_untaken(job: Job, now: datetime) -> Job:
    """The provider knows no such order: back into the queue, to be sent there at once, under the same key."""
    return replace(requeued(job, now), provider_since=now, attempts=0)


def requeued_on_hold(job: Job) -> Job:
    """The order was refused for our account's sake: back into the queue as if it had not been tried."""
    _require(job, State.SUBMITTING)
    return _unordered(job)


def returned(job: Job) -> Job:
    """The API took the order and then could not make it for our account's sake: back into the queue, to be ordered anew.

    Whatever was known of the order is forgotten, but that there was one.
    """
    _require(job, State.RENDERING)
    return replace(
        _unordered(job),
        video_id=None,
        ordered_at=None,
        progress=None,
        progress_at=None,
        pace=None,
        gone_since=None,
        failed_orders=job.failed_orders + 1,
    )


def ordered(job: Job, now: datetime, *, video_id: str, cost: Money | None = None) -> Job:
    """The API took the order, and may have told what it costs."""
    return _settled(replace(_moved(priced(job, cost), State.RENDERING), video_id=video_id, ordered_at=now))


def polled(job: Job, now: datetime, *, progress: int | None) -> Job:
    """The API was asked and is not finished; progress that goes back is not believed."""
    _require(job, State.RENDERING)
    seen = replace(_settled(job), gone_since=None)
    if progress is None or progress <= (job.progress or 0):
        return seen
    return replace(seen, progress=progress, progress_at=now, pace=_pace(job, now, progress))


def not_known(job: Job, now: datetime) -> Job:
    """The API said that it knows no such video, has no clip of it, or wants to make none: not believed at once."""
    _require(job, State.RENDERING, State.DELIVERING)
    return replace(retry_scheduled(job, now), gone_since=job.gone_since or now)


def rendered(job: Job, now: datetime, *, video_url: str | None) -> Job:
    """The API has finished the video: it is owed to the chat."""
    _require(job, State.RENDERING)
    return _settled(
        replace(
            _moved(job, State.DELIVERING), progress=100, rendered_at=now, video_url=video_url, gone_since=None
        )
    )


def failed(job: Job, *, reason: FailureReason, detail: str = "") -> Job:
    """There will be no video: the reason is owed to the chat."""
    _require(job, *ACTIVE)
    left_in_vain = job.state is State.SUBMITTING and reason not in _PERHAPS_TAKEN
    return _settled(
        replace(
            job,
            state=State.DELIVERING,
            submitted_at=None if left_in_vain else job.submitted_at,
            cost=job.cost if job.rendered_at else None,
            failure=reason,
            failure_detail=detail,
            sending=False,
        )
    )


def priced(job: Job, cost: Money | None) -> Job:
    """The API told what the order costs, which is believed before any price list if it says in what."""
    return job if cost is None or cost.currency is None else replace(job, cost=cost)


def retry_scheduled(job: Job, now: datetime) -> Job:
    """The step did not come through and is tried again."""
    _require(job, *ACTIVE)
    return replace(job, attempts=job.attempts + 1, troubled_since=job.troubled_since or now)


def sent(job: Job, *, message_id: int, file_id: str | None) -> Job:
    """Telegram has the clip."""
    _require(job, State.DELIVERING)
    return _settled(replace(job, sending=False, result_message_id=message_id, file_id=file_id))


def redirected(job: Job) -> Job:
    """Its chat takes nothing: what is owed to it goes to who asked, in private."""
    _require(job, State.DELIVERING)
    place = replace(job.place, chat_id=job.place.requester_id, thread_id=None, request_message_id=None)
    return replace(_settled(job), place=place, status_message_id=None, sending=False)


def delivered(job: Job, now: datetime) -> Job:
    """The person has the video, and nothing is owed any more."""
    return replace(_moved(job, State.DONE), finished_at=now, kept_at=None)


def kept(job: Job, now: datetime) -> Job:
    """The chat refuses us: the video is charged, and waits until the person asks for it."""
    after = replace(_moved(job, State.DONE), finished_at=now, kept_at=job.kept_at or now)
    return replace(_settled(after), status_message_id=None, sending=False)


def fetched(job: Job, place: Place) -> Job:
    """The person asks for the video that was kept: it is owed to where they ask, and charged whatever comes of it."""
    if not job.is_kept:
        raise IllegalMove(f"job {job.id} is {job.state} and has no video that waits for anybody")
    return replace(_moved(job, State.DELIVERING), place=place, finished_at=None)


def failure_told(job: Job, now: datetime) -> Job:
    """The person knows why there is no video, and nothing is owed any more."""
    return replace(_moved(job, State.FAILED), finished_at=now)


def asked(job: Job, now: datetime) -> Job:
    """It waited so long that the person is asked whether it is still wanted."""
    _require(job, State.QUEUED)
    return replace(_settled(job), asked_at=now)


def wanted(job: Job, now: datetime) -> Job:
    """The person, who was asked, still wants it."""
    _require(job, State.QUEUED)
    return replace(job, wanted_at=now)


def over_budget(job: Job, until: datetime) -> Job:
    """The budget of all is spent: its order waits in the queue until enough of that is free."""
    _require(job, State.QUEUED)
    return replace(_settled(job), over_budget_until=until)


def cancelled(job: Job, now: datetime) -> Job:
    """The person called it off before it was ordered."""
    return replace(_moved(job, State.CANCELLED), finished_at=now)


def _pace(job: Job, now: datetime, progress: int) -> float | None:
    """Return per cent a second; whole per cents are coarse, so one look weighs no more than all before it."""
    since = job.progress_at or job.ordered_at
    if since is None or now <= since:
        return job.pace
    latest = (progress - (job.progress or 0)) / (now - since).total_seconds()
    return latest if job.pace is None else (job.pace + latest) / 2


def _unordered(job: Job) -> Job:
    """Return it to the queue; an order that it makes then is another one."""
    return replace(
        _settled(_moved(job, State.QUEUED)), submitted_at=None, provider_since=None, order_key=None, cost=None
    )


def _moved(job: Job, state: State) -> Job:
    return replace(job, state=_checked(job, state))


def _settled(job: Job) -> Job:
    return replace(job, attempts=0, troubled_since=None)


def _require(job: Job, *states: State) -> None:
    if job.state not in states:
        raise IllegalMove(f"job {job.id} is {job.state}, not {' or '.join(sorted(states))}")


def _checked(job: Job, state: State) -> State:
    if state not in TRANSITIONS[job.state]:
        raise IllegalMove(f"job {job.id} cannot go from {job.state} to {state}")
    return state
