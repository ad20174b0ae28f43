"""The statements that a call makes, and whether one of them looks at every row of a table that grows."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

import storage
from storage.database import Database

#: Whose rows become more as long as the bot is used.
GROWING = frozenset({
    *("jobs", "job_moves", "drafts", "preferences", "characters"),
    *("accounts", "grants", "audit", "groups", "broadcast_people"),
    *("daily_tallies", "daily_waits", "weekly_waits", "daily_people", "recent_use"),
})  # fmt: skip
#: Indexes of a part of a table that is as large as what is asked for: these may be read from end to end.
READ_WHOLE = {
    "ix_jobs_due": "under way",
    "ix_jobs_under_way": "under way",
    "ix_jobs_under_way_in_chat": "under way",
    "ix_jobs_unknown_outcome": "looked at by hand, one by one",
    "ix_jobs_half_forgotten": "forgotten within a day",
    "ix_accounts_said": "what operators have said, one by one or to all that were known",
    "ix_accounts_limited": "the first of those to whom operators gave an allowance",
    "ix_accounts_granted": "the first of those to whom operators gave credits",
    "ix_accounts_heard": "everybody, to whom a broadcast goes",
    "ix_groups_chosen": "what groups' administrators have chosen",
}
#: Tables that are read from their beginning, but no further than fits in memory.
READ_TO_A_LIMIT = {"preferences": "once at the start"}
#: Indexes that are read in their order, no further than a page of them.
READ_BY_PAGES = {"ix_recent_use_credits": "who used the bot most"}
#: What is under way is found by these alone, or by its id.
UNDER_WAY = re.compile(r"INTEGER PRIMARY KEY|ix_jobs_(due|under_way\w*)\b")


class Statements(list[tuple[str, Any]]):
    """What was executed, each with the parameters of its first row."""

    @contextmanager
    def recording(self, database: Database) -> Iterator[None]:
        engine = database._engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", self._note)

    def _note(self, *executed: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        _, _, statement, parameters, _, is_many = executed
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            self.append((statement, parameters[0] if is_many else parameters))


def faults(path: Path, statements: Statements) -> set[str]:
    """Return what the plans of the statements do that takes the longer, the more rows there are."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            f"{step} FOR {statement}"
            for statement, parameters in (*statements, *_of_triggers(connection, statements))
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            if _is_fault(step, statement)
        }


def _of_triggers(connection: sqlite3.Connection, statements: Statements) -> Iterator[tuple[str, Any]]:
    """Yield the statements of the triggers that these may set off, with parameters for what they say of their row."""
    triggers = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    for table, trigger in connection.execute(triggers).fetchall():
        if any(_changes(statement, table) for statement, _ in statements):
            body = trigger.partition(" BEGIN ")[2].removesuffix("; END")
            for statement in body.split("; "):
                said = re.sub(r"\b(?:OLD|NEW)\.(\w+)", r":\1", statement)
                yield said, dict.fromkeys(re.findall(r":(\w+)", said), 1)


def _changes(statement: str, table: str) -> bool:
    return re.match(rf"(INSERT INTO|UPDATE|DELETE FROM) {table}\b", statement) is not None


def _is_fault(step: str, statement: str) -> bool:
    words = step.split()
    table = words[1] if len(words) > 1 else ""
    # A plan calls a table as the statement does.
    table = {alias: name for name, alias in re.findall(r"\b(\w+) AS (\w+)", statement)}.get(table, table)
    if table not in GROWING:
        return False
    if "AUTOMATIC" in words:  # an index that is made for this statement, of every row
        return True
    if words[0] == "SCAN":
        is_bounded = (table in READ_TO_A_LIMIT or READ_BY_PAGES.keys() & set(words)) and "LIMIT" in statement
        return not (is_bounded or READ_WHOLE.keys() & set(words))
    asks_what_is_under_way = table == "jobs" and "jobs.finished_at IS NULL" in statement
    return asks_what_is_under_way and UNDER_WAY.search(step) is None


def public_calls() -> set[str]:
    """Name every call of the classes that are given a database."""
    modules = (
        importlib.import_module(f"storage.{module.name}") for module in pkgutil.iter_modules(storage.__path__)
    )
    return {
        f"{kind.__name__}.{name}"
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind)
        and kind.__module__ == module.__name__
        and "database" in inspect.signature(kind.__init__).parameters
        for name, call in vars(kind).items()
        if inspect.iscoroutinefunction(call) and not name.startswith("_")
    }
