"""Erasing: of whom is forgotten no file holds a byte, and it is said when that has to wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from domain.job import Job, Place
from domain.options import PromptOptions
from storage.accounts import Accounts
from storage.database import Database
from storage.drafts import DraftKind, Drafts
from storage.erasure import Erasure
from storage.profiles import ProfileSeen
from tests.storage.saved_profiles import save_profiles

Leave = Callable[[], Awaitable[None]]

PERSON, OTHER = 7_300_000_001, 8
MARK = "unmistakable"
#: How SQLite writes the person's number into a row and an index.
TRACES = (MARK.encode(), str(PERSON).encode(), PERSON.to_bytes(6, "big"))


@pytest.fixture
def forgetting(database: Database) -> Erasure:
    return Erasure(database)


@pytest.fixture
def later(now: datetime) -> datetime:
    """Return a moment at which nothing that was made counts against a limit any more."""
    return now + timedelta(hours=25)


@pytest.fixture
def leave(
    database: Database, add: Callable[..., Awaitable[Job]], place: Callable[..., Place], now: datetime
) -> Leave:
    """Return a way for the person to leave something beside others, whose rows push theirs from page to page."""

    async def make() -> None:
        chance = Random(1)  # noqa: S311 - chance that is the same each time
        for number in range(60):
            person = chance.choice([PERSON, OTHER])
            words = MARK if person == PERSON else "something"
            job = await add(person, prompt=f"{words} {number} " * chance.randint(1, 60))
            async with database.transaction() as connection:
                await connection.execute(
                    text("UPDATE jobs SET state = 'done', finished_at = 1, file_id = :file WHERE id = :id"),
                    {"file": f"{words}-{number}" * 10, "id": job.id},
                )
        await save_profiles(
            Accounts(database), [ProfileSeen(id=PERSON, name=MARK, username=MARK, language="en", at=now)]
        )
        await Drafts(database).add(
            idempotency_key=f"{MARK}:1",
            kind=DraftKind.CARD,
            place=place(PERSON),
            options=PromptOptions(prompt=MARK),
            now=now,
        )
        async with database.transaction() as connection:
            await connection.execute(
                text("INSERT INTO inbox (update_id, turn, body, received_at) VALUES (1, :turn, :body, 0)"),
                {"turn": PERSON, "body": MARK},
            )

    return make


def traces(path: Path) -> set[tuple[str, bytes]]:
    """Return which files still hold which bytes of the person's."""
    return {
        (file.name, trace) for file in path.parent.iterdir() for trace in TRACES if trace in file.read_bytes()
    }


async def test_of_whom_is_forgotten_no_file_holds_a_byte(
    forgetting: Erasure, leave: Leave, path: Path, now: datetime
) -> None:
    await leave()
    before = {trace for _, trace in traces(path)}
    forgotten = await forgetting.forget(PERSON, now=now)
    assert before == set(TRACES)
    # What counts against the limit keeps the payer's number for a day.
    assert (forgotten.is_erased, {trace for _, trace in traces(path)} & {TRACES[0], TRACES[1]}) == (
        True,
        set(),
    )


async def test_after_a_day_not_even_the_number_is_left(
    database: Database, leave: Leave, path: Path, now: datetime, later: datetime
) -> None:
    await leave()
    await Erasure(database).forget(PERSON, now=now)
    await Erasure(database).finish(now=later)
    assert traces(path) == set()


async def test_while_somebody_reads_an_older_state_it_is_said_that_it_has_to_wait_and_then_done(
    database: Database, leave: Leave, path: Path, now: datetime, later: datetime
) -> None:
    await leave()
    async with database.reading() as reader:
        await reader.execute(text("SELECT count(*) FROM jobs"))
        forgotten = await Erasure(database).forget(PERSON, now=now)
    assert forgotten.is_erased is False
    await Erasure(database).finish(now=later)
    assert traces(path) == set()


async def test_one_persons_wish_after_the_other_does_not_write_the_database_anew_each_time(
    database: Database, forgetting: Erasure, leave: Leave, path: Path, now: datetime
) -> None:
    await leave()
    erased = [(await forgetting.forget(person, now=now)).is_erased for person in (OTHER, PERSON)]
    assert erased == [True, False]
    # What was not erased at once is, also by a process that was started since.
    await Erasure(database).finish(now=now)
    assert {trace for _, trace in traces(path)} <= {TRACES[2]}


async def test_a_large_database_is_written_anew_later(
    database: Database, leave: Leave, path: Path, now: datetime, later: datetime
) -> None:
    await leave()
    forgetting = Erasure(database, erased_at_once_up_to=0)
    assert (await forgetting.forget(PERSON, now=now)).is_erased is False
    await forgetting.finish(now=later)
    assert traces(path) == set()
