"""The audit is read page by page in both directions, and asked who decided about somebody."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from domain.account import AccessStatus
from domain.admin_action import AdminAction, AdminActionKind
from storage.accounts import Accounts
from storage.audit import Audit
from storage.database import Database

PERSON = 7


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


@pytest.fixture
def decide(accounts: Accounts, now: datetime) -> Callable[[int, int, AccessStatus], Awaitable[bool]]:
    """Return a way for an admin to decide about somebody, by the number of the press."""

    async def by(press: int, account_id: int, access: AccessStatus) -> bool:
        kind = AdminActionKind.ALLOW if access is AccessStatus.ALLOWED else AdminActionKind.REFUSE
        action = AdminAction(
            idempotency_key=f"press:{press}",
            admin_id=100 + press,
            kind=kind,
            at=now,
            account_id=account_id,
        )
        return await accounts.decide(action, account_id, access)

    return by


async def test_the_first_decision_about_somebody_holds(
    accounts: Accounts, database: Database, decide: Callable[[int, int, AccessStatus], Awaitable[bool]]
) -> None:
    assert await accounts.request_access(PERSON)
    assert not await accounts.request_access(PERSON)
    assert [account.id for account in await accounts.find_waiting(limit=9)] == [PERSON]
    done = [
        await decide(1, PERSON, AccessStatus.ALLOWED),
        await decide(1, PERSON, AccessStatus.ALLOWED),
        await decide(2, PERSON, AccessStatus.REFUSED),
    ]
    assert (done, accounts.cached(PERSON).access) == ([True, False, False], AccessStatus.ALLOWED)
    assert await accounts.count_waiting() == 0
    last = await Audit(database).find_last(PERSON, {AdminActionKind.ALLOW, AdminActionKind.REFUSE})
    assert last is not None
    assert (last.action.kind, last.action.admin_id) == (AdminActionKind.ALLOW, 101)
    assert await Audit(database).find_last(PERSON, {AdminActionKind.BAN}) is None
    assert await Audit(database).find_last(PERSON + 1, {AdminActionKind.ALLOW}) is None


async def test_pages_lie_next_to_each_other_in_both_directions(
    database: Database, decide: Callable[[int, int, AccessStatus], Awaitable[bool]]
) -> None:
    audit = Audit(database)
    for number in range(1, 8):
        await decide(number, number, AccessStatus.ALLOWED)
    pages = [
        await audit.find(limit=3),
        await audit.find(limit=3, before=5),
        await audit.find(limit=3, after=2),
        await audit.find(limit=3, after=7),
    ]
    assert [[entry.id for entry in page] for page in pages] == [[7, 6, 5], [4, 3, 2], [5, 4, 3], []]
