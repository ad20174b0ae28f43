"""The bot comes into groups and goes: each is greeted once, and nothing is owed to a group that it is out of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain import lifecycle
from domain.job import Job, Place, State
from domain.queue import Concurrency
from storage.claims import Claim, Claims
from storage.database import Database
from storage.groups import Membership
from storage.jobs import Added, Jobs

GROUP, OTHER_GROUP, ANONYMOUS, PERSON = -1001, -1002, -1001, 7
IN_GROUP = Place(
    account_id=PERSON, requester_id=PERSON, chat_id=GROUP, thread_id=3, request_message_id=9, language="de"
)
IN_PRIVATE = replace(IN_GROUP, chat_id=PERSON, thread_id=None, request_message_id=None)

Ask = Callable[..., Awaitable["Added"]]


@pytest.fixture
def membership(database: Database) -> Membership:
    return Membership(database)


@pytest.fixture
def asked(ask: Ask, jobs: Jobs, now: datetime) -> Callable[..., Awaitable[Job]]:
    """Return a factory of jobs that have a status message."""

    async def make(origin: str, place: Place = IN_GROUP) -> Job:
        added = await ask(origin, place=place, allowance=None)
        return await jobs.announce(added.job.id, status_message_id=10, now=now)

    return make


@pytest.fixture
def rendering(
    claim: Callable[..., Awaitable[Claim]], claims: Claims, concurrency: Concurrency, now: datetime
) -> Callable[[], Awaitable[Claim]]:
    """Return a way to order the one job that is queued; its claim goes on."""

    async def order() -> Claim:
        claimed = await claim()
        assert await claims.submit(claimed, now, concurrency=concurrency)
        after = lifecycle.ordered(claimed.saved, now, video_id="v1")
        await claims.save(claimed, after, now)
        return claimed

    return order


async def test_a_group_is_greeted_once_and_anew_when_the_bot_comes_back(
    membership: Membership, now: datetime
) -> None:
    first = [await membership.greet(GROUP, now=now) for _ in range(3)]
    other = await membership.greet(OTHER_GROUP, now=now)
    await membership.leave(GROUP, now=now)
    again = [await membership.greet(GROUP, now=now) for _ in range(2)]
    assert (first, other, again) == ([True, False, False], True, [True, False])


async def test_a_group_that_was_set_up_before_is_greeted(
    membership: Membership, query: Callable[[str], list[object]], now: datetime
) -> None:
    query(f"INSERT INTO groups (chat_id, admins_only) VALUES ({GROUP}, 1)")  # noqa: S608 - ours
    assert [await membership.greet(GROUP, now=now) for _ in range(2)] == [True, False]
    assert query("SELECT admins_only FROM groups") == [1]


async def test_what_is_queued_in_a_group_that_is_left_is_called_off_and_nothing_elsewhere(
    membership: Membership, asked: Callable[..., Awaitable[Job]], jobs: Jobs, now: datetime
) -> None:
    here = await asked("message:-1001:1")
    elsewhere = await asked("message:7:2", replace(IN_PRIVATE))
    called_off = await membership.leave(GROUP, now=now + timedelta(seconds=5))
    after = await jobs.find(here.id)
    assert after is not None
    assert (called_off, await membership.leave(GROUP, now=now)) == ([after], [])
    assert (after.state, after.finished_at) == (State.CANCELLED, now + timedelta(seconds=5))
    assert await jobs.find(elsewhere.id) == elsewhere


async def test_what_is_ordered_goes_to_who_asked_and_keeps_its_claim(
    membership: Membership,
    asked: Callable[..., Awaitable[Job]],
    rendering: Callable[[], Awaitable[Claim]],
    jobs: Jobs,
    now: datetime,
) -> None:
    job = await asked("message:-1001:1")
    claim = await rendering()
    await membership.leave(GROUP, now=now)
    after = await jobs.find(job.id)
    assert after == replace(claim.saved, place=IN_PRIVATE, status_message_id=None)


async def test_what_was_asked_in_the_name_of_a_chat_has_nowhere_else_to_go(
    membership: Membership,
    asked: Callable[..., Awaitable[Job]],
    rendering: Callable[[], Awaitable[Claim]],
    jobs: Jobs,
    now: datetime,
) -> None:
    job = await asked("message:-1001:1", replace(IN_GROUP, requester_id=ANONYMOUS))
    claim = await rendering()
    await membership.leave(GROUP, now=now)
    assert await jobs.find(job.id) == claim.saved
