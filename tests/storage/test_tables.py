"""The tables: what the database refuses by itself, and times that are kept exactly."""

import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from domain.job import Job, State
from storage.tables import Instant

Query = Callable[[str], list[Any]]

REFUSED = {
    "an unknown state": ("state = 'lost'", "state_is_known"),
    "rendering without an id": ("state = 'rendering'", "rendering_has_its_id"),
    "failed without a reason": ("state = 'failed', finished_at = 1", "failed_has_a_reason"),
    "done with a reason": ("state = 'done', finished_at = 1, failure = 'busy'", "done_has_no_reason"),
    "over without an end": ("state = 'cancelled'", "over_has_an_end"),
    "an end while under way": ("finished_at = 1", "over_has_an_end"),
    "a price below nothing": ("price = -1", "price_is_no_gift"),
    "progress below nothing": ("progress = -1", "progress_is_per_cent"),
    "progress above all": ("progress = 101", "progress_is_per_cent"),
    "no prompt": ("prompt = NULL", "NOT NULL"),
    "no time": ("due_at = NULL", "NOT NULL"),
    "another's origin": ("origin = 'message:2:2'", "UNIQUE"),
}

TAKEN = {
    "submitting": "state = 'submitting'",
    "rendering": "state = 'rendering', video_id = 'v'",
    "delivering": "state = 'delivering', progress = 100",
    "delivering a reason": "state = 'delivering', failure = 'busy'",
    "done": "state = 'done', finished_at = 1",
    "failed": "state = 'failed', failure = 'busy', finished_at = 1",
    "cancelled": "state = 'cancelled', finished_at = 1",
    "for nothing": "price = 0, progress = 0",
}


@pytest.fixture
async def two_jobs(add: Callable[..., Awaitable[Job]]) -> None:
    for person in (1, 2):
        await add(person)


@pytest.mark.usefixtures("two_jobs")
@pytest.mark.parametrize(("change", "rule"), REFUSED.values(), ids=REFUSED)
async def test_the_database_refuses_a_row_that_cannot_be(query: Query, change: str, rule: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rule):
        query(f"UPDATE jobs SET {change} WHERE id = 1")  # noqa: S608 - the table above


@pytest.mark.usefixtures("two_jobs")
@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN)
async def test_the_database_takes_a_row_that_can_be(query: Query, change: str) -> None:
    assert query(f"UPDATE jobs SET {change} WHERE id = 1 RETURNING id") == [1]  # noqa: S608 - the table above


async def test_the_rules_know_every_state(query: Query, two_jobs: None) -> None:  # noqa: ARG001 - makes the tables
    (table,) = query("SELECT sql FROM sqlite_master WHERE name = 'jobs'")
    assert [state for state in State if f"'{state}'" not in table] == []


INSTANTS = {
    "now": datetime(2026, 11, 22, 12, 34, 56, 789012, tzinfo=UTC),
    "a microsecond before 1970": datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    "the last": datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    "elsewhere": datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))),
}


@pytest.mark.parametrize("instant", INSTANTS.values(), ids=INSTANTS)
def test_an_instant_is_kept_to_the_microsecond_and_comes_back_in_utc(instant: datetime) -> None:
    column, dialect = Instant(), sqlite.dialect()
    kept = column.process_bind_param(instant, dialect)
    back = column.process_result_value(kept, dialect)
    assert isinstance(kept, int)
    assert back is not None
    assert (back, back.tzinfo) == (instant, UTC)


def test_no_instant_is_kept_as_none() -> None:
    column, dialect = Instant(), sqlite.dialect()
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="offset-naive"):
        Instant().process_bind_param(datetime(2026, 11, 22, 12), sqlite.dialect())  # noqa: DTZ001 - the mistake itself
