"""The fair order of the queue: everybody's first before anybody's second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, true

from domain.job import OPEN_UPSTREAM, State
from storage.tables import jobs

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from domain.fairness import Room
    from domain.job import Job

# How many jobs wait or are open, of all people and of one.
_PENDING = select(func.count(), func.count().filter(jobs.c.requester_id == bindparam("requester_id"))).where(
    jobs.c.state.in_({State.QUEUED, *OPEN_UPSTREAM})
)


def queue(which: ColumnElement[bool] | None = None) -> Select[int, int]:
    """Select each queued job's id and turn: how many of its person's orders would be open with it.

    Only of those jobs `which`, as if there were no others in the queue.
    """
    opened = (
        select(jobs.c.requester_id, func.count().label("number"))
        .where(jobs.c.state.in_(OPEN_UPSTREAM))
        .group_by(jobs.c.requester_id)
        .subquery("opened")
    )
    mine_so_far = func.row_number().over(partition_by=jobs.c.requester_id, order_by=jobs.c.id)
    turn = (mine_so_far + func.coalesce(opened.c.number, 0)).label("turn")
    return (
        select(jobs.c.id, turn)
        .select_from(jobs.outerjoin(opened, opened.c.requester_id == jobs.c.requester_id))
        .where(jobs.c.state == State.QUEUED, true() if which is None else which)
        .order_by("turn", jobs.c.id)
    )


async def count_open(connection: AsyncConnection) -> int:
    """Return how many orders are, or may be, open at the API."""
    counting = select(func.count()).select_from(jobs).where(jobs.c.state.in_(OPEN_UPSTREAM))
    return (await connection.execute(counting)).scalar_one()


async def find_place(
    connection: AsyncConnection, job: Job, room: Room, held: Collection[str] = ()
) -> int | None:
    """Return a job's place in the queue, from 1; None if it can be ordered at once, or has been."""
    counted = (await connection.execute(_PENDING, {"requester_id": job.place.requester_id})).one()
    # The line itself is looked at only where there is one: on most days everybody goes in at once.
    if counted[0] <= room.in_all and counted[1] <= room.per_person:
        return None
    return (await queued_in_order(connection, room, held)).get(job.id)


async def queued_in_order(
    connection: AsyncConnection, room: Room, held: Collection[str] = ()
) -> dict[int, int]:
    """Return the place, from 1, of every queued job that cannot be ordered at once.

    Those for the models `held` wait for something else, and in nobody's way.
    """
    free = room.in_all - await count_open(connection)
    places: dict[int, int] = {}
    for job_id, turn in await connection.execute(queue(jobs.c.model.not_in(held) if held else None)):
        if turn <= room.per_person and free > 0:
            free -= 1
        else:
            places[job_id] = len(places) + 1
    return places
