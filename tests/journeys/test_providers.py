"""Two providers: what the first provably did not take the second makes, once; and what is changed is changed where it lies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from domain.job import State
from sandbox.video_api.account import CostsTold
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.model_ends import ModelEnd
from sandbox.video_api.server import VideoApiSandbox
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox, sandbox_of_two
from tests.journeys.talk import next_answer


@pytest.fixture(name="sandbox")
async def _sandbox(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with sandbox_of_two(tmp_path, clips=clips, database=fresh_database, media=media) as opened:
        yield opened


@pytest.fixture
def admin(sandbox: Sandbox) -> dict[str, Any]:
    """Return the setting by which the sandbox's person runs the bot."""
    return {"admin_ids": str(sandbox.person.id), "limits": UNHURRIED}


async def orders(sandbox: Sandbox) -> tuple[list[str], list[str]]:
    """Return what was ordered of the first provider, and of the second."""
    first, second = sandbox.video_api.orders, sandbox.second.orders
    return [order.fields["prompt"] for order in first], [order.fields["prompt"] for order in second]


def _refuse_key(api: VideoApiSandbox) -> None:
    api.account.key_refused = True


def _spend_all(api: VideoApiSandbox) -> None:
    api.account.balance = Decimal(0)


NOWHERE = "http://127.0.0.1:9"
#: What befalls the first provider, what admins read of it, and whether it takes the order first all the same.
NOT_TAKEN: dict[str, tuple[Callable[[VideoApiSandbox], None], str, bool]] = {
    "its key is refused": (_refuse_key, "🔑 main refuses our key.", False),
    "nothing is left to spend": (_spend_all, "💳 Our credit at main is used up.", False),
    "its model is gone": (
        lambda api: api.retire("sora-2", ModelEnd.NO_CHANNEL),
        "🎬 main does not offer sora-2 any more.",
        False,
    ),
    "its model is gone, and it says so late": (
        lambda api: api.retire("sora-2", ModelEnd.FAILED_TASK),
        "🎬 main does not offer sora-2 any more.",
        True,
    ),
}


@pytest.mark.parametrize(("befall", "told", "is_taken"), NOT_TAKEN.values(), ids=NOT_TAKEN)
async def test_what_the_first_does_not_make_the_second_does_at_once(
    sandbox: Sandbox,
    admin: dict[str, Any],
    befall: Callable[[VideoApiSandbox], None],
    told: str,
    *,
    is_taken: bool,
) -> None:
    befall(sandbox.video_api)
    first, second = sandbox.newcomer("first"), sandbox.newcomer("second")
    async with sandbox.bot(**admin):
        sandbox.ask(first, "/video a kite")
        await sandbox.until_video(first)
        sandbox.ask(second, "/video another kite")
        await sandbox.until_video(second)
        await sandbox.until_said(told)
        await sandbox.until_over(2)

    assert await orders(sandbox) == (["a kite"] * is_taken, ["a kite", "another kite"])
    assert [job.provider for job in await sandbox.jobs()] == ["second", "second"]
    assert [await sandbox.left(chat) for chat in (first, second)] == [ALLOWANCE - 1] * 2
    assert await query(sandbox, "SELECT count(*) FROM jobs WHERE submitted_at IS NOT NULL") == [(2,)]


async def test_a_provider_that_is_mended_gets_the_next_try_and_then_everything(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.key_refused = True
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video in between")
        await sandbox.until_video()
        await sandbox.until_said("🔑 main refuses our key.")
        sandbox.video_api.account.key_refused = False
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        await sandbox.telegram.press(sandbox.person, shown, "Try now").answered()
        sandbox.ask(sandbox.chat, "/video afterwards")
        await sandbox.until_video(number=2)
        await sandbox.until_said("✅ main accepts our key again.")

    assert "🛰 main\n" in shown.words
    assert "🛰 second\n" in shown.words
    assert "⏸ main refuses our key, since" in shown.words
    assert await orders(sandbox) == (["afterwards"], ["in between"])


@pytest.mark.parametrize("changed", [{}, {"video_api_url": NOWHERE}], ids=["busy", "out of reach"])
async def test_one_that_takes_no_order_for_a_minute_is_left_for_the_next(
    sandbox: Sandbox, changed: dict[str, Any]
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.CREATE, times=None))
    async with sandbox.bot(limits=UNHURRIED, **changed):
        sandbox.ask(sandbox.chat, "/video a patient kite")
        await _until_found(sandbox, "SELECT 1 FROM jobs WHERE attempts >= 2")
        before = sandbox.second.requests[Route.CREATE]
        await _until_found(
            sandbox,
            "UPDATE jobs SET provider_since = provider_since - 61000000, due_at = created_at WHERE state = 'queued'"
            " RETURNING 1",
        )
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert before == 0
    assert await orders(sandbox) == ([], ["a patient kite"])


async def _until_found(sandbox: Sandbox, statement: str) -> None:
    """Wait until a statement has a row to return."""
    async with asyncio.timeout(20):
        while not await query(sandbox, statement):  # noqa: ASYNC110 - nobody tells when a row changes
            await asyncio.sleep(0.05)


async def test_an_order_whose_fate_nobody_knows_is_sent_to_nobody_else(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.until_over(1)
        await sandbox.until_said("nobody knows whether the order arrived")

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending(
        videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=1, left=ALLOWANCE
    )
    assert await orders(sandbox) == (["a lost kite"], [])


async def test_a_video_is_changed_where_it_was_made_and_waits_for_that_if_need_be(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.key_refused = True
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video a red kite")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
    sandbox.video_api.account.key_refused = False
    sandbox.second.account.balance = Decimal(0)
    async with sandbox.bot(**admin):
        sandbox.telegram.say(sandbox.chat, sandbox.person, "now in blue", reply_to=video)
        await sandbox.until_said("⏸ The video service is not accepting videos right now.")
        waiting = [job.state for job in await sandbox.jobs()]
        sandbox.second.account.balance = None
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        await query(sandbox, "UPDATE jobs SET due_at = created_at WHERE state = 'queued'")
        await sandbox.telegram.press(sandbox.person, shown, "Try now").answered()
        await sandbox.until_video(number=2)
        await sandbox.until_over(2)

    assert waiting == [State.DONE, State.QUEUED]
    assert await orders(sandbox) == ([], ["a red kite", "now in blue"])
    assert [job.provider for job in await sandbox.jobs()] == ["second", "second"]


async def test_a_video_at_a_provider_that_is_taken_out_waits_until_it_is_put_back(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.key_refused = True
    sandbox.second.hold = True
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video a stranded kite")
        await sandbox.until_jobs(1, State.RENDERING)
    looks = sandbox.second.requests[Route.RETRIEVE]
    async with sandbox.bot(**admin, models_file="", catalogue=None):
        await sandbox.until_said("🔌 1 video is at second, which is not in the models file any more.")
        stranded = [job.state for job in await sandbox.jobs()]
    unseen = sandbox.second.requests[Route.RETRIEVE] - looks
    sandbox.second.finish(sandbox.second.orders[0].video_id)
    async with sandbox.bot(**admin):
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert (stranded, unseen) == ([State.RENDERING], 0)
    assert await orders(sandbox) == ([], ["a stranded kite"])


async def test_what_each_provider_says_of_the_cost_is_told_in_its_currency(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.account.costs_told = CostsTold.USAGE
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video a dear kite")
        await sandbox.until_video()
        await sandbox.until_over(1)
        job = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/job 1"))
        sandbox.ask(sandbox.chat, "/video a dearer kite")
        await sandbox.until_video(number=2)
        await sandbox.until_over(2)
        await query(sandbox, "UPDATE jobs SET cost = 3000000, cost_currency = 'CNY' WHERE id = 2")
        stats = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/stats"))

    assert "API cost: $0.50" in job.words
    assert "💰 Cost: CN¥3.00 + $0.50" in stats.words.split("\n")
