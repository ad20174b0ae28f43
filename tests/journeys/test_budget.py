"""What all together may order in a day counts by what left, and is asked again whenever an order is to leave."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, serving

NOBODY = "⛔ Nobody can make videos with a budget of 0. /budget off takes the budget away."
SPENT = "The bot's daily budget is used up. Try again in "
WAITS = (
    "⏸ The bot's budget for the day is used up. Your video starts by itself in about 24 hr. "
    "No charge if you cancel it."
)


@pytest.fixture
def boss(sandbox: Sandbox) -> Chat:
    """Return the private chat of who runs the bot."""
    return sandbox.newcomer("Boss")


def admin(boss: Chat) -> dict[str, str]:
    return {"admin_ids": str(boss.members[0].id)}


async def told(sandbox: Sandbox, chat: Chat, words: str) -> str:
    return (await next_answer(sandbox, sandbox.ask(chat, words))).words


async def test_orders_that_came_to_nothing_have_spent_the_budget(sandbox: Sandbox, boss: Chat) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(sandbox, daily_budget=2, **admin(boss)):
        for number in range(2):
            await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/video cat {number}"))
            await sandbox.until_over(number + 1)
        refused = await told(sandbox, sandbox.chat, "/video a dog")
        stands = await told(sandbox, boss, "/budget")
    assert refused.startswith(SPENT)
    assert (len(sandbox.video_api.orders), await sandbox.left(sandbox.chat)) == (2, ALLOWANCE)
    assert stands.startswith(
        "Everybody together\nBudget in 24 hours: 2 credits\nOrdered in the last 24 hours: 2 credits\nOrders are taken"
    )


async def test_what_the_api_refuses_to_take_has_spent_nothing(sandbox: Sandbox, boss: Chat) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with serving(sandbox, daily_budget=1, **admin(boss)):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_said("No video this time")
        stands = await told(sandbox, boss, "/budget")
        sandbox.ask(sandbox.chat, "/video a dog")
        await sandbox.until_video()
    assert stands.startswith(
        "Everybody together\nBudget in 24 hours: 1 credit\nOrdered in the last 24 hours: 0 credits"
    )


async def test_what_is_queued_is_counted_before_it_is_ordered(sandbox: Sandbox, boss: Chat) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1, daily_budget=2, **admin(boss)):
        for words in ("/video a cat", "/video a dog"):
            await next_answer(sandbox, sandbox.ask(sandbox.chat, words))
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        stands = await told(sandbox, boss, "/budget")
        refused = await told(sandbox, boss, "/video a bird")
        nothing = await told(sandbox, boss, "/budget 0")
    assert "Ordered in the last 24 hours: 1 credit\nWaiting to be ordered: 1 credit\n" in stands
    assert refused.startswith(SPENT)
    assert nothing.endswith(NOBODY)


async def test_an_order_that_would_break_the_budget_waits_and_says_so_until_the_budget_is_raised(
    sandbox: Sandbox, boss: Chat
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1, **admin(boss)):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        status = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        await told(sandbox, boss, "/budget 1")
        sandbox.video_api.hold = False
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.telegram.until(lambda: status.words.startswith("⏸"))
        said, before = status.words, len(sandbox.video_api.orders)
        await sandbox.until_video()
        listed = await told(sandbox, sandbox.chat, "/jobs")
        await told(sandbox, boss, "/budget 2")
        await sandbox.until_video(number=2)
    assert (said, before) == (WAITS, 1)
    assert listed.endswith(f"a dog\n{WAITS}")


async def test_an_order_leaves_when_enough_of_the_budget_is_free_again(sandbox: Sandbox, boss: Chat) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1, **admin(boss)):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        status = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        await told(sandbox, boss, "/budget 1")
        sandbox.video_api.hold = False
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.telegram.until(lambda: status.words.startswith("⏸"))
        await sandbox.until_video()
    day = 24 * 3_600_000_000  # microseconds
    await query(sandbox, f"UPDATE jobs SET submitted_at = submitted_at - {day} WHERE id = 1")  # noqa: S608 - ours
    await query(sandbox, f"UPDATE jobs SET due_at = due_at - {day} WHERE id = 2")  # noqa: S608 - ours
    async with serving(sandbox, max_rendering=1, **admin(boss)):
        await sandbox.until_video(number=2)


async def test_failures_are_free_until_there_are_too_many_of_them(sandbox: Sandbox, boss: Chat) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(sandbox, **admin(boss)):
        for number in range(3):
            await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/video cat {number}"))
            await sandbox.until_over(number + 1)
        refused = await told(sandbox, sandbox.chat, "/video a dog")
        await told(sandbox, boss, f"/limit {sandbox.person.id} 5")
        heard = await told(sandbox, sandbox.chat, "/video a bird")
    assert refused == (
        "3 of your videos have failed within 24 hours, so the next one has to wait: it can start in 24 hr. "
        "Failures are free for you, but not for the bot's owner."
    )
    assert heard.startswith("👍")


async def test_nobody_escapes_their_failures_by_being_forgotten(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, times=None))
    async with serving(sandbox):
        for number in range(3):
            await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/video cat {number}"))
            await sandbox.until_over(number + 1)
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/delete_my_data"))
        await sandbox.telegram.press(sandbox.person, card, "Delete everything").answered()
        await sandbox.telegram.until(lambda: card.words.startswith("✅"))
        refused = await told(sandbox, sandbox.chat, "/video a dog")
    assert refused.startswith("3 of your videos have failed within 24 hours")
