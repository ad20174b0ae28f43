"""Places in a long queue: counted to a hundred, and for one job as for all together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from random import Random
from typing import Any

import pytest

from domain.job import Job
from domain.queue import COUNTED_POSITIONS, Concurrency
from storage.claims import Claims
from storage.jobs import Jobs

Query = Callable[[str], list[Any]]

#: A job's id, who asked for it, its model, and whether it is open at the API; else it waits.
Row = tuple[int, int, str, bool]


def fill(query: Query, rows: list[Row]) -> None:
    """Let these be the jobs, each like the one that is there."""
    names = query("SELECT name FROM pragma_table_info('jobs')")
    given = {"id", "origin", "requester_id", "model", "state", "video_id", "ordered_at"}
    rest = ", ".join(name for name in names if name not in given)
    values = ", ".join(
        f"({number}, {person}, '{model}', '{'rendering' if is_open else 'queued'}')"
        for number, person, model, is_open in rows
    )
    query("CREATE TABLE one AS SELECT * FROM jobs")
    query("DELETE FROM jobs")
    query(
        f"WITH given (number, person, model, state) AS (VALUES {values})"  # noqa: S608 - our own
        f" INSERT INTO jobs (id, origin, requester_id, model, state, video_id, ordered_at, {rest})"
        f" SELECT number, 'copy:' || number, person, given.model, given.state, 'v', created_at, {rest.replace('model', 'one.model')}"
        " FROM given, one"
    )


def in_line(rows: list[Row], concurrency: Concurrency, held: str) -> dict[int, int | None]:
    """Return the places of all that wait, reckoned one by one: everybody's first before anybody's second."""
    turns: dict[int, int] = {}
    for person in {row[1] for row in rows}:
        turn = sum(row[3] for row in rows if row[1] == person)
        for number, _, model, is_open in (row for row in rows if row[1] == person):
            if not is_open and model != held:
                turn += 1
                turns[number] = turn
    free = concurrency.in_all - sum(row[3] for row in rows)
    places: dict[int, int | None] = {}
    counted = 0
    for number in sorted(turns, key=lambda number: (turns[number], number)):
        if turns[number] <= concurrency.per_person and free > 0:
            free -= 1
            places[number] = None
        else:
            counted += 1
            places[number] = min(counted, COUNTED_POSITIONS + 1)
    return places


def random_rows(chance: Random, number: int, people: int) -> list[Row]:
    return [
        (one, chance.randint(1, people), chance.choice(["sora-2", "sora-2", "veo3"]), chance.random() < 0.1)
        for one in range(1, number + 1)
    ]


@pytest.mark.parametrize(("number", "people"), [(6, 3), (25, 4), (160, 150)], ids=str)
@pytest.mark.parametrize(
    "concurrency", [Concurrency(in_all=1, per_person=1), Concurrency(in_all=20, per_person=2)]
)
async def test_every_place_is_what_it_is_if_the_whole_line_is_walked_through(  # noqa: PLR0917 - fixtures
    jobs: Jobs,
    add: Callable[..., Awaitable[Job]],
    query: Query,
    concurrency: Concurrency,
    number: int,
    people: int,
    now: datetime,
) -> None:
    await add()
    rows = random_rows(Random(number), number, people)  # noqa: S311 - chance that is the same each time
    fill(query, rows)
    expected = in_line(rows, concurrency, "veo3")
    some = {row[0] for row in rows[::5]}
    found = await jobs.find_all(some)
    assert await jobs.find_positions_of(found, concurrency, now, ["veo3"]) == {
        job_id: place for job_id, place in expected.items() if place is not None and job_id in some
    }
    assert await jobs.find_positions(concurrency, now, ["veo3"]) == {
        job_id: place
        for job_id, place in expected.items()
        if place is not None and place <= COUNTED_POSITIONS
    }


async def test_what_is_pending_ends_with_the_first_of_those_who_wait_in_the_order_of_the_queue(
    claims: Claims, add: Callable[..., Awaitable[Job]], query: Query, concurrency: Concurrency, now: datetime
) -> None:
    await add()
    rows = [(1, 1, "sora-2", False), (2, 1, "sora-2", False), (3, 2, "veo3", False), (4, 2, "sora-2", True)]
    fill(query, rows)
    assert [job.job_id for job in await claims.find_pending(concurrency, now, limit=2)] == [4, 1, 2]
    assert [job.job_id for job in await claims.find_pending(concurrency, now, limit=9, held=["veo3"])] == [
        4,
        1,
        2,
    ]
    assert [job.job_id for job in await claims.find_pending(concurrency, now, limit=1)] == [4, 1]
