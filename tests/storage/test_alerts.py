"""What operators were told: remembered until it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from storage.alerts import Alerts
from storage.database import Database
from storage.operator_tables import accounts


async def test_what_was_told_is_known_until_it_is_over(database: Database, now: datetime) -> None:
    alerts, later = Alerts(database), now + timedelta(days=1)
    await alerts.note(["disk", "failures"], now=now)
    await alerts.note(["disk"], now=later)
    assert await Alerts(database).find_told() == {"disk": later, "failures": now}
    await alerts.note([], over=["failures", "never told"], now=later)
    await alerts.note([], now=later)
    assert await alerts.find_told() == {"disk": later}


async def test_only_those_have_a_language_who_were_heard(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(insert(accounts).values(id=1, language="de"))
    assert await Alerts(database).find_languages({1, 2}) == {1: "de"}
