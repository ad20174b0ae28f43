"""Migrations that fill what is new: what was there before is found and counted like what comes after."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import storage.migrations
from domain.statistics import Period
from storage.accounts import Accounts
from storage.database import Database
from storage.statistics import StatisticsStore
from storage.usage import Usage
from storage.videos import Videos
from tests.storage.plain_counts import counts_of, in_order, rows_of, shares_of

#: More than are filled at once.
JOBS = 10_005


# For some weeks, every seven minutes one of three people asks, or one that is forgotten: one in five fails.
_EARLIER_JOBS = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {JOBS})
INSERT INTO jobs (origin, account_id, requester_id, chat_id, prompt, model, seconds, width, height, price, private,
  watermark, state, created_at, due_at, attempts, told_late, failure_detail, sending, ordered_at, failure, finished_at)
SELECT 'message:' || i, 1, i % 4, 1, CASE i WHEN 1 THEN 'Eine STRASSE' ELSE 'ЗИМА ' || i END,
  CASE i % 7 WHEN 0 THEN 'veo3' ELSE 'sora-2' END, 10, 720, 1280, i % 3, 0, 0,
  CASE i % 5 WHEN 4 THEN 'failed' ELSE 'done' END, i * 420000000, i, 0, 0, '', 0, nullif(i, 2),
  CASE i % 5 WHEN 4 THEN 'busy' END, i * 420000000 + i % 4000 * 1000000 FROM n
"""  # noqa: S608 - ours


@pytest.fixture
def of_step_3(path: Path, query: Callable[[str], list[Any]]) -> None:
    """Let the database be one of the step before, with jobs and somebody in it."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    engine.dispose()
    query(_EARLIER_JOBS)
    query(
        "INSERT INTO accounts (id, name, username, since) VALUES (1, 'ADA  Straße', 'AdaL', 1), (2, '', NULL, 1)"
    )


@pytest.mark.usefixtures("of_step_3")
async def test_what_was_there_before_is_found_by_its_words_and_its_name(
    url: str, query: Callable[[str], list[Any]]
) -> None:
    async with Database.open(url) as database:
        videos = Videos(database)
        found = [
            [job.id for job in await videos.page(1, words=words, limit=2)]
            for words in ("straße", f"зима {JOBS}")
        ]
        ada = await Accounts(database).find_by_username("adal")
        by_name = await Accounts(database).find_by_names(["ada strasse", ""], limit=2)
    assert found == [[1], [JOBS]]
    assert ada is not None
    assert by_name == [ada]
    assert query("SELECT count(*) FROM jobs WHERE search_text = ''") == [0]
    assert query("SELECT DISTINCT provider, cost, failed_orders FROM jobs") == [("main", None, 0)]
    assert query("SELECT id FROM jobs WHERE submitted_at IS NOT ordered_at OR submitted_at IS NULL") == [2]


@pytest.mark.usefixtures("of_step_3")
async def test_what_was_there_before_is_in_every_sum(url: str, path: Path) -> None:
    async with Database.open(url) as database:
        rows = rows_of(path)
        for days in (1, 20, 49):
            period = Period(first=date(1970, 2, 18) - days * timedelta(days=1), last=date(1970, 2, 18))
            counted = await StatisticsStore(database).count(period)
            assert in_order(counted) == in_order(counts_of(rows, period))
        since = datetime(1970, 2, 1, tzinfo=UTC)
        shares = await Usage(database).find_shares(since=since, limit=9)
    assert shares == shares_of(rows, since.date())
