"""What is no value of the database's is trouble like any other, and undoes what was written beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import Unwritable

Query = Callable[[str], list[Any]]
NO_VALUES = {"a number beyond 64 bits": 2**70, "half of a surrogate pair": "cat \ud83d"}


async def set_rules(database: Database, *values: object) -> None:
    async with database.transaction() as connection:
        for number, value in enumerate(values):
            rule = {"name": number, "value": value}
            await connection.execute(text("INSERT INTO house_rules VALUES (:name, :value)"), rule)


async def find_rule(database: Database, name: object) -> None:
    async with database.reading() as connection:
        await connection.execute(text("SELECT * FROM house_rules WHERE name = :name"), {"name": name})


@pytest.mark.parametrize("value", NO_VALUES.values(), ids=NO_VALUES)
async def test_what_is_no_value_of_the_databases_is_trouble_whether_asked_for_or_written(
    database: Database, query: Query, value: int | str
) -> None:
    with pytest.raises(Unwritable):
        await find_rule(database, value)
    with pytest.raises(Unwritable):
        await set_rules(database, "good", value)
    assert query("SELECT * FROM house_rules") == []
