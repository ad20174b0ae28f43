"""What accounts made of the bot: a person's own, a group's, and everybody's by use."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.admin_action import AdminAction, AdminActionKind
from domain.job import Job, Place, State
from storage.accounts import Accounts
from storage.claims import Claim
from storage.database import Database
from storage.jobs import Jobs
from storage.usage import Share, Usage

GROUP, DAY = -100, timedelta(days=1)


@pytest.fixture
def usage(database: Database) -> Usage:
    return Usage(database)


async def test_a_persons_use_is_counted_by_state_and_the_newest_are_shown(
    usage: Usage,
    add: Callable[..., Awaitable[Job]],
    jobs: Jobs,
    database: Database,
    now: datetime,
) -> None:
    first, second, third = [await add(prompt=prompt) for prompt in ("a cat", "a dog", "a bird")]
    await add(2)
    await jobs.cancel(first.id, 1, now=now)
    action = AdminAction(
        idempotency_key="message:9:1",
        admin_id=9,
        kind=AdminActionKind.GRANT,
        at=now,
        account_id=1,
        detail="5",
    )
    await Accounts(database).grant(action, 1, 5)
    use = await usage.of(1, newest=2)
    assert use.states == {State.QUEUED: 2, State.CANCELLED: 1}
    assert (use.grants, [job.id for job in use.newest]) == (1, [third.id, second.id])
    assert [job.id for job in await usage.find_queued(1)] == [second.id, third.id]


async def test_a_groups_use_is_what_was_asked_for_there_by_whomever(
    usage: Usage, ask: Callable[..., Awaitable[Any]], place: Callable[..., Place]
) -> None:
    await ask("message:-100:1", place=place(1, chat_id=GROUP))
    await ask("message:-100:2", place=place(2, chat_id=GROUP))
    await ask("message:1:1")
    assert [job.place.requester_id for job in (await usage.of(GROUP, newest=9)).newest] == [2, 1]
    assert len(await usage.find_queued(GROUP)) == 2


async def test_people_are_listed_by_what_counted_of_their_requests_lately(
    usage: Usage,
    add: Callable[..., Awaitable[Job]],
    claim_in: Callable[..., Awaitable[Claim]],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    await claim_in(State.DELIVERING, person=4, price=50)  # it failed, and so counts for nothing
    for person, price, at in ((1, 2, now), (2, 9, now), (2, 1, now), (3, 90, now - 31 * DAY), (5, 2, now)):
        await add(person, price=price, at=at)
    query("UPDATE jobs SET state = 'done', finished_at = created_at WHERE requester_id = 2 AND price = 9")
    query("UPDATE jobs SET requester_id = 0 WHERE requester_id = 5")
    shares = await usage.find_shares(since=now - 30 * DAY, limit=9)
    assert shares == [
        Share(account_id=2, videos=1, credits=10),
        Share(account_id=1, videos=0, credits=2),
        Share(account_id=4, videos=0, credits=0),
    ]
    assert await usage.find_shares(since=now - 30 * DAY, limit=1, skip=1) == shares[1:2]


async def test_of_the_first_day_everything_counts_and_nothing_of_the_day_before(
    usage: Usage, add: Callable[..., Awaitable[Job]], now: datetime
) -> None:
    midnight = now.replace(hour=0) - 30 * DAY
    for person, at in ((1, midnight), (2, midnight - timedelta(microseconds=1)), (3, now + DAY)):
        await add(person, at=at)
    shares = await usage.find_shares(since=now - 30 * DAY, limit=9)
    assert [share.account_id for share in shares] == [1, 3]
