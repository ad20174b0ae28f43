"""Migrations that fill what is new: what was there before is found and counted like what comes after."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import storage.migrations
from storage.accounts import Accounts
from storage.database import Database
from storage.videos import Videos

#: More than are filled at once.
JOBS = 10_003


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
    query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {JOBS}) "
        "INSERT INTO jobs (origin, account_id, requester_id, chat_id, prompt, model, seconds, width, height, price, "
        "private, watermark, state, created_at, due_at, attempts, told_late, failure_detail, sending, ordered_at, "
        "finished_at) SELECT 'message:' || i, 1, 1, 1, CASE i WHEN 1 THEN 'Eine STRASSE' ELSE 'ЗИМА ' || i END, "
        "'sora-2', 10, 720, 1280, 1, 0, 0, 'done', i, i, 0, 0, '', 0, nullif(i, 2), i FROM n".replace(
            "{JOBS}", str(JOBS)
        )
    )
    query("INSERT INTO accounts (id, username, since) VALUES (1, 'AdaL', 1)")


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
    assert found == [[1], [JOBS]]
    assert ada is not None
    assert query("SELECT count(*) FROM jobs WHERE search_text = ''") == [0]
    assert query("SELECT id FROM jobs WHERE submitted_at IS NOT ordered_at OR submitted_at IS NULL") == [2]
