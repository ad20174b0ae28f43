"""What others on the machine, and readers of the log, learn from the database: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import DatabaseTrouble


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "older"])
async def test_only_the_bot_s_own_user_can_read_what_is_written(tmp_path: Path, is_there: bool) -> None:  # noqa: FBT001 - of the table
    path = tmp_path / "data" / "reelbot.db"
    if is_there:
        path.parent.mkdir(mode=0o700)
        path.touch(0o644)
    async with Database.open(f"sqlite:///{path}") as database, database.reading():
        modes = {found.name: found.stat().st_mode & 0o777 for found in (path.parent, *path.parent.iterdir())}
    files = dict.fromkeys(("reelbot.db", "reelbot.db-wal", "reelbot.db-shm"), 0o600)
    assert modes == {"data": 0o700} | files


async def test_trouble_tells_nothing_of_what_was_to_be_written(database: Database) -> None:
    with pytest.raises(DatabaseTrouble) as trouble:
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Mina"})
    assert "INSERT INTO nowhere" in str(trouble.value)
    assert "Mina" not in str(trouble.value)
