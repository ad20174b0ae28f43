"""Groups: what their administrators chose is kept, is known at once, and what is under way speaks their language."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from domain.group import AS_USUAL, GroupRules
from domain.job import Place
from domain.size import Size
from storage.chat_migration import ChatMigration
from storage.database import Database
from storage.groups import Groups, Membership
from storage.jobs import Added, Jobs

GROUP, SUPERGROUP = -77, -1_000_077
EVERYTHING = GroupRules(is_on=False, admins_only=True, language="pt_BR", model="veo", shape=Size(9, 16))


async def after_a_restart(database: Database) -> Groups:
    groups = Groups(database)
    await groups.load()
    return groups


@pytest.mark.parametrize(
    "chosen",
    [
        EVERYTHING,
        GroupRules(is_on=False),
        GroupRules(admins_only=True),
        GroupRules(language="ru"),
        GroupRules(model="veo"),
        GroupRules(shape=Size(1, 1)),
        AS_USUAL,
    ],
    ids=["everything", "off", "for administrators", "language", "model", "shape", "nothing again"],
)
async def test_what_was_chosen_holds_at_once_and_outlives_the_process(
    database: Database, chosen: GroupRules
) -> None:
    groups = Groups(database)
    await groups.choose(GROUP, EVERYTHING)
    await groups.choose(GROUP, chosen)
    known = await after_a_restart(database)
    assert [groups.find(GROUP), known.find(GROUP), known.find(7)] == [chosen, chosen, AS_USUAL]


async def test_a_group_that_was_greeted_chose_nothing_and_is_greeted_no_more_for_having_chosen(
    database: Database, now: datetime
) -> None:
    membership = Membership(database)
    greeted = [await membership.greet(GROUP, now=now)]
    assert (await after_a_restart(database)).find(GROUP) == AS_USUAL
    await Groups(database).choose(GROUP, EVERYTHING)
    greeted.append(await membership.greet(GROUP, now=now))
    assert greeted == [True, False]


async def test_what_was_chosen_moves_with_the_group(database: Database) -> None:
    groups = Groups(database)
    await groups.choose(GROUP, EVERYTHING)
    await ChatMigration(database).move(GROUP, SUPERGROUP)
    await groups.load()
    assert [groups.find(GROUP), groups.find(SUPERGROUP)] == [AS_USUAL, EVERYTHING]


async def test_jobs_under_way_in_the_group_speak_its_new_language(
    database: Database,
    jobs: Jobs,
    ask: Callable[..., Awaitable[Added]],
    place: Callable[..., Place],
    query: Callable[[str], list[Any]],
) -> None:
    for number, chat_id in enumerate((GROUP, GROUP, 1), start=1):
        await ask(f"message:{number}", place=place(1, chat_id=chat_id))
    query("UPDATE jobs SET state = 'done', finished_at = created_at WHERE id = 2")
    await Groups(database).choose(GROUP, GroupRules(language="ja"))
    found = [await jobs.find(number) for number in (1, 2, 3)]
    assert [job.place.language for job in found if job is not None] == ["ja", "en", "en"]
