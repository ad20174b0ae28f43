"""What the tests of storage start from: a real database file, and jobs in it."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from domain import lifecycle
from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import VideoRequest
from domain.size import Size
from storage.claims import Claim, Claims
from storage.database import Database
from storage.drafts import Drafts
from storage.jobs import Added, Jobs

LEASE = timedelta(minutes=1)


CONCURRENCY = Concurrency(in_all=20, per_person=2)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reelbot.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
async def database(fresh_database: Path, path: Path, url: str) -> AsyncIterator[Database]:
    shutil.copyfile(fresh_database, path)
    async with Database.open(url) as database:
        yield database


@pytest.fixture
async def other_database(database: Database, url: str) -> AsyncIterator[Database]:  # noqa: ARG001 - opened after the first
    """Return a second way to the same file, as a second process has it."""
    async with Database.open(url) as other:
        yield other


@pytest.fixture
def query(path: Path) -> Callable[[str], list[Any]]:
    """Return what a statement selects or does, asked past our own code; rows of one column come as values."""

    def ask(statement: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as connection, connection:
            rows = connection.execute(statement).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    return ask


@pytest.fixture
def dump(query: Callable[[str], list[Any]]) -> Callable[[], dict[str, list[dict[str, Any]]]]:
    """Return a way to every row of every table of the file."""

    def read() -> dict[str, list[dict[str, Any]]]:
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in query("SELECT name FROM sqlite_master WHERE type = 'table'"):
            names = query(f"SELECT name FROM pragma_table_info('{table}')")  # noqa: S608 - our own tables
            found = query(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            rows[table] = [
                dict(zip(names, row if isinstance(row, tuple) else (row,), strict=True)) for row in found
            ]
        return rows

    return read


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


@pytest.fixture
def claims(database: Database) -> Claims:
    return Claims(database)


@pytest.fixture
def drafts(database: Database) -> Drafts:
    return Drafts(database)


@pytest.fixture
def concurrency() -> Concurrency:
    return Concurrency(in_all=20, per_person=2)


@pytest.fixture
def place() -> Callable[..., Place]:
    """Return a factory of places: a person's own chat unless told otherwise."""

    def make(person: int = 1, **changes: Any) -> Place:  # noqa: ANN401 - any of a place's fields
        return Place(**{"account_id": person, "requester_id": person, "chat_id": person} | changes)

    return make


@pytest.fixture
def request_of() -> Callable[..., VideoRequest]:
    """Return a factory of requests."""

    def make(**changes: Any) -> VideoRequest:  # noqa: ANN401 - any of a request's fields
        usual: dict[str, Any] = {"prompt": "a cat", "model": "sora-2", "seconds": 10, "price": 1}
        return VideoRequest(**{"size": Size(720, 1280)} | usual | changes)

    return make


@pytest.fixture
def ask(
    jobs: Jobs, place: Callable[..., Place], request_of: Callable[..., VideoRequest], now: datetime
) -> Callable[..., Awaitable[Added]]:
    """Return the first person's way to ask for a video within an allowance of 3."""

    async def make(
        origin: str,
        *,
        through: Jobs = jobs,
        price: int = 1,
        allowance: int | None = 3,
        **changes: Any,  # noqa: ANN401 - of `Jobs.add`
    ) -> Added:
        usual: dict[str, Any] = {
            "place": place(),
            "rules": SpendingRules(allowance=allowance),
            "concurrency": CONCURRENCY,
            "now": now,
        }
        return await through.add(idempotency_key=origin, request=request_of(price=price), **usual | changes)

    return make


@pytest.fixture
def add(
    jobs: Jobs, place: Callable[..., Place], request_of: Callable[..., VideoRequest], now: datetime
) -> Callable[..., Awaitable[Job]]:
    """Return a factory that adds a job without regard to quotas and announces it, so that it is due now."""
    numbers = count(1)

    async def make(person: int = 1, *, at: datetime = now, **changes: Any) -> Job:  # noqa: ANN401 - of the request
        added = await jobs.add(
            idempotency_key=f"message:{person}:{next(numbers)}",
            place=place(person),
            request=request_of(**changes),
            rules=SpendingRules(allowance=None),
            concurrency=CONCURRENCY,
            now=at,
        )
        await jobs.announce(added.job.id, status_message_id=None, now=at)
        return added.job

    return make


@pytest.fixture
def claim(claims: Claims, concurrency: Concurrency, now: datetime) -> Callable[..., Awaitable[Claim]]:
    """Return a way to claim the one job that is due, queued or not."""

    async def take(*, at: datetime = now) -> Claim:
        queued = await claims.claim_queued(at, lease=LEASE, concurrency=concurrency, in_hand=0)
        (claim,) = [*queued, *await claims.claim_due(at, lease=LEASE, limit=10)]
        return claim

    return take


@pytest.fixture
def claim_in(
    add: Callable[..., Awaitable[Job]],
    claim: Callable[..., Awaitable[Claim]],
    claims: Claims,
    concurrency: Concurrency,
    now: datetime,
) -> Callable[..., Awaitable[Claim]]:
    """Return a factory: a claim on a new job that was led to a state, with that state's step to be taken.

    The factory's job has to be the only one that is due.
    """

    async def lead(state: State, *, at: datetime = now, person: int = 1, **changes: Any) -> Claim:  # noqa: ANN401 - of the request
        await add(person, at=at, **changes)
        claimed = await claim(at=at)
        if state is State.QUEUED:
            return claimed
        assert await claims.submit(claimed, at, concurrency=concurrency)
        match state:
            case State.SUBMITTING:
                return claimed
            case State.RENDERING:
                after = lifecycle.ordered(claimed.saved, at, video_id=f"v{claimed.job.id}")
                await claims.save(claimed, after, at)
                return claimed
            case _:
                after = lifecycle.failed(claimed.saved, reason=FailureReason.MODERATED)
                await claims.finish(claimed, after, at, due_at=at)
                return await claim(at=at)

    return lead
