"""The queue: everybody's first before anybody's second, and within the bounds."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import pytest

from domain import lifecycle
from domain.job import Job, Place
from domain.queue import Concurrency
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import Added, Jobs

Add = Callable[..., Awaitable[Job]]
Ask = Callable[..., Awaitable[Added]]
MakePlace = Callable[..., Place]
LEASE = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


def people(claims: Sequence[Claim]) -> list[int]:
    return sorted(claim.job.place.requester_id for claim in claims)


async def finish(claims: Claims, claim: Claim, concurrency: Concurrency, now: datetime) -> None:
    """Order a claimed job's video and have it made at once."""
    assert await claims.submit(claim, now, concurrency=concurrency)
    await claims.finish(claim, lifecycle.ordered(claim.saved, now, video_id="v"), now, due_at=now)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)


async def take_turns(claims: Claims, concurrency: Concurrency, now: datetime) -> list[list[int]]:
    """Order what is next in line until nobody waits, as if every order were finished at once."""
    rounds = []
    while taken := await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0):
        rounds.append(people(taken))
        for claim in taken:
            await finish(claims, claim, concurrency, now)
    return rounds


async def test_nobodys_tenth_goes_before_anothers_first(claims: Claims, add: Add, now: datetime) -> None:
    for person in [1] * 10 + [2] * 2 + [3]:
        await add(person)
    rounds = await take_turns(claims, Concurrency(in_all=3, per_person=2), now)
    assert rounds == [[1, 2, 3], [1, 1, 2], [1, 1], [1, 1], [1, 1], [1]]


async def test_one_persons_requests_go_in_the_order_they_came(
    claims: Claims, add: Add, now: datetime
) -> None:
    concurrency, order = Concurrency(in_all=1, per_person=1), []
    for _ in range(3):
        await add()
    for _ in range(3):
        (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
        order.append(claim.job.id)
        await finish(claims, claim, concurrency, now)
    assert order == [1, 2, 3]


async def test_a_person_has_no_more_orders_open_than_their_bound(
    claims: Claims, add: Add, now: datetime
) -> None:
    for _ in range(5):
        await add()
    concurrency = Concurrency(in_all=20, per_person=2)
    first = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
    more = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=2)
    for claim in first:
        await claims.submit(claim, now, concurrency=concurrency)
    still = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
    assert [people(some) for some in (first, more, still)] == [[1, 1], [], []]


async def test_the_bound_of_a_person_holds_for_two_processes_together(
    claims: Claims, other_database: Database, add: Add, now: datetime
) -> None:
    for _ in range(5):
        await add()
    concurrency = Concurrency(in_all=20, per_person=2)
    taken = [
        await process.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
        for process in (claims, Claims(other_database))
    ]
    assert [people(some) for some in taken] == [[1, 1], []]


@pytest.mark.parametrize(("in_hand", "number"), [(0, 4), (3, 1), (4, 0), (9, 0)])
async def test_no_more_is_claimed_than_there_is_room_beside_what_is_in_hand(
    claims: Claims, add: Add, now: datetime, in_hand: int, number: int
) -> None:
    for person in range(10):
        await add(person)
    concurrency = Concurrency(in_all=4, per_person=2)
    assert (
        len(await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=in_hand)) == number
    )


async def test_open_orders_take_up_room(claims: Claims, add: Add, now: datetime) -> None:
    for person in range(10):
        await add(person)
    concurrency = Concurrency(in_all=4, per_person=2)
    taken = await claims.claim_queued(
        now, lease=LEASE, concurrency=Concurrency(in_all=3, per_person=2), in_hand=0
    )
    for claim in taken:
        await claims.submit(claim, now, concurrency=concurrency)
    submitting, *rendering = taken
    for claim in rendering:
        await claims.finish(
            claim, lifecycle.ordered(claim.saved, now, video_id="v"), now, due_at=now + MINUTE
        )
    assert submitting.job.ordered_at is None
    assert people(await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)) == [3]


async def test_a_job_that_waits_to_be_tried_again_lets_others_go_first(
    claims: Claims, add: Add, concurrency: Concurrency, now: datetime
) -> None:
    await add(1)
    (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
    await claims.finish(claim, lifecycle.retry_scheduled(claim.saved, now), now, due_at=now + 2 * MINUTE)
    await add(2)
    assert people(await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)) == [2]
    assert people(
        await claims.claim_queued(now + 2 * MINUTE, lease=LEASE, concurrency=concurrency, in_hand=0)
    ) == [1, 2]


async def test_places_are_counted_from_the_first_that_has_to_wait(
    jobs: Jobs, add: Add, now: datetime
) -> None:
    for person in (1, 1, 1, 2, 3):
        await add(person)
    # The line is 1's first, 2's, 3's, 1's second, 1's third: ids 1, 4, 5, 2, 3.
    assert await jobs.find_positions(Concurrency(in_all=2, per_person=2), now) == {5: 1, 2: 2, 3: 3}
    assert await jobs.find_positions(Concurrency(in_all=9, per_person=2), now) == {3: 1}
    assert await jobs.find_positions(Concurrency(in_all=9, per_person=3), now) == {}


async def test_places_move_up_as_orders_open_and_end(
    jobs: Jobs, claims: Claims, add: Add, now: datetime
) -> None:
    concurrency = Concurrency(in_all=1, per_person=1)
    for person in (1, 2, 3):
        await add(person)
    (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
    await claims.submit(claim, now, concurrency=concurrency)
    assert await jobs.find_positions(concurrency, now) == {2: 1, 3: 2}
    await claims.save(claim, lifecycle.ordered(claim.saved, now, video_id="v"), now)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)
    assert await jobs.find_positions(concurrency, now) == {3: 1}


async def test_a_new_job_knows_its_place_where_it_has_to_wait(ask: Ask, place: MakePlace) -> None:
    concurrency = Concurrency(in_all=2, per_person=1)
    first = await ask("message:1:1", place=place(1), concurrency=concurrency)
    own_second = await ask("message:1:2", place=place(1), concurrency=concurrency)
    others = [
        await ask(f"message:{person}:1", place=place(person), concurrency=concurrency) for person in (2, 3)
    ]
    again = await ask("message:3:1", place=place(3), concurrency=concurrency)

    assert [added.queue_position for added in (first, own_second, *others, again)] == [None, 1, None, 1, 1]


async def test_what_is_late_takes_nobodys_place_and_not_its_persons_either(
    jobs: Jobs, claims: Claims, add: Add, now: datetime
) -> None:
    concurrency = Concurrency(in_all=1, per_person=1, late_after=30 * MINUTE)
    for person in (1, 1, 2):
        await add(person)
    (claim,) = await claims.claim_queued(now, lease=LEASE, concurrency=concurrency, in_hand=0)
    await claims.submit(claim, now, concurrency=concurrency)
    await claims.finish(claim, lifecycle.ordered(claim.saved, now, video_id="v"), now, due_at=now + MINUTE)
    late = now + 30 * MINUTE + timedelta(seconds=1)

    in_time = await claims.claim_queued(now + 30 * MINUTE, lease=LEASE, concurrency=concurrency, in_hand=0)
    assert (in_time, await jobs.count_late(now)) == ([], {})
    assert await jobs.find_positions(concurrency, now) == {3: 1, 2: 2}
    assert await jobs.find_positions(concurrency, late) == {3: 1}
    (claim,) = await claims.claim_queued(late, lease=LEASE, concurrency=concurrency, in_hand=0)
    assert (claim.job.id, await jobs.count_late(late - 30 * MINUTE)) == (2, {"sora-2": 1})
    assert await claims.submit(claim, late, concurrency=concurrency)
    assert await claims.claim_queued(late, lease=LEASE, concurrency=concurrency, in_hand=0) == []
