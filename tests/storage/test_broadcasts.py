"""A broadcast goes to whom it may reach, once confirmed; nobody who has an outcome is sent it again."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.account import Ban
from domain.admin_action import AdminAction, AdminActionKind
from domain.broadcast import Broadcast, Outcome, Progress
from domain.job import Job
from storage.accounts import Accounts
from storage.audit import Audit
from storage.broadcasts import KEPT, Broadcasts
from storage.database import Database
from storage.erasure import Erasure
from storage.profiles import ProfileSeen
from tests.storage.saved_profiles import save_profiles

ADMIN, PERSON, OTHER = 99, 7, 8
GROUP = -100
MOMENT = timedelta(minutes=1)


@pytest.fixture
def broadcasts(database: Database) -> Broadcasts:
    return Broadcasts(database)


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


@pytest.fixture
def open_card(broadcasts: Broadcasts, now: datetime) -> Callable[..., Awaitable[Broadcast]]:
    """Return a factory of broadcasts that nobody has confirmed yet."""

    async def make(origin: str = "message:99:1", *, at: datetime = now) -> Broadcast:
        return await broadcasts.add(
            idempotency_key=origin, admin_id=ADMIN, chat_id=ADMIN, message_id=5, language="de", now=at
        )

    return make


def action(
    now: datetime, origin: str = "press:1", kind: AdminActionKind = AdminActionKind.BROADCAST
) -> AdminAction:
    return AdminAction(idempotency_key=origin, admin_id=ADMIN, kind=kind, at=now)


async def note_seen(accounts: Accounts, now: datetime, *ids: int) -> None:
    await save_profiles(
        accounts, (ProfileSeen(id=id_, name="Mina", username=None, language="en", at=now) for id_ in ids)
    )


async def whom(broadcasts: Broadcasts, broadcast: Broadcast, now: datetime) -> list[int]:
    """Send it to one after the other, and return to whom it went."""
    reached = list[int]()
    while (person := await broadcasts.begin_next(broadcast.id, now=now)) is not None:
        await broadcasts.note(broadcast.id, person, Outcome.DELIVERED, now=now)
        reached.append(person)
    return reached


async def test_it_goes_to_everybody_who_was_heard_and_may_and_can_be_reached(
    *,
    database: Database,
    broadcasts: Broadcasts,
    accounts: Accounts,
    open_card: Callable[..., Awaitable[Broadcast]],
    add: Callable[..., Awaitable[Job]],
    now: datetime,
) -> None:
    await note_seen(accounts, now, PERSON, OTHER, 9, 10, 11, 12, GROUP)
    await add(person=13)
    banned = action(now, "message:99:9", AdminActionKind.BAN)
    await accounts.ban(replace(banned, idempotency_key="message:99:10"), 9, Ban())
    await accounts.ban(replace(banned, idempotency_key="message:99:11"), 10, Ban(until=now - MOMENT))
    await accounts.ban(
        replace(banned, idempotency_key="message:99:12"), 14, None
    )  # spoken of, and never heard
    await accounts.note_unreachable(11, now=now)
    await Erasure(database).forget(12, now=now)
    broadcast = await open_card()
    counted = await broadcasts.count_people(admin_id=ADMIN, now=now)

    assert await broadcasts.confirm(action(now), broadcast.id)
    assert await whom(broadcasts, broadcast, now) == [PERSON, OTHER, 10, 13, ADMIN]
    assert counted == 5
    assert (await Audit(database).find(limit=1))[0].action == replace(action(now), detail="5")


async def test_nothing_is_sent_before_it_is_confirmed_and_then_once(
    broadcasts: Broadcasts,
    accounts: Accounts,
    open_card: Callable[..., Awaitable[Broadcast]],
    now: datetime,
    database: Database,
) -> None:
    await note_seen(accounts, now, PERSON)
    broadcast = await open_card()
    before = (await broadcasts.find_current(), await broadcasts.begin_next(broadcast.id, now=now))
    confirmed = [
        await broadcasts.confirm(action(now, f"press:{number}"), broadcast.id) for number in range(3)
    ]
    await broadcasts.note(broadcast.id, PERSON, Outcome.BLOCKED, now=now)
    await broadcasts.confirm(action(now, "press:4"), broadcast.id)

    assert before == (None, None)
    assert confirmed == [True, False, False]
    assert await broadcasts.find_current() == replace(broadcast, confirmed_at=now)
    assert await broadcasts.find_progress(broadcast.id) == Progress(blocked=1, unsent=1)
    assert len(await Audit(database).find(limit=9)) == 1


async def test_to_whom_it_is_on_its_way_it_is_perhaps_delivered_until_that_is_known(
    broadcasts: Broadcasts,
    accounts: Accounts,
    open_card: Callable[..., Awaitable[Broadcast]],
    now: datetime,
) -> None:
    await note_seen(accounts, now, PERSON)
    broadcast = await open_card()
    await broadcasts.confirm(action(now), broadcast.id)
    begun = await broadcasts.begin_next(broadcast.id, now=now)
    on_its_way = await broadcasts.find_progress(broadcast.id)
    await broadcasts.note(broadcast.id, PERSON, None, now=now)

    assert (begun, on_its_way) == (PERSON, Progress(unknown=1, unsent=1))
    assert await whom(broadcasts, broadcast, now) == [PERSON, ADMIN]


async def test_the_same_command_opens_one_card_and_a_cancelled_one_cannot_be_sent(
    broadcasts: Broadcasts, open_card: Callable[..., Awaitable[Broadcast]], now: datetime
) -> None:
    broadcast = await open_card()
    await broadcasts.show(broadcast.id, card_message_id=6)
    shown = await open_card()
    cancelled = [await broadcasts.cancel(broadcast.id) for _ in range(2)]

    assert shown == replace(broadcast, card_message_id=6)
    assert cancelled == [True, False]
    assert not await broadcasts.confirm(action(now), broadcast.id)
    assert await broadcasts.find(broadcast.id) is None


async def test_what_was_confirmed_cannot_be_cancelled_but_stopped_once(
    broadcasts: Broadcasts, open_card: Callable[..., Awaitable[Broadcast]], now: datetime, database: Database
) -> None:
    broadcast = await open_card()
    stop = action(now, "press:2", AdminActionKind.BROADCAST_STOP)
    too_early = await broadcasts.stop(stop, broadcast.id)
    await broadcasts.confirm(action(now), broadcast.id)

    assert (too_early, await broadcasts.cancel(broadcast.id)) == (False, False)
    assert [await broadcasts.stop(stop, broadcast.id) for _ in range(2)] == [True, False]
    assert [entry.action.detail for entry in await Audit(database).find(limit=9)] == ["0/1", "1"]
    stopped = await broadcasts.find_current()
    assert stopped is not None
    assert stopped.stopped_at == now


async def test_broadcasts_take_turns_in_the_order_in_which_they_were_confirmed(
    broadcasts: Broadcasts, open_card: Callable[..., Awaitable[Broadcast]], now: datetime
) -> None:
    first, second = await open_card("message:99:1"), await open_card("message:99:2")
    await broadcasts.confirm(action(now, "press:1"), second.id)
    await broadcasts.confirm(action(now + MOMENT, "press:2"), first.id)
    turns = list[Any]()
    while (current := await broadcasts.find_current()) is not None:
        turns.append(current.id)
        await broadcasts.finish(current.id, now=now)

    assert turns == [second.id, first.id]
    assert not await broadcasts.stop(action(now, "press:3", AdminActionKind.BROADCAST_STOP), first.id)


async def test_whoever_is_forgotten_meanwhile_does_not_get_it(
    broadcasts: Broadcasts,
    accounts: Accounts,
    open_card: Callable[..., Awaitable[Broadcast]],
    now: datetime,
    database: Database,
) -> None:
    await note_seen(accounts, now, PERSON, OTHER)
    broadcast = await open_card()
    await broadcasts.confirm(action(now), broadcast.id)
    await Erasure(database).forget(PERSON, now=now)

    assert await whom(broadcasts, broadcast, now) == [OTHER, ADMIN]


async def test_a_card_that_is_never_pressed_is_forgotten_and_what_went_out_is_not(
    broadcasts: Broadcasts, open_card: Callable[..., Awaitable[Broadcast]], now: datetime
) -> None:
    unpressed, sent = await open_card("message:99:1"), await open_card("message:99:2")
    await broadcasts.confirm(action(now), sent.id)
    await open_card("message:99:3", at=now + KEPT + MOMENT)

    assert await broadcasts.find(unpressed.id) is None
    assert await broadcasts.find(sent.id) == replace(sent, confirmed_at=now)
