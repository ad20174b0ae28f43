"""Jobs are accepted within the quota, whoever asks at once, and a failure never counts."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.quota import Charge, SpendingRules
from domain.quota_refusals import AllowanceSpent, TooDear
from domain.refusals import QuotaRefusal
from domain.request import VideoRequest
from storage.claims import Claim, Claims
from storage.database import Database
from storage.jobs import Added, Jobs

Add = Callable[..., Awaitable[Job]]
Lead = Callable[..., Awaitable[Claim]]
MakePlace = Callable[..., Place]
MakeRequest = Callable[..., VideoRequest]
Query = Callable[[str], list[Any]]
Ask = Callable[..., Awaitable[Added]]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def outcomes(asking: Sequence[Awaitable[Added]]) -> list[str]:
    """Return in order what became of requests that were made at once."""
    results = await asyncio.gather(*asking, return_exceptions=True)
    return sorted(type(result).__name__ for result in results)


async def test_fifty_requests_at_once_with_an_allowance_of_three_leave_three_jobs(
    ask: Ask, query: Query
) -> None:
    asked = await outcomes([ask(f"message:1:{number}") for number in range(50)])
    assert asked == ["Added"] * 3 + ["AllowanceSpent"] * 47
    assert query("SELECT count(*) FROM jobs") == [3]


async def test_fifty_requests_at_once_to_two_processes_leave_three_jobs(
    jobs: Jobs, other_database: Database, ask: Ask, query: Query
) -> None:
    processes = jobs, Jobs(other_database)
    asked = await outcomes([ask(f"message:1:{n}", through=processes[n % 2]) for n in range(50)])
    assert asked == ["Added"] * 3 + ["AllowanceSpent"] * 47
    assert query("SELECT count(*) FROM jobs") == [3]


async def test_a_refusal_says_when_it_works_again_and_keeps_nothing(
    ask: Ask, now: datetime, query: Query
) -> None:
    for hours in (20, 10, 1):
        await ask(f"message:1:{hours}", now=now - timedelta(hours=hours))
    with pytest.raises(AllowanceSpent) as refused:
        await ask("message:1:99", price=2)
    assert refused.value.wait == timedelta(hours=14)
    assert query("SELECT count(*) FROM jobs") == [3]
    assert query("SELECT count(*) FROM job_moves") == [3]


async def test_what_costs_more_than_the_allowance_is_too_dear(ask: Ask) -> None:
    with pytest.raises(TooDear):
        await ask("message:1:1", price=4)


async def test_without_an_allowance_there_is_no_end(ask: Ask) -> None:
    assert (
        await outcomes([ask(f"message:1:{number}", allowance=None) for number in range(5)]) == ["Added"] * 5
    )


async def test_accounts_spend_apart_whoever_asks(ask: Ask, place: MakePlace) -> None:
    group = place(-77, chat_id=-77)
    await ask("message:1:1", allowance=1)
    await ask("message:-77:1", allowance=1, place=group)
    with pytest.raises(AllowanceSpent):
        await ask("message:-77:2", allowance=1, place=replace(group, requester_id=-1001))
    await ask("message:2:1", allowance=1, place=place(2))


async def test_a_group_with_an_allowance_pays_first_and_then_each_person(
    jobs: Jobs, ask: Ask, place: MakePlace
) -> None:
    rules = SpendingRules(allowance=1, group_id=-77, group_allowance=1)
    asked = [
        (await ask(f"message:-77:{number}", rules=rules, place=place(number, chat_id=-77))).job
        for number in (1, 2, 3)
    ]
    with pytest.raises(AllowanceSpent):
        await ask("message:-77:4", rules=rules, place=place(2, chat_id=-77))
    assert [job.place.account_id for job in asked] == [-77, 2, 3]
    # A job of the group's that is called off leaves room for anybody in it.
    await jobs.cancel(asked[0].id, 1, now=asked[0].created_at)
    assert (await ask("message:-77:5", rules=rules, place=place(2, chat_id=-77))).job.place.account_id == -77


async def test_a_budget_bounds_what_all_spend_together_even_without_limits(
    ask: Ask, place: MakePlace
) -> None:
    rules = SpendingRules(allowance=None, budget=3)
    asked = [ask(f"message:{n}:1", rules=rules, place=place(n)) for n in range(1, 30)]
    assert await outcomes(asked) == ["Added"] * 3 + ["BudgetSpent"] * 26


async def test_the_quota_is_what_counts_within_the_last_day(jobs: Jobs, ask: Ask, now: datetime) -> None:
    for number, age in enumerate((DAY, DAY - timedelta(microseconds=1), MINUTE), start=1):
        await ask(f"message:1:{number}", now=now - age, price=number, allowance=None)
    quota = (await jobs.find_funds(1, rules=SpendingRules(allowance=9), now=now)).own
    assert quota.charges == (
        Charge(at=now - DAY + timedelta(microseconds=1), credits=2),
        Charge(at=now - MINUTE, credits=3),
    )
    assert (quota.used, quota.left) == (5, 4)


@pytest.mark.parametrize("state", [State.QUEUED, State.SUBMITTING, State.RENDERING])
async def test_a_job_under_way_counts_and_from_the_moment_it_fails_it_does_not(
    jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime, state: State
) -> None:
    claim = await claim_in(state, price=2)
    under_way = (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own
    await claims.finish(claim, lifecycle.failed(claim.saved, reason=FailureReason.BUSY), now, due_at=now)
    owed = (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own
    assert (under_way.used, owed.used) == (2, 0)


async def test_a_told_failure_and_a_cancelled_job_never_count(
    jobs: Jobs, claims: Claims, claim_in: Lead, add: Add, now: datetime
) -> None:
    claim = await claim_in(State.DELIVERING)
    await claims.finish(claim, lifecycle.failure_told(claim.saved, now), now, due_at=now)
    await jobs.cancel((await add()).id, 1, now=now)
    assert (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own.used == 0


async def test_a_delivered_job_counts(jobs: Jobs, claims: Claims, claim_in: Lead, now: datetime) -> None:
    claim = await claim_in(State.RENDERING)
    await claims.finish(claim, lifecycle.rendered(claim.saved, now, video_url=None), now, due_at=now)
    claim = (await claims.claim_due(now, lease=MINUTE, limit=1))[0]
    await claims.finish(claim, lifecycle.delivered(claim.saved, now), now, due_at=now)
    assert (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own.used == 1


async def test_a_failure_makes_room_for_another_request_at_once(
    claims: Claims, claim_in: Lead, ask: Ask, now: datetime
) -> None:
    claim = await claim_in(State.RENDERING)
    with pytest.raises(QuotaRefusal):
        await ask("message:1:99", allowance=1)
    await claims.finish(claim, lifecycle.failed(claim.saved, reason=FailureReason.EXPIRED), now, due_at=now)
    assert (await ask("message:1:99", allowance=1)).is_new
