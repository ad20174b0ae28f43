"""A group becomes a supergroup: all that was its own is the supergroup's, and no old message is pointed at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.account import AccessStatus, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.character import Character
from domain.job import Job, Place
from domain.options import PromptOptions
from domain.preferences import Preferences
from domain.quota import SpendingRules
from storage.accounts import Accounts
from storage.characters import Characters
from storage.chat_migration import NOWHERE, ChatMigration
from storage.database import Database
from storage.drafts import Draft, DraftKind, Drafts
from storage.jobs import Added, Jobs
from storage.preferences import PreferencesStore
from storage.profiles import ProfileSeen
from tests.storage.saved_profiles import save_profiles

OLD, NEW, PERSON, ADMIN = -4001, -1000000004002, 7, 99
A_CAT = PromptOptions(prompt="a cat")
IN_GROUP = Place(
    account_id=PERSON, requester_id=PERSON, chat_id=OLD, thread_id=3, request_message_id=9, language="de"
)
AS_GROUP = replace(IN_GROUP, account_id=OLD, requester_id=OLD)
MOVED = replace(IN_GROUP, chat_id=NEW, thread_id=None, request_message_id=None)
MOVED_AS_GROUP = replace(MOVED, account_id=NEW, requester_id=NEW)

Ask = Callable[..., Awaitable["Added"]]
Query = Callable[[str], list[Any]]


@pytest.fixture
def move(database: Database) -> Callable[[], Awaitable[None]]:
    """Return a way to hear that the group has moved."""
    moving = ChatMigration(database)

    async def hear() -> None:
        await moving.move(OLD, NEW)

    return hear


@pytest.fixture
def asked(ask: Ask, jobs: Jobs, now: datetime) -> Callable[..., Awaitable[Job]]:
    """Return a factory of jobs that have a status message."""

    async def make(origin: str, place: Place = IN_GROUP) -> Job:
        added = await ask(origin, place=place, allowance=None)
        return await jobs.announce(added.job.id, status_message_id=10, now=now)

    return make


async def test_jobs_are_the_supergroups_and_point_at_no_old_message(
    move: Callable[[], Awaitable[None]], asked: Callable[..., Awaitable[Job]], jobs: Jobs
) -> None:
    by_person, by_group = await asked("message:-4001:1"), await asked("message:-4001:2", AS_GROUP)
    elsewhere = await asked("message:7:1", replace(IN_GROUP, chat_id=PERSON))
    for _ in range(2):
        await move()
    assert [await jobs.find(job.id) for job in (by_person, by_group, elsewhere)] == [
        replace(by_person, place=MOVED, status_message_id=None),
        replace(by_group, place=MOVED_AS_GROUP, status_message_id=None),
        elsewhere,
    ]


async def test_a_job_that_is_heard_of_again_is_still_the_same(
    move: Callable[[], Awaitable[None]], asked: Callable[..., Awaitable[Job]], ask: Ask
) -> None:
    job = await asked("message:-4001:1")
    await move()
    again = await ask("message:-4001:1", place=IN_GROUP)
    other = await ask(f"message:{NEW}:1", place=replace(MOVED, request_message_id=1))
    assert ((again.job.id, again.is_new), other.is_new) == ((job.id, False), True)


async def test_what_was_sent_is_not_sent_again_nor_found_behind_another_message(
    move: Callable[[], Awaitable[None]], asked: Callable[..., Awaitable[Job]], query: Query
) -> None:
    await asked("message:-4001:1")
    await asked("message:-4001:2")
    query("UPDATE jobs SET result_message_id = 55 WHERE id = 1")
    await move()
    assert query("SELECT result_message_id FROM jobs ORDER BY id") == [NOWHERE, None]


async def test_the_groups_quota_counts_on(
    move: Callable[[], Awaitable[None]], asked: Callable[..., Awaitable[Job]], jobs: Jobs, now: datetime
) -> None:
    await asked("message:-4001:1", AS_GROUP)
    await move()
    left = [
        (await jobs.find_funds(account, rules=SpendingRules(allowance=3), now=now)).left
        for account in (OLD, NEW)
    ]
    assert left == [3, 2]


async def test_a_card_moves_and_a_question_waits_for_no_answer_any_more(
    move: Callable[[], Awaitable[None]], drafts: Drafts, now: datetime
) -> None:
    draft = await drafts.add(
        idempotency_key="message:-4001:1", kind=DraftKind.WORDS, place=AS_GROUP, options=A_CAT, now=now
    )
    await drafts.show(draft.id, message_id=12)
    await move()
    assert await drafts.find(draft.id) == Draft(
        id=draft.id,
        kind=DraftKind.WORDS,
        place=MOVED_AS_GROUP,
        options=A_CAT,
        photos=(),
        job_id=None,
        message_id=None,
    )
    assert await drafts.find_asked(NEW, 12, now=now) is None


async def test_what_operators_said_holds_for_the_supergroup(
    move: Callable[[], Awaitable[None]], database: Database, query: Query, now: datetime
) -> None:
    accounts = Accounts(database)
    await save_profiles(accounts, [ProfileSeen(id=OLD, name="Friends", username=None, language="en", at=now)])
    await accounts.set_limit(_action("1", AdminActionKind.LIMIT, now), OLD, Limit(5))
    await accounts.grant(_action("2", AdminActionKind.GRANT, now), OLD, 20)
    # The supergroup is heard of before anybody tells that it is the group.
    later = now + timedelta(seconds=1)
    await save_profiles(
        accounts, [ProfileSeen(id=NEW, name="Friends!", username="friends", language="en", at=later)]
    )
    await accounts.set_access(_action("3", AdminActionKind.ALLOW, now), NEW, AccessStatus.ALLOWED)
    for _ in range(2):
        await move()
    await accounts.load()
    account = accounts.cached(NEW)
    assert (account.name, account.limit, account.has_grants) == ("Friends!", Limit(5), True)
    assert account.access is AccessStatus.ALLOWED
    assert accounts.cached(OLD).limit is None
    assert query("SELECT account_id, credits FROM grants") == [(NEW, 20)]
    assert query("SELECT DISTINCT account_id FROM audit") == [NEW]


def _action(number: str, kind: AdminActionKind, now: datetime) -> AdminAction:
    return AdminAction(
        idempotency_key=f"message:99:{number}", admin_id=ADMIN, kind=kind, at=now, account_id=OLD
    )


async def test_what_the_groups_administrators_chose_holds_and_it_is_not_greeted_anew(
    move: Callable[[], Awaitable[None]], query: Query
) -> None:
    query(
        f"INSERT INTO groups (chat_id, is_on, admins_only, language, greeted_at) VALUES ({OLD}, 0, 1, 'de', 5)"  # noqa: S608 - ours
    )
    query(f"INSERT INTO groups (chat_id, model) VALUES ({NEW}, 'veo-fast')")  # noqa: S608 - ours
    for _ in range(2):
        await move()
    assert query("SELECT chat_id, is_on, admins_only, language, model, greeted_at FROM groups") == [
        (NEW, 0, 1, "de", "veo-fast", 5)
    ]


async def test_characters_and_preferences_of_who_speaks_as_the_group_move(
    move: Callable[[], Awaitable[None]], database: Database, now: datetime
) -> None:
    characters, people = Characters(database), PreferencesStore(database)
    cat = Character(url="https://example.org/cat.mp4", start=1, end=3)
    for owner, name in ((OLD, "cat"), (OLD, "dog"), (NEW, "cat")):
        await characters.add(owner, name, cat, now=now)
    await people.prefer(OLD, Preferences(language="de"))
    await move()
    assert sorted(one.name for one in await characters.list_of(NEW)) == ["cat", "dog"]
    assert await characters.list_of(OLD) == []
    assert await PreferencesStore(database).find_preferences(NEW) == Preferences(language="de")
