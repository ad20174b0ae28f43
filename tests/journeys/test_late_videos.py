"""Videos that the API does not finish hold up nobody, and who asked need not wait for them."""

from __future__ import annotations

import asyncio
from functools import partial

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import serving

PLENTY = 3


async def test_as_many_orders_are_on_the_wire_as_may_be(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE, times=None))
    chats = [sandbox.newcomer(f"person {number}") for number in range(PLENTY)]
    async with sandbox.bot(limits=UNHURRIED, max_rendering=PLENTY, lease_seconds=60):
        for number, chat in enumerate(chats, start=1):
            sandbox.ask(chat, f"/video {chat.members[0].first_name}")
            await sandbox.video_api.until(partial(_held, sandbox, number), timeout=30)
        sandbox.video_api.faults.clear()
        sandbox.video_api.faults.release()
        await sandbox.until_over(PLENTY)

    assert len(sandbox.video_api.orders) == PLENTY


async def test_a_video_that_is_late_holds_up_neither_others_nor_its_own_person(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1, max_rendering_per_user=1):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_said("being made")
        sandbox.ask(other, "/video a dog")
        sandbox.ask(sandbox.chat, "/video a bird")
        await sandbox.until_said("Number 1 in the queue", other)
        await _make_late(sandbox)
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 2, timeout=30)
        sandbox.video_api.hold = False
        for order in sandbox.video_api.orders:
            sandbox.video_api.finish(order.video_id)
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 3, timeout=30)
        await _look_now(sandbox)
        await sandbox.until_over(3)

    assert [len(sandbox.videos(chat)) for chat in (sandbox.chat, other)] == [2, 1]


async def test_who_need_not_wait_any_more_still_gets_the_video_when_it_comes(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_said("being made")
        await _make_late(sandbox)
        async with asyncio.timeout(30):
            while (status := sandbox.said("it does not hold up your other videos.")) is None:
                await _look_now(sandbox)
                await asyncio.sleep(0.5)
        press = sandbox.telegram.press(sandbox.person, status, "Stop waiting")
        await press.answered()
        await sandbox.until_said("You no longer have to wait for a cat.")
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await _look_now(sandbox)
        video = await sandbox.until_video()
        await sandbox.until_over(1)

    assert status.words.startswith("🔕 You no longer have to wait for a cat.")
    assert (status.buttons, video.words) == ([], "a cat\n\nSora 2 · 10 s · Portrait")


def _held(sandbox: Sandbox, number: int) -> bool:
    return sandbox.video_api.faults.held == number


async def _make_late(sandbox: Sandbox) -> None:
    """Let what renders have been ordered an hour ago."""
    await query(sandbox, "UPDATE jobs SET ordered_at = ordered_at - 3600000000 WHERE state = 'rendering'")
    await _look_now(sandbox)


async def _look_now(sandbox: Sandbox) -> None:
    """Let what renders be looked at now: what is late is looked at once a minute only."""
    await query(sandbox, "UPDATE jobs SET due_at = 0 WHERE state = 'rendering'")
