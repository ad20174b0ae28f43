"""Videos that the API does not finish hold up nobody, and who asked need not wait for them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.talk import serving
from tests.journeys.town import UNHURRIED

if TYPE_CHECKING:
    from tests.journeys.town import Town

PLENTY = 3


async def test_as_many_orders_are_on_the_wire_as_may_be(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE, times=None))
    chats = [town.newcomer(f"person {number}") for number in range(PLENTY)]
    async with town.bot(limits=UNHURRIED, max_rendering=PLENTY, lease_seconds=60):
        for number, chat in enumerate(chats, start=1):
            town.ask(chat, f"/video {chat.members[0].first_name}")
            await town.video_api.until(partial(_held, town, number), timeout=30)
        town.video_api.faults.clear()
        town.video_api.faults.release()
        await town.until_over(PLENTY)

    assert len(town.video_api.orders) == PLENTY


async def test_a_video_that_is_late_holds_up_neither_others_nor_its_own_person(town: Town) -> None:
    other = town.newcomer("Bo")
    town.video_api.hold = True
    async with serving(town, max_rendering=1, max_rendering_per_user=1):
        town.ask(town.chat, "/video a cat")
        await town.until_said("being made")
        town.ask(other, "/video a dog")
        town.ask(town.chat, "/video a bird")
        await town.until_said("Place 1 in the queue", other)
        await _make_late(town)
        await town.video_api.until(lambda: len(town.video_api.orders) == 2, timeout=30)
        town.video_api.hold = False
        for order in town.video_api.orders:
            town.video_api.finish(order.video_id)
        await town.video_api.until(lambda: len(town.video_api.orders) == 3, timeout=30)
        await _look_now(town)
        await town.until_over(3)

    assert [len(town.videos(chat)) for chat in (town.chat, other)] == [2, 1]


async def test_who_need_not_wait_any_more_still_gets_the_video_when_it_comes(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        await town.until_said("being made")
        await _make_late(town)
        async with asyncio.timeout(30):
            while (status := town.said("It holds up none of your other videos.")) is None:
                await _look_now(town)
                await asyncio.sleep(0.5)
        press = town.telegram.press(town.person, status, "Stop waiting")
        await press.answered()
        await town.until_said("You need not wait for a cat any more.")
        town.video_api.finish(town.video_api.orders[0].video_id)
        await _look_now(town)
        video = await town.until_video()
        await town.until_over(1)

    assert status.words.startswith("🔕 You need not wait for a cat any more.")
    assert (status.buttons, video.words) == ([], "a cat\n\nSora 2 · 10 s · 720×1280")


def _held(town: Town, number: int) -> bool:
    return town.video_api.faults.held == number


async def _make_late(town: Town) -> None:
    """Let what renders have been ordered an hour ago."""
    await query(town, "UPDATE jobs SET ordered_at = ordered_at - 3600000000 WHERE state = 'rendering'")
    await _look_now(town)


async def _look_now(town: Town) -> None:
    """Let what renders be looked at now: what is late is looked at once a minute only."""
    await query(town, "UPDATE jobs SET due_at = 0 WHERE state = 'rendering'")
