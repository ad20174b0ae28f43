"""What operators say about accounts is kept, is known at once, and each action is done once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.account import AccessStatus, Account, Ban, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.job import Job
from domain.quota import SpendingRules
from storage.accounts import Accounts
from storage.audit import Audit
from storage.database import Database
from storage.erasure import Erasure
from storage.errors import DatabaseTrouble
from storage.jobs import Jobs
from storage.profiles import ProfileSeen
from tests.storage.saved_profiles import save_profiles

DAY = timedelta(days=1)
PERSON, ADMIN = 7, 99
WITH_GRANTS = SpendingRules(allowance=1, with_grants=frozenset({PERSON}))


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


@pytest.fixture
def action(now: datetime) -> Callable[..., AdminAction]:
    def make(kind: AdminActionKind, origin: str = "message:99:1") -> AdminAction:
        return AdminAction(
            idempotency_key=origin, admin_id=ADMIN, kind=kind, at=now, account_id=PERSON, detail="5"
        )

    return make


async def said_after_a_restart(database: Database, account_id: int = PERSON) -> Account:
    """Return what a new process knows of an account."""
    accounts = Accounts(database)
    await accounts.load()
    return accounts.cached(account_id)


SAYINGS: Mapping[
    str, tuple[AdminActionKind, Callable[[Accounts, AdminAction], Awaitable[bool]], dict[str, Any]]
] = {
    "limit": (
        AdminActionKind.LIMIT,
        lambda accounts, action: accounts.set_limit(action, PERSON, Limit(5)),
        {"limit": Limit(5)},
    ),
    "no end": (
        AdminActionKind.LIMIT,
        lambda accounts, action: accounts.set_limit(action, PERSON, Limit(None)),
        {"limit": Limit(None)},
    ),
    "grant": (
        AdminActionKind.GRANT,
        lambda accounts, action: accounts.grant(action, PERSON, 5),
        {"has_grants": True},
    ),
    "let in": (
        AdminActionKind.ALLOW,
        lambda accounts, action: accounts.set_access(action, PERSON, AccessStatus.ALLOWED),
        {"access": AccessStatus.ALLOWED},
    ),
    "ban": (
        AdminActionKind.BAN,
        lambda accounts, action: accounts.ban(action, PERSON, Ban(reason="spam")),
        {"ban": Ban(reason="spam")},
    ),
}


@pytest.mark.parametrize(("kind", "say", "known"), SAYINGS.values(), ids=SAYINGS)
async def test_what_is_said_is_known_at_once_and_after_a_restart_and_stands_in_the_audit(
    *,
    database: Database,
    accounts: Accounts,
    action: Callable[..., AdminAction],
    kind: AdminActionKind,
    say: Callable[[Accounts, AdminAction], Awaitable[bool]],
    known: dict[str, Any],
) -> None:
    assert [await say(accounts, action(kind)), await say(accounts, action(kind))] == [True, False]
    assert accounts.cached(PERSON) == Account(id=PERSON, **known)
    assert await said_after_a_restart(database) == accounts.cached(PERSON)
    assert [entry.action for entry in await Audit(database).find(limit=9)] == [action(kind)]


async def test_of_accounts_that_nobody_spoke_of_nothing_is_said(accounts: Accounts, now: datetime) -> None:
    met = ProfileSeen(id=PERSON, name="Ada", username="Ada_L", language="en", at=now)
    await save_profiles(accounts, [met])
    assert accounts.cached(PERSON) == Account(id=PERSON)
    assert await accounts.find(PERSON) == Account(id=PERSON, name="Ada", username="Ada_L", since=now)
    assert await accounts.find_by_username("ada_l") == await accounts.find(PERSON)
    assert await accounts.find(PERSON + 1) is None


async def test_who_is_met_again_has_the_new_name_and_keeps_what_was_said(
    accounts: Accounts, action: Callable[..., AdminAction], now: datetime
) -> None:
    await accounts.set_limit(action(AdminActionKind.LIMIT), PERSON, Limit(5))
    for name, at in (("Ada", now), ("Countess", now + DAY)):
        await accounts.note_unreachable(PERSON, now=now)
        await save_profiles(
            accounts, [ProfileSeen(id=PERSON, name=name, username=None, language="en", at=at)]
        )
    assert await accounts.find(PERSON) == Account(id=PERSON, name="Countess", since=now, limit=Limit(5))


async def test_a_ban_can_be_lifted(
    accounts: Accounts, action: Callable[..., AdminAction], now: datetime
) -> None:
    await accounts.ban(action(AdminActionKind.BAN), PERSON, Ban(reason="spam", until=now + DAY))
    await accounts.ban(action(AdminActionKind.UNBAN, "message:99:2"), PERSON, None)
    assert accounts.cached(PERSON) == Account(id=PERSON)


async def test_of_whom_operators_said_nothing_nothing_is_remembered_however_many_block_the_bot(
    accounts: Accounts, action: Callable[..., AdminAction], now: datetime
) -> None:
    for person in range(1, 4):
        await accounts.note_unreachable(person, now=now)
    await accounts.ban(action(AdminActionKind.BAN), PERSON, Ban())
    await accounts.ban(action(AdminActionKind.UNBAN, "message:99:2"), PERSON, None)
    assert [accounts.cached(person) for person in (1, PERSON)] == [Account(id=1), Account(id=PERSON)]
    found = await accounts.find(1)
    assert found is not None
    assert found.unreachable_since == now


async def test_whoever_made_videos_before_can_be_let_in_together(
    accounts: Accounts, action: Callable[..., AdminAction], add: Callable[..., Awaitable[Job]], now: datetime
) -> None:
    await save_profiles(
        accounts,
        (ProfileSeen(id=person, name="", username=None, language="en", at=now) for person in (1, 2, 3)),
    )
    await add(1)
    await add(2)
    await accounts.set_access(action(AdminActionKind.REFUSE), 2, AccessStatus.REFUSED)
    assert [await accounts.count_known(), await accounts.count_known(besides={1})] == [1, 0]
    assert await accounts.allow_known(action(AdminActionKind.ALLOW_KNOWN, "press:1")) == 1
    known = [accounts.cached(person).access for person in (1, 2, 3)]
    assert known == [AccessStatus.ALLOWED, AccessStatus.REFUSED, AccessStatus.STRANGER]


async def test_credits_pay_what_the_allowance_does_not_and_come_back_if_the_job_is_called_off(
    *,
    jobs: Jobs,
    accounts: Accounts,
    action: Callable[..., AdminAction],
    ask: Callable[..., Awaitable[Any]],
    place: Callable[..., Any],
    now: datetime,
) -> None:
    await accounts.grant(action(AdminActionKind.GRANT), PERSON, 5)
    added = await ask("message:7:1", price=4, rules=WITH_GRANTS, place=place(PERSON))
    assert (await jobs.find_funds(PERSON, rules=WITH_GRANTS, now=now)).left == 2
    await jobs.cancel(added.job.id, PERSON, now=now)
    assert (await jobs.find_funds(PERSON, rules=WITH_GRANTS, now=now)).left == 6


async def test_who_is_forgotten_keeps_the_credits_that_are_left_and_no_more(
    *,
    database: Database,
    jobs: Jobs,
    accounts: Accounts,
    action: Callable[..., AdminAction],
    ask: Callable[..., Awaitable[Any]],
    place: Callable[..., Any],
    query: Callable[[str], list[Any]],
    now: datetime,
) -> None:
    forgetting, left = Erasure(database), []
    await accounts.grant(action(AdminActionKind.GRANT), PERSON, 5)
    for at in (now - DAY, now):
        await ask(f"message:7:{at}", price=3, rules=WITH_GRANTS, place=place(PERSON), now=at)
    query("UPDATE jobs SET state = 'done', finished_at = created_at")
    for at in (now, now, now + DAY):
        await forgetting.forget(PERSON, now=at)
        await forgetting.finish(now=at)
        left.append((await jobs.find_funds(PERSON, rules=WITH_GRANTS, now=at)).own.granted)
    # Each job took one credit of the allowance and two of the grants.
    assert left == [1, 1, 1]


async def test_what_the_database_did_not_take_holds_for_nobody(
    accounts: Accounts, action: Callable[..., AdminAction], query: Callable[[str], list[Any]]
) -> None:
    # What this asks of jobs is looked at last of all, when everything is written.
    query("CREATE TABLE odd (job_id REFERENCES jobs (id) DEFERRABLE INITIALLY DEFERRED)")
    query("CREATE TRIGGER spoil AFTER INSERT ON accounts BEGIN INSERT INTO odd VALUES (9); END")
    with pytest.raises(DatabaseTrouble):
        await accounts.set_limit(action(AdminActionKind.LIMIT), PERSON, Limit(None))
    assert accounts.cached(PERSON) == Account(id=PERSON)
    assert query("SELECT id FROM accounts") == []
