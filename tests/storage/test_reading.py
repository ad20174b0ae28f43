"""Rows that another version has written in words of its own: passed over, or read as what is nearest; never fatal."""

from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from domain.account import AccessMode, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.failures import FailureReason
from domain.job import Job
from domain.queue import Concurrency
from domain.statistics import Period
from storage.accounts import Accounts
from storage.alerts import Alerts
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.claims import Claims
from storage.database import Database
from storage.drafts import Drafts
from storage.holds import Holds
from storage.job_history import JobHistories
from storage.jobs import Jobs
from storage.runtime_settings import RuntimeSettings
from storage.statistics import StatisticsStore
from storage.usage import Usage
from storage.videos import Videos

LEASE, DAY = timedelta(minutes=1), timedelta(days=1)
CONCURRENCY = Concurrency(in_all=20, per_person=2)
NOW = datetime.fromisoformat("2026-11-22T12:00+00:00")
LATE = NOW + DAY

FAILED = "state = 'failed', failure = 'brand_new_reason', finished_at = created_at, submitted_at = created_at"


@pytest.fixture
def rewrite(path: Path) -> Callable[[str], None]:
    """Return a way to write what the rules of this version forbid."""

    def write(statement: str) -> None:
        with closing(connect(path)) as connection, connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(statement)

    return write


async def test_a_reason_that_nobody_knows_is_an_inner_one_wherever_it_is_read(
    database: Database, add: Callable[..., Awaitable[Job]], jobs: Jobs, rewrite: Callable[[str], None]
) -> None:
    job = await add()
    rewrite(f"UPDATE jobs SET {FAILED}")  # noqa: S608 - ours
    found = await jobs.find(job.id)
    assert found is not None
    assert found.failure is FailureReason.INTERNAL
    assert await Alerts(database).find_last_endings(9, since=NOW - DAY) == [FailureReason.INTERNAL]
    assert [one.failure for one in await Videos(database).page(1, limit=9)] == [FailureReason.INTERNAL]
    counted = await StatisticsStore(database).count(Period(first=NOW.date(), last=NOW.date()))
    assert [tally.failure for tally in counted.tallies] == [FailureReason.INTERNAL]


async def test_a_job_that_is_due_with_such_a_reason_is_claimed_and_told_and_keeps_it(
    claims: Claims,
    add: Callable[..., Awaitable[Job]],
    rewrite: Callable[[str], None],
    query: Callable[[str], list[Any]],
) -> None:
    await add()
    rewrite("UPDATE jobs SET state = 'delivering', failure = 'brand_new_reason'")
    (claim,) = await claims.claim_due(LATE, lease=LEASE, limit=9)
    await claims.save(claim, replace(claim.saved, attempts=1), LATE)
    assert query("SELECT failure, attempts FROM jobs") == [("brand_new_reason", 1)]


async def test_a_job_in_a_state_that_nobody_knows_stops_no_other(
    database: Database, claims: Claims, add: Callable[..., Awaitable[Job]], rewrite: Callable[[str], None]
) -> None:
    unknown, known = await add(), await add()
    rewrite(f"UPDATE jobs SET state = 'pondering' WHERE id = {unknown.id}")  # noqa: S608 - ours
    assert await Jobs(database).find(unknown.id) is None
    assert await JobHistories(database).find(unknown.id) is None
    assert await Jobs(database).find_all([unknown.id, known.id]) != []
    assert [
        claim.job.id
        for claim in await claims.claim_queued(LATE, lease=LEASE, concurrency=CONCURRENCY, in_hand=0)
    ] == [known.id]
    assert await claims.claim_due(LATE, lease=LEASE, limit=9) == []
    used = await Usage(database).of(1, newest=9)
    assert [job.id for job in used.newest] == [known.id]
    await StatisticsStore(database).count(Period(first=NOW.date(), last=NOW.date()))


ELSEWHERE: dict[str, tuple[str, Callable[[Database], Awaitable[Any]], Any]] = {
    "an account's standing": (
        "INSERT INTO accounts (id, standing) VALUES (7, 'revered')",
        lambda it: Accounts(it).find_all([7]),
        {},
    ),
    "an account's standing at the start": (
        "INSERT INTO accounts (id, standing) VALUES (7, 'revered')",
        lambda it: Accounts(it).load(),
        None,
    ),
    "a hold's cause": (
        "INSERT INTO holds (name, cause, since, why) VALUES ('weather', 'weather', 0, '')",
        lambda it: Holds(it).load(NOW, find_providers=dict),
        None,
    ),
    "an action's action": (
        "INSERT INTO audit (origin, admin_id, action, at, detail, why) VALUES ('a', 1, 'bless', 0, '', '')",
        lambda it: Audit(it).find(limit=9),
        [],
    ),
    "a draft's kind": (
        (
            "INSERT INTO drafts (origin, account_id, requester_id, chat_id, kind, created_at) "
            "VALUES ('a', 1, 1, 1, 'riddle', 0)"
        ),
        lambda it: Drafts(it).find(1),
        None,
    ),
}


@pytest.mark.parametrize(("statement", "call", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
async def test_a_word_that_nobody_knows_is_fatal_in_no_table(
    database: Database,
    rewrite: Callable[[str], None],
    statement: str,
    call: Callable[[Database], Awaitable[Any]],
    expected: object,
) -> None:
    rewrite(statement)
    assert await call(database) == expected


async def test_an_outcome_that_nobody_knows_is_counted_as_none_that_is_known(
    database: Database, rewrite: Callable[[str], None]
) -> None:
    broadcasts = Broadcasts(database)
    added = await broadcasts.add(
        idempotency_key="a", admin_id=9, chat_id=9, message_id=1, language="en", now=NOW
    )
    action = AdminAction(idempotency_key="b", admin_id=9, kind=AdminActionKind.BROADCAST, at=NOW)
    await broadcasts.confirm(action, added.id)
    before = await broadcasts.find_progress(added.id)
    rewrite("UPDATE broadcast_people SET outcome = 'admired'")
    after = await broadcasts.find_progress(added.id)
    assert (before.people, after.people) == (1, 0)


async def test_what_a_newer_version_has_set_for_all_is_as_if_nobody_had_set_it(
    database: Database, rewrite: Callable[[str], None]
) -> None:
    rewrite("INSERT INTO house_rules VALUES ('access', 'friends'), ('budget', 'plenty'), ('mood', 'good')")
    rewrite("INSERT INTO house_rules VALUES ('allowance', 'unlimited')")
    runtime_settings = RuntimeSettings(database, access=AccessMode.INVITE, budget=50)
    await runtime_settings.load()
    assert (runtime_settings.access, runtime_settings.budget, runtime_settings.allowance) == (
        AccessMode.INVITE,
        50,
        Limit(None),
    )
