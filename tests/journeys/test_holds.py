"""The video API refuses our account: orders wait in the queue, everybody is told, and one probe lets them all go."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from decimal import Decimal
from typing import Any

import pytest

from domain.failures import FailureReason
from domain.job import State
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox
from tests.journeys.talk import next_answer

HELD = (
    "⏸ The video service is not accepting videos right now.\n"
    "Your video keeps its place and starts by itself. No charge if you cancel it."
)
KEY_WORKS = "✅ The video API accepts our key again. Waiting orders go out now."
USED_UP = "💳 Our credit at the video API is used up."
#: Three wait, and one order is on its way.
STILL = [("queued", 3), ("submitting", 1)]
MODEL_HELD = "⏸ The video service is not accepting videos for this model right now."


@pytest.fixture
def admin(sandbox: Sandbox) -> dict[str, Any]:
    """Return the setting by which the sandbox's person runs the bot."""
    return {"admin_ids": str(sandbox.person.id), "limits": UNHURRIED}


async def try_now(sandbox: Sandbox) -> None:
    """Let the admin press [Try now]."""
    shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
    await sandbox.telegram.press(sandbox.person, shown, "Try now").answered()


def told(sandbox: Sandbox, words: str) -> int:
    """Return how often the admin was told this."""
    return sum(words in message.words for message in sandbox.bot_messages())


async def held_jobs(sandbox: Sandbox) -> list[State]:
    return [job.state for job in await sandbox.jobs()]


async def test_while_the_key_is_refused_all_wait_and_when_it_works_all_get_their_video_once(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.key_refused = True
    people = {f"kite {number}": sandbox.newcomer(f"kite {number}") for number in range(4)}
    leaver = sandbox.newcomer("leaver")
    async with sandbox.bot(**admin):
        for prompt, chat in people.items():
            sandbox.ask(chat, f"/video {prompt}")
        for chat in people.values():
            await sandbox.until_said(HELD, chat)
        await sandbox.until_said("🔑 The video API refuses our key.")
        # Who comes later hears it with the first word, and may leave again.
        first_word = await next_answer(sandbox, sandbox.ask(leaver, "/video a change of mind"))
        listed = await next_answer(sandbox, sandbox.ask(leaver, "/jobs"))
        await sandbox.telegram.press(leaver.members[0], first_word, "Cancel").answered()
        gone = await sandbox.until_said("No charge.", leaver)
        # A probe that is refused changes nothing, and nobody hears it again.
        await try_now(sandbox)
        await until_found(sandbox, "SELECT probes FROM holds", [(1,)])
        states = await held_jobs(sandbox)
        sandbox.video_api.account.key_refused = False
        await try_now(sandbox)
        for chat in people.values():
            await sandbox.until_video(chat)
        await sandbox.until_said(KEY_WORKS)
        await sandbox.until_over(5)
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))

    assert (first_word.edits[0] if first_word.edits else first_word.words) == HELD
    assert listed.words == f"a change of mind\n{HELD.splitlines()[0]}"
    assert gone.words.startswith("✋ Cancelled")
    assert states == [State.QUEUED] * 4 + [State.CANCELLED]
    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in people.items()} == {
        prompt: Ending() for prompt in people
    }
    assert await sandbox.left(leaver) == ALLOWANCE
    assert (told(sandbox, "🔑"), told(sandbox, KEY_WORKS)) == (1, 1)
    assert "✅ Videos are being ordered as usual." in shown.words
    assert await query(sandbox, "SELECT * FROM holds") == []


async def until_found(sandbox: Sandbox, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Wait until the bot's database holds this."""
    async with asyncio.timeout(20):
        while await query(sandbox, statement) != rows:  # noqa: ASYNC110 - nobody tells when a row changes
            await asyncio.sleep(0.02)


async def test_a_model_that_is_gone_holds_its_own_orders_only_also_through_a_restart(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    account = sandbox.video_api.account
    waits, passes = sandbox.newcomer("waits"), sandbox.newcomer("passes")
    async with sandbox.bot(**admin):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        account.withdrawn.add("sora-2")
        sandbox.ask(waits, "/video of the gone")
        await sandbox.until_said(MODEL_HELD, waits)
        await sandbox.until_said("🎬 The video API does not offer sora-2 any more. Other models work.")
        sandbox.ask(passes, "/video of another --model sora-2-pro")
        await sandbox.until_video(passes)
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
    async with sandbox.bot(**admin):
        # A new start is somebody's doing: it looks at once whether the model is back.
        await until_found(sandbox, "SELECT probes FROM holds", [(1,)])
        account.withdrawn.clear()
        await try_now(sandbox)
        await sandbox.until_video(waits)
        await sandbox.until_said("✅ The video API takes orders for sora-2 again.")

    assert "⏸ The API does not offer sora-2, since" in shown.words
    assert "✅ Sora 2 Pro\n" in shown.words
    assert "✅ Sora 2\n" not in shown.words
    assert told(sandbox, "🎬") == 1
    assert [await sandbox.ending(waits, "of the gone"), await sandbox.ending(passes, "of another")] == [
        Ending(),
        Ending(left=ALLOWANCE - 3),
    ]


async def test_killed_it_starts_with_its_hold_and_knows_nothing_of_a_refusal_that_it_could_not_write(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.balance = Decimal(0)
    sandbox.video_api.faults.add(
        VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE, prompt="never told".__eq__)
    )
    unlucky, people = (
        sandbox.newcomer("unlucky"),
        [sandbox.newcomer(f"person {number}") for number in range(3)],
    )
    async with sandbox.process(admin_ids=admin["admin_ids"]) as process:
        sandbox.ask(unlucky, "/video never told")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1)
        for chat in people:
            sandbox.ask(chat, f"/video for {chat.id}")
        await sandbox.until_said(USED_UP)
        await until_found(sandbox, "SELECT state, count(*) FROM jobs GROUP BY state", STILL)
        await until_found(sandbox, "SELECT count(*) FROM alerts WHERE name = 'hold:balance'", [(1,)])
        async with _nothing_can_be_written(sandbox):
            sandbox.video_api.faults.release()
            await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 0)
            await sandbox.kill(process)
    holds = await query(sandbox, "SELECT name FROM holds")
    sandbox.video_api.account.balance = None
    async with sandbox.bot(**admin):
        for chat in people:
            await sandbox.until_video(chat)
        await sandbox.until_said("✅ There is credit at the video API again.")
        await sandbox.until_said(f"Compare with: /job {(await sandbox.jobs())[0].id}")
        await sandbox.until_over(4)

    assert holds == [("balance",)]
    assert [await sandbox.ending(chat, f"for {chat.id}") for chat in people] == [Ending()] * 3
    assert told(sandbox, USED_UP) == 1
    assert await sandbox.ending(unlucky, "never told") == Ending(
        videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=0, left=ALLOWANCE
    )


@asynccontextmanager
async def _nothing_can_be_written(sandbox: Sandbox) -> AsyncIterator[None]:
    """Keep the bot's database to ourselves."""
    with closing(
        sqlite3.connect(sandbox.folder / "reelbot.db", isolation_level=None, check_same_thread=False)
    ) as connection:
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        yield


async def test_who_is_changed_for_is_held_like_any_other(sandbox: Sandbox, admin: dict[str, Any]) -> None:
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video a red kite")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        sandbox.video_api.account.balance = Decimal(0)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "now in blue", reply_to=video)
        await sandbox.until_said(HELD)
        waiting = [job.state for job in await sandbox.jobs()]
        sandbox.video_api.account.balance = None
        await try_now(sandbox)
        await sandbox.until_video(number=2)
        await sandbox.until_over(2)

    assert waiting == [State.DONE, State.QUEUED]
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a red kite", "now in blue"]


async def test_a_probe_that_fails_for_what_it_asks_lets_the_next_one_go_later(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.balance = Decimal(0)
    bad, good = sandbox.newcomer("bad"), sandbox.newcomer("good")
    async with sandbox.bot(**admin):
        sandbox.ask(bad, "/video a bad one")
        await sandbox.until_said(HELD, bad)
        sandbox.ask(good, "/video a good one")
        await sandbox.until_said(HELD, good)
        sandbox.video_api.account.balance = None
        sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
        await try_now(sandbox)
        await sandbox.until_said("No video this time", bad)
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        still = sandbox.video_api.requests[Route.CREATE]
        await try_now(sandbox)
        await sandbox.until_video(good)

    assert re.search(r"The next try is in (1 min|5\d sec)\.", shown.words)
    assert still == 2
    assert (await sandbox.ending(good, "a good one")).orders == 1
