"""Finished videos: what a history lists, what a message and a link lead to."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from domain.failures import FailureReason
from domain.job import Job, State
from domain.quota import SpendingRules
from storage.database import Database
from storage.jobs import Jobs
from storage.videos import Videos

CHAT = 1


@pytest.fixture
def videos(database: Database) -> Videos:
    return Videos(database)


@pytest.fixture
def finish(
    add: Callable[..., Awaitable[Job]], jobs: Jobs, query: Callable[[str], list[Any]]
) -> Callable[..., Awaitable[Job]]:
    """Return a factory of jobs that are over: done, in the message of 1000 + their id, unless a failure is named."""

    async def make(person: int = 1, failure: FailureReason | None = None, **changes: Any) -> Job:  # noqa: ANN401 - of the request
        job = await add(person, **changes)
        ending = (
            f"state = 'done', result_message_id = {1000 + job.id}, file_id = 'file-{job.id}'"
            if failure is None
            else f"state = 'failed', failure = '{failure}'"
        )
        query(f"UPDATE jobs SET {ending}, finished_at = created_at WHERE id = {job.id}")  # noqa: S608 - our own numbers
        found = await jobs.find(job.id)
        assert found is not None
        return found

    return make


def copy(query: Callable[[str], list[Any]], job: Job, *, number: int, beginning: int = 1) -> None:
    """Let there be so many more jobs like this one."""
    columns = ", ".join(name for name in query("SELECT name FROM pragma_table_info('jobs')") if name != "id")
    values = columns.replace("origin,", "'copy:' || number,", 1)
    query(
        f"WITH RECURSIVE n(number) AS "  # noqa: S608 - our own columns
        f"(SELECT {beginning} UNION ALL SELECT number + 1 FROM n WHERE number < {beginning + number - 1}) "
        f"INSERT INTO jobs ({columns}) SELECT {values} FROM jobs, n WHERE id = {job.id}"
    )


def ids(found: Any) -> list[int]:  # noqa: ANN401 - any sequence of jobs
    return [job.id for job in found]


async def test_a_history_lists_what_is_done_and_what_failed_newest_first(
    videos: Videos,
    finish: Callable[..., Awaitable[Job]],
    add: Callable[..., Awaitable[Job]],
    jobs: Jobs,
    now: datetime,
) -> None:
    done, failed = await finish(), await finish(failure=FailureReason.MODERATED)
    await finish(2)
    await add()
    called_off = await add()
    await jobs.cancel(called_off.id, 1, now=now)
    assert await videos.page(1, limit=10) == [failed, done]
    assert await videos.page(1, states={State.DONE}, limit=10) == [done]


async def test_pages_lead_to_older_ones_and_back_to_newer_ones(
    videos: Videos, finish: Callable[..., Awaitable[Job]]
) -> None:
    for _ in range(5):
        await finish()
    assert ids(await videos.page(1, limit=2)) == [5, 4]
    assert ids(await videos.page(1, before=4, limit=2)) == [3, 2]
    assert ids(await videos.page(1, before=2, limit=2)) == [1]
    assert ids(await videos.page(1, after=1, limit=2)) == [3, 2]
    assert ids(await videos.page(1, after=3, limit=2)) == [5, 4]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [4, 3, 2, 1]),
        ("cat", [1]),
        ("CAT ginger", [1]),
        ("cat dog", []),
        ("ЗИМА", [2]),
        ("STRASSE", [3]),
        ("海边", [4]),
        ("%", []),
        ("_", []),
    ],
    ids=[
        "no words",
        "a word",
        "all words, in any order",
        "one word is missing",
        "Cyrillic",
        "sharp s",
        "Chinese",
        "a per cent sign",
        "an underscore",
    ],
)
async def test_videos_are_found_by_words_of_their_prompt_in_any_script(
    videos: Videos, finish: Callable[..., Awaitable[Job]], words: str, found: list[int]
) -> None:
    for prompt in ("a Ginger Cat", "Зима в лесу", "eine lange Straße", "一只猫在海边散步"):
        await finish(prompt=prompt)
    assert ids(await videos.page(1, words=words, limit=10)) == found


async def test_a_word_is_found_however_many_videos_are_newer(
    videos: Videos, finish: Callable[..., Awaitable[Job]], query: Callable[[str], list[Any]]
) -> None:
    wanted = await finish(prompt="the one")
    other = await finish()
    copy(query, other, number=450)
    assert ids(await videos.page(1, words="one", limit=1)) == [wanted.id]
    assert ids(await videos.page(1, words="cat", limit=2, after=wanted.id)) == [other.id + 1, other.id]


async def test_words_are_looked_for_in_a_persons_newest_thousands_only(
    videos: Videos, finish: Callable[..., Awaitable[Job]], query: Callable[[str], list[Any]]
) -> None:
    wanted = await finish(prompt="the one")
    copied = await finish()
    copy(query, copied, number=19_998)
    assert ids(await videos.page(1, words="one", limit=1)) == [wanted.id]
    copy(query, copied, number=1, beginning=20_000)
    assert ids(await videos.page(1, words="one", limit=1)) == []
    assert ids(await videos.page(1, before=copied.id, limit=1)) == [wanted.id]


async def test_a_history_may_be_that_of_one_chat(
    videos: Videos, finish: Callable[..., Awaitable[Job]], query: Callable[[str], list[Any]]
) -> None:
    await finish()
    elsewhere = await finish()
    query(f"UPDATE jobs SET chat_id = -100 WHERE id = {elsewhere.id}")  # noqa: S608 - our own numbers
    assert ids(await videos.page(1, chat_id=-100, limit=10)) == [elsewhere.id]


async def test_a_message_leads_to_its_video(
    videos: Videos, finish: Callable[..., Awaitable[Job]], now: datetime
) -> None:
    job, other = await finish(), await finish()
    assert await videos.find_at(CHAT, 1000 + job.id) == job
    assert await videos.find_at(CHAT, 1) is None
    assert await videos.find_at(CHAT + 1, 1000 + job.id) is None
    await videos.remove(other.id, now=now)
    assert await videos.find_at(CHAT, 1000 + other.id) is None


async def test_what_was_removed_is_in_no_list_any_more_but_still_counts(
    videos: Videos, jobs: Jobs, finish: Callable[..., Awaitable[Job]], now: datetime
) -> None:
    job = await finish()
    await videos.remove(job.id, now=now)
    assert await videos.page(1, limit=10) == []
    assert await videos.find_own(1, job.id) is None
    assert await videos.find_shared(job.id) is None
    assert (await jobs.find_funds(1, rules=SpendingRules(allowance=3), now=now)).own.left == 2


async def test_what_is_under_way_cannot_be_removed(
    videos: Videos, jobs: Jobs, add: Callable[..., Awaitable[Job]], now: datetime
) -> None:
    job = await add()
    await videos.remove(job.id, now=now)
    found = await jobs.find(job.id)
    assert found is not None
    assert found.removed_at is None


async def test_only_the_maker_finds_a_video_by_its_number(
    videos: Videos, finish: Callable[..., Awaitable[Job]], add: Callable[..., Awaitable[Job]]
) -> None:
    done, failed, queued = await finish(), await finish(failure=FailureReason.VANISHED), await add()
    assert await videos.find_own(1, done.id) == done
    assert await videos.find_own(1, failed.id) == failed
    assert await videos.find_own(1, queued.id) is None
    assert await videos.find_own(2, done.id) is None


async def test_a_video_is_shared_only_if_it_is_done_and_not_private(
    videos: Videos, finish: Callable[..., Awaitable[Job]]
) -> None:
    done, private = await finish(), await finish(private=True)
    failed = await finish(failure=FailureReason.VANISHED)
    assert await videos.find_shared(done.id) == done
    assert await videos.find_shared(private.id) is None
    assert await videos.find_shared(failed.id) is None
    assert await videos.find_shared(99) is None
