"""Reads and writes the bot's database directly, for journeys."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

from tests.journeys.sandbox import Sandbox


async def query(sandbox: Sandbox, statement: str) -> list[Any]:
    """Return the rows that a statement selects, or do what it says, in turn with what the bot writes.

    Off the event loop: the bot's own writing, which it may have to wait for, goes on there.
    """
    return await asyncio.to_thread(_query, sandbox, statement)


def _query(sandbox: Sandbox, statement: str) -> list[Any]:
    with closing(
        sqlite3.connect(sandbox.folder / "reelbot.db", timeout=30, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute(statement).fetchall()
        connection.execute("COMMIT")
        return rows


async def let_pay(sandbox: Sandbox, account_id: int, limit: int) -> None:
    """Give an account a limit of its own before the bot starts, as an operator does from the chat."""
    await query(
        sandbox,
        f"INSERT INTO accounts (id, has_limit, credits) VALUES ({account_id}, 1, {limit})",  # noqa: S608 - ours
    )


async def copy_job(sandbox: Sandbox, job_id: int, times: int, **changes: str) -> None:
    """Add jobs that are as the one of this id; `changes` are SQL expressions by column, `number` counts the copies."""
    names = [
        name for (name,) in await query(sandbox, "SELECT name FROM pragma_table_info('jobs')") if name != "id"
    ]
    changed = {"origin": "'copy:' || number"} | changes
    values = ", ".join(changed.get(name, name) for name in names)
    await query(
        sandbox,
        f"WITH RECURSIVE copies(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number < {times}) "  # noqa: S608 - ours
        f"INSERT INTO jobs ({', '.join(names)}) SELECT {values} FROM jobs, copies WHERE id = {job_id}",
    )
