"""The video API refuses our account: orders wait in the queue, everybody is told, and one probe lets them all go."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from domain.failures import FailureReason
from domain.job import State
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.talk import next_answer
from tests.journeys.town import ALLOWANCE, UNHURRIED, Ending

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.journeys.town import Town

HELD = (
    "⏸ The video service does not take orders at the moment.\n"
    "Yours keeps its place and goes out by itself, there is nothing to do. If you cancel it, it does not count."
)
KEY_WORKS = "✅ The video API accepts our key again. Whatever waited for that goes out now."
USED_UP = "💳 Our credit at the video API is used up."
#: Three wait, and one order is on its way.
STILL = [("queued", 3), ("submitting", 1)]
MODEL_HELD = "⏸ The video service does not take orders for this model at the moment."


@pytest.fixture
def admin(town: Town) -> dict[str, Any]:
    """Return the setting by which the town's person runs the bot."""
    return {"admin_ids": str(town.person.id), "limits": UNHURRIED}


async def try_now(town: Town) -> None:
    """Let the admin press [Try now]."""
    shown = await next_answer(town, town.ask(town.chat, "/upstream"))
    await town.telegram.press(town.person, shown, "Try now").answered()


def told(town: Town, words: str) -> int:
    """Return how often the admin was told this."""
    return sum(words in message.words for message in town.bot_messages())


async def held_jobs(town: Town) -> list[State]:
    return [job.state for job in await town.jobs()]


async def test_while_the_key_is_refused_all_wait_and_when_it_works_all_get_their_video_once(
    town: Town, admin: dict[str, Any]
) -> None:
    town.video_api.account.key_refused = True
    people = {f"kite {number}": town.newcomer(f"kite {number}") for number in range(4)}
    leaver = town.newcomer("leaver")
    async with town.bot(**admin):
        for prompt, chat in people.items():
            town.ask(chat, f"/video {prompt}")
        for chat in people.values():
            await town.until_said(HELD, chat)
        await town.until_said("🔑 The video API refuses our key.")
        # Who comes later hears it with the first word, and may leave again.
        first_word = await next_answer(town, town.ask(leaver, "/video a change of mind"))
        listed = await next_answer(town, town.ask(leaver, "/jobs"))
        await town.telegram.press(leaver.members[0], first_word, "Cancel").answered()
        gone = await town.until_said("It did not count.", leaver)
        # A probe that is refused changes nothing, and nobody hears it again.
        await try_now(town)
        await until_found(town, "SELECT probes FROM holds", [(1,)])
        states = await held_jobs(town)
        town.video_api.account.key_refused = False
        await try_now(town)
        for chat in people.values():
            await town.until_video(chat)
        await town.until_said(KEY_WORKS)
        await town.until_over(5)
        shown = await next_answer(town, town.ask(town.chat, "/upstream"))

    assert (first_word.edits[0] if first_word.edits else first_word.words) == HELD
    assert listed.words == f"a change of mind\n{HELD.splitlines()[0]}"
    assert gone.words.startswith("✋ Cancelled")
    assert states == [State.QUEUED] * 4 + [State.CANCELLED]
    assert {prompt: await town.ending(chat, prompt) for prompt, chat in people.items()} == {
        prompt: Ending() for prompt in people
    }
    assert await town.left(leaver) == ALLOWANCE
    assert (told(town, "🔑"), told(town, KEY_WORKS)) == (1, 1)
    assert "✅ Nothing holds orders." in shown.words
    assert await query(town, "SELECT * FROM holds") == []


async def until_found(town: Town, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Wait until the bot's database holds this."""
    async with asyncio.timeout(20):
        while await query(town, statement) != rows:  # noqa: ASYNC110 - nobody tells when a row changes
            await asyncio.sleep(0.02)


async def test_a_model_that_is_gone_holds_its_own_orders_only_also_through_a_restart(
    town: Town, admin: dict[str, Any]
) -> None:
    account = town.video_api.account
    account.withdrawn.add("sora-2")
    waits, passes = town.newcomer("waits"), town.newcomer("passes")
    async with town.bot(**admin):
        town.ask(waits, "/video of the gone")
        await town.until_said(MODEL_HELD, waits)
        await town.until_said("🎬 The video API does not offer sora-2 any more. Other models go on.")
        town.ask(passes, "/video of another --model sora-2-pro")
        await town.until_video(passes)
        shown = await next_answer(town, town.ask(town.chat, "/upstream"))
    async with town.bot(**admin):
        # A new start is somebody's doing: it looks at once whether the model is back.
        await until_found(town, "SELECT probes FROM holds", [(1,)])
        account.withdrawn.clear()
        await try_now(town)
        await town.until_video(waits)
        await town.until_said("✅ The video API takes orders for sora-2 again.")

    assert "⏸ The API does not offer sora-2, since" in shown.words
    assert "❔ Sora 2\n" in shown.words
    assert told(town, "🎬") == 1
    assert [await town.ending(waits, "of the gone"), await town.ending(passes, "of another")] == [
        Ending(),
        Ending(left=ALLOWANCE - 3),
    ]


async def test_killed_it_starts_with_its_hold_and_knows_nothing_of_a_refusal_that_it_could_not_write(
    town: Town, admin: dict[str, Any]
) -> None:
    town.video_api.account.balance = Decimal(0)
    town.video_api.faults.add(
        VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE, prompt="never told".__eq__)
    )
    unlucky, people = town.newcomer("unlucky"), [town.newcomer(f"person {number}") for number in range(3)]
    async with town.process(admin_ids=admin["admin_ids"]) as process:
        town.ask(unlucky, "/video never told")
        await town.video_api.until(lambda: town.video_api.faults.held == 1)
        for chat in people:
            town.ask(chat, f"/video for {chat.id}")
        await town.until_said(USED_UP)
        await until_found(town, "SELECT state, count(*) FROM jobs GROUP BY state", STILL)
        await until_found(town, "SELECT count(*) FROM alerts WHERE name = 'hold:balance'", [(1,)])
        async with _nothing_can_be_written(town):
            town.video_api.faults.release()
            await town.video_api.until(lambda: town.video_api.faults.held == 0)
            await town.kill(process)
    holds = await query(town, "SELECT name FROM holds")
    town.video_api.account.balance = None
    async with town.bot(**admin):
        for chat in people:
            await town.until_video(chat)
        await town.until_said("✅ There is credit at the video API again.")
        await town.until_said(f"Compare with: /job {(await town.jobs())[0].id}")
        await town.until_over(4)

    assert holds == [("balance",)]
    assert [await town.ending(chat, f"for {chat.id}") for chat in people] == [Ending()] * 3
    assert told(town, USED_UP) == 1
    assert await town.ending(unlucky, "never told") == Ending(
        videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=0, left=ALLOWANCE
    )


@asynccontextmanager
async def _nothing_can_be_written(town: Town) -> AsyncIterator[None]:
    """Keep the bot's database to ourselves."""
    with closing(
        sqlite3.connect(town.folder / "reelbot.db", isolation_level=None, check_same_thread=False)
    ) as connection:
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        yield


async def test_who_is_changed_for_is_held_like_any_other(town: Town, admin: dict[str, Any]) -> None:
    async with town.bot(**admin):
        town.ask(town.chat, "/video a red kite")
        video = await town.until_video()
        await town.until_over(1)
        town.video_api.account.balance = Decimal(0)
        town.telegram.say(town.chat, town.person, "now in blue", reply_to=video)
        await town.until_said(HELD)
        waiting = [job.state for job in await town.jobs()]
        town.video_api.account.balance = None
        await try_now(town)
        await town.until_video(number=2)
        await town.until_over(2)

    assert waiting == [State.DONE, State.QUEUED]
    assert [order.fields["prompt"] for order in town.video_api.orders] == ["a red kite", "now in blue"]


async def test_a_probe_that_fails_for_what_it_asks_lets_the_next_one_go_later(
    town: Town, admin: dict[str, Any]
) -> None:
    town.video_api.account.balance = Decimal(0)
    bad, good = town.newcomer("bad"), town.newcomer("good")
    async with town.bot(**admin):
        town.ask(bad, "/video a bad one")
        await town.until_said(HELD, bad)
        town.ask(good, "/video a good one")
        await town.until_said(HELD, good)
        town.video_api.account.balance = None
        town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
        await try_now(town)
        await town.until_said("No video this time", bad)
        shown = await next_answer(town, town.ask(town.chat, "/upstream"))
        still = town.video_api.requests[Route.CREATE]
        await try_now(town)
        await town.until_video(good)

    assert "The next try is in 1 min." in shown.words
    assert still == 2
    assert (await town.ending(good, "a good one")).orders == 1
