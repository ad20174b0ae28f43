"""Roll-ups: whatever is done to jobs, and by whomever, they say what the jobs do, counted one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from domain.job import Job
from domain.statistics import Period, Wait
from storage.chat_migration import ChatMigration
from storage.database import Database
from storage.erasure import Erasure
from storage.errors import DatabaseTrouble
from storage.recovery import Recovery
from storage.statistics import StatisticsStore
from storage.tables import jobs as jobs_table
from storage.usage import Share, Usage
from tests.storage.plain_counts import counts_of, in_order, rows_of, shares_of

Add = Callable[..., Awaitable[Job]]
Query = Callable[[str], list[Any]]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GROUPS = (-5, -6)
PEOPLE = (1, 2, 3, GROUPS[0])
#: How a job may be: `{later}` is a moment after it was accepted.
WAYS = (
    "state = 'queued', video_id = NULL, failure = NULL, rendered_at = NULL, kept_at = NULL, finished_at = NULL",
    "state = 'submitting', failure = NULL, kept_at = NULL, finished_at = NULL",
    "state = 'rendering', video_id = 'v', failure = NULL, kept_at = NULL, finished_at = NULL",
    "state = 'delivering', rendered_at = {later}, kept_at = NULL, finished_at = NULL",
    "state = 'delivering', failure = 'busy', rendered_at = {later}, kept_at = NULL, finished_at = NULL",
    "state = 'done', failure = NULL, rendered_at = created_at, kept_at = NULL, finished_at = {later}",
    "state = 'done', failure = NULL, rendered_at = created_at, kept_at = NULL, finished_at = {later}",
    "state = 'done', failure = NULL, rendered_at = created_at, kept_at = {later}, finished_at = {later}",
    "state = 'failed', failure = 'moderated', rendered_at = NULL, kept_at = NULL, finished_at = {later}",
    "state = 'failed', failure = 'undeliverable', kept_at = {later}, finished_at = {later}",
    "state = 'cancelled', failure = NULL, kept_at = NULL, finished_at = {later}",
    "requester_id = (SELECT max(requester_id) FROM jobs)",
    "price = price + 1, model = 'veo3', seconds = 8",
    "cost = 100000 + id, cost_currency = 'USD'",
    "cost = 250000, cost_currency = 'CNY'",
    "cost = NULL, cost_currency = NULL",
    "created_at = created_at - 2 * 86400000000",
    "created_at = created_at + 86400000000, finished_at = finished_at + 86400000000",
    "finished_at = finished_at + 7000000",
    "kept_at = NULL",
    "kept_at = created_at",
    "due_at = due_at + 1, progress = 50",
)


#: Within a week, a whole one, and more of them with days around.
PERIODS = (1, 3, 8, 15, 30)


@dataclass(slots=True)
class History:
    """What happens to jobs, at random but alike each time: some of it our bot never does."""

    random: Random
    database: Database
    path: Path
    add: Add
    now: datetime = NOW
    done: list[str] = field(default_factory=list)

    async def go_on(self) -> None:
        happening = self.random.choice([
            *([self.ask] * 8),
            *([self.change] * 10),
            self.delete,
            self.forget,
            self.move,
            self.set_clock,
            self.wait,
            self.fail,
        ])  # fmt: skip
        self.done.append(f"{happening.__name__} at {self.now}")
        await happening()

    async def ask(self) -> None:
        at = self.now - self.random.choice([0, 0, 1, 2, 6, 9, 13]) * DAY - self.random.random() * DAY
        model, price = self.random.choice(["sora-2", "veo3"]), self.random.randint(0, 3)
        await self.add(self.random.choice(PEOPLE), at=at, model=model, price=price)

    async def change(self) -> None:
        wait = int(10 ** self.random.uniform(6, 11))
        way = self.random.choice(WAYS).format(later=f"created_at + {wait}")
        self.write(f"UPDATE jobs SET {way} WHERE {self.some()}")  # noqa: S608 - ours

    async def delete(self) -> None:
        self.write(f"DELETE FROM jobs WHERE {self.some()}")  # noqa: S608 - ours

    async def forget(self) -> None:
        person = self.random.choice(PEOPLE)
        self.write(f"UPDATE jobs SET {WAYS[5]} WHERE requester_id = {person}".format(later="created_at + 90"))  # noqa: S608 - ours
        await Erasure(self.database).forget(person, now=self.now)
        await Erasure(self.database).finish(now=self.now)

    async def move(self) -> None:
        await ChatMigration(self.database).move(*self.random.sample(GROUPS, 2))

    async def set_clock(self) -> None:
        by = self.random.choice([-400, -3, -1, 1, 9, 400]) * DAY
        self.now += by
        if self.random.random() < 0.5:
            await Recovery(self.database).shift(by, (), now=self.now)

    async def wait(self) -> None:
        self.now += self.random.random() * 2 * DAY

    async def fail(self) -> None:
        with suppress(DatabaseTrouble):
            await self.write_in_vain()

    async def write_in_vain(self) -> None:
        async with self.database.transaction() as connection:
            await connection.execute(update(jobs_table).values(price=9, requester_id=7, kept_at=self.now))
            raise DatabaseTrouble

    def some(self) -> str:
        return self.random.choice(
            ["id = (SELECT max(id) FROM jobs)", "id % 3 = 1", "id % 5 = 2", "id % 7 = 3"]
        )

    def write(self, statement: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(statement)


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_happens_to_jobs_the_roll_ups_say_what_the_jobs_do(
    database: Database, path: Path, add: Add, seed: int
) -> None:
    history = History(Random(seed), database, path, add)  # noqa: S311 - alike each time
    for _ in range(70):
        await history.go_on()
        rows, period = rows_of(path), Period.until(history.now, days=history.random.choice(PERIODS))
        counted = await StatisticsStore(database).count(period)
        assert in_order(counted) == in_order(counts_of(rows, period)), history.done
        since = history.now - 2 * DAY
        shares = await Usage(database).find_shares(since=since, limit=99)
        assert shares == shares_of(rows, since.date()), history.done


WAITS = {
    "less than a second": (0.9, 0),
    "told to the second": (59.9, 59),
    "a minute": (60, 60),
    "to ten seconds": (599.9, 590),
    "ten minutes": (600, 600),
    "to the minute": (3599, 3540),
    "to five minutes": (4199, 3900),
}


@pytest.mark.parametrize(("waited", "told"), WAITS.values(), ids=WAITS)
async def test_a_wait_is_rounded_down_the_more_the_longer_it_was(
    database: Database, add: Add, query: Query, waited: float, told: int
) -> None:
    await add(at=NOW)
    query(f"UPDATE jobs SET state = 'done', finished_at = created_at + {round(waited * 10**6)}")  # noqa: S608 - ours
    counts = await StatisticsStore(database).count(Period.until(NOW, days=1))
    assert counts.waits == [Wait(model="sora-2", span=timedelta(seconds=told), videos=1)]


async def test_a_write_that_breaks_a_rule_leaves_every_sum_as_it_was(
    database: Database, add: Add, query: Query, path: Path
) -> None:
    for price in (1, 2):
        await add(at=NOW, price=price)
    today = Period.until(NOW, days=1)
    with pytest.raises(sqlite3.IntegrityError, match="price_is_no_gift"):
        query("UPDATE jobs SET price = 1 - price")
    assert in_order(await StatisticsStore(database).count(today)) == in_order(counts_of(rows_of(path), today))
    assert (await StatisticsStore(database).count(today)).tallies[0].credits == 3


async def test_nothing_of_a_number_is_left_when_its_person_is_forgotten(
    database: Database, add: Add, query: Query
) -> None:
    for person in (1, 2):
        await add(person, at=NOW)
    await Usage(database).count_since(NOW)
    query("UPDATE jobs SET state = 'done', finished_at = created_at")
    assert query("SELECT requester_id, videos FROM recent_use") == [(1, 1), (2, 1)]
    await Erasure(database).forget(1, now=NOW)
    assert query("SELECT requester_id FROM recent_use") == [2]


async def test_a_clock_that_was_a_year_ahead_for_a_while_leaves_no_trace(
    database: Database, other_database: Database, add: Add, query: Query
) -> None:
    await add(1, at=NOW, price=2)
    query("UPDATE jobs SET state = 'done', finished_at = created_at, kept_at = created_at")
    today, in_a_year = Period.until(NOW, days=30), Period.until(NOW + 365 * DAY, days=30)
    usage, theirs = Usage(database), Usage(other_database)
    assert await usage.find_shares(since=NOW, limit=9) == [Share(account_id=1, videos=0, credits=2)]
    await add(1, at=NOW + 365 * DAY)
    assert await usage.find_shares(since=NOW + 365 * DAY, limit=9) == [
        Share(account_id=1, videos=0, credits=1)
    ]
    await Recovery(database).shift(-365 * DAY, (), now=NOW)
    assert await theirs.find_shares(since=NOW, limit=9) == [Share(account_id=1, videos=0, credits=3)]
    counts = await StatisticsStore(database).count(today)
    assert ([(day.date, day.people) for day in counts.days], counts.people) == ([(NOW.date(), 1)], 1)
    assert (await StatisticsStore(database).count(in_a_year)).people == 0


async def test_who_asked_before_and_after_a_period_was_in_it_only_if_they_asked_in_it(
    database: Database, add: Add
) -> None:
    for person, days in [(1, 0), (1, 9), (2, 0), (2, 1), (2, 9), (3, 1), (4, 9)]:
        await add(person, at=NOW + days * DAY)
    counts = await StatisticsStore(database).count(Period(first=date(2026, 11, 23), last=date(2026, 11, 25)))
    assert ([(day.date, day.people) for day in counts.days], counts.people) == ([(date(2026, 11, 23), 2)], 2)


async def test_use_is_counted_anew_only_when_a_day_begins(database: Database, add: Add) -> None:
    await add(at=NOW)
    usage, since = Usage(database), NOW
    assert [await usage.count_since(day) for day in (since, since, since + DAY, since)] == [
        True,
        False,
        True,
        True,
    ]


async def test_what_is_done_while_nothing_is_counted_yet_is_counted_at_the_first_look(
    database: Database, add: Add, query: Query
) -> None:
    await add(at=NOW)
    assert query("SELECT count(*) FROM recent_use") == [0]
    shares = await Usage(database).find_shares(since=NOW, limit=9)
    assert shares == [Share(account_id=1, videos=0, credits=1)]
