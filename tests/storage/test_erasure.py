"""Forgetting: nothing of the person is left in any table, and nobody gains quota by it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.character import Character
from domain.job import Job, Place
from domain.options import PromptOptions
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import Original, Photo, VideoRequest
from domain.size import Size
from storage.accounts import Accounts
from storage.database import Database
from storage.drafts import DraftKind, Drafts
from storage.erasure import Erasure, Forgotten
from storage.jobs import Jobs
from storage.preferences import PreferencesStore
from storage.profiles import ProfileSeen
from storage.tables import jobs as jobs_table
from storage.videos import Videos
from tests.storage.saved_profiles import save_profiles

#: In whatever the person leaves anywhere, as a number and in words; no other value of the database has it.
PERSON, MARK = 7300000001, "7300000001"
OTHER = 8
DAY = timedelta(hours=24)

#: What a forgotten job keeps: what makes an anonymous count of it.
KEPT = {
    *("provider", "provider_since", "cost", "cost_currency", "failed_orders"),
    *("id", "model", "seconds", "width", "height", "price", "state", "failure"),
    *("created_at", "due_at", "ordered_at", "rendered_at", "finished_at", "attempts", "troubled_since"),
    *("progress", "progress_at", "pace", "sending"),
    *("submitted_at", "gone_since", "kept_at", "asked_at", "wanted_at", "over_budget_until"),
}

Dump = dict[str, list[dict[str, Any]]]


@pytest.fixture
def forgetting(database: Database) -> Erasure:
    return Erasure(database)


def places_of_mark(rows: Dump) -> set[str]:
    """Name the columns in which something of the person stands."""
    return {
        f"{table}.{column}"
        for table, found in rows.items()
        for row in found
        for column, value in row.items()
        if MARK in str(value)
    }


@pytest.fixture
def leave(
    database: Database,
    query: Callable[[str], list[Any]],
    place: Callable[..., Place],
    concurrency: Concurrency,
    now: datetime,
) -> Callable[..., Awaitable[Job]]:
    """Return a way for the person to leave a job that is over, and something in every table there is."""

    async def make(*, at: datetime = now, ending: str = "state = 'done'") -> Job:
        theirs = place(PERSON, thread_id=PERSON, request_message_id=PERSON, language="ru")
        request = _request()
        added = await Jobs(database).add(
            idempotency_key=f"message {MARK} {at}",
            place=theirs,
            request=request,
            rules=SpendingRules(allowance=None),
            concurrency=concurrency,
            now=at,
        )
        query(
            f"UPDATE jobs SET {ending}, finished_at = created_at, status_message_id = {PERSON}, "  # noqa: S608 - ours
            f"result_message_id = {PERSON}, video_id = 'video {MARK}', video_url = 'https://{MARK}', "
            f"file_id = 'file {MARK}', failure_detail = 'detail {MARK}' WHERE id = {added.job.id}"
        )
        await _leave_belongings(database, query, theirs, at)
        return added.job

    return make


async def _leave_belongings(
    database: Database, query: Callable[[str], list[Any]], theirs: Place, at: datetime
) -> None:
    await Drafts(database).add(
        idempotency_key=f"draft {MARK} {at}",
        kind=DraftKind.CARD,
        place=theirs,
        options=PromptOptions(prompt=f"prompt {MARK}", character=f"character {MARK}"),
        now=at,
        photos=_request().photos,
        job_id=PERSON,
    )
    await PreferencesStore(database).prefer(PERSON, Preferences(language="ru", private=True))
    query(
        f'INSERT OR REPLACE INTO characters (owner_id, name, url, start, "end", created_at) '  # noqa: S608 - ours
        f"VALUES ({PERSON}, 'name {MARK}', 'https://{MARK}', 1, 2, 3)"
    )
    await save_profiles(
        Accounts(database),
        [ProfileSeen(id=PERSON, name=f"name {MARK}", username=f"username{MARK}", language="ru", at=at)],
    )


def _request() -> VideoRequest:
    """Return a request with something of the person in every field that has room for it."""
    return VideoRequest(
        prompt=f"prompt {MARK}",
        model="sora-2",
        seconds=10,
        size=Size(720, 1280),
        price=1,
        photos=(Photo(file_id=f"photo {MARK}", size=Size(1, 2)),),
        private=True,
        watermark=True,
        character=Character(url=f"https://example.com/{MARK}", start=1, end=2),
        original=Original(job_id=PERSON, video_id=f"original {MARK}"),
    )


async def test_no_column_of_any_table_holds_anything_of_a_forgotten_person(
    forgetting: Erasure, leave: Callable[..., Awaitable[Job]], dump: Callable[[], Dump], now: datetime
) -> None:
    await leave(at=now - DAY)
    await leave(at=now - 2 * DAY, ending="state = 'failed', failure = 'moderated'")
    before = places_of_mark(dump())
    assert {place.split(".")[0] for place in before} == {
        "jobs",
        "drafts",
        "preferences",
        "characters",
        "accounts",
    }
    assert await forgetting.forget(PERSON, now=now) == Forgotten(under_way=0, still_counting=0)
    after = dump()
    assert places_of_mark(after) == set()
    assert (
        after["job_moves"]
        == after["drafts"]
        == after["preferences"]
        == after["characters"]
        == after["accounts"]
        == []
    )
    assert [(row["model"], row["seconds"], row["state"], row["failure"]) for row in after["jobs"]] == [
        ("sora-2", 10, "done", None),
        ("sora-2", 10, "failed", "moderated"),
    ]


async def test_of_a_forgotten_job_only_an_anonymous_count_is_left(
    forgetting: Erasure, leave: Callable[..., Awaitable[Job]], dump: Callable[[], Dump], now: datetime
) -> None:
    await leave(at=now - DAY)
    await forgetting.forget(PERSON, now=now)
    (row,) = dump()["jobs"]
    assert set(jobs_table.c.keys()) == KEPT | row.keys()
    assert {name: value for name, value in row.items() if name not in KEPT} == {
        "origin": "forgotten:1",
        "account_id": 0,
        "of_grants": 0,
        "requester_id": 0,
        "chat_id": 0,
        "thread_id": None,
        "request_message_id": None,
        "language": "en",
        "prompt": "",
        "search_text": "",
        "photos": "[]",
        "private": 0,
        "watermark": 0,
        "character_url": None,
        "character_start": None,
        "character_end": None,
        "original_job_id": None,
        "original_video_id": None,
        "status_message_id": None,
        "video_id": None,
        "video_url": None,
        "order_key": None,
        "failure_detail": "",
        "result_message_id": None,
        "file_id": None,
        "removed_at": None,
    }


async def test_nobody_makes_room_in_their_quota_by_being_forgotten(
    forgetting: Erasure,
    jobs: Jobs,
    leave: Callable[..., Awaitable[Job]],
    dump: Callable[[], Dump],
    now: datetime,
) -> None:
    await leave(at=now - timedelta(hours=23))
    await leave(at=now - timedelta(hours=1), ending="state = 'failed', failure = 'moderated'")
    assert await forgetting.forget(PERSON, now=now) == Forgotten(under_way=0, still_counting=1)
    assert (await jobs.find_funds(PERSON, rules=SpendingRules(allowance=3), now=now)).own.left == 2
    assert places_of_mark(dump()) == {"jobs.account_id"}
    assert [row["account_id"] for row in dump()["jobs"]] == [PERSON, 0]


async def test_the_payers_number_goes_once_it_counts_no_more(
    forgetting: Erasure,
    leave: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    dump: Callable[[], Dump],
    now: datetime,
) -> None:
    await add(OTHER, at=now - 2 * DAY)
    await leave(at=now - timedelta(hours=23))
    await forgetting.forget(PERSON, now=now)
    assert await forgetting.finish(now=now) == 0
    assert places_of_mark(dump()) == {"jobs.account_id"}
    assert await forgetting.finish(now=now + timedelta(hours=1)) == 1
    assert places_of_mark(dump()) == set()
    assert dump()["jobs"][0]["account_id"] == OTHER


async def test_nothing_is_forgotten_while_a_video_is_under_way(
    forgetting: Erasure,
    leave: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    dump: Callable[[], Dump],
    now: datetime,
) -> None:
    await leave(at=now - DAY)
    await add(PERSON)
    before = dump()
    assert await forgetting.forget(PERSON, now=now) == Forgotten(under_way=1, still_counting=1)
    assert dump() == before


async def test_others_keep_everything(
    database: Database,
    forgetting: Erasure,
    leave: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    now: datetime,
) -> None:
    other = await add(OTHER)
    await PreferencesStore(database).prefer(OTHER, Preferences(language="de"))
    jobs = Jobs(database)
    before = await jobs.find(other.id)
    await leave()
    await forgetting.forget(PERSON, now=now)
    assert await jobs.find(other.id) == before
    assert await PreferencesStore(database).find_preferences(OTHER) == Preferences(language="de")
    assert await PreferencesStore(database).find_preferences(PERSON) == NOTHING_CHOSEN


async def test_nobody_finds_a_forgotten_job(
    database: Database,
    forgetting: Erasure,
    jobs: Jobs,
    leave: Callable[..., Awaitable[Job]],
    now: datetime,
) -> None:
    job = await leave()
    await forgetting.forget(PERSON, now=now)
    videos = Videos(database)
    assert await jobs.find(job.id) is None
    assert await jobs.find_by_idempotency_key(job.idempotency_key) is None
    assert await videos.find_shared(job.id) is None
    assert await videos.find_at(PERSON, PERSON) is None
    assert await videos.page(PERSON, limit=10) == []


async def test_the_file_itself_holds_nothing_of_a_forgotten_person(
    path: Path, leave: Callable[..., Awaitable[Job]], database: Database, now: datetime
) -> None:
    await leave(at=now - DAY)
    assert MARK.encode() in _bytes_of(path)
    await Erasure(database).forget(PERSON, now=now)
    await database._engine.dispose()
    # The last one who leaves writes the journal into the file, and takes it away.
    async with Database.open(f"sqlite:///{path}"):
        pass
    assert MARK.encode() not in _bytes_of(path)


def _bytes_of(path: Path) -> bytes:
    """Return what lies on the disk: the database's file and its journal."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


async def test_who_left_nothing_is_forgotten_all_the_same(forgetting: Erasure, now: datetime) -> None:
    assert await forgetting.forget(PERSON, now=now) == Forgotten(under_way=0, still_counting=0)
