"""What all together may order in a day counts by what left, and is asked again whenever an order is to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.talk import next_answer, serving
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat
    from tests.journeys.town import Town

SPENT = "Everybody together has spent what this bot may spend in a day. It works again in "
WAITS = (
    "⏸ This bot's budget for the day is spent. Your request goes out by itself in about 24 hr. "
    "If you cancel it, it does not count."
)


@pytest.fixture
def boss(town: Town) -> Chat:
    """Return the private chat of who runs the bot."""
    return town.newcomer("Boss")


def admin(boss: Chat) -> dict[str, str]:
    return {"admin_ids": str(boss.members[0].id)}


async def told(town: Town, chat: Chat, words: str) -> str:
    return (await next_answer(town, town.ask(chat, words))).words


async def test_orders_that_came_to_nothing_have_spent_the_budget(town: Town, boss: Chat) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(town, daily_budget=2, **admin(boss)):
        for number in range(2):
            await next_answer(town, town.ask(town.chat, f"/video cat {number}"))
            await town.until_over(number + 1)
        refused = await told(town, town.chat, "/video a dog")
        stands = await told(town, boss, "/budget")
    assert refused.startswith(SPENT)
    assert (len(town.video_api.orders), await town.left(town.chat)) == (2, ALLOWANCE)
    assert stands.startswith(
        "Everybody together\nBudget in 24 hours: 2 credits\nOrdered in the last 24 hours: 2 credits\nOrders are taken"
    )


async def test_what_the_api_refuses_to_take_has_spent_nothing(town: Town, boss: Chat) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with serving(town, daily_budget=1, **admin(boss)):
        town.ask(town.chat, "/video a cat")
        await town.until_said("No video this time")
        stands = await told(town, boss, "/budget")
        town.ask(town.chat, "/video a dog")
        await town.until_video()
    assert stands.startswith(
        "Everybody together\nBudget in 24 hours: 1 credit\nOrdered in the last 24 hours: 0 credits"
    )


async def test_what_is_queued_is_counted_before_it_is_ordered(town: Town, boss: Chat) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1, daily_budget=2, **admin(boss)):
        for words in ("/video a cat", "/video a dog"):
            await next_answer(town, town.ask(town.chat, words))
        await town.video_api.until(lambda: town.video_api.orders)
        stands = await told(town, boss, "/budget")
        refused = await told(town, boss, "/video a bird")
    assert "Ordered in the last 24 hours: 1 credit\nWaiting to be ordered: 1 credit\n" in stands
    assert refused.startswith(SPENT)


async def test_an_order_that_would_break_the_budget_waits_and_says_so_until_the_budget_is_raised(
    town: Town, boss: Chat
) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1, **admin(boss)):
        await next_answer(town, town.ask(town.chat, "/video a cat"))
        await town.video_api.until(lambda: town.video_api.orders)
        status = await next_answer(town, town.ask(town.chat, "/video a dog"))
        await told(town, boss, "/budget 1")
        town.video_api.hold = False
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.telegram.until(lambda: status.words.startswith("⏸"))
        said, before = status.words, len(town.video_api.orders)
        await town.until_video()
        listed = await told(town, town.chat, "/jobs")
        await told(town, boss, "/budget 2")
        await town.until_video(number=2)
    assert (said, before) == (WAITS, 1)
    assert listed.endswith(f"a dog\n{WAITS}")


async def test_an_order_leaves_when_enough_of_the_budget_is_free_again(town: Town, boss: Chat) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1, **admin(boss)):
        await next_answer(town, town.ask(town.chat, "/video a cat"))
        await town.video_api.until(lambda: town.video_api.orders)
        status = await next_answer(town, town.ask(town.chat, "/video a dog"))
        await told(town, boss, "/budget 1")
        town.video_api.hold = False
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.telegram.until(lambda: status.words.startswith("⏸"))
        await town.until_video()
    day = 24 * 3_600_000_000  # microseconds
    await query(town, f"UPDATE jobs SET submitted_at = submitted_at - {day} WHERE id = 1")  # noqa: S608 - ours
    await query(town, f"UPDATE jobs SET due_at = due_at - {day} WHERE id = 2")  # noqa: S608 - ours
    async with serving(town, max_rendering=1, **admin(boss)):
        await town.until_video(number=2)


async def test_failures_are_free_until_there_are_too_many_of_them(town: Town, boss: Chat) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(town, **admin(boss)):
        for number in range(3):
            await next_answer(town, town.ask(town.chat, f"/video cat {number}"))
            await town.until_over(number + 1)
        refused = await told(town, town.chat, "/video a dog")
        await told(town, boss, f"/limit {town.person.id} 5")
        heard = await told(town, town.chat, "/video a bird")
    assert refused == (
        "3 orders of yours have failed within 24 hours, so the next one has to wait: it works again in 24 hr. "
        "A failure costs you nothing, but it may have cost who runs this bot."
    )
    assert heard.startswith("👍")


async def test_nobody_escapes_their_failures_by_being_forgotten(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(town):
        for number in range(3):
            await next_answer(town, town.ask(town.chat, f"/video cat {number}"))
            await town.until_over(number + 1)
        card = await next_answer(town, town.ask(town.chat, "/delete_my_data"))
        await town.telegram.press(town.person, card, "Delete everything").answered()
        await town.telegram.until(lambda: card.words.startswith("✅"))
        refused = await told(town, town.chat, "/video a dog")
    assert refused.startswith("3 orders of yours have failed within 24 hours")
