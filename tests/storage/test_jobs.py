"""Jobs: accepted once and within the quota, announced, looked up, called off."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain import lifecycle
from domain.job import Job, Place, State
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import Photo, VideoRequest
from domain.size import Size
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import ANNOUNCING, DOUBLE_PRESS, Added, Jobs

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
MakePlace = Callable[..., Place]
MakeRequest = Callable[..., VideoRequest]
Query = Callable[[str], list[Any]]
Ask = Callable[..., Awaitable[Added]]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def test_an_accepted_job_is_all_that_was_asked_for(
    jobs: Jobs, place: MakePlace, request_of: MakeRequest, now: datetime
) -> None:
    where = place(5, chat_id=-77, thread_id=3, request_message_id=9)
    photo = Photo(file_id="photo", size=Size(3000, 4000))
    request = request_of(prompt="кот 🐈\nsurfing", photos=(photo,), private=True, watermark=True, price=2)
    added = await jobs.add(
        idempotency_key="message:-77:9",
        place=where,
        request=request,
        rules=SpendingRules(allowance=3),
        concurrency=Concurrency(in_all=20, per_person=2),
        now=now,
    )
    assert added == Added(
        job=Job(
            id=1,
            idempotency_key="message:-77:9",
            place=where,
            request=request,
            state=State.QUEUED,
            created_at=now,
            due_at=now + ANNOUNCING,
        ),
        is_new=True,
        queue_position=None,
    )
    assert await jobs.find(1) == added.job


async def test_a_photo_of_unknown_size_is_kept_as_such(jobs: Jobs, add: Add) -> None:
    job = await add(photos=(Photo(file_id="photo"),))
    found = await jobs.find(job.id)
    assert found is not None
    assert found.request.photos == (Photo(file_id="photo", size=None),)


async def test_what_was_never_asked_for_is_not_found(jobs: Jobs) -> None:
    assert await jobs.find(1) is None
    assert await jobs.find_by_idempotency_key("message:1:1") is None


async def test_a_job_is_found_by_its_origin(jobs: Jobs, ask: Ask) -> None:
    job = (await ask("press:77")).job
    assert await jobs.find_by_idempotency_key("press:77") == job


async def test_the_same_origin_makes_one_job_even_when_the_allowance_is_spent(ask: Ask, query: Query) -> None:
    first = await ask("message:1:1", allowance=1)
    again = await ask("message:1:1", allowance=1)
    assert (again.job, again.is_new) == (first.job, False)
    assert query("SELECT count(*) FROM jobs") == [1]


async def test_the_same_origin_twice_at_once_makes_one_job(ask: Ask) -> None:
    first, second = await asyncio.gather(ask("message:1:1"), ask("message:1:1"))
    assert first.job == second.job
    assert {first.is_new, second.is_new} == {True, False}


async def test_an_announced_job_is_due_at_once_and_knows_its_message(
    jobs: Jobs, ask: Ask, now: datetime
) -> None:
    added = await ask("message:1:1")
    await jobs.announce(added.job.id, status_message_id=42, now=now + timedelta(seconds=1))
    assert await jobs.find(added.job.id) == replace(
        added.job, due_at=now + timedelta(seconds=1), status_message_id=42
    )


async def test_a_job_whose_message_could_not_be_sent_is_due_all_the_same(
    jobs: Jobs, ask: Ask, now: datetime
) -> None:
    added = await ask("message:1:1")
    await jobs.announce(added.job.id, status_message_id=None, now=now)
    assert await jobs.find(added.job.id) == replace(added.job, due_at=now)


async def test_a_job_that_is_never_announced_is_due_by_itself(
    claims: Claims, concurrency: Concurrency, ask: Ask, now: datetime
) -> None:
    await ask("message:1:1")
    early, later = [
        await claims.claim_queued(now + after, lease=MINUTE, concurrency=concurrency, in_hand=0)
        for after in (ANNOUNCING - timedelta(microseconds=1), ANNOUNCING)
    ]
    assert (len(early), len(later)) == (0, 1)


async def test_a_late_announcement_leaves_the_claim_to_the_worker_and_tells_it_the_message(
    jobs: Jobs, claims: Claims, concurrency: Concurrency, ask: Ask, now: datetime
) -> None:
    added = await ask("message:1:1")
    later = now + ANNOUNCING
    (claim,) = await claims.claim_queued(later, lease=MINUTE, concurrency=concurrency, in_hand=0)
    await jobs.announce(added.job.id, status_message_id=42, now=later)
    assert await claims.claim_queued(later, lease=MINUTE, concurrency=concurrency, in_hand=0) == []
    assert await claims.submit(claim, later, concurrency=concurrency)
    assert claim.saved.status_message_id == 42


async def test_an_announcement_does_not_wake_a_job_that_waits_to_be_tried_again(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime
) -> None:
    claim = await claim_in(State.QUEUED)
    await claims.finish(claim, lifecycle.retry_scheduled(claim.saved, now), now, due_at=now + MINUTE)
    await jobs.announce(claim.job.id, status_message_id=42, now=now)
    assert await jobs.find(claim.job.id) == replace(claim.saved, status_message_id=42)


async def test_unfinished_jobs_are_ones_own_and_oldest_first(
    jobs: Jobs, claims: Claims, claim_in: Lead, add: Add, now: datetime
) -> None:
    over = await claim_in(State.DELIVERING)
    await claims.finish(over, lifecycle.failure_told(over.saved, now), now, due_at=now)
    rendering = await claim_in(State.RENDERING)
    queued = await add(1)
    await add(2)
    cancelled = await add(1)
    await jobs.cancel(cancelled.id, 1, now=now)
    assert [job.id for job in await jobs.find_unfinished(1)] == [rendering.job.id, queued.id]


async def test_two_presses_of_a_button_within_seconds_are_one(ask: Ask, now: datetime) -> None:
    button = "press:again:7::"
    first = await ask(f"{button}1", button=button)
    second = await ask(f"{button}2", button=button, now=now + DOUBLE_PRESS - timedelta(milliseconds=1))
    later = await ask(f"{button}3", button=button, now=now + DOUBLE_PRESS)
    assert [(added.job.id, added.is_new) for added in (first, second, later)] == [
        (1, True),
        (1, False),
        (2, True),
    ]


async def test_presses_that_come_at_once_through_two_processes_are_one(
    ask: Ask, other_database: Database, jobs: Jobs
) -> None:
    button = "press:again:7::"
    added = await asyncio.gather(
        *(
            ask(f"{button}{number}", button=button, through=through)
            for number, through in enumerate([jobs, Jobs(other_database)] * 5)
        )
    )
    assert {one.job.id for one in added} == {1}
    assert sum(one.is_new for one in added) == 1


async def test_presses_of_another_person_or_of_another_button_are_their_own(
    ask: Ask, place: MakePlace
) -> None:
    seven, seventy = "press:again:7::", "press:again:70::"
    added = [
        await ask(f"{seven}1", button=seven),
        await ask(f"{seventy}1", button=seventy),
        await ask(f"{seven}2", button=seven, place=place(2)),
    ]
    assert [one.is_new for one in added] == [True, True, True]


async def test_a_press_after_what_was_called_off_is_no_second_press(
    ask: Ask, jobs: Jobs, now: datetime
) -> None:
    button = "press:again:7::"
    first = await ask(f"{button}1", button=button)
    await jobs.cancel(first.job.id, 1, now=now)
    assert (await ask(f"{button}2", button=button)).is_new
