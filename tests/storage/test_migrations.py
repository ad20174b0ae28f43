"""Migrations: step by step they lead to the tables that the code knows."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

import storage.migrations
import storage.operator_tables
import storage.rollups
from storage.database import NEWEST_STEP, Database
from storage.tables import metadata

#: The index of usernames is over an expression: its SQL is compared below.
pytestmark = pytest.mark.filterwarnings("ignore:.*expression-based index")


def rules_of(connection: Connection) -> dict[str, Any]:
    """Return what Alembic does not compare: the rules of each table, which rows an index holds, and the triggers."""
    inspector = inspect(connection)
    rules: dict[str, Any] = {
        table: {
            "checks": sorted(
                (check["name"], check["sqltext"]) for check in inspector.get_check_constraints(table)
            ),
            "unique": inspector.get_unique_constraints(table),
            "foreign": inspector.get_foreign_keys(table),
            "key": inspector.get_pk_constraint(table),
        }
        for table in metadata.tables
    }
    written = text(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY name"
    )
    rowless = text("SELECT name FROM pragma_table_list WHERE wr ORDER BY name")
    return rules | {
        "indexes and triggers": [(name, " ".join(sql.split())) for name, sql in connection.execute(written)],
        "tables that are their own index": connection.execute(rowless).scalars().all(),
    }


def test_the_newest_step_is_the_one_at_which_a_database_is_up_to_date() -> None:
    steps = ScriptDirectory(str(Path(storage.migrations.__file__).parent))
    assert steps.get_heads() == [NEWEST_STEP]


async def test_the_migrations_lead_to_the_tables_that_the_code_knows(database: Database) -> None:
    async with database.reading() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert differences == []


async def test_the_migrations_lead_to_the_rules_that_the_code_knows(
    database: Database, tmp_path: Path
) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/created.db")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        created = await connection.run_sync(rules_of)
    await engine.dispose()
    async with database.reading() as connection:
        migrated = await connection.run_sync(rules_of)
    assert migrated == created
