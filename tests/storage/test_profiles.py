"""Who was met is written down later, many at once, and nothing of it twice or after they were forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.account import Account
from domain.cache_sizes import PROFILES
from storage.accounts import Accounts
from storage.database import Database
from storage.erasure import Erasure
from storage.errors import DatabaseTrouble
from storage.profiles import ProfileSeen

LATER = timedelta(hours=1)
PERSON = 7


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


@pytest.fixture
def ada(now: datetime) -> Callable[..., ProfileSeen]:
    def make(**changes: Any) -> ProfileSeen:  # noqa: ANN401 - any of the fields
        usual: dict[str, Any] = {"id": PERSON, "name": "Ada", "username": "ada", "language": "de", "at": now}
        return ProfileSeen(**usual | changes)

    return make


async def test_nothing_is_written_until_it_is_time_and_then_everything_once(
    accounts: Accounts, ada: Callable[..., ProfileSeen], query: Callable[[str], list[Any]], now: datetime
) -> None:
    for person in (PERSON, 8, 9):
        accounts.note_profile(ada(id=person, username=f"ada{person}"))
    assert query("SELECT count(*) FROM accounts") == [0]
    await accounts.write_profiles()
    assert query("SELECT id FROM accounts ORDER BY id") == [7, 8, 9]
    query("DELETE FROM accounts WHERE id = 8")
    accounts.note_profile(ada(id=8, username="ada8", at=now + LATER))
    await accounts.write_profiles()
    assert query("SELECT id FROM accounts ORDER BY id") == [7, 9]


async def test_whoever_is_looked_up_is_written_down_before(
    accounts: Accounts, ada: Callable[..., ProfileSeen], now: datetime
) -> None:
    known = Account(id=PERSON, name="Ada", username="ada", language="de", since=now)
    accounts.note_profile(ada())
    assert await accounts.find_by_username("ADA") == known
    accounts.note_profile(ada(name="Countess", at=now + LATER))
    assert await accounts.find_all([PERSON, 8]) == {
        PERSON: Account(id=PERSON, name="Countess", username="ada", language="de", since=now)
    }
    assert await accounts.find_languages([8, PERSON]) == {PERSON: "de", 8: "en"}


UNWRITABLE = {"an id beyond 64 bits": {"id": 2**70}, "half a letter in a name": {"id": 8, "name": "\ud83d"}}


@pytest.mark.parametrize("changes", UNWRITABLE.values(), ids=UNWRITABLE)
async def test_whom_the_database_cannot_take_is_passed_over_and_keeps_nobody_else_from_it(
    accounts: Accounts,
    ada: Callable[..., ProfileSeen],
    query: Callable[[str], list[Any]],
    changes: dict[str, Any],
) -> None:
    for met in (ada(), ada(**changes), ada(id=9)):
        accounts.note_profile(met)
    await accounts.write_profiles()
    assert query("SELECT id FROM accounts ORDER BY id") == [7, 9]
    accounts.note_profile(ada(id=10))
    await accounts.write_profiles()
    assert query("SELECT id FROM accounts ORDER BY id") == [7, 9, 10]


async def test_no_more_people_are_kept_than_are_remembered_while_the_database_takes_nothing(
    accounts: Accounts, ada: Callable[..., ProfileSeen], query: Callable[[str], list[Any]]
) -> None:
    for person in range(PROFILES + 2):
        accounts.note_profile(ada(id=person))
    await accounts.write_profiles()
    assert query("SELECT count(*), min(id) FROM accounts") == [(PROFILES, 2)]
    accounts.note_profile(ada(id=1))
    await accounts.write_profiles()
    assert query("SELECT min(id) FROM accounts") == [1]


async def test_whoever_was_forgotten_is_not_met_again_by_what_was_noted_before(
    accounts: Accounts, ada: Callable[..., ProfileSeen], database: Database, now: datetime
) -> None:
    accounts.note_profile(ada())
    await Erasure(database).forget(PERSON, now=now)
    accounts.forget(PERSON)
    await accounts.write_profiles()
    assert await accounts.find(PERSON) is None
    accounts.note_profile(ada())
    assert await accounts.find(PERSON) is not None


async def test_only_a_word_in_private_shows_that_somebody_can_be_reached(
    accounts: Accounts, ada: Callable[..., ProfileSeen], now: datetime
) -> None:
    async def unreachable_since() -> datetime | None:
        account = await accounts.find(PERSON)
        assert account is not None
        return account.unreachable_since

    await accounts.request_access(PERSON)
    accounts.note_profile(ada(is_reachable=False))
    assert await unreachable_since() == now
    accounts.note_profile(ada())
    assert await unreachable_since() is None
    accounts.note_profile(ada(name="Countess", is_reachable=False, at=now + LATER))
    assert await unreachable_since() is None
    accounts.note_profile(ada())
    await accounts.note_unreachable(PERSON, now=now + LATER)
    accounts.note_profile(ada(is_reachable=False))
    assert await unreachable_since() == now + LATER
    accounts.note_profile(ada())
    assert await unreachable_since() is None


async def test_what_could_not_be_written_is_written_the_next_time(
    accounts: Accounts, ada: Callable[..., ProfileSeen], query: Callable[[str], list[Any]]
) -> None:
    query("ALTER TABLE accounts RENAME TO elsewhere")
    accounts.note_profile(ada())
    with pytest.raises(DatabaseTrouble):
        await accounts.write_profiles()
    query("ALTER TABLE elsewhere RENAME TO accounts")
    await accounts.write_profiles()
    assert query("SELECT name FROM accounts") == ["Ada"]


async def test_a_name_that_changed_hands_is_whose_it_was_heard_to_be_last(
    accounts: Accounts, ada: Callable[..., ProfileSeen], now: datetime
) -> None:
    async def bearer() -> int | None:
        account = await accounts.find_by_username("ada")
        return account.id if account else None

    found = []
    for moment, (person, username) in enumerate(
        [(1, None), (666, "ada"), (1, "Ada"), (666, "ada"), (1, "Ada")]
    ):
        accounts.note_profile(ada(id=person, username=username, at=now + moment * LATER))
        found.append(await bearer())
    assert found == [None, 666, 1, 666, 1]
    assert {one.username for one in (await accounts.find_all([1, 666])).values()} == {"Ada", None}


async def test_of_two_names_alike_that_are_written_down_together_the_last_one_heard_holds(
    accounts: Accounts, ada: Callable[..., ProfileSeen], now: datetime
) -> None:
    accounts.note_profile(ada(id=1))
    accounts.note_profile(ada(id=2, username="bo"))
    accounts.note_profile(ada(id=666, at=now + LATER))
    accounts.note_profile(ada(id=1, name="Countess", at=now + 2 * LATER))
    names = {one.id: one.username for one in (await accounts.find_all([1, 2, 666])).values()}
    assert names == {1: "ada", 2: "bo", 666: None}


async def test_everybody_of_a_display_name_is_found_however_it_is_written_until_they_change_it(
    database: Database, accounts: Accounts, ada: Callable[..., ProfileSeen], now: datetime
) -> None:
    # The second has a sign in it that nobody sees.
    names = {1: "Ada LOVELACE", 2: "ａda\u200d  lovelace", 3: "Ada"}
    for number, name in names.items():
        accounts.note_profile(ada(id=number, name=name, username=None))

    async def found(*written: str) -> list[int]:
        return [account.id for account in await accounts.find_by_names(written, limit=9)]

    assert [await found("ada lovelace"), await found("ADA", "Ada Lovelace"), await found("", "Lovelace")] == [
        [1, 2],
        [1, 2, 3],
        [],
    ]
    accounts.note_profile(ada(id=1, name="Countess", username=None))
    await Erasure(database).forget(2, now=now)
    assert [await found("ada lovelace"), await found("countess")] == [[], [1]]
