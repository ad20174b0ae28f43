"""What edits began with is told of edits of edits too, and not where it is forgotten or taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from domain.job import Job
from domain.request import Original
from storage.database import Database
from storage.erasure import Erasure
from storage.first_prompts import with_first_prompts
from storage.jobs import Jobs
from storage.videos import Videos

Add = Callable[..., Awaitable[Job]]
BOAT, OTHER = 1, 2


async def edit_of(add: Add, job: Job, person: int = BOAT) -> Job:
    return await add(person, prompt="make it snow", original=Original(job_id=job.id, video_id="v"))


def firsts(shown: list[Job]) -> list[str | None]:
    originals = [job.request.original for job in shown]
    return [None if original is None else original.first_prompt for original in originals]


async def test_an_edit_of_an_edit_began_with_the_first_prompt(jobs: Jobs, add: Add) -> None:
    boat = await add(BOAT, prompt="a paper boat")
    snow = await edit_of(add, boat)
    night = await edit_of(add, snow, OTHER)
    gone = await add(BOAT, prompt="add a dog", original=Original(job_id=999, video_id="v"))
    shown = await with_first_prompts(jobs, [night, boat, snow, gone])
    assert firsts(shown) == ["a paper boat", None, "a paper boat", ""]
    assert [job.id for job in shown] == [night.id, boat.id, snow.id, gone.id]


async def test_what_is_forgotten_or_taken_back_from_others_is_not_told(
    jobs: Jobs, add: Add, database: Database, now: datetime
) -> None:
    boat, dog = await add(BOAT, prompt="a paper boat"), await add(OTHER, prompt="a dog")
    own, foreign, of_forgotten = (
        await edit_of(add, boat),
        await edit_of(add, boat, OTHER),
        await edit_of(add, dog),
    )
    for job in (boat, dog):
        await jobs.cancel(job.id, job.place.requester_id, now=now)
    await Videos(database).remove(boat.id, now=now)
    await jobs.cancel(foreign.id, OTHER, now=now)
    await Erasure(database).forget(OTHER, now=now)
    shown = await with_first_prompts(jobs, [own, foreign, of_forgotten])
    assert firsts(shown) == ["a paper boat", "", ""]
