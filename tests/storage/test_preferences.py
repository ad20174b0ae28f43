"""People: what they chose is kept, and what is under way speaks their language."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete

from domain.job import Job
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.size import Size
from storage.database import Database
from storage.jobs import Jobs
from storage.preferences import PreferencesStore
from storage.tables import preferences

EVERYTHING = Preferences(
    language="pt_BR",
    model="veo",
    seconds=8,
    shape=Size(9, 16),
    private=True,
    watermark=True,
    ask_first=True,
)


@pytest.fixture
def people(database: Database) -> PreferencesStore:
    return PreferencesStore(database)


async def test_who_chose_nothing_has_no_preferences(people: PreferencesStore) -> None:
    assert await people.find_preferences(7) == NOTHING_CHOSEN


@pytest.mark.parametrize("chosen", [EVERYTHING, Preferences(language="ru")], ids=["everything", "one thing"])
async def test_what_was_chosen_outlives_the_process(database: Database, chosen: Preferences) -> None:
    await PreferencesStore(database).prefer(7, EVERYTHING)
    await PreferencesStore(database).prefer(7, chosen)
    assert await PreferencesStore(database).find_preferences(7) == chosen
    assert await PreferencesStore(database).find_preferences(8) == NOTHING_CHOSEN


async def test_what_is_chosen_holds_at_once(people: PreferencesStore) -> None:
    await people.find_preferences(7)
    await people.prefer(7, EVERYTHING)
    assert await people.find_preferences(7) == EVERYTHING


async def test_jobs_under_way_speak_the_new_language(
    people: PreferencesStore, jobs: Jobs, add: Callable[..., Awaitable[Job]]
) -> None:
    job = await add()
    await people.prefer(job.place.requester_id, Preferences(language="ja"))
    found = await jobs.find(job.id)
    assert found is not None
    assert found.place.language == "ja"


async def test_who_is_learnt_at_the_start_needs_no_look_later(database: Database) -> None:
    await PreferencesStore(database).prefer(7, EVERYTHING)
    people = PreferencesStore(database)
    await people.load()
    async with database.transaction() as connection:
        await connection.execute(delete(preferences))
    assert await people.find_preferences(7) == EVERYTHING
    assert await people.find_preferences(8) == NOTHING_CHOSEN
    people.forget(7)
    assert await people.find_preferences(7) == NOTHING_CHOSEN
