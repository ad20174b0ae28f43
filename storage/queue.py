"""The fair order of the queue: everybody's first before anybody's second."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.job import OPEN_UPSTREAM, Job, State
from domain.queue import COUNTED_POSITIONS, Concurrency
from storage.tables import ASKER, IS_UNDER_WAY, WAS_ASKED, Instant, jobs

IS_QUEUED = IS_UNDER_WAY & (jobs.c.state == State.QUEUED)
#: Waits for an answer of its person's, whether it is still wanted, and stands in nobody's way.
IS_ASKED_ABOUT = (
    WAS_ASKED
    & (jobs.c.state == State.QUEUED)
    & (jobs.c.wanted_at.is_(None) | (jobs.c.wanted_at < jobs.c.asked_at))
)
#: Waits for its turn.
IS_IN_LINE = IS_QUEUED & not_(IS_ASKED_ABOUT)
#: Its order is, or may be, open at the API.
IS_OPEN = IS_UNDER_WAY & jobs.c.state.in_(OPEN_UPSTREAM)
IS_PENDING = IS_UNDER_WAY & jobs.c.state.in_({State.QUEUED, *OPEN_UPSTREAM}) & not_(IS_ASKED_ABOUT)


def takes_place(late_since: ColumnElement[datetime] | datetime) -> ColumnElement[bool]:
    """Select the orders that are, or may be, open at the API and count towards the bounds.

    What was ordered before `late_since` is late and takes nobody's place.
    """
    in_time = (jobs.c.state == State.SUBMITTING) | (jobs.c.ordered_at >= late_since)
    return IS_OPEN & in_time


#: Before when what was ordered is late: a moment to be given when the statement is executed.
LATE_SINCE = bindparam("late_since", type_=Instant)
_IN_TIME = takes_place(LATE_SINCE)
_COUNT_OPEN = select(func.count()).select_from(jobs).where(_IN_TIME)
# How many wait or take a place, and no more of them than are asked about.
_PENDING = select(func.count()).select_from(
    select(literal(1))
    .select_from(jobs)
    .where(IS_PENDING, or_(jobs.c.state == State.QUEUED, _IN_TIME))
    .limit(bindparam("limit"))
    .subquery()
)


def queue(
    which: ColumnElement[bool], late_since: ColumnElement[datetime] | datetime = LATE_SINCE
) -> Select[int, int]:
    """Select each queued job's id and turn, in the order in which they are ordered.

    The turn is how many of its person's orders would be open with it. Only of those jobs `which`, as if there were
    no others in the queue.
    """
    return _turns(which, late_since).order_by("turn", jobs.c.id)


def _turns(which: ColumnElement[bool], late_since: ColumnElement[datetime] | datetime) -> Select[int, int]:
    opened = (
        select(ASKER.label("asker_id"), func.count().label("number"))
        .where(takes_place(late_since))
        .group_by(ASKER)
        .subquery("opened")
    )
    mine_so_far = func.row_number().over(partition_by=ASKER, order_by=jobs.c.id)
    turn = (mine_so_far + func.coalesce(opened.c.number, 0)).label("turn")
    return (
        select(jobs.c.id, turn)
        .select_from(jobs.outerjoin(opened, opened.c.asker_id == ASKER))
        .where(IS_IN_LINE, which)
    )


def none_of(models: Collection[str]) -> ColumnElement[bool]:
    """Select the jobs that are for none of these models."""
    return jobs.c.model.not_in(sorted(models)) if models else true()


async def count_open(connection: AsyncConnection, concurrency: Concurrency, now: datetime) -> int:
    """Return how many orders are, or may be, open at the API, without those that are late."""
    late = {"late_since": now - concurrency.late_after}
    return (await connection.execute(_COUNT_OPEN, late)).scalar_one()


async def find_position(
    connection: AsyncConnection, job: Job, concurrency: Concurrency, now: datetime, held: Collection[str] = ()
) -> int | None:
    """Return a job's position in the queue, from 1; None if it can be ordered at once, has been, or is held.

    Beyond COUNTED_POSITIONS all positions are alike, the next one: nobody's acceptance has to count a long queue.
    """
    if job.state is not State.QUEUED or job.request.model in held:
        return None
    late_since = now - concurrency.late_after
    turn = (await connection.execute(_own_turn(job, held, late_since))).scalar_one()
    some = {"limit": concurrency.in_all + 1, "late_since": late_since}
    pending = (await connection.execute(_PENDING, some)).scalar_one()
    # The line itself is looked at only where there is one: on most days everybody goes in at once.
    if pending <= concurrency.in_all and turn <= concurrency.per_person:
        return None
    free = max(0, concurrency.in_all - await count_open(connection, concurrency, now))
    line = _turns(none_of(held), late_since).subquery("line")
    before = or_(line.c.turn < turn, and_(line.c.turn == turn, line.c.id < job.id))
    ahead = select(line.c.turn).where(before).limit(free + COUNTED_POSITIONS).subquery("ahead")
    able = func.count().filter(ahead.c.turn <= concurrency.per_person)
    number, at_once = (await connection.execute(select(func.count(), able).select_from(ahead))).one()
    if turn <= concurrency.per_person and at_once < free:
        return None
    return number - min(free, at_once) + 1


def _own_turn(job: Job, held: Collection[str], late_since: datetime) -> Select[int]:
    """Select a queued job's turn, counted among its asker's jobs alone."""
    place = job.place
    # The same as ASKER, in words for which there are indexes.
    is_theirs = jobs.c.requester_id == place.requester_id
    if place.asked_as_chat:
        is_theirs = (jobs.c.chat_id == place.chat_id) & (jobs.c.requester_id < 0)
    earlier = and_(IS_IN_LINE, jobs.c.id <= job.id, none_of(held))
    return select(func.count()).where(IS_PENDING, is_theirs, or_(takes_place(late_since), earlier))


async def queued_in_order(
    connection: AsyncConnection, concurrency: Concurrency, now: datetime, held: Collection[str] = ()
) -> dict[int, int]:
    """Return the position, from 1 to COUNTED_POSITIONS, of the first queued jobs that cannot be ordered at once.

    Those for the models `held` wait for something else, and in nobody's way.
    """
    free = max(0, concurrency.in_all - await count_open(connection, concurrency, now))
    places: dict[int, int] = {}
    line = queue(none_of(held), now - concurrency.late_after).limit(free + COUNTED_POSITIONS)
    for job_id, turn in await connection.execute(line):
        if turn <= concurrency.per_person and free > 0:
            free -= 1
        elif len(places) < COUNTED_POSITIONS:
            places[job_id] = len(places) + 1
    return places
